"""Honest watching: only intervals that were played count, and no faster than 2× the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from courses.intervals import Interval, clean, merge, subtract, take, total
from courses.models import LessonPage, WatchBudget, WatchRecord
from learning.domain.progress import complete_page, start_page
from members.models import Member

CREDIT_RATE = 2
# Nobody saves up more than an hour of credit. Opening a lesson after two idle hours starts the
# account anew, so a lesson claimed on arrival is worth nothing; a page that stayed open without a
# connection keeps what its time was worth.
MAX_BALANCE = 36_000
IDLE = timedelta(hours=2)
COMPLETE_PERCENT = 90


@dataclass(frozen=True)
class Watched:
    """What the server has credited for one lesson; times in tenths of a second."""

    intervals: list[Interval]
    watched: int
    duration: int
    is_new_completion: bool = False

    @property
    def percent(self) -> int:
        return min(100, 100 * self.watched // self.duration) if self.duration else 0

    @property
    def is_completed(self) -> bool:
        return self.missing == 0

    @property
    def missing(self) -> int:
        """How much is still to be watched until the lesson counts as finished."""
        needed = -(-self.duration * COMPLETE_PERCENT // 100)
        return max(0, needed - self.watched)


def duration_of(lesson: LessonPage) -> int:
    """The lesson's length in tenths of a second."""
    return round(lesson.media.duration * 10) if lesson.media else 0


@transaction.atomic
def open_lesson(*, member: Member, lesson: LessonPage, now: datetime) -> None:
    """She opened the lesson's page: from now on watching can be credited."""
    start_page(member=member, page_id=lesson.pk, now=now)
    budget = _lock_budget(member, now)
    budget.balance = 0 if now - budget.counted_at > IDLE else _accrue(budget, now)
    budget.counted_at = now
    budget.save(update_fields=["balance", "counted_at"])


@transaction.atomic
def report_watching(
    *, member: Member, lesson: LessonPage, claimed: object, position: int, now: datetime
) -> Watched:
    """Credit what was played since the last report, as far as the member's budget goes.

    Sending the same report again changes nothing.
    """
    duration = duration_of(lesson)
    budget = _lock_budget(member, now)
    record, _created = WatchRecord.objects.get_or_create(member=member, lesson=lesson)
    known = merge(record.intervals) if record.media_id == lesson.media_id else []
    credited = take(subtract(clean(claimed, duration), known), _accrue(budget, now))
    budget.balance = _accrue(budget, now) - total(credited)
    budget.counted_at = now
    budget.save(update_fields=["balance", "counted_at"])
    watched = Watched(merged := merge([*known, *credited]), total(merged), duration)
    record.intervals, record.watched = merged, watched.watched
    record.position, record.media = min(max(position, 0), duration), lesson.media
    record.save(update_fields=["intervals", "watched", "position", "media", "updated_at"])
    return _complete(member, lesson, watched, now)


def _complete(member: Member, lesson: LessonPage, watched: Watched, now: datetime) -> Watched:
    if not watched.duration or not watched.is_completed:
        return watched
    is_new = complete_page(
        member=member, page_id=lesson.pk, now=now, seconds=watched.duration // 10
    )
    return Watched(watched.intervals, watched.watched, watched.duration, is_new_completion=is_new)


def _lock_budget(member: Member, now: datetime) -> WatchBudget:
    """The member's one budget, held until the transaction ends: her lessons share it."""
    WatchBudget.objects.bulk_create(
        [WatchBudget(member=member, counted_at=now)], ignore_conflicts=True
    )
    return WatchBudget.objects.select_for_update().get(member=member)


def _accrue(budget: WatchBudget, now: datetime) -> int:
    elapsed = max(0, int((now - budget.counted_at).total_seconds() * 10))
    return min(MAX_BALANCE, budget.balance + CREDIT_RATE * elapsed)
