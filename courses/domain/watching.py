"""Honest watching: only what was played or read counts, and no faster than 2× the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.timezone import localdate

from courses.domain.accounts import IDLE, Account, accrued, lock_account
from courses.domain.prerequisites import first_missing
from courses.domain.timeline import Timeline
from courses.intervals import Interval, clean, merge, subtract, take, total
from courses.models import WatchBudget, WatchRecord
from federations.scope import is_committee_member
from learning.domain.progress import complete_page, start_page
from members.models import Member
from members.prepared import Prepared

COMPLETE_PERCENT = 90
# The account's clock need not be wound more often: what accrues is the same.
WIND_EVERY = timedelta(minutes=1)


class LessonClosed(Exception):
    """She may not open the lesson."""


@dataclass(frozen=True)
class Claim:
    """What one report of a player or reader says. `intervals` as they came; times in tenths of a
    second. An empty `version` comes from a page of an older release."""

    intervals: object
    position: int = 0
    version: str = ""


@dataclass(frozen=True)
class Watched:
    """What the server has credited for one lesson; times in tenths of a second."""

    intervals: list[Interval]
    watched: int
    duration: int
    is_finished: bool = False
    is_new_completion: bool = False

    @property
    def percent(self) -> int:
        return min(100, 100 * self.watched // self.duration) if self.duration else 0

    @property
    def is_completed(self) -> bool:
        return self.is_finished or (self.duration > 0 and self.missing == 0)

    @property
    def missing(self) -> int:
        """How much is still to be watched until the lesson counts as finished."""
        needed = -(-self.duration * COMPLETE_PERCENT // 100)
        return max(0, needed - self.watched)


@dataclass(frozen=True)
class Opened:
    """Where she stands with a lesson that she has opened; `position` in tenths of a second."""

    watched: Watched
    position: int


def open_lesson(*, member: Member, lesson: Timeline, now: datetime) -> Opened:
    """She opened the lesson's page: from now on watching can be credited.

    One query, and a second one where her account's clock must be wound or she is here for the
    first time.
    """
    rows = _OPENING.rows(member=member.pk, lesson=lesson.lesson_id)
    balance, counted_at, intervals, version, position, started_at, completed_at = rows[0]
    if started_at is None:
        start_page(member=member, page_id=lesson.lesson_id, now=now)
    _wind(member.pk, balance, counted_at, now)
    known = merge(intervals) if version == lesson.version and intervals else []
    watched = Watched(known, total(known), lesson.length, is_finished=completed_at is not None)
    return Opened(watched, position if known and position else 0)


def _wind(member_id: int, balance: int | None, counted_at: datetime | None, now: datetime) -> None:
    if counted_at is None:
        budget = WatchBudget(member_id=member_id, counted_at=now)
        WatchBudget.objects.bulk_create([budget], ignore_conflicts=True)
    elif now - counted_at > WIND_EVERY:
        # A report that came in between has wound it.
        unchanged = WatchBudget.objects.filter(member_id=member_id, counted_at=counted_at)
        left = 0 if now - counted_at > IDLE else accrued(balance, counted_at, now)
        unchanged.update(balance=left, counted_at=now)


def _opening(member: int, lesson: int) -> QuerySet:
    here = {"record": "watch_records__lesson", "done": "progress__page"}
    relations = {
        name: FilteredRelation(path.split("__")[0], condition=Q(**{path: lesson}))
        for name, path in here.items()
    }
    return (
        Member.objects.filter(pk=member)
        .annotate(**relations)
        .values_list(
            "watch_budget__balance",
            "watch_budget__counted_at",
            "record__intervals",
            "record__version",
            "record__position",
            "done__started_at",
            "done__completed_at",
        )
    )


_OPENING = Prepared(_opening, member=int, lesson=int)


@transaction.atomic
def report_watching(
    *, member: Member, lesson: Timeline, claims: Sequence[Claim], now: datetime
) -> Watched:
    """Credit what was played or read since the last report, as far as the member's budget goes.

    `claims` in the order in which they were made. Sending the same report again changes nothing.
    Raises LessonClosed.
    """
    account = lock_account(
        member_id=member.pk, lesson_id=lesson.lesson_id, today=localdate(now), now=now
    )
    is_open = not lesson.is_members_only or account.is_appointed or is_committee_member(member)
    if not is_open or _is_locked(member, lesson, account):
        raise LessonClosed
    # What was played of a recording that has been replaced says nothing about the new one.
    fitting = [claim for claim in claims if claim.version in (lesson.version, "")]
    return _credit(member, account, lesson, fitting, now)


def _is_locked(member: Member, lesson: Timeline, account: Account) -> bool:
    if account.is_finished or not lesson.needed:
        return False
    return first_missing(member=member, needed=lesson.needed) is not None


def _credit(
    member: Member, account: Account, lesson: Timeline, claims: list[Claim], now: datetime
) -> Watched:
    record, budget = account.record, account.budget
    known = merge(record.intervals) if record.version == lesson.version else []
    available = accrued(budget.balance, budget.counted_at, now)
    credited = take(subtract(_union(claims, lesson.length), known), available)
    WatchBudget.objects.filter(pk=member.pk).update(
        balance=available - total(credited), counted_at=now
    )
    merged = merge([*known, *credited])
    watched = Watched(merged, total(merged), lesson.length, is_finished=account.is_finished)
    position = claims[-1].position if claims else record.position
    WatchRecord.objects.filter(pk=record.pk).update(
        intervals=merged,
        watched=watched.watched,
        position=min(max(position, 0), lesson.length),
        version=lesson.version,
        updated_at=now,
    )
    return _complete(member, lesson, watched, now)


def _union(claims: Iterable[Claim], length: int) -> list[Interval]:
    return merge(pair for claim in claims for pair in clean(claim.intervals, length))


def _complete(member: Member, lesson: Timeline, watched: Watched, now: datetime) -> Watched:
    if watched.is_finished or not watched.is_completed:
        return watched
    is_new = complete_page(
        member=member, page_id=lesson.lesson_id, now=now, seconds=watched.duration // 10
    )
    return Watched(watched.intervals, watched.watched, watched.duration, True, is_new)
