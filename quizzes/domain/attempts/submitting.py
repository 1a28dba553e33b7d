"""Handing in: one transaction grades the attempt and records the score."""

from datetime import datetime

import structlog
from django.core.cache import cache
from django.db import transaction

from learning.domain.progress import lock_progress, record_hand_in
from members.models import Member
from quizzes.domain.attempts.grading import grade_attempt, result_of
from quizzes.domain.attempts.kept import KEPT_RULES, has_reached
from quizzes.domain.attempts.limits import accepts_until
from quizzes.domain.attempts.locking import lock_attempt
from quizzes.domain.attempts.recounting import scores_so_far
from quizzes.domain.attempts.rules import rules_for
from quizzes.models import Attempt, AttemptEvent, AttemptEventKind, AttemptState, KeptScore

BATCH = 500
ONE_DAY = 24 * 60 * 60  # seconds
log = structlog.get_logger(__name__)


@transaction.atomic
def submit_attempt(
    *, attempt_id: int, member: Member, now: datetime, by_clock: bool = False
) -> Attempt:
    """Hand in an attempt and grade it; `by_clock`: her page did it when the time was up, not she.

    Handing in twice returns the first result. After the deadline the attempt ends at its
    deadline. Raises AttemptNotFound when the attempt is not this member's.
    """
    return hand_in(lock_attempt(attempt_id, member=member), now, by_clock=by_clock)


def close_if_expired(*, attempt: Attempt, now: datetime) -> Attempt:
    """The attempt as it is now: handed in when its time is over. No query while it is not."""
    if not attempt.is_open or not has_expired(attempt, now):
        return attempt
    with transaction.atomic():
        return hand_in(lock_attempt(attempt.pk), now)


def has_expired(attempt: Attempt, now: datetime) -> bool:
    """Its time is over, the grace for slow networks too."""
    return attempt.accepts_until is not None and attempt.accepts_until <= now


def close_expired_attempts(*, now: datetime) -> int:
    """Hand in every open attempt whose time is over; returns how many.

    One that cannot be graded is logged, once a day, and left open: it must not hold up everybody
    else's.
    """
    _end_with_the_quiz(now)
    closed, after = 0, 0
    expired = Attempt.objects.filter(state=AttemptState.OPEN, accepts_until__lte=now)
    ids = expired.order_by("pk").values_list("pk", flat=True)
    while batch := list(ids.filter(pk__gt=after)[:BATCH]):
        closed += sum(_close(pk, now) for pk in batch)
        after = batch[-1]
    return closed


def _end_with_the_quiz(now: datetime) -> None:
    """What was started before its quiz had a closing would else stay open for ever."""
    endless = Attempt.objects.filter(state=AttemptState.OPEN, accepts_until=None)
    for attempt in endless.filter(quiz__closes_at__lte=now).select_related("quiz", "member"):
        closes_at = rules_for(member=attempt.member, quiz=attempt.quiz).closes_at
        if closes_at and closes_at <= now:
            endless.filter(pk=attempt.pk).update(
                deadline=now, accepts_until=accepts_until(attempt.quiz, now)
            )


def _close(attempt_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            hand_in(lock_attempt(attempt_id), now)
    except Exception:
        # It is tried again by every run: what was wrong may have been put right. Said once a day.
        if cache.add(f"attempt_not_closed:{attempt_id}", True, ONE_DAY):
            log.exception("attempt_not_closed", attempt=attempt_id)
        return False
    return True


def hand_in(attempt: Attempt, now: datetime, *, by_clock: bool = False) -> Attempt:
    """`attempt` is locked. One that is not open stays as it is."""
    if not attempt.is_open:
        return attempt
    ended_at = min(now, attempt.deadline) if attempt.deadline else now
    is_late = by_clock or has_expired(attempt, now)
    changes = result_of(attempt, grade_attempt(attempt)) | {
        "state": AttemptState.SUBMITTED,
        "submitted_at": ended_at,
        "is_auto_submitted": is_late,
    }
    # Compare and set: where the database has no row locks, the state still decides.
    if not Attempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN).update(**changes):
        return lock_attempt(attempt.pk)
    for column, value in changes.items():
        setattr(attempt, column, value)
    AttemptEvent.objects.create(
        attempt=attempt,
        kind=AttemptEventKind.AUTO_SUBMITTED if is_late else AttemptEventKind.SUBMITTED,
        at=ended_at,
    )
    _record(attempt, now)
    return attempt


def _record(attempt: Attempt, now: datetime) -> None:
    """Her score from now on, by the quiz's rule; the same as recounting, in fewer queries."""
    progress = lock_progress(member_id=attempt.member_id, page_id=attempt.quiz_id, now=now)
    counts = None if attempt.score_bp is None else _counting_score(attempt, progress.best_score_bp)
    record_hand_in(
        progress=progress,
        score_bp=counts,
        has_passed=counts is not None and has_reached(counts, attempt.pass_mark),
        now=attempt.submitted_at,
    )


def _counting_score(attempt: Attempt, before_bp: int | None) -> int:
    rule = KEPT_RULES[KeptScore(attempt.quiz.kept_score)]
    if rule.needs_all:
        return rule.pick(scores_so_far(attempt))
    return rule.pick([score for score in (before_bp, attempt.score_bp) if score is not None])
