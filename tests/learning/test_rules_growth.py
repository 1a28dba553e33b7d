"""Growth and rhythm: only upwards, and rest is no failure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.models import Stage
from learning.rules.growth import STEPS, stage_of, steps_to_next
from learning.rules.rhythm import MOST_RESTS, Rhythm, Week, find_rhythm

MONDAY = date(2026, 3, 2)


def weeks(*numbers, today):
    """The rhythm of someone who learned on the Wednesday of these weeks."""
    days = [MONDAY + timedelta(weeks=number, days=2) for number in numbers]
    return find_rhythm(days, today=MONDAY + timedelta(weeks=today, days=4))


def test_every_stage_has_its_step():
    assert len(STEPS) == len(Stage)


@pytest.mark.parametrize(
    ("lessons", "mastered", "stage"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (5, 4, 1), (5, 5, 2), (40, 0, 3), (100, 20, 4), (999, 0, 4)],
)
def test_stage_follows_lessons_and_mastered_questions(lessons, mastered, stage):
    assert stage_of(lessons=lessons, mastered=mastered) == stage


def test_next_stage_is_told_until_the_last():
    assert steps_to_next(lessons=7, mastered=1, stage=1) == 2
    assert steps_to_next(lessons=200, mastered=0, stage=4) is None


def test_whoever_has_not_begun_has_a_rest_week_waiting():
    assert find_rhythm([], today=MONDAY) == Rhythm(weeks=0, rests=1)


def test_missed_week_takes_a_rest_week():
    rhythm = weeks(0, 2, today=2)

    assert (rhythm.weeks, rhythm.rests) == (2, 0)
    assert rhythm.recent == (Week.LEARNED, Week.REST, Week.LEARNED)


def test_without_rest_weeks_the_rhythm_pauses_and_goes_on_where_it_was():
    assert weeks(0, 1, today=5).is_paused
    assert weeks(0, 1, today=5).weeks == 2
    again = weeks(0, 1, 5, today=5)
    assert (again.is_paused, again.weeks) == (False, 3)


def test_four_weeks_of_learning_earn_a_rest_week():
    assert weeks(0, 1, 2, 3, today=3).rests == 2


def test_week_that_is_not_over_is_not_missed():
    rhythm = weeks(0, today=1)

    assert (rhythm.rests, rhythm.recent[-1]) == (1, Week.OPEN)


def test_several_days_of_a_week_are_one_week():
    days = [MONDAY, MONDAY + timedelta(days=6)]

    assert find_rhythm(days, today=days[-1]).weeks == 1


@given(st.sets(st.integers(0, 200)), st.integers(0, 200))
def test_weeks_are_never_lost_and_rests_stay_in_bounds(numbers, today):
    past = {number for number in numbers if number <= today}
    rhythm = weeks(*numbers, today=today)

    assert rhythm.weeks == len(past)
    assert 0 <= rhythm.rests <= MOST_RESTS


@given(st.sets(st.integers(0, 60), min_size=1))
def test_another_week_of_learning_never_makes_it_worse(numbers):
    before, after = weeks(*numbers, today=61), weeks(*numbers, 61, today=61)

    assert after.weeks == before.weeks + 1
    assert after.rests >= before.rests
    assert not after.is_paused
