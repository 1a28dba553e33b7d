"""Queries over whole requests: few, and no more for thirty questions than for one.

The words of a transaction (BEGIN, SAVEPOINT …) are not queries of anything and are left out; so is
the session, which lies in Redis in production.
"""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.attempts import check_answer, start_attempt, submit_attempt
from quizzes.models import Attempt
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

TRANSACTION_WORDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
SIZES = (1, 30)


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def make_quiz(member, academy):
    def make(size, **rules):
        quiz, bank = make_quiz_page(academy, **rules), make_bank()
        fix_questions(quiz, [make_question(bank) for _ in range(size)])
        return quiz

    return make


@pytest.fixture
def open_attempt(member, make_quiz):
    def start(size, **rules):
        quiz = make_quiz(size, **rules)
        return start_attempt(member=member, quiz=quiz, now=timezone.now())

    return start


def url(name, *args):
    return reverse(f"quizzes:{name}", args=args)


def count(work) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = work()
    assert response.status_code in (200, 302)
    asked = [each["sql"] for each in captured.captured_queries]
    return sum(
        not sql.startswith(TRANSACTION_WORDS) and "django_session" not in sql for sql in asked
    )


def given(index):
    return {"index": index, "response": ["b"], "seq": round(timezone.now().timestamp() * 1000)}


def counted(post, *, at_most):
    """`post` for each size: equal, and few."""
    post(1)
    few, many = (post(size) for size in SIZES)
    assert few == many <= at_most


def test_start_takes_few_queries(client, make_quiz):
    def post(size):
        address = url("start", make_quiz(size).pk)
        return count(lambda: client.post(address))

    counted(post, at_most=8)


def test_save_takes_few_queries(client, open_attempt):
    def post(size):
        address, body = url("answer", open_attempt(size).pk), json.dumps(given(1))
        return count(lambda: client.post(address, body, "application/json"))

    counted(post, at_most=3)


def test_save_of_the_whole_page_takes_few_queries(client, open_attempt):
    def post(size):
        address = url("answers", open_attempt(size).pk)
        body = json.dumps({"answers": [given(number) for number in range(1, size + 1)]})
        return count(lambda: client.post(address, body, "application/json"))

    counted(post, at_most=4)


def test_hand_in_takes_few_queries(client, open_attempt):
    def post(size):
        address = url("submit", open_attempt(size).pk)
        return count(lambda: client.post(address))

    counted(post, at_most=10)


def test_page_of_all_questions_takes_few_queries(client, open_attempt):
    few, many = (count_queries(client, url("resume", open_attempt(size).pk)) for size in SIZES)

    assert few == many <= 8


def test_result_takes_few_queries(client, open_attempt):
    def queries_of(size):
        attempt = open_attempt(size)
        submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=timezone.now())
        address = url("result", attempt.pk)
        return count(lambda: client.get(address))

    queries_of(1)
    few, many = map(queries_of, SIZES)
    assert few == many <= 6


def test_practice_question_takes_as_many_queries_for_many(client, open_attempt):
    def queries_of(size):
        attempt = open_attempt(size, mode="practice")
        check_answer(
            attempt_id=attempt.pk,
            member=attempt.member,
            index=0,
            values=["b"],
            sequence=1,
            now=timezone.now(),
        )
        return count_queries(client, url("question", attempt.pk, 1))

    few, many = map(queries_of, SIZES)
    assert few == many


def test_quiz_list_queries_do_not_grow(client, make_quiz):
    make_quiz(1)
    few = count_queries(client, url("index"))
    for _ in range(29):
        make_quiz(1)

    assert count_queries(client, url("index")) == few


def test_quiz_page_queries_do_not_grow_with_the_history(client, member, make_quiz):
    quiz = make_quiz(1)

    def take():
        attempt = start_attempt(member=member, quiz=quiz, now=timezone.now())
        submit_attempt(attempt_id=attempt.pk, member=member, now=timezone.now())

    take()
    few = count_queries(client, quiz.url)
    for _ in range(9):
        take()

    assert Attempt.objects.count() == 10
    assert count_queries(client, quiz.url) == few


def test_home_queries_do_not_grow_with_the_quizzes(client, make_quiz):
    make_quiz(1)
    few = count_queries(client, "/")
    for _ in range(9):
        make_quiz(1)

    assert count_queries(client, "/") == few


@pytest.fixture
def close(member):
    """Close a quiz that the member handed in long enough ago."""

    def end(quiz):
        then = timezone.now() - timedelta(hours=1)
        Attempt.objects.filter(quiz=quiz).update(submitted_at=then)
        quiz.closes_at = then + timedelta(minutes=1)
        quiz.save()

    return end


def test_result_after_the_closing_takes_few_queries(client, open_attempt, close):
    def queries_of(size):
        attempt = open_attempt(size)
        submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=timezone.now())
        close(attempt.quiz)
        address = url("result", attempt.pk)
        return count(lambda: client.get(address))

    queries_of(1)
    few, many = map(queries_of, SIZES)
    assert few == many <= 7


def test_quiz_page_after_the_closing_takes_as_many_queries_for_many(
    client, member, make_quiz, close
):
    def queries_of(attempts):
        quiz = make_quiz(1)
        for _ in range(attempts):
            attempt = start_attempt(member=member, quiz=quiz, now=timezone.now())
            submit_attempt(attempt_id=attempt.pk, member=member, now=timezone.now())
        close(quiz)
        return count_queries(client, quiz.url)

    queries_of(1)
    few, many = map(queries_of, SIZES)
    assert few == many
