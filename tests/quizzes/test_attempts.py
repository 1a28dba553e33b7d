from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.utils import timezone

from learning.models import Plan, PlanItem, Progress, StaleStanding
from quizzes.domain.attempts import (
    AttemptNotFound,
    AttemptRefused,
    SaveOutcome,
    close_expired_attempts,
    save_answer,
    start_attempt,
    submit_attempt,
)
from quizzes.models import Attempt
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import add_draw, fix_questions, make_bank, make_question

NOW = timezone.now()
MS = round(NOW.timestamp() * 1000)
MINUTE = timedelta(minutes=1)
GRACE = timedelta(seconds=5)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def quiz(academy):
    bank = make_bank()
    quiz = make_quiz_page(academy, time_limit=10, attempts_allowed=2)
    fix_questions(quiz, [make_question(bank) for _ in range(4)])
    return quiz


@pytest.fixture
def attempt(member, quiz):
    return start_attempt(member=member, quiz=quiz, now=NOW)


def save(attempt, *, index=0, values=("b",), sequence=MS, now=NOW, member=None):
    return save_answer(
        attempt_id=attempt.pk,
        member=member or attempt.member,
        index=index,
        values=list(values),
        sequence=sequence,
        now=now,
    )


def submit(attempt, now=NOW):
    return submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=now)


def answers(attempt):
    attempt.refresh_from_db()
    return {key: answer["r"] for key, answer in attempt.answers.items()}


def test_start_fixes_the_deadline(attempt):
    assert attempt.deadline == NOW + 10 * MINUTE


def test_start_ends_with_the_quiz_when_that_is_earlier(member, quiz):
    quiz.closes_at = NOW + 3 * MINUTE

    assert start_attempt(member=member, quiz=quiz, now=NOW).deadline == NOW + 3 * MINUTE


def test_start_again_goes_on_with_the_open_attempt(attempt, member, quiz):
    assert start_attempt(member=member, quiz=quiz, now=NOW + MINUTE) == attempt


def test_second_open_attempt_is_refused_by_the_database(attempt):
    attempt.pk, attempt.number = None, 2

    with pytest.raises(IntegrityError):
        attempt.save()


def test_start_is_refused_when_the_attempts_are_used_up(member, quiz):
    for _ in range(2):
        submit(start_attempt(member=member, quiz=quiz, now=NOW))

    with pytest.raises(AttemptRefused, match="2 次机会已经用完"):
        start_attempt(member=member, quiz=quiz, now=NOW)


@pytest.mark.parametrize(
    ("opens", "closes", "said"), [(MINUTE, None, "还没有开始"), (None, -MINUTE, "截止")]
)
def test_start_is_refused_outside_the_window(member, quiz, opens, closes, said):
    quiz.opens_at = opens and NOW + opens
    quiz.closes_at = closes and NOW + closes

    with pytest.raises(AttemptRefused, match=said):
        start_attempt(member=member, quiz=quiz, now=NOW)


def test_draw_takes_no_question_twice(member, academy):
    bank = make_bank()
    questions = [make_question(bank) for _ in range(6)]
    quiz = make_quiz_page(academy)
    fix_questions(quiz, questions[:2])
    add_draw(quiz, bank, 4)

    layout = start_attempt(member=member, quiz=quiz, now=NOW, seed=1).layout

    assert sorted(place["v"] for place in layout) == sorted(q.current_id for q in questions)


def test_draw_leaves_out_retired_questions(member, academy):
    bank = make_bank()
    make_question(bank)
    retired = make_question(bank)
    retired.is_retired = True
    retired.save()
    quiz = make_quiz_page(academy)
    add_draw(quiz, bank, 2)

    with pytest.raises(AttemptRefused, match="不够抽"):
        start_attempt(member=member, quiz=quiz, now=NOW)


def test_save_keeps_the_answer(attempt):
    save(attempt, index=2, values=["c"])

    assert answers(attempt) == {"q2": ["c"]}


def test_newer_answer_replaces_the_older(attempt):
    save(attempt, values=["a"], sequence=MS - 2)
    save(attempt, values=["c"], sequence=MS - 1)

    assert answers(attempt) == {"q0": ["c"]}


def test_older_answer_never_overwrites_a_newer_one(attempt):
    save(attempt, values=["c"], sequence=MS - 1)
    result = save(attempt, values=["a"], sequence=MS - 2)

    assert (result.outcome, result.standing_response) == (SaveOutcome.STALE, ("c",))
    assert answers(attempt) == {"q0": ["c"]}


def test_answer_sent_again_is_saved_again(attempt):
    save(attempt, sequence=MS - 1)

    assert save(attempt, sequence=MS - 1).is_saved


def test_clock_from_the_future_does_not_shut_out_later_answers(attempt):
    save(attempt, values=["a"], sequence=MS + 86_400_000)
    later = NOW + timedelta(seconds=1)
    save(attempt, values=["c"], sequence=MS + 1000, now=later)

    assert answers(attempt) == {"q0": ["c"]}


def test_save_works_to_the_last_second_and_its_grace(attempt):
    last = NOW + 10 * MINUTE + GRACE - timedelta(microseconds=1)

    assert save(attempt, now=last).is_saved


