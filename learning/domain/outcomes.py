"""What follows from a member's progress: finished courses, points, certificates.

An event marks the member; a fold looks at everything of hers anew. Who follows is told by the
composition root, because some of them stand above this app.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.db import transaction
from django.db.models import QuerySet

from learning.models import OutcomeMark
from members.models import Member

# follow(member_ids=[…], now=…), in one transaction for all followers. It recomputes from the raw
# rows and must be safe to repeat; the members are locked, so it runs once at a time for each.
Follower = Callable[..., object]

MARKS_PER_FOLD = 500
RETRY_AFTER = timedelta(hours=1)
log = structlog.get_logger(__name__)


def mark_outcomes(*, member_ids: list[int], now: datetime) -> None:
    """These members have come further (or a correction took something back)."""
    OutcomeMark.objects.bulk_create(
        [OutcomeMark(member_id=pk, due_at=now) for pk in member_ids], batch_size=500
    )


def fold_outcomes(*, followers: Sequence[Follower], now: datetime) -> int:
    """Let all followers see every member marked until now; returns how many marks were folded.

    Nobody is left when it returns, not even in another process. Members whose fold fails are tried
    again an hour later, and hold up nobody else.
    """
    folded = 0
    while _due_marks(now).exists():
        folded += _fold_some(followers, now, waits=True)
    return folded


def fold_outcomes_for(*, seconds: float, followers: Sequence[Follower], now: datetime) -> int:
    """The same, but begins nothing after `seconds`, and leaves to others what they have in hand."""
    until, folded = monotonic() + seconds, 0
    # Looked at first: SQLite's one writer is not taken every three seconds for nothing.
    while monotonic() < until and _due_marks(now).exists():
        count = _fold_some(followers, now, waits=False)
        if not count:
            break
        folded += count
    return folded


def _fold_some(followers: Sequence[Follower], now: datetime, *, waits: bool) -> int:
    marks: dict[int, int] = {}
    try:
        with transaction.atomic():
            marks = _take_marks(now, waits=waits)
            _follow(marks, followers, now)
    except Exception:
        log.exception("outcome_batch_failed", members=len(set(marks.values())))
        _fold_one_by_one(marks, followers, now)
    return len(marks)


def _due_marks(now: datetime) -> QuerySet[OutcomeMark]:
    return OutcomeMark.objects.filter(due_at__lte=now)


def _take_marks(now: datetime, *, waits: bool) -> dict[int, int]:
    """Some marks by id, with the member's id, locked: two processes never have the same."""
    due = _due_marks(now).select_for_update(skip_locked=not waits).order_by("pk")
    return dict(due.values_list("pk", "member_id")[:MARKS_PER_FOLD])


def _follow(marks: dict[int, int], followers: Sequence[Follower], now: datetime) -> None:
    member_ids = sorted(set(marks.values()))
    # Two folds at once take their members in turn.
    locked = Member.objects.select_for_update(no_key=True).filter(pk__in=member_ids)
    list(locked.order_by("pk").values_list("pk", flat=True))
    # Deleted before anything is read: an event that commits later leaves a mark of its own.
    OutcomeMark.objects.filter(pk__in=list(marks)).delete()
    for follow in followers:
        follow(member_ids=member_ids, now=now)


def _fold_one_by_one(marks: dict[int, int], followers: Sequence[Follower], now: datetime) -> None:
    for member_id in sorted(set(marks.values())):
        hers = {pk: owner for pk, owner in marks.items() if owner == member_id}
        try:
            with transaction.atomic():
                _follow(hers, followers, now)
        except Exception:
            log.exception("outcome_failed", member=member_id)
            OutcomeMark.objects.filter(pk__in=list(hers)).update(due_at=now + RETRY_AFTER)
