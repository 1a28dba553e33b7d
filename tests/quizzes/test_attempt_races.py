"""Real threads on a real database: whatever comes at once ends as if it had come in turn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from learning.models import Plan, PlanItem, Progress, ScoreStep, StaleStanding
from quizzes.domain.attempts import (
    AttemptRefused,
    GivenAnswer,
    check_answer,
    close_expired_attempts,
    recount,
    reopen_attempt,
    save_answer,
    save_answers,
    start_attempt,
    submit_attempt,
    void_attempt,
)
from quizzes.models import Attempt, AttemptEvent, AttemptState
from tests.factories import make_committee_member, make_staff
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

THREADS = 8
# SQLite has one lock for all writers and no queue before it: fewer of them there.
MANY, TIMES = (32, 100) if connection.vendor == "postgresql" else (THREADS, 10)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(work, count=THREADS):
    """Run `work(number)` in threads that start together; returns what each returned."""
    barrier = Barrier(count)

    def run(number):
        try:
            barrier.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.fixture
def quiz(tree):
    root = Page.get_first_root_node()
    academy = root.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))
    quiz = make_quiz_page(academy)
    fix_questions(quiz, [make_question(make_bank()) for _ in range(3)])
    return quiz


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def staff(tree):
    return make_staff(tree.city)


@pytest.fixture
def plan(tree, quiz):
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=timezone.now())
    PlanItem.objects.create(plan=plan, page=quiz)
    return plan


def start(member, quiz):
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def submit(attempt):
    return submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=timezone.now())


def save(attempt, *, index=0, values=("b",), sequence=1):
    return save_answer(
        attempt_id=attempt.pk,
        member=attempt.member,
        index=index,
        values=values,
        sequence=sequence,
        now=timezone.now(),
    )


def entries(attempt):
    attempt.refresh_from_db()
    return {key: (entry["s"], entry["r"]) for key, entry in attempt.answers.items()}


def assert_told_right(member, quiz):
    """What Progress says is what a recount would say: the recount changes nothing."""
    before = list(Progress.objects.values_list("best_score_bp", "handed_in_at", "passed_at"))
    steps = list(ScoreStep.objects.order_by("pk").values_list("pk", "score_bp"))
    recount(member_id=member.pk, quiz=quiz, now=timezone.now())
    assert list(ScoreStep.objects.order_by("pk").values_list("pk", "score_bp")) == steps
    assert before == list(
        Progress.objects.values_list("best_score_bp", "handed_in_at", "passed_at")
    )


def test_starts_at_once_are_one_attempt(member, quiz):
    attempts = at_once(lambda _number: start(member, quiz).pk)

    assert (len(set(attempts)), Attempt.objects.count()) == (1, 1)


def test_hand_ins_of_many_threads_are_one_result_and_one_event(member, quiz, plan):
    """32 threads, each a hundred times: a thumb on a slow phone, on every tab that she has."""
    attempt = start(member, quiz)
    save(attempt)
    results = at_once(
        lambda _number: {submit(attempt).submitted_at for _ in range(TIMES)}, count=MANY
    )

    assert len(set().union(*results)) == 1
    counts = [model.objects.count() for model in (Progress, ScoreStep, StaleStanding, AttemptEvent)]
    assert counts == [1, 1, 1, 1]


def test_answers_at_once_all_arrive(member, quiz):
    attempt = start(member, quiz)
    at_once(lambda number: save(attempt, index=number), count=3)

    assert sorted(entries(attempt)) == ["q0", "q1", "q2"]


def test_newest_of_many_answers_stands(member, quiz):
    attempt = start(member, quiz)
    at_once(lambda number: save(attempt, values=[f"{number}"], sequence=number + 1))

    assert entries(attempt)["q0"] == (THREADS, [str(THREADS - 1)])


def test_two_tabs_with_old_numbers_end_with_the_newest_of_each_question(member, quiz):
    """One tab saves answer by answer, the other whole pages; each comes late now and then."""
    attempt = start(member, quiz)

    def write(number):
        for step in range(10):
            sequence = 1 + step * THREADS + number
            if number % 2:
                save(attempt, index=step % 3, values=[str(sequence)], sequence=sequence)
                continue
            page = [GivenAnswer(index, [str(sequence)], sequence) for index in range(3)]
            save_answers(attempt_id=attempt.pk, member=member, answers=page, now=timezone.now())

    at_once(write)

    newest = dict.fromkeys(range(3), 1 + 9 * THREADS + THREADS - 2)
    newest[0] = 1 + 9 * THREADS + THREADS - 1
    assert entries(attempt) == {f"q{i}": (s, [str(s)]) for i, s in newest.items()}


def test_queue_that_is_replayed_changes_nothing(member, quiz):
    attempt = start(member, quiz)
    queue = [(index, [value], 1 + n) for n, (index, value) in enumerate([(0, "a"), (1, "b")] * 5)]

    def replay(_number):
        for index, values, sequence in queue:
            save(attempt, index=index, values=values, sequence=sequence)

    at_once(replay)

    assert entries(attempt) == {"q0": (9, ["a"]), "q1": (10, ["b"])}


def test_answer_against_hand_in_is_graded_or_refused(member, quiz):
    attempt = start(member, quiz)

    def race(number):
        return submit(attempt) if number % 2 else save(attempt, sequence=number + 1).is_saved

    at_once(race)
    attempt.refresh_from_db()
    expected = ["1", "right"] if attempt.answers else ["0", "unanswered"]
    assert attempt.marks[0] == expected


def test_page_against_hand_in_is_graded_as_a_whole_or_refused(member, quiz):
    attempt = start(member, quiz)
    page = [GivenAnswer(index, ["b"], 1) for index in range(3)]

    def race(number):
        if number % 2:
            return submit(attempt)
        return save_answers(attempt_id=attempt.pk, member=member, answers=page, now=timezone.now())

    at_once(race)
    attempt.refresh_from_db()
    assert attempt.score_bp == (10_000 if attempt.answers else 0)


def test_checks_at_once_lock_one_answer(member, quiz):
    quiz.mode = "practice"
    quiz.save()
    attempt = start(member, quiz)

    def check(number):
        value = "ab"[number % 2]
        return check_answer(
            attempt_id=attempt.pk,
            member=member,
            index=0,
            values=[value],
            sequence=number + 1,
            now=timezone.now(),
        ).grade

    grades = {grade.state for grade in at_once(check) if grade}
    assert len(grades) == 1


def test_limit_of_attempts_holds_against_starts_at_once(member, quiz):
    quiz.attempts_allowed = 1
    quiz.save()

    def start_and_hand_in(_number):
        try:
            return submit(start(member, quiz)).pk
        except AttemptRefused:
            return None

    taken = {pk for pk in at_once(start_and_hand_in) if pk}
    assert (len(taken), Attempt.objects.count()) == (1, 1)


def test_daily_is_taken_once_by_starts_at_once(member, quiz):
    quiz.mode = "daily"
    quiz.save()

    def start_and_hand_in(_number):
        try:
            return submit(start(member, quiz)).pk
        except AttemptRefused:
            return None

    at_once(start_and_hand_in)
    assert Attempt.objects.count() == 1


def test_void_against_hand_in_leaves_a_right_count(member, quiz, staff, plan):
    first = start(member, quiz)
    save(first)
    submit(first)
    second = start(member, quiz)

    def race(number):
        if number % 2:
            return submit(second)
        return void_attempt(attempt_id=first.pk, by=staff, reason="代答", now=timezone.now())

    at_once(race)
    assert Progress.objects.get().best_score_bp == 0
    assert_told_right(member, quiz)


def test_voids_of_all_attempts_at_once_leave_nothing(member, quiz, staff):
    attempts = [submit(start(member, quiz)) for _ in range(4)]
    at_once(
        lambda number: void_attempt(
            attempt_id=attempts[number].pk, by=staff, reason="代答", now=timezone.now()
        ),
        count=4,
    )

    assert list(Progress.objects.values_list("best_score_bp", "handed_in_at")) == [(None, None)]


def test_reopening_against_a_start_leaves_one_open_attempt(member, quiz, staff):
    first = submit(start(member, quiz))

    def race(number):
        try:
            if number % 2:
                return start(member, quiz)
            return reopen_attempt(
                attempt_id=first.pk, by=staff, reason="停电", now=timezone.now(), extra_minutes=5
            )
        except AttemptRefused:
            return None

    at_once(race)
    assert Attempt.objects.filter(state=AttemptState.OPEN).count() == 1
    assert_told_right(member, quiz)


def test_closing_against_hand_in_is_one_event(member, quiz):
    quiz.time_limit = 1
    quiz.save()
    attempt = start(member, quiz)
    later = timezone.now() + timedelta(minutes=2)

    def race(number):
        if number % 2:
            return close_expired_attempts(now=later)
        return submit_attempt(attempt_id=attempt.pk, member=member, now=later).pk

    at_once(race)
    assert list(AttemptEvent.objects.values_list("kind", flat=True)) == ["auto"]
