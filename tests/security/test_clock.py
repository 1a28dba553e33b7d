"""Row: late posts, shifted client clocks, reopened attempts, forged time-ups.

Owners: tests/quizzes/test_attempts.py, test_attempts_saving.py, test_attempt_machine.py.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, AttemptState

# Milliseconds of a phone's clock that is years behind or ahead, or that lies.
CLOCKS = [0, 1, 946_684_800_000, 4_102_444_800_000, 10**18]


def expire(attempt) -> None:
    before = timezone.now() - timedelta(minutes=5)
    Attempt.objects.update(deadline=before, accepts_until=before)


def post(client, attempt, **body):
    body = {"index": 1, "response": ["b"], "seq": 1} | body
    return client.post(reverse("quizzes:answer", args=[attempt.pk]), body, "application/json")


@pytest.mark.parametrize("clock", CLOCKS)
def test_late_answer_is_refused_whatever_the_clock_of_the_phone(client, attempt, clock):
    expire(attempt)
    post(client, attempt, seq=clock, at=clock, saved_at=clock, deadline=10**15)
    attempt.refresh_from_db()

    assert (attempt.answers, attempt.state) == ({}, AttemptState.SUBMITTED)


def test_time_up_that_is_forged_ends_nothing_early_and_nothing_late(client, attempt):
    post(client, attempt, time_up=True, expired=True)
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.OPEN

    expire(attempt)
    client.post(reverse("quizzes:submit", args=[attempt.pk]), {"time_left": "600"})
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.deadline


def test_what_is_handed_in_does_not_open_again(client, attempt):
    client.post(reverse("quizzes:submit", args=[attempt.pk]))
    post(client, attempt, state="open")
    attempt.refresh_from_db()

    assert (attempt.answers, attempt.state) == ({}, AttemptState.SUBMITTED)
