"""Who is due: the pure rule, the QuerySets and the SQL say the same."""

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from federations.models import Appointment, Federation, Level, Position
from learning.audience import REACHES, audience_of, due_in, plans_reaching, teams_sql
from learning.models import Plan, Reach
from learning.rules.audience import Audience
from tests.factories import make_appointment, make_committee_member, make_member

NOW = timezone.now()
ALL_PAIRS = f"""
SELECT p.id, a.id FROM learning_plan p
JOIN federations_federation o ON o.id = p.federation_id
JOIN federations_appointment a ON a.is_counted
JOIN federations_federation f ON f.id = a.federation_id
WHERE {REACHES} AND p.id <> %s
"""  # noqa: S608 our own text


def some_of(choices):
    return st.lists(st.sampled_from(choices.values), unique=True, max_size=3).map(tuple)


plans = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(Reach.values), some_of(Level), some_of(Position)),
    min_size=1,
    max_size=4,
)
rosters = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(Position.values)), min_size=1, max_size=5
)


@pytest.fixture
def people(tree):
    return [make_committee_member(tree.village, f"执委{number}") for number in range(5)]


@given(plans=plans, roster=rosters)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_all_shapes_of_the_audience_agree(people, plans, roster):
    places = list(Federation.objects.order_by("path"))
    Plan.objects.all().delete()
    for place, reach, levels, positions in plans:
        Plan.objects.create(
            title="任务",
            federation=places[place],
            reach=reach,
            levels=levels,
            positions=positions,
            opens_at=NOW,
        )
    for member, (place, position) in zip(people, roster, strict=False):
        member.appointments.update(federation=places[place], position=position)
    held = list(Appointment.objects.select_related("federation"))
    stored = list(Plan.objects.select_related("federation"))

    expected = {
        (plan.pk, each.pk)
        for plan in stored
        for each in held
        if audience_of(plan).reaches(
            path=each.federation.path, level=each.federation.level, position=each.position
        )
    }

    assert all_pairs() == expected
    assert {
        (plan.pk, each.pk) for plan in stored for each in due_in(plan, timezone.localdate())
    } == expected
    assert {
        (plan.pk, each.pk) for each in held for plan in Plan.objects.filter(plans_reaching(each))
    } == expected
    for plan in stored:
        teams = {each.pk for each in places if reaches_team(plan, each)}
        assert teams_of(plan) == teams


def reaches_team(plan, place) -> bool:
    return audience_of(plan).reaches_team(path=place.path, level=place.level)


def all_pairs() -> set:
    with connection.cursor() as cursor:
        cursor.execute(ALL_PAIRS, [0])
        return set(cursor.fetchall())


def teams_of(plan) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(*teams_sql(plan))
        return {pk for (pk,) in cursor.fetchall()}


@pytest.mark.parametrize(
    ("audience", "is_due"),
    [
        (Audience("001"), True),
        (Audience("001002"), True),
        (Audience("001003"), False),
        (Audience("001", is_own_only=True), False),
        (Audience("001002", is_own_only=True), True),
        (Audience("001", levels=frozenset([2])), True),
        (Audience("001", levels=frozenset([5])), False),
        (Audience("001", positions=frozenset(["主席", "执委"])), True),
        (Audience("001", positions=frozenset(["主席"])), False),
        (Audience("001", levels=frozenset([5]), positions=frozenset(["执委"])), False),
    ],
)
def test_audience_of_a_city_s_member(audience, is_due):
    assert audience.reaches(path="001002", level=2, position="执委") is is_due


def test_position_is_not_found_inside_a_longer_one(tree):
    """副主席 is the end of 兼职副主席, and 主席 of both."""
    plan = Plan.objects.create(
        title="任务", federation=tree.province, positions=["主席"], opens_at=NOW
    )
    make_appointment(make_member(), tree.village, position=Position.PART_TIME_VICE_CHAIR)

    assert (all_pairs(), due_in(plan, timezone.localdate()).count()) == (set(), 0)


def test_field_keeps_the_order_of_its_options(tree):
    plan = Plan.objects.create(
        title="任务", federation=tree.province, levels=["5", 3], opens_at=NOW
    )
    plan.refresh_from_db()

    assert plan.levels == (3, 5)
