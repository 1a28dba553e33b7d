"""What an attempt asks of the database, by whole HTTP requests (performance.md)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.models import Plan, PlanItem
from quizzes.models import Attempt
from tests.factories import make_committee_member
from tests.quizzes.attempt_steps import make_quiz, milliseconds
from tests.quizzes.bank import add_draw, make_bank, make_question


@pytest.fixture
def quiz(academy, tree):
    """20 questions, half of them drawn, with a time limit, in a running plan."""
    bank = make_bank()
    quiz = make_quiz(academy, 10, time_limit=30, closes_at=timezone.now().replace(year=2100))
    for _ in range(30):
        make_question(bank)
    add_draw(quiz, bank, 10)
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=timezone.now())
    PlanItem.objects.create(plan=plan, page=quiz)
    return quiz


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def count(client, url, data, **extra) -> int:
    """Statements of a POST; in production a request opens no savepoints within a transaction."""
    with CaptureQueriesContext(connection) as captured:
        response = client.post(url, data, **extra)
    assert response.status_code in (200, 302)
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


def take(client, quiz) -> tuple[int, int, int]:
    """Statements of the start, of one saved answer and of the hand-in."""
    started = count(client, reverse("quizzes:start", args=[quiz.pk]), {})
    attempt = Attempt.objects.get(state="open")
    answer = {"index": 1, "response": ["b"], "seq": milliseconds(timezone.now())}
    saved = count(
        client,
        reverse("quizzes:answer", args=[attempt.pk]),
        answer,
        content_type="application/json",
    )
    return started, saved, count(client, reverse("quizzes:submit", args=[attempt.pk]), {})


def test_whole_attempt_stays_within_its_queries(client, member, quiz, tree):
    other = make_committee_member(tree.village, "黄桂芳")
    client.force_login(other)
    take(client, quiz)
    client.force_login(member)

    started, saved, handed_in = take(client, quiz)

    assert (started, saved, handed_in) == (9, 3, 11)
    # The second time her page is started already, and the score that counts stays.
    assert take(client, quiz) == (8, 3, 10)
