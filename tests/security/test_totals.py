"""Row: staff totals, exports and search against an independent query of the subtree.

Owners: tests/learning/test_recounted_files.py, tests/learning/assessment/test_recount.py.
"""

import re

import pytest
from django.urls import reverse

from federations.domain.names import note_names
from federations.models import Federation
from federations.people import members_in_scope
from tests.factories import make_committee_member, make_staff

PLACES = ["province", "city", "county", "town", "village", "other_city", "dongguan"]


@pytest.fixture
def people(tree) -> dict[str, int]:
    """Somebody at each unit: her name, and where she is counted."""
    units = Federation.objects.order_by("pk")
    for number, unit in enumerate(units):
        make_committee_member(unit, f"执委{number}号")
    names = {f"执委{number}号": unit.pk for number, unit in enumerate(units)}
    note_names(names)
    return names


def below(place: int) -> set[int]:
    """By who is whose parent, step by step: nothing of paths."""
    parents = dict(Federation.objects.values_list("pk", "parent_id"))
    found = {place}
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@pytest.mark.parametrize("place", PLACES)
def test_people_of_any_staff_are_those_of_her_subtree(tree, people, place):
    unit = getattr(tree, place)
    staff = make_staff(unit)
    names = set(members_in_scope(staff).values_list("name", flat=True)) - {staff.name}

    assert names == {name for name, where in people.items() if where in below(unit.pk)}


@pytest.mark.parametrize("place", PLACES)
def test_search_of_any_staff_finds_those_of_her_subtree(client, home, tree, people, place):
    unit = getattr(tree, place)
    client.force_login(make_staff(unit))
    page = client.post(reverse("desk_roster_search"), {"q": "执委"}).content.decode()
    found = set(re.findall(r"执委\d+号", page))

    assert found == {name for name, where in people.items() if where in below(unit.pk)}
