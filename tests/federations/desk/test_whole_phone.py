"""A phone is masked; who looks after the account may see the whole of it, which is written down."""

import pytest
from django.urls import reverse

from federations.models import StaffRoleType
from members.models import Action, AuditEntry
from tests.factories import make_committee_member, make_staff

pytestmark = pytest.mark.usefixtures("home")
PHONE = "13512345678"


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village, phone=PHONE)


def look(client, viewer, member):
    client.force_login(viewer)
    return client.post(reverse("desk_roster_phone", args=[member.pk]))


def test_manager_sees_the_whole_phone_and_it_is_written_down(client, tree, member):
    manager = make_staff(tree.town)

    assert PHONE in look(client, manager, member).content.decode()

    entry = AuditEntry.objects.get(action=Action.PERSONAL_DATA_VIEWED)
    assert (entry.actor_id, entry.subject_id) == (manager.pk, str(member.pk))


def test_page_itself_shows_it_masked_and_writes_nothing(client, tree, member):
    client.force_login(make_staff(tree.town))

    page = client.get(reverse("desk_roster_member", args=[member.pk])).content.decode()

    assert ("135****5678" in page, PHONE in page) == (True, False)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("place", "role", "status"),
    [
        ("town", StaffRoleType.VIEWER, 403),
        ("sibling_village", StaffRoleType.MANAGER, 404),
        ("other_town", StaffRoleType.MANAGER, 404),
    ],
)
def test_others_do_not_see_it(client, tree, member, place, role, status):
    response = look(client, make_staff(getattr(tree, place), role), member)

    assert (response.status_code, AuditEntry.objects.count()) == (status, 0)
    assert PHONE not in response.content.decode()


def test_colleague_with_a_role_is_left_to_the_administrators(client, tree):
    colleague = make_committee_member(tree.village, phone=PHONE, is_staff=True)

    response = look(client, make_staff(tree.town), colleague)

    assert (response.status_code, PHONE in response.content.decode()) == (403, False)
