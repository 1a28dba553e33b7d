"""Attempts for tests of what comes after: each goes through the project's own domain."""

from datetime import datetime

from django.utils import timezone

from members.models import Member
from quizzes.domain.attempts import save_answer, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage


def sit(member: Member, quiz: QuizPage, answers, now: datetime | None = None) -> Attempt:
    """Take the quiz: `answers` holds the posted values of each place, None where none is given."""
    now = now or timezone.now()
    attempt = start_attempt(member=member, quiz=quiz, now=now)
    for index, values in enumerate(answers):
        if values is not None:
            save_answer(
                attempt_id=attempt.pk,
                member=member,
                index=index,
                values=list(values),
                sequence=index + 1,
                now=now,
            )
    return submit_attempt(attempt_id=attempt.pk, member=member, now=now)


def ignore(done: int, total: int) -> None:
    """A report that nobody reads."""
