"""Judging at once, going forward only, and saving a whole page."""

import pytest

from quizzes.domain.attempts import (
    AttemptNotFound,
    AttemptRefused,
    GivenAnswer,
    SaveOutcome,
    check_answer,
    save_answers,
)
from quizzes.grading import State
from quizzes.models import Correction
from tests.factories import make_committee_member
from tests.quizzes.attempt_steps import (
    MINUTE,
    NOW,
    SECOND,
    check,
    make_quiz,
    milliseconds,
    save,
    start,
    submit,
)

MS = milliseconds(NOW)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def practice(member, academy):
    return start(member, make_quiz(academy, mode="practice"))


@pytest.fixture
def challenge(member, academy):
    return start(member, make_quiz(academy, mode="challenge"))


@pytest.fixture
def exam(member, academy):
    return start(member, make_quiz(academy, time_limit=10))


def save_page(attempt, *answers, now=NOW):
    given = [GivenAnswer(index, [value], sequence) for index, value, sequence in answers]
    return save_answers(attempt_id=attempt.pk, member=attempt.member, answers=given, now=now)


def outcomes(results):
    return {index: result.outcome for index, result in results.items()}


def responses(attempt):
    attempt.refresh_from_db()
    return {key: entry["r"] for key, entry in attempt.answers.items()}


def test_check_judges_and_locks(practice):
    result = check(practice, values=["a"])

    assert (result.grade.state, result.is_over) == (State.WRONG, False)
    assert save(practice, values=["b"], now=NOW + SECOND).outcome is SaveOutcome.CHECKED
    assert responses(practice) == {"q0": ["a"]}


def test_check_again_gives_the_same_grade(practice):
    check(practice, values=["b"])

    again = check(practice, values=["a"], now=NOW + SECOND)

    assert (again.save.outcome, again.grade.state) == (SaveOutcome.CHECKED, State.RIGHT)


def test_check_with_an_old_answer_judges_nothing(practice):
    save(practice, values=["c"], sequence=MS)

    result = check(practice, values=["b"], sequence=MS - 5)

    assert (result.save.standing_response, result.grade) == (("c",), None)


def test_check_follows_a_correction(practice):
    Correction.objects.create(
        version_id=practice.layout[0]["v"], is_void=True, reason="题有误", applied_at=NOW
    )

    assert check(practice, values=["a"]).grade.state is State.RIGHT


def test_check_is_refused_in_an_exam(exam):
    with pytest.raises(AttemptRefused, match="交卷后才判题"):
        check(exam)


def test_check_by_another_member_finds_nothing(practice, tree):
    stranger = make_committee_member(tree.sibling_village, "黄桂芳")

    with pytest.raises(AttemptNotFound):
        check_answer(
            attempt_id=practice.pk, member=stranger, index=0, values=["b"], sequence=MS, now=NOW
        )


def test_checked_answers_count_at_the_hand_in(practice):
    check(practice, 0, ["b"])
    check(practice, 1, ["a"])

    assert submit(practice).score_bp == 2500


def test_challenge_goes_on_while_answers_are_right(challenge):
    assert [check(challenge, index).is_over for index in range(3)] == [False] * 3


def test_challenge_ends_on_a_miss(challenge):
    check(challenge, 0)
    result = check(challenge, 1, ["a"])

    challenge.refresh_from_db()
    assert (result.is_over, challenge.is_submitted, challenge.score_bp) == (True, True, 2500)


def test_challenge_ends_at_the_top(challenge):
    results = [check(challenge, index) for index in range(4)]

    challenge.refresh_from_db()
    assert (results[-1].is_over, challenge.score_bp) == (True, 10_000)


def test_challenge_has_no_rung_left_out(challenge):
    result = check(challenge, 2)

    assert (result.save.outcome, result.grade) == (SaveOutcome.NO_SUCH_QUESTION, None)


def test_challenge_counts_nothing_after_a_miss(challenge):
    """Answers that were saved ahead and handed in by hand climb no further."""
    for index, value in enumerate("babb"):
        save(challenge, index, [value])

    submitted = submit(challenge)

    states = [state for _share, state in submitted.marks]
    assert (submitted.score_bp, states) == (2500, ["right", "wrong", "unanswered", "unanswered"])


def test_sequential_attempt_does_not_go_back(member, academy):
    attempt = start(member, make_quiz(academy, is_sequential=True))
    save(attempt, 0)
    save(attempt, 1)

    result = save(attempt, 0, ["a"], now=NOW + SECOND)

    assert (result.outcome, result.standing_response) == (SaveOutcome.PASSED, ("b",))
    assert responses(attempt) == {"q0": ["b"], "q1": ["b"]}


def test_sequential_attempt_lets_the_last_answer_change(member, academy):
    attempt = start(member, make_quiz(academy, is_sequential=True))
    save(attempt, 1)

    assert save(attempt, 1, ["c"], now=NOW + SECOND).is_saved
    assert save(attempt, 2).is_saved


def test_other_attempts_go_back_freely(exam):
    save(exam, 3)

    assert save(exam, 0).is_saved


def test_page_is_saved_as_a_whole(exam):
    results = save_page(exam, (0, "a", MS), (1, "b", MS), (3, "c", MS))

    assert set(outcomes(results).values()) == {SaveOutcome.SAVED}
    assert responses(exam) == {"q0": ["a"], "q1": ["b"], "q3": ["c"]}


def test_page_with_a_stale_answer_saves_the_others(exam):
    save(exam, 0, ["c"], sequence=MS - 1)

    results = save_page(exam, (0, "a", MS - 2), (1, "b", MS - 2))

    assert outcomes(results) == {0: SaveOutcome.STALE, 1: SaveOutcome.SAVED}
    assert (results[0].standing_response, responses(exam)["q0"]) == (("c",), ["c"])


def test_page_replayed_changes_nothing(exam):
    first = save_page(exam, (0, "a", MS), (1, "b", MS))

    assert save_page(exam, (0, "a", MS), (1, "b", MS)) == first


def test_page_after_the_deadline_hands_in(exam):
    results = save_page(exam, (0, "b", MS), now=NOW + 11 * MINUTE)

    exam.refresh_from_db()
    assert (outcomes(results), exam.is_submitted) == ({0: SaveOutcome.EXPIRED}, True)


def test_page_knows_checked_and_missing_places(practice):
    check(practice, 0, ["a"])

    results = save_page(practice, (0, "b", MS + 9), (9, "b", MS))

    assert outcomes(results) == {0: SaveOutcome.CHECKED, 9: SaveOutcome.NO_SUCH_QUESTION}


def test_page_of_a_sequential_attempt_keeps_the_order_of_places(member, academy):
    attempt = start(member, make_quiz(academy, is_sequential=True))

    results = save_page(attempt, (1, "b", MS), (0, "a", MS))

    assert set(outcomes(results).values()) == {SaveOutcome.SAVED}


def test_same_number_with_another_answer_is_stale(exam):
    save(exam, 0, ["a"], sequence=MS)

    result = save(exam, 0, ["c"], sequence=MS)

    assert (result.outcome, result.standing_response) == (SaveOutcome.STALE, ("a",))


def test_place_below_zero_is_not_there(exam):
    assert save(exam, -1).outcome is SaveOutcome.NO_SUCH_QUESTION
