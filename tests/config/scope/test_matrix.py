"""Who sees what: every role against every address of the project, and nothing may leak."""

import re
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.utils import timezone

from config.groups import set_up_groups, sync_groups
from federations.models import StaffRole, StaffRoleType
from members.domain.offices import Office, give_office
from tests.config.scope.addresses import all_addresses
from tests.config.scope.scene import FOREIGN, OWN, make_scene
from tests.factories import make_committee_member, make_member

# Some four thousand requests for the viewer who may most.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1500)]

# What belongs to a place outside her scope.
SECRET = re.compile(f"密[{''.join(FOREIGN)}]\\w*")
# Units of a sibling's and of another branch. Those above her stand in her own unit's full name.
UNITS = re.compile("蕉岭县|荔湾区")
# Boards rank units, never people, and every member may read them: docs/decisions/0007.
OPEN_BOARDS = {"learning:board", "learning:board_why"}
# It fails on purpose, for whoever is in the admin.
FAILS = "wagtailadmin_error_test"

# "all" holds all five roles at once: a role only ever adds to what is seen. The two officers are
# those of production, where the system administrator is neither.
VIEWERS = ["all", "expired", "member", "visitor", Office.SECURITY, Office.AUDIT]
# What an office is for, and shows of everybody.
OFFICES = {Office.SECURITY: "wagtailusers_users:", Office.AUDIT: "audit:"}


@pytest.fixture
def scene(home, academy, tree, settings):
    settings.SEPARATE_OFFICES = True
    set_up_groups(root_page=home)
    return make_scene(home, academy, tree)


@pytest.fixture(autouse=True)
def _answers_instead_of_errors(client):
    client.raise_request_exception = False


def addresses(scene, kind):
    passed_over = (FAILS, OFFICES.get(kind, FAILS))
    return (each for each in all_addresses(scene) if not each.name.startswith(passed_over))


def make_viewer(kind: str, scene):
    county = scene.places[OWN]
    if kind == "visitor":
        return None
    if kind in OFFICES:
        officer = make_member("看的人")
        give_office(member=officer, office=kind)
        return officer
    if kind == "member":
        return make_committee_member(county, "看的人")
    viewer = make_member("看的人", is_staff=True)
    StaffRole.objects.bulk_create(
        StaffRole(member=viewer, federation=county, role=role, starts_on=date(2024, 1, 1))
        for role in StaffRoleType.values
    )
    sync_groups(now=timezone.now(), member_ids=[viewer.pk])
    if kind == "expired":
        StaffRole.objects.filter(member=viewer).update(ends_on=date(2024, 6, 1))
    return viewer


def queries(scene) -> list[str]:
    """As it is; looking for what is secret; asking for what is another's by parameter."""
    foreign = {type(each).__name__.lower(): each.pk for each in scene.things[FOREIGN[0]]}
    asked = {
        "federation": foreign["federation"],
        "plan": foreign["plan"],
        "member": foreign["member"],
        "bank": foreign["questionbank"],
        "quiz": foreign["quizpage"],
        "owner": foreign["federation"],
    }
    return ["", "?q=密", "?" + urlencode(asked), f"?federation={asked['federation']}"]


def leaks(response, name: str) -> list[str]:
    if response.streaming:
        return []
    body = response.content.decode(errors="replace")
    found = SECRET.findall(body)
    return found if name in OPEN_BOARDS else [*found, *UNITS.findall(body)]


@pytest.mark.parametrize("kind", VIEWERS)
def test_no_address_tells_of_others(client, scene, kind):
    viewer = make_viewer(kind, scene)
    if viewer:
        client.force_login(viewer)
    found = {}
    for address in addresses(scene, kind):
        # Officers have no place: nothing that they ask for by parameter is nearer to them.
        for query in [""] if address.place or kind in OFFICES else queries(scene):
            response = client.get(address.url + query)
            told = set(leaks(response, address.name))
            if told or response.status_code >= 500:
                found[address.name, address.url + query] = told or response.status_code

    assert not found, listed(found)


@pytest.mark.parametrize("kind", VIEWERS)
def test_no_address_changes_what_is_others(client, scene, kind):
    viewer = make_viewer(kind, scene)
    if viewer:
        client.force_login(viewer)
    before, changed = {place: facts(scene, place) for place in FOREIGN}, {}

    for address in addresses(scene, kind):
        if address.place in FOREIGN:
            with transaction.atomic():
                with noting_writes() as writes:
                    response = client.post(address.url, {"reason": "试一试", "confirm": "1"})
                is_changed = writes and facts(scene, address.place) != before[address.place]
                if is_changed or response.status_code >= 500:
                    changed[address.name, address.url] = response.status_code
                transaction.set_rollback(True)

    assert not changed, listed(changed)


@contextmanager
def noting_writes():
    """Statements that may have changed something: most addresses refuse before any."""
    writes = []

    def note(execute, sql, params, many, context):
        if not sql.lstrip().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield writes


def listed(found: dict) -> str:
    return "\n" + "\n".join(f"{name} {url}: {what}" for (name, url), what in found.items())


def facts(scene, place: str) -> list[str]:
    """Everything that the place owns, as it stands in the database."""
    rows = [type(each)._default_manager.filter(pk=each.pk).values() for each in scene.things[place]]
    # As text: two values of a stream are never equal.
    return [str({name: str(value) for name, value in row.items()}) for each in rows for row in each]
