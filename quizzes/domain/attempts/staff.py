"""What staff may do with an attempt: reopen it, or void it. Both say why, and are kept."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.domain.audit import record
from members.models import Action, Member
from quizzes.domain.attempts.errors import AttemptRefused
from quizzes.domain.attempts.limits import accepts_until
from quizzes.domain.attempts.locking import lock_attempt
from quizzes.domain.attempts.recounting import recount
from quizzes.domain.mistakes.taking_back import take_misses_back
from quizzes.models import Attempt, AttemptEvent, AttemptEventKind, AttemptState, ManualMark

NO_RESULT = {"score_bp": None, "has_passed": None, "needs_marking": False}
MARK_FACTS = ["place", "part", "marker_id", "percent", "rubric", "comment", "is_final", "marked_at"]


@transaction.atomic
def reopen_attempt(
    *, attempt_id: int, by: Member, reason: str, now: datetime, extra_minutes: int
) -> Attempt:
    """Let the member go on for `extra_minutes` from now, with the answers that are there.

    Until it is handed in again the attempt does not count. Marks that people gave move into the
    event: they judged answers that may change. Raises AttemptNotFound, and AttemptRefused for an
    attempt that is open or void, or while another one of hers at the quiz is open.
    """
    attempt = lock_attempt(attempt_id)
    reason = _read_reason(reason)
    if not attempt.is_submitted:
        raise AttemptRefused(_("只有已交的答卷可以重新开放。"))
    _check_minutes(extra_minutes)
    take_misses_back(attempt)
    lost = _what_was(attempt) | {"minutes": extra_minutes, "manual_marks": _take_marks(attempt)}
    deadline = now + timedelta(minutes=extra_minutes)
    changes = NO_RESULT | {
        "state": AttemptState.OPEN,
        "marks": None,
        "submitted_at": None,
        "is_auto_submitted": False,
        # What she misses this time goes into her 错题本 too.
        "has_cards": False,
        "deadline": deadline,
        "accepts_until": accepts_until(attempt.quiz, deadline),
    }
    try:
        with transaction.atomic():
            _change(attempt, changes)
    except IntegrityError:
        raise AttemptRefused(_("她有另一份没交的答卷，请等她交卷以后再开放这一份。")) from None
    _note_and_recount(
        attempt, now=now, kind=AttemptEventKind.REOPENED, by=by, reason=reason, data=lost
    )
    return attempt


@transaction.atomic
def extend_attempt(
    *, attempt_id: int, by: Member, reason: str, now: datetime, extra_minutes: int
) -> Attempt:
    """Move the deadline of an open attempt by `extra_minutes`; one that is over counts from now.

    Raises AttemptNotFound, and AttemptRefused for an attempt that is not open or has no deadline.
    """
    attempt = lock_attempt(attempt_id)
    reason = _read_reason(reason)
    _check_minutes(extra_minutes)
    if not attempt.is_open:
        raise AttemptRefused(_("她刚刚交卷了，不能再加时；要让她接着答，请重新开放。"))
    if attempt.deadline is None:
        raise AttemptRefused(_("这份答卷不限时间，不用加时。"))
    deadline = max(attempt.deadline, now) + timedelta(minutes=extra_minutes)
    event = make_extension(attempt, deadline, by=by, reason=reason, now=now)
    event.data["extra_minutes"] = extra_minutes
    changes = {"deadline": deadline, "accepts_until": accepts_until(attempt.quiz, deadline)}
    _change(attempt, changes)
    event.save()
    return attempt


def make_extension(
    attempt: Attempt, deadline: datetime | None, *, by: Member, reason: str, now: datetime
) -> AttemptEvent:
    """The event, not saved, of a deadline that moves; `attempt` still has the old one.

    It is a reopening that takes no result away: "deadline" in its data tells it from the others.
    """
    moved = [each.isoformat() if each else None for each in (attempt.deadline, deadline)]
    return AttemptEvent(
        attempt=attempt,
        kind=AttemptEventKind.REOPENED,
        at=now,
        by=by,
        reason=reason,
        data={"deadline": moved},
    )


@transaction.atomic
def void_attempt(*, attempt_id: int, by: Member, reason: str, now: datetime) -> Attempt:
    """Take the attempt out of every count; it no longer uses up one of her attempts.

    Layout, answers and marks stay as evidence. Voiding twice changes nothing. Raises
    AttemptNotFound.
    """
    attempt = lock_attempt(attempt_id)
    reason = _read_reason(reason)
    if attempt.state == AttemptState.VOIDED:
        return attempt
    take_misses_back(attempt)
    was = _what_was(attempt)
    _change(attempt, NO_RESULT | {"state": AttemptState.VOIDED, "has_cards": False})
    _note_and_recount(
        attempt, now=now, kind=AttemptEventKind.VOIDED, by=by, reason=reason, data=was
    )
    return attempt


def _change(attempt: Attempt, changes: dict) -> None:
    for column, value in changes.items():
        setattr(attempt, column, value)
    attempt.save(update_fields=list(changes))


def _note_and_recount(attempt: Attempt, *, now: datetime, **facts) -> None:
    event = AttemptEvent.objects.create(attempt=attempt, at=now, **facts)
    detail = {"member": attempt.member_id, "kind": event.kind}
    record(action=Action.SCORE_CHANGED, by=event.by, subject=attempt, detail=detail)
    recount(member_id=attempt.member_id, quiz=attempt.quiz, now=now)


def _what_was(attempt: Attempt) -> dict:
    ended_at = attempt.submitted_at
    return {
        "submitted_at": ended_at.isoformat() if ended_at else None,
        "score_bp": [attempt.score_bp, None],
        "has_passed": [attempt.has_passed, None],
    }


def _take_marks(attempt: Attempt) -> list[dict]:
    marks = ManualMark.objects.filter(attempt=attempt).order_by("place", "part", "marked_at")
    taken = [
        mark | {"marked_at": mark["marked_at"].isoformat()} for mark in marks.values(*MARK_FACTS)
    ]
    marks.delete()
    return taken


def _check_minutes(extra_minutes: int) -> None:
    if extra_minutes < 1:
        raise AttemptRefused(_("请填写至少 1 分钟的作答时间。"))


def _read_reason(reason: str) -> str:
    reason = reason.strip()
    longest = AttemptEvent._meta.get_field("reason").max_length
    if not reason:
        raise AttemptRefused(_("请写明原因。"))
    if len(reason) > longest:
        raise AttemptRefused(_("原因最多 %d 字，请写短一些。") % longest)
    return reason