def test_save_after_the_deadline_is_refused_and_hands_in(attempt):
    result = save(attempt, now=NOW + 10 * MINUTE + GRACE)

    attempt.refresh_from_db()
    assert (result.outcome, attempt.answers, attempt.is_open) == (SaveOutcome.EXPIRED, {}, False)


def test_save_after_handing_in_is_refused(attempt):
    submit(attempt)

    assert save(attempt).outcome is SaveOutcome.CLOSED


def test_save_to_a_question_that_is_not_there_is_refused(attempt):
    assert save(attempt, index=4).outcome is SaveOutcome.NO_SUCH_QUESTION


def test_save_by_another_member_finds_nothing(attempt, tree):
    stranger = make_committee_member(tree.sibling_village, "黄桂芳")

    with pytest.raises(AttemptNotFound):
        save(attempt, member=stranger)


def test_save_is_one_statement(attempt, django_assert_num_queries):
    with django_assert_num_queries(1):
        save(attempt)


def test_giant_answer_is_cut(attempt):
    save(attempt, values=["x" * 400] * 120)

    assert answers(attempt)["q0"] == ["x" * 400] * 50 + [""] * 50


def test_submit_grades_by_the_key(attempt):
    for index, value in enumerate("bbba"):
        save(attempt, index=index, values=[value])

    submitted = submit(attempt)

    assert (submitted.score_bp, submitted.has_passed) == (7500, True)


def test_submit_without_answers_scores_nothing(attempt):
    submitted = submit(attempt)

    assert (submitted.score_bp, submitted.has_passed) == (0, False)


def test_submit_twice_returns_the_first_result(attempt):
    first = submit(attempt)

    second = submit(attempt, now=NOW + MINUTE)

    assert (second.submitted_at, second.score_bp) == (first.submitted_at, first.score_bp)


def test_submit_records_progress_and_marks_the_standing_once(attempt, academy, tree):
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=NOW - MINUTE)
    PlanItem.objects.create(plan=plan, page=attempt.quiz)
    submit(attempt)
    submit(attempt)

    progress = Progress.objects.get(member=attempt.member, page=attempt.quiz)
    assert (progress.best_score_bp, StaleStanding.objects.count()) == (0, 1)


def test_submit_after_the_deadline_ends_at_the_deadline(attempt):
    submitted = submit(attempt, now=NOW + 60 * MINUTE)

    assert submitted.submitted_at == attempt.deadline
    assert submitted.is_auto_submitted


def test_submit_by_another_member_finds_nothing(attempt, tree):
    stranger = make_committee_member(tree.sibling_village, "黄桂芳")

    with pytest.raises(AttemptNotFound):
        submit_attempt(attempt_id=attempt.pk, member=stranger, now=NOW)


def test_edited_question_does_not_change_a_running_attempt(attempt):
    first = attempt.layout[0]["v"]
    save(attempt, values=["b"])
    question = attempt.quiz.fixed_questions.first().question
    assert question.current_id == first
    version = question.current
    version.pk, version.number, version.data = None, 2, version.data | {"right": ["a"]}
    version.save()
    question.current = version
    question.save()

    assert submit(attempt).marks[0] == ["1", "right"]


def test_expired_attempts_are_closed_by_the_task(attempt):
    closed = close_expired_attempts(now=NOW + 11 * MINUTE)

    attempt.refresh_from_db()
    assert (closed, attempt.is_open, attempt.submitted_at) == (1, False, attempt.deadline)


def test_attempts_within_their_time_stay_open(attempt):
    assert close_expired_attempts(now=NOW + 9 * MINUTE) == 0
    assert Attempt.objects.get().is_open


@pytest.fixture
def unsaid():
    """Ids come back in the next test: nothing of this one was logged today."""
    cache.clear()


@pytest.mark.usefixtures("unsaid")
def test_attempt_that_cannot_be_graded_does_not_hold_up_the_others(attempt, tree, caplog):
    other = make_committee_member(tree.sibling_village, "黄桂芳")
    start_attempt(member=other, quiz=attempt.quiz, now=NOW)
    Attempt.objects.filter(pk=attempt.pk).update(layout=[{"v": 0, "o": []}])

    closed = close_expired_attempts(now=NOW + 11 * MINUTE)

    assert (closed, Attempt.objects.get(member=other).is_open) == (1, False)
    assert "attempt_not_closed" in caplog.text


@pytest.mark.usefixtures("unsaid")
def test_attempt_that_cannot_be_graded_is_logged_once_a_day(attempt, caplog):
    Attempt.objects.filter(pk=attempt.pk).update(layout=[{"v": 0, "o": []}])
    for _run in range(3):
        close_expired_attempts(now=NOW + 11 * MINUTE)

    assert caplog.text.count("attempt_not_closed") == 1


def test_attempt_that_was_put_right_is_closed_by_the_next_run(attempt):
    layout = attempt.layout
    Attempt.objects.filter(pk=attempt.pk).update(layout=[{"v": 0, "o": []}])
    close_expired_attempts(now=NOW + 11 * MINUTE)
    Attempt.objects.filter(pk=attempt.pk).update(layout=layout)

    assert close_expired_attempts(now=NOW + 11 * MINUTE) == 1
