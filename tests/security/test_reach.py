"""Row: every role × endpoint × own, sibling, parent and child federation; random trees.

tests/config/scope walks all addresses; here trees that nobody drew by hand.
"""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from federations.domain.tree import add_federation
from federations.models import Federation, Level, StaffRole
from federations.scope import staff_federations
from tests.factories import make_committee_member, make_staff

# Level by level, under which of the units above: any number is taken modulo how many there are.
LEVELS = [Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE]
shapes = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=4)


def grow(shape) -> dict[int, int | None]:
    """A tree of that shape in the database; who lies under whom, kept beside it."""
    root = add_federation(parent=None, name="省", level=Level.PROVINCE, code="44")
    parents, above = {root.pk: None}, [root]
    for level, row in zip(LEVELS, shape, strict=False):
        units = []
        for number, choice in enumerate(row):
            parent = Federation.objects.get(pk=above[choice % len(above)].pk)
            name = f"{level.label}{number}"
            unit = add_federation(parent=parent, name=name, level=level, code=f"{level}-{number}")
            parents[unit.pk] = parent.pk
            units.append(unit)
        above = units
    return parents


def lies_within(unit: int, place: int, parents: dict) -> bool:
    while unit is not None and unit != place:
        unit = parents[unit]
    return unit == place


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(shape=shapes, picked=st.integers(0, 30))
def test_scope_of_any_tree_is_its_subtree_and_nothing_else(shape, picked):
    StaffRole.objects.all().delete()
    for unit in Federation.objects.order_by("-path"):
        unit.delete()
    parents = grow(shape)
    place = sorted(parents)[picked % len(parents)]
    staff = make_staff(Federation.objects.get(pk=place))

    seen = set(staff_federations(staff).values_list("pk", flat=True))

    assert seen == {unit for unit in parents if lies_within(unit, place, parents)}


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("village", 200),
        ("town", 200),
        ("sibling_village", 200),
        ("city", 404),
        ("other_village", 404),
    ],
)
def test_member_of_another_branch_does_not_exist(client, tree, home, place, status):
    """She is staff of the town: below it all, above and beside it nothing."""
    someone = make_committee_member(getattr(tree, place), "黄桂芳")
    client.force_login(make_staff(tree.town))

    response = client.get(reverse("desk_roster_member", args=[someone.pk]))

    assert response.status_code == status
    assert ("黄桂芳" in response.content.decode()) == (status == 200)


def test_role_that_has_ended_reaches_nothing(client, tree, home):
    someone, staff = make_committee_member(tree.village), make_staff(tree.town)
    StaffRole.objects.update(ends_on=date(2024, 6, 1))
    client.force_login(staff)

    response = client.get(reverse("desk_roster_member", args=[someone.pk]))

    assert response.status_code in (302, 403, 404)
