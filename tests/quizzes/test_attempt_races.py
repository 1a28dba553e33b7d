"""Real threads on a real database: whatever comes at once ends as if it had come in turn."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from learning.models import Plan, PlanItem, Progress, StaleStanding
from quizzes.domain.attempts import AttemptRefused, save_answer, start_attempt, submit_attempt
from quizzes.models import Attempt
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

THREADS = 8

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


def start(member, quiz):
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def test_starts_at_once_are_one_attempt(member, quiz):
    attempts = at_once(lambda _number: start(member, quiz).pk)

    assert (len(set(attempts)), Attempt.objects.count()) == (1, 1)


def test_hand_ins_at_once_are_one_result_and_one_event(member, quiz, tree):
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=timezone.now())
    PlanItem.objects.create(plan=plan, page=quiz)
    attempt = start(member, quiz)
    results = at_once(
        lambda _number: (
            submit_attempt(attempt_id=attempt.pk, member=member, now=timezone.now()).submitted_at
        )
    )

    assert len(set(results)) == 1
    assert (Progress.objects.count(), StaleStanding.objects.count()) == (1, 1)


def test_answers_at_once_all_arrive(member, quiz):
    attempt = start(member, quiz)
    now = timezone.now()
    at_once(
        lambda number: save_answer(
            attempt_id=attempt.pk,
            member=member,
            index=number,
            values=["b"],
            sequence=number,
            now=now,
        ),
        count=3,
    )

    attempt.refresh_from_db()
    assert sorted(attempt.answers) == ["q0", "q1", "q2"]


def test_newest_of_many_answers_stands(member, quiz):
    attempt = start(member, quiz)
    now = timezone.now()
    at_once(
        lambda number: save_answer(
            attempt_id=attempt.pk,
            member=member,
            index=0,
            values=[f"{number}"],
            sequence=number,
            now=now,
        )
    )

    attempt.refresh_from_db()
    assert attempt.answers["q0"]["r"] == [str(THREADS - 1)]


def test_answer_against_hand_in_is_graded_or_refused(member, quiz):
    attempt = start(member, quiz)
    now = timezone.now()

    def race(number):
        if number % 2:
            return submit_attempt(attempt_id=attempt.pk, member=member, now=now)
        return save_answer(
            attempt_id=attempt.pk,
            member=member,
            index=0,
            values=["b"],
            sequence=number,
            now=now,
        )

    at_once(race)
    attempt.refresh_from_db()
    expected = ["1", "right"] if attempt.answers else ["0", "unanswered"]
    assert attempt.marks[0] == expected


def test_limit_of_attempts_holds_against_starts_at_once(member, quiz):
    quiz.attempts_allowed = 1
    quiz.save()

    def start_and_hand_in(_number):
        try:
            attempt = start(member, quiz)
        except AttemptRefused:
            return None
        return submit_attempt(attempt_id=attempt.pk, member=member, now=timezone.now()).pk

    taken = {pk for pk in at_once(start_and_hand_in) if pk}
    assert (len(taken), Attempt.objects.count()) == (1, 1)
