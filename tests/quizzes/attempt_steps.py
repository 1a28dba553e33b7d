"""The steps of an attempt, in tests: at NOW unless another moment is given."""

from datetime import timedelta

from django.utils import timezone

from quizzes.domain.attempts import (
    check_answer,
    save_answer,
    start_attempt,
    submit_attempt,
)
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

NOW = timezone.now()
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def milliseconds(moment) -> int:
    return round(moment.timestamp() * 1000)


def make_quiz(academy, questions: int = 4, **fields):
    """A quiz of fixed single choices; "b" is right everywhere."""
    bank = make_bank()
    quiz = make_quiz_page(academy, **fields)
    fix_questions(quiz, [make_question(bank) for _ in range(questions)])
    return quiz


def start(member, quiz, now=NOW, **kwargs):
    return start_attempt(member=member, quiz=quiz, now=now, **kwargs)


def save(attempt, index=0, values=("b",), now=NOW, sequence=None):
    return save_answer(
        attempt_id=attempt.pk,
        member=attempt.member,
        index=index,
        values=list(values),
        sequence=milliseconds(now) if sequence is None else sequence,
        now=now,
    )


def check(attempt, index=0, values=("b",), now=NOW, sequence=None):
    return check_answer(
        attempt_id=attempt.pk,
        member=attempt.member,
        index=index,
        values=list(values),
        sequence=milliseconds(now) if sequence is None else sequence,
        now=now,
    )


def submit(attempt, now=NOW):
    return submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=now)


def take(member, quiz, right: int, now=NOW):
    """A whole attempt with the first `right` answers right."""
    attempt = start(member, quiz, now)
    for index in range(right):
        save(attempt, index, now=now)
    return submit(attempt, now)
