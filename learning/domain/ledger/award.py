"""The ledger follows Progress: what is missing is appended, what no longer holds is corrected."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from learning.domain.ledger.reading import read_events
from learning.domain.ledger.rules import load_versions
from learning.domain.outcomes import mark_outcomes
from learning.domain.stale import mark_stale
from learning.models import EntryKind, LedgerEntry, OutcomeMark, Progress
from learning.rules.points import Act, Award, Event, Version, earn

# Two hundred members with two hundred pages each are forty thousand rows in memory.
SLICE = 200

AGAIN_AFTER = timedelta(hours=1)

# Pages that do not tell yet how people did, and when they will; None: never.
Hidden = dict[int, datetime | None]
FindHidden = Callable[[datetime], Hidden]
# An act with a page as one version of a rule paid it on a day: (key, rule id, day).
Place = tuple[str, int, date]


@dataclass
class Paid:
    """What the ledger holds at one place."""

    page_id: int | None
    occurred_at: datetime
    points: int = 0
    credit: int = 0


@dataclass(frozen=True)
class Change:
    """What is to be added at a place, and why if it is a correction."""

    place: Place
    page_id: int | None
    occurred_at: datetime
    points: int
    credit: int
    reason: str


@dataclass
class Account:
    """One member's ledger: what it holds by place, and how many entries each key has."""

    paid: dict[Place, Paid] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def hide_nothing(now: datetime) -> dict[int, datetime | None]:
    return {}


def award_points(
    *, member_ids: list[int], now: datetime, find_hidden: FindHidden = hide_nothing
) -> int:
    """Bring the members' ledgers to what their progress earns; returns how many entries it took.

    A follower of learning.domain.outcomes: the members are locked. Repeating it changes nothing.
    Passing a page that `find_hidden` names is paid when it may be told, not before.
    """
    versions, hidden = load_versions(), find_hidden(now)
    written = 0
    for start in range(0, len(member_ids), SLICE):
        entries, waiting = _settle(member_ids[start : start + SLICE], versions, hidden, now)
        written += len(LedgerEntry.objects.bulk_create(entries, batch_size=500))
        _mark_cells(entries, now)
        _look_again(waiting, now)
    return written


def _mark_cells(entries: list[LedgerEntry], now: datetime) -> None:
    """What was earned counts in the standings, by when it happened. A team that is recounted for
    a page of somebody else's costs less than a statement for each."""
    mark_stale(
        member_ids=sorted({entry.member_id for entry in entries}),
        page_ids=sorted({entry.page_id for entry in entries if entry.page_id}),
        now=now,
        every_plan=True,
    )


def _settle(
    member_ids: list[int], versions: list[Version], hidden: Hidden, now: datetime
) -> tuple[list[LedgerEntry], dict[int, datetime]]:
    """The entries to write, and when members with something hidden are to be looked at again."""
    events = read_events(Progress.objects.filter(member_id__in=member_ids))
    accounts = _read_accounts(member_ids)
    entries, waiting = [], {}
    for member_id in member_ids:
        account = accounts[member_id]
        told, untold = _split(events.get(member_id, ()), account, hidden)
        awards = earn(told, versions, zone=get_current_timezone())
        entries += [_write(member_id, account, each, now) for each in _changes(awards, account)]
        if moments := [hidden[each.page_id] for each in untold if hidden[each.page_id]]:
            waiting[member_id] = min(moments)
    return entries, waiting


def _split(
    events: Iterable[Event], account: Account, hidden: Hidden
) -> tuple[list[Event], list[Event]]:
    """What may be told, and what not yet. What was paid before its page hid it stays."""
    told, untold = [], []
    for event in events:
        is_hidden = event.act is Act.PASS and event.page_id in hidden
        (untold if is_hidden and event.key not in account.counts else told).append(event)
    return told, untold


def _look_again(waiting: dict[int, datetime], now: datetime) -> None:
    """A page begins to tell by the clock, without an event of hers."""
    if not waiting:
        return
    marked = OutcomeMark.objects.filter(member_id__in=waiting, due_at__gt=now).order_by()
    coming = dict(marked.values_list("member_id").annotate(first=Min("due_at")))
    by_moment = defaultdict(list)
    for member_id, tells_at in waiting.items():
        # It waits for the last one who is still writing, too.
        moment = max(tells_at, now + AGAIN_AFTER)
        if member_id not in coming or coming[member_id] > moment:
            by_moment[moment].append(member_id)
    for moment, member_ids in by_moment.items():
        mark_outcomes(member_ids=member_ids, now=moment)


def _read_accounts(member_ids: list[int]) -> dict[int, Account]:
    accounts: dict[int, Account] = defaultdict(Account)
    rows = LedgerEntry.objects.filter(member_id__in=member_ids).order_by()
    for member_id, key, rule_id, day, page_id, occurred_at, points, credit in rows.values_list(
        "member_id", "key", "rule_id", "day", "page_id", "occurred_at", "points", "credit"
    ).iterator(chunk_size=5000):
        account = accounts[member_id]
        paid = account.paid.setdefault((key, rule_id, day), Paid(page_id, occurred_at))
        paid.points += points
        paid.credit += credit
        account.counts[key] += 1
    return accounts


def _changes(awards: list[Award], account: Account) -> Iterator[Change]:
    """What was paid wrongly first, then what is due, so that a moved act reads in its order."""
    due = {(each.event.key, each.version.id, each.day): each for each in awards}
    keys = {key for key, _rule, _day in due}
    for place, paid in account.paid.items():
        if place not in due and (paid.points or paid.credit):
            reason = _("完成的时间有更正") if place[0] in keys else _("成绩已更正或作废")
            yield Change(place, paid.page_id, paid.occurred_at, -paid.points, -paid.credit, reason)
    for place, award in due.items():
        event, paid = award.event, account.paid.get(place)
        points = award.points - (paid.points if paid else 0)
        credit = award.credit - (paid.credit if paid else 0)
        if points or credit:
            reason = _name_reason(place, account)
            yield Change(place, event.page_id, event.at, points, credit, reason)


def _name_reason(place: Place, account: Account) -> str:
    """Why something is added for a key that has entries already."""
    held = [each for (key, _rule, _day), each in account.paid.items() if key == place[0]]
    if not any(each.points or each.credit for each in held):
        return _("重新达到，补记")
    if place in account.paid:
        return _("当天的学习记录有变动，按每日上限重算")
    return _("完成的时间有更正")


def _write(member_id: int, account: Account, change: Change, now: datetime) -> LedgerEntry:
    """The entry of a change; the account counts it."""
    key, rule_id, day = change.place
    number = account.counts[key]
    account.counts[key] += 1
    return LedgerEntry(
        member_id=member_id,
        page_id=change.page_id,
        rule_id=rule_id,
        key=key,
        number=number,
        kind=EntryKind.CORRECTION if number else EntryKind.EARNED,
        points=change.points,
        credit=change.credit,
        occurred_at=change.occurred_at,
        day=day,
        written_at=now,
        reason=change.reason if number else "",
    )
