from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.figures import mean_tenths, per_mille, shade
from learning.rules.results import Item, Record, judge_member, judge_period

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LESSON, QUIZ = Item(1, True, False), Item(2, True, True)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 3, 333), (2, 3, 667), (1, 2000, 1), (0, 5, 0), (0, 0, None)]
)
def test_per_mille_rounds_half_up(part, whole, expected):
    assert per_mille(part, whole) == expected


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_per_mille_is_within_half_of_the_truth(part, whole):
    assert abs(per_mille(part, whole) * whole - 1000 * part) * 2 <= whole


def test_mean_is_in_tenths_of_a_point():
    assert mean_tenths(8650 + 9000 + 9000, 3) == 888


def test_mean_of_one_or_two_is_nobodys_business():
    assert [mean_tenths(9000 * members, members) for members in (0, 1, 2)] == [None] * 3


def test_shades_go_from_low_to_high():
    assert [shade(figure) for figure in (None, 0, 600, 799, 880, 1000)] == [0, 1, 2, 3, 5, 5]


def judge(*records, items=(LESSON, QUIZ), cutoff=None):
    result = judge_member(items=items, records=records, cutoff=cutoff)
    return result.has_joined, result.has_completed, result.score_bp


def test_nothing_done_is_nothing_reached():
    assert judge() == (False, False, None)


def test_lesson_alone_is_no_participation_where_there_is_a_quiz():
    assert judge(Record(1, completed_at=NOON)) == (False, False, None)


def test_lesson_is_participation_where_there_is_no_quiz():
    assert judge(Record(1, completed_at=NOON), items=[LESSON]) == (True, True, None)


def test_everything_required_is_completion():
    records = Record(1, NOON), Record(2, NOON, NOON, 8000)

    assert judge(*records) == (True, True, 8000)


def test_elective_items_are_not_needed():
    items = [LESSON, Item(2, False, True)]

    assert judge(Record(1, NOON), items=items) == (False, True, None)


def test_plan_that_requires_nothing_is_completed_by_nobody():
    assert judge(Record(1, NOON), items=[Item(1, False, False)]) == (True, False, None)


def test_what_comes_after_the_cutoff_does_not_count():
    records = Record(1, NOON), Record(2, NOON, NOON, 8000)

    assert judge(*records, cutoff=NOON - timedelta(seconds=1)) == (False, False, None)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("records", "cutoff", "active_at"),
    [
        ([], None, None),
        ([Record(1, started_at=NOON)], None, NOON),
        ([Record(1, NOON + HOUR, started_at=NOON), Record(2, started_at=NOON)], None, NOON + HOUR),
        ([Record(1, NOON + HOUR, started_at=NOON)], NOON, NOON),
        ([Record(1, started_at=NOON + HOUR)], NOON, None),
        ([Record(9, NOON, started_at=NOON)], None, None),
    ],
)
def test_last_news_is_the_latest_start_or_end_in_time(records, cutoff, active_at):
    result = judge_member(items=[LESSON, QUIZ], records=records, cutoff=cutoff)

    assert result.active_at == active_at


def test_finished_required_items_are_counted():
    items = [LESSON, QUIZ, Item(3, False, False)]
    result = judge_member(items=items, records=[Record(1, NOON), Record(3, NOON)], cutoff=None)

    assert result.done == 1


OTHER_QUIZ = Item(3, False, True)


def passes(items, *records, cutoff=None):
    result = judge_member(items=items, records=records, cutoff=cutoff)
    return result.has_passed, result.is_excellent


def handed_in(page_id, score_bp, passed_at=None):
    return Record(page_id, NOON, NOON, score_bp, passed_at=passed_at)


def test_required_quizzes_must_be_passed_and_electives_need_not():
    records = handed_in(2, 8000, NOON), handed_in(3, 3000)

    assert passes([LESSON, QUIZ, OTHER_QUIZ], *records) == (True, False)


def test_every_quiz_must_be_passed_where_none_is_required():
    items = [Item(2, False, True), OTHER_QUIZ]

    assert passes(items, handed_in(2, 9500, NOON)) == (False, False)
    assert passes(items, handed_in(2, 9500, NOON), handed_in(3, 9500, NOON)) == (True, True)


def test_plan_without_a_quiz_is_passed_by_nobody():
    assert passes([LESSON], Record(1, NOON, passed_at=NOON)) == (False, False)


def test_pass_after_the_cutoff_does_not_count():
    assert passes([QUIZ], handed_in(2, 9500, NOON + HOUR), cutoff=NOON) == (False, False)


@pytest.mark.parametrize(("score_bp", "is_excellent"), [(8999, False), (9000, True)])
def test_excellent_is_ninety_or_more(score_bp, is_excellent):
    assert passes([QUIZ], handed_in(2, score_bp, NOON)) == (True, is_excellent)


def test_moments_are_the_first_hand_in_and_the_last_of_what_is_required():
    records = [
        Record(1, completed_at=NOON + 2 * HOUR),
        Record(2, NOON + HOUR, NOON + HOUR, 7000, passed_at=NOON + 3 * HOUR),
        Record(3, NOON, NOON, 7000),
    ]
    result = judge_member(items=[LESSON, QUIZ, OTHER_QUIZ], records=records, cutoff=None)

    assert (result.joined_at, result.completed_at, result.passed_at) == (
        NOON,
        NOON + 2 * HOUR,
        NOON + 3 * HOUR,
    )


def period(*records, credit=0, target=100):
    return judge_period(
        records=records, begins=NOON, ends=NOON + HOUR, credit=credit, credit_target=target
    )


@pytest.mark.parametrize(
    ("moment", "has_joined"),
    [(NOON - HOUR, False), (NOON, True), (NOON + HOUR, True), (NOON + 2 * HOUR, False)],
)
def test_period_holds_both_its_ends(moment, has_joined):
    assert period(Record(1, moment)).has_joined == has_joined


def test_period_is_completed_by_credit():
    assert [period(credit=earned).has_completed for earned in (99, 100)] == [False, True]


def test_period_counts_pages_first_handed_in_within_it():
    before = Record(1, NOON - HOUR, NOON - HOUR, 2000)
    within = handed_in(2, 9000, NOON)
    result = period(before, within)

    assert (result.score_bp, result.has_passed, result.is_excellent, result.done) == (
        9000,
        True,
        True,
        1,
    )


def test_period_without_a_hand_in_is_passed_by_nobody():
    assert period(Record(1, NOON, passed_at=NOON)).has_passed is False
