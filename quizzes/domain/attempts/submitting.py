"""Handing in: one transaction grades the attempt and records the score."""

from datetime import datetime
from fractions import Fraction
from math import floor

import structlog
from django.db import transaction

from learning.domain.progress import record_score
from members.models import Member
from quizzes.domain.attempts.errors import AttemptNotFound
from quizzes.grading import Grade
from quizzes.models import Attempt, AttemptState, QuestionVersion
from quizzes.question_types.registry import get_type

FULL_SCORE_BP = 10_000
BATCH = 500
log = structlog.get_logger(__name__)


@transaction.atomic
def submit_attempt(*, attempt_id: int, member: Member, now: datetime) -> Attempt:
    """Hand in an attempt and grade it.

    Handing in twice returns the first result. After the deadline the attempt ends at its
    deadline. Raises AttemptNotFound when the attempt is not this member's.
    """
    attempt = _get(attempt_id, member)
    ended_at = min(now, attempt.deadline) if attempt.deadline else now
    is_late = ended_at < now
    # Compare and set: of two that hand in at once one goes on, and no answer can follow it.
    taken = Attempt.objects.filter(pk=attempt_id, state=AttemptState.OPEN).update(
        state=AttemptState.SUBMITTED, submitted_at=ended_at, is_auto_submitted=is_late
    )
    attempt = _get(attempt_id, member)
    if taken:
        _record(attempt, member, ended_at)
    return attempt


def close_expired_attempts(*, now: datetime) -> int:
    """Hand in every open attempt whose deadline has passed; returns how many.

    One that cannot be graded is logged and left open: it must not hold up everybody else's.
    """
    closed, after = 0, 0
    expired = Attempt.objects.filter(state=AttemptState.OPEN, deadline__lte=now)
    while batch := list(
        expired.filter(pk__gt=after).select_related("member").order_by("pk")[:BATCH]
    ):
        closed += sum(_close(attempt, now) for attempt in batch)
        after = batch[-1].pk
    return closed


def _close(attempt: Attempt, now: datetime) -> bool:
    try:
        submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=now)
    except Exception:
        log.exception("attempt_not_closed", attempt=attempt.pk)
        return False
    return True


def _get(attempt_id: int, member: Member) -> Attempt:
    try:
        return Attempt.objects.select_related("quiz").get(pk=attempt_id, member=member)
    except Attempt.DoesNotExist:
        raise AttemptNotFound from None


def _record(attempt: Attempt, member: Member, ended_at: datetime) -> None:
    grades = grade_attempt(attempt)
    attempt.marks = [[str(grade.fraction), grade.state] for grade in grades]
    attempt.score_bp = score_in_bp(grades)
    attempt.has_passed = attempt.score_bp >= attempt.quiz.pass_mark * 100
    attempt.save(update_fields=["marks", "score_bp", "has_passed"])
    record_score(
        member=member,
        page_id=attempt.quiz_id,
        score_bp=attempt.score_bp,
        has_passed=attempt.has_passed,
        now=ended_at,
    )


def grade_attempt(attempt: Attempt) -> list[Grade]:
    """Grade every question of the layout against the version that was asked."""
    versions = QuestionVersion.objects.in_bulk({place["v"] for place in attempt.layout})
    return [
        grade_response(versions[place["v"]], attempt.answers.get(f"q{index}"))
        for index, place in enumerate(attempt.layout)
    ]


def grade_response(version: QuestionVersion, answer: dict | None) -> Grade:
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    response = question_type.read_response(answer["r"] if answer else [], spec)
    return question_type.grade(spec, response)


def score_in_bp(grades: list[Grade]) -> int:
    """Every question weighs the same; basis points, rounded half up."""
    mean = sum((grade.fraction for grade in grades), Fraction(0)) / len(grades)
    return floor(mean * FULL_SCORE_BP + Fraction(1, 2))
