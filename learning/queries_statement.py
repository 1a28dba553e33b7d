"""The annual statement of credit hours (年度学时证明) of one member."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from learning.domain.ledger.hours import YEARLY_TARGET, year_range
from learning.models import BehaviourName, EntryKind, LedgerEntry, PointRule
from learning.queries_ledger import act_text
from members.models import Member


@dataclass(frozen=True)
class StatementRow:
    """An entry that moved credit hours. `credit` in hundredths, with its sign."""

    day: date
    text: str
    credit: int
    reason: str


@dataclass(frozen=True)
class Share:
    """A month's or a behaviour's part of the year."""

    label: str
    points: int
    credit: int


@dataclass(frozen=True)
class CreditStatement:
    """Sums and rows of one calendar year; credits in hundredths of a 学时, `rows` oldest first."""

    member: Member
    year: int
    points: int
    credit: int
    months: list[Share]
    kinds: list[Share]
    rows: list[StatementRow]
    # The versions that paid something in the year.
    rules: list[PointRule]

    @property
    def has_reached_target(self) -> bool:
        return self.credit >= YEARLY_TARGET


def credit_statement(member: Member, year: int) -> CreditStatement:
    """Two queries, however much she has learned."""
    found = LedgerEntry.objects.filter(member=member, day__range=year_range(year))
    entries = list(found.select_related("page", "rule").order_by("day", "pk"))
    used = {entry.rule_id: entry.rule for entry in entries}
    return CreditStatement(
        member=member,
        year=year,
        points=sum(entry.points for entry in entries),
        credit=sum(entry.credit for entry in entries),
        months=_share(entries, lambda each: each.day.month, lambda month: _("%d 月") % month),
        kinds=_share(
            entries, lambda each: each.rule.behaviour, lambda name: BehaviourName(name).label
        ),
        rows=[_row(entry) for entry in entries if entry.credit],
        rules=sorted(used.values(), key=lambda rule: (rule.behaviour, rule.starts_on)),
    )


def _share(entries: list[LedgerEntry], part, name) -> list[Share]:
    """Sums by part of the year; what corrections have brought to nothing is left out."""
    points, credit = Counter(), Counter()
    for entry in entries:
        points[part(entry)] += entry.points
        credit[part(entry)] += entry.credit
    return [
        Share(str(name(each)), points[each], credit[each])
        for each in points
        if points[each] or credit[each]
    ]


def _row(entry: LedgerEntry) -> StatementRow:
    text = act_text(entry.rule.behaviour, entry.page.title if entry.page else "")
    is_correction = entry.kind == EntryKind.CORRECTION
    return StatementRow(
        day=entry.day,
        text=_("更正：%s") % text if is_correction else text,
        credit=entry.credit,
        reason=entry.reason,
    )
