"""A member's account of watching: her one budget, and her record of one lesson.

Whoever credits locks both in one statement, so two reports at once follow one another, whichever
lessons they are about.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, QuerySet
from django.db.models import OuterRef as Outer

from courses.models import WatchBudget, WatchRecord
from federations.scope import appointed
from learning.models import Progress
from members.prepared import Prepared

CREDIT_RATE = 2
# Nobody saves up more than an hour of credit. Opening a lesson after two idle hours starts the
# account anew, so a lesson claimed on arrival is worth nothing; a page that stayed open without a
# connection keeps what its time was worth.
MAX_BALANCE = 36_000
IDLE = timedelta(hours=2)


@dataclass
class Account:
    """Locked. `is_appointed`: an appointment of hers is in force; `is_finished`: the lesson."""

    record: WatchRecord
    budget: WatchBudget
    is_appointed: bool
    is_finished: bool


def lock_account(*, member_id: int, lesson_id: int, today: date, now: datetime) -> Account:
    """Held until the transaction ends; made when there is none."""
    found = _find(member_id, lesson_id, today)
    if not found:
        budget = WatchBudget(member_id=member_id, counted_at=now)
        WatchBudget.objects.bulk_create([budget], ignore_conflicts=True)
        record = WatchRecord(member_id=member_id, lesson_id=lesson_id, updated_at=now)
        WatchRecord.objects.bulk_create([record], ignore_conflicts=True)
        found = _find(member_id, lesson_id, today)
    record = found[0]
    budget = record.member.watch_budget
    return Account(record, budget, record.is_appointed, record.is_finished)


def accrued(balance: int, counted_at: datetime, now: datetime) -> int:
    """What can be credited by now, in tenths of a second."""
    elapsed = max(0, int((now - counted_at).total_seconds() * 10))
    return min(MAX_BALANCE, balance + CREDIT_RATE * elapsed)


def _find(member_id: int, lesson_id: int, today: date) -> list[WatchRecord]:
    return _LOCKED.instances(member=member_id, lesson=lesson_id, today=today)


def _locked(member: int, lesson: int, today: date) -> QuerySet[WatchRecord]:
    # The row of the member herself is only the way to her budget: it stays free.
    records = WatchRecord.objects.filter(
        member=member, lesson=lesson, member__watch_budget__isnull=False
    )
    finished = Progress.objects.filter(member=Outer("member"), page=Outer("lesson"))
    return (
        records.select_related("member__watch_budget")
        .only(
            "intervals",
            "watched",
            "position",
            "version",
            "lesson_id",
            "member__id",
            "member__watch_budget__balance",
            "member__watch_budget__counted_at",
        )
        .annotate(
            is_appointed=appointed("member", today),
            is_finished=Exists(finished.exclude(completed_at=None)),
        )
        .select_for_update(no_key=True, of=("self", "member__watch_budget"))
    )


_LOCKED = Prepared(_locked, member=int, lesson=int, today=date)
