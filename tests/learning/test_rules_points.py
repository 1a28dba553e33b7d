"""What acts earn, day by day, under the version of the rule that is in force."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.models import BehaviourName
from learning.rules.points import BEHAVIOURS, Act, Event, Version, earn, name_behaviour

CHINA = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 9, tzinfo=CHINA)
RULE = Version(1, "lesson_micro", 5, 25, 12, date(2026, 1, 1))


def lesson(page_id, at=MORNING, seconds=300):
    return Event(Act.LESSON, page_id, at, seconds)


def paid(events, *versions):
    return [
        (award.event.page_id, award.points, award.credit)
        for award in earn(events, versions, zone=CHINA)
    ]


@pytest.mark.parametrize(
    ("seconds", "behaviour"),
    [
        (0, "lesson_micro"),
        (900, "lesson_micro"),
        (901, "lesson_medium"),
        (1799, "lesson_medium"),
        (1800, "lesson_long"),
    ],
)
def test_length_of_a_lesson_decides_its_behaviour(seconds, behaviour):
    assert name_behaviour(lesson(1, seconds=seconds)) == behaviour


def test_every_behaviour_has_a_name_for_people():
    assert list(BEHAVIOURS) == BehaviourName.values


def test_cap_is_used_up_in_the_order_of_the_events_and_leaves_the_credit():
    events = [lesson(n, MORNING + timedelta(minutes=n)) for n in (4, 1, 3, 2)]

    assert paid(events, RULE) == [(1, 5, 25), (2, 5, 25), (3, 2, 25), (4, 0, 25)]


def test_cut_award_says_what_it_would_have_been():
    events = [lesson(n, MORNING + timedelta(minutes=n)) for n in (1, 2, 3)]
    award = earn(events, [RULE], zone=CHINA)[-1]

    assert (award.is_cut, award.points, award.full_points) == (True, 2, 5)


def test_day_is_the_local_one():
    """23:50 and 00:10 in Guangdong are two days, and one day in UTC."""
    night = datetime(2026, 3, 2, 15, 50, tzinfo=UTC)
    rule = Version(1, "lesson_micro", 5, 25, 5, date(2026, 1, 1))
    events = [lesson(1, night), lesson(2, night + timedelta(minutes=20))]

    assert paid(events, rule) == [(1, 5, 25), (2, 5, 25)]


def test_version_in_force_on_the_day_counts():
    newer = Version(2, "lesson_micro", 7, 30, None, date(2026, 3, 3))
    events = [lesson(1), lesson(2, MORNING + timedelta(days=1))]

    assert paid(events, newer, RULE) == [(1, 5, 25), (2, 7, 30)]


def test_act_without_a_rule_earns_nothing():
    later = Version(1, "lesson_micro", 5, 25, None, date(2026, 3, 3))

    assert paid([lesson(1), Event(Act.PASS, 2, MORNING)], later) == []


moments = st.integers(0, 72 * 60).map(lambda minutes: MORNING + timedelta(minutes=minutes))
histories = st.dictionaries(
    st.integers(1, 30), st.tuples(moments, st.integers(0, 4000)), max_size=30
).map(lambda rows: [lesson(page, at, seconds) for page, (at, seconds) in rows.items()])
rules = st.lists(
    st.builds(
        Version,
        st.just(0),
        st.sampled_from([name for name in BEHAVIOURS if name.startswith("lesson")]),
        st.integers(0, 9),
        st.integers(0, 100),
        st.one_of(st.none(), st.integers(9, 30)),
        st.sampled_from([date(2026, 1, 1), date(2026, 3, 3), date(2026, 3, 4)]),
    ),
    max_size=6,
    unique_by=lambda version: (version.behaviour, version.starts_on),
)


@given(histories, rules, st.randoms())
def test_order_in_which_events_are_read_is_of_no_matter(events, versions, rng):
    shuffled = rng.sample(events, len(events))

    assert paid(shuffled, *versions) == paid(events, *versions)


@given(histories, rules)
def test_no_day_pays_more_than_its_cap(events, versions):
    sums: dict = {}
    for award in earn(events, versions, zone=CHINA):
        place = award.version, award.day
        sums[place] = sums.get(place, 0) + award.points
        assert 0 <= award.points <= award.full_points

    assert all(
        version.daily_cap is None or total <= version.daily_cap
        for (version, _day), total in sums.items()
    )


@given(histories, rules, st.integers(0, 9), st.integers(0, 99))
def test_rule_of_a_later_day_changes_nothing_before_it(events, versions, points, credit):
    later = Version(9, "lesson_micro", points, credit, None, date(2026, 3, 9))

    assert paid(events, *versions, later) == paid(events, *versions)
