"""Reminders: one a week at most for each member, over everything; one tap stops them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Q

from members.models import Channel, Member, NoticeKind, ReminderState

WEEK = timedelta(days=7)
# In every statement: SQLite takes no more than 32,766 values.
BATCH = 2000
WRITE_NOTICES = """
INSERT INTO members_notice (member_id, channel, kind, text, url, made_at, sent_at)
SELECT s.member_id, %s, %s, %s, %s, %s, %s FROM members_reminderstate s
WHERE s.last_run = %s AND s.last_at = %s AND s.member_id IN ({members}) AND NOT EXISTS (
    SELECT 1 FROM members_notice n
    WHERE n.member_id = s.member_id AND n.kind = %s AND n.made_at = s.last_at)
"""


@dataclass(frozen=True)
class Reminded:
    """How many got the reminder, and why others did not."""

    sent: int = 0
    within_week: int = 0
    stopped: int = 0
    inactive: int = 0

    def __add__(self, other: "Reminded") -> "Reminded":
        return Reminded(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


def remind(*, member_ids: Sequence[int], text: str, url: str, run: str, now: datetime) -> Reminded:
    """Remind those who may be reminded, in the app; each batch is a transaction of its own.

    `run` names the sending: whoever got it by the same run before is counted as sent, and does not
    get it again.
    """
    total = Reminded()
    for start in range(0, len(member_ids), BATCH):
        batch = sorted(member_ids[start : start + BATCH])
        total += _remind_batch(batch, text, url, run, now)
    return total


def foresee(*, member_ids: Sequence[int], now: datetime) -> Reminded:
    """What `remind` would come to now; changes nothing."""
    total = Reminded()
    for start in range(0, len(member_ids), BATCH):
        total += _foresee_batch(member_ids[start : start + BATCH], now)
    return total


def _foresee_batch(member_ids: Sequence[int], now: datetime) -> Reminded:
    active = Member.objects.filter(pk__in=member_ids, is_active=True)
    facts = active.aggregate(
        active=Count("pk"),
        stopped=Count("pk", filter=Q(reminder_state__stopped_at__isnull=False)),
        within_week=Count(
            "pk",
            filter=Q(reminder_state__stopped_at=None, reminder_state__last_at__gt=now - WEEK),
        ),
    )
    counted = facts.pop("active")
    return Reminded(sent=counted - sum(facts.values()), inactive=len(member_ids) - counted, **facts)


@transaction.atomic
def _remind_batch(member_ids: list[int], text: str, url: str, run: str, now: datetime) -> Reminded:
    members = Member.objects.filter(pk__in=member_ids, is_active=True)
    active = list(members.order_by("pk").values_list("pk", flat=True))
    ReminderState.objects.bulk_create(
        (ReminderState(member_id=pk) for pk in active), ignore_conflicts=True
    )
    states = ReminderState.objects.filter(member__in=active)
    before = states.filter(last_run=run, last_at__gt=now - WEEK).count()
    # Compare and set: of two sendings at once only one gets through to each member.
    is_free = Q(last_at=None) | Q(last_at__lte=now - WEEK)
    free = states.filter(is_free, stopped_at=None)
    sent = free.update(last_at=now, last_run=run)
    _write_notices(active, text, url, run, now)
    stopped = states.exclude(stopped_at=None).exclude(last_run=run).count()
    return Reminded(
        sent=before + sent,
        within_week=len(active) - before - sent - stopped,
        stopped=stopped,
        inactive=len(member_ids) - len(active),
    )


def _write_notices(member_ids: list[int], text: str, url: str, run: str, now: datetime) -> None:
    if not member_ids:
        return
    moment = connection.ops.adapt_datetimefield_value(now)
    sql = WRITE_NOTICES.format(members=", ".join(["%s"] * len(member_ids)))
    kind = NoticeKind.REMINDER.value
    row = [Channel.IN_APP.value, kind, text[:200], url, moment, moment]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*row, run, moment, *member_ids, kind])


def gets_reminders(member: Member) -> bool:
    return not ReminderState.objects.filter(member=member, stopped_at__isnull=False).exists()


def stop_reminders(*, member: Member, now: datetime) -> None:
    ReminderState.objects.update_or_create(member=member, defaults={"stopped_at": now})


def allow_reminders(*, member: Member) -> None:
    ReminderState.objects.filter(member=member).update(stopped_at=None)
