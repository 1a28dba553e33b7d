"""Which answer stands: numbers from the future, places that have passed, attempts that are over."""

import pytest

from quizzes.domain.attempts import (
    GivenAnswer,
    SaveOutcome,
    is_saved,
    note_shown,
    save_answers,
    void_attempt,
)
from tests.factories import make_committee_member, make_staff
from tests.quizzes.attempt_steps import NOW, SECOND, make_quiz, milliseconds, save, start

pytestmark = pytest.mark.django_db
MS = milliseconds(NOW)
AHEAD = MS + 3_600_000


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def attempt(member, academy):
    return start(member, make_quiz(academy))


@pytest.fixture
def forward(member, academy):
    return start(member, make_quiz(academy, is_sequential=True))


def answers(attempt) -> dict:
    attempt.refresh_from_db()
    return {key: entry["r"] for key, entry in attempt.answers.items()}


def save_both_ways(way, attempt, values, sequence, now):
    if way == "alone":
        return save(attempt, values=values, sequence=sequence, now=now).outcome
    given = [GivenAnswer(0, values, sequence)]
    results = save_answers(attempt_id=attempt.pk, member=attempt.member, answers=given, now=now)
    return results[0].outcome


@pytest.mark.parametrize("way", ["alone", "page"])
def test_replay_of_an_older_number_from_the_future_is_stale(attempt, way):
    save(attempt, values=["a"], sequence=AHEAD)
    save(attempt, values=["b"], sequence=AHEAD + 1, now=NOW + SECOND)

    outcome = save_both_ways(way, attempt, ["a"], AHEAD, NOW + 2 * SECOND)

    assert (outcome, answers(attempt)) == (SaveOutcome.STALE, {"q0": ["b"]})


def test_numbers_from_the_future_that_come_together_keep_their_order(attempt):
    save(attempt, values=["b"], sequence=AHEAD + 1)
    save(attempt, values=["a"], sequence=AHEAD)
    save(attempt, values=["c"], sequence=AHEAD + 2)

    assert answers(attempt) == {"q0": ["c"]}


@pytest.mark.parametrize("way", ["alone", "page"])
def test_answer_from_the_future_sent_again_is_saved(attempt, way):
    save(attempt, values=["a"], sequence=AHEAD)

    outcome = save_both_ways(way, attempt, ["a"], AHEAD, NOW + SECOND)

    assert (outcome, answers(attempt)) == (SaveOutcome.SAVED, {"q0": ["a"]})


@pytest.mark.parametrize("way", ["alone", "page"])
def test_answer_that_stands_is_saved_again_though_its_place_has_passed(forward, way):
    save(forward, 0, ["a"])
    save(forward, 1, ["b"])

    assert save_both_ways(way, forward, ["a"], MS, NOW) is SaveOutcome.SAVED
    assert save_both_ways(way, forward, ["c"], MS + 1, NOW + SECOND) is SaveOutcome.PASSED


def test_question_has_passed_once_the_next_one_was_shown(forward):
    save(forward, 0, ["a"])
    note_shown(attempt=forward, index=1)

    result = save(forward, 0, ["b"], now=NOW + SECOND)

    assert (result.outcome, result.standing_response) == (SaveOutcome.PASSED, ("a",))


def test_shown_question_is_not_saved_and_takes_its_first_answer(forward):
    note_shown(attempt=forward, index=1)
    forward.refresh_from_db()
    assert not is_saved(forward, 1)

    assert save(forward, 1, ["a"], sequence=1).is_saved
    note_shown(attempt=forward, index=1)
    assert answers(forward) == {"q1": ["a"]}


def test_showing_keeps_an_answer_that_came_meanwhile(forward):
    save(forward, 1, ["a"])

    note_shown(attempt=forward, index=1)

    assert answers(forward) == {"q1": ["a"]}


def test_showing_is_noted_only_where_questions_come_in_order(attempt, django_assert_num_queries):
    with django_assert_num_queries(0):
        note_shown(attempt=attempt, index=1)


def test_answer_to_a_voided_attempt_says_so(attempt, tree):
    void_attempt(attempt_id=attempt.pk, by=make_staff(tree.city), reason="代答", now=NOW)

    assert save(attempt).outcome is SaveOutcome.VOIDED
