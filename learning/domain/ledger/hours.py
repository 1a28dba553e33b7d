"""Members' credit hours of a year, for the staff who answer for them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import QuerySet, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from federations.models import Appointment, Federation
from federations.scope import LOOKERS, staff_federations
from federations.workbooks.writing import INERT, write_rows
from learning.models import LedgerEntry
from members.models import Member

# Some 14 members each: a few thousand rows at a time.
FEDERATIONS_AT_ONCE = 200
# The national target for cadres, in hundredths.
YEARLY_TARGET = 50 * 100
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class HoursRow:
    """A counted member with her sums of the year; `credit` in hundredths."""

    member: Member
    federation: Federation
    points: int
    credit: int

    @property
    def has_reached_target(self) -> bool:
        return self.credit >= YEARLY_TARGET


def counted_appointments(user) -> QuerySet:
    """Appointments in force in the user's scope under which somebody is counted."""
    places = staff_federations(user, roles=LOOKERS).values("pk")
    return Appointment.objects.counted().in_force(localdate()).filter(federation__in=places)


def hours_rows(appointments: Iterable[Appointment], year: int) -> list[HoursRow]:
    """One query for any number of appointments, which come with member and federation."""
    appointments = list(appointments)
    sums = yearly_sums([each.member_id for each in appointments], year)
    return [
        HoursRow(each.member, each.federation, *sums.get(each.member_id, (0, 0)))
        for each in appointments
    ]


def yearly_sums(member_ids: list[int], year: int) -> dict[int, tuple[int, int]]:
    """(points, credit in hundredths) of the year, by member id."""
    rows = LedgerEntry.objects.filter(member_id__in=member_ids, day__range=year_range(year))
    sums = rows.order_by().values("member_id").annotate(points=Sum("points"), credit=Sum("credit"))
    return {pk: (points, credit) for pk, points, credit in sums.values_list(*SUMS)}


SUMS = ("member_id", "points", "credit")


def year_range(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def write_hours(*, path: Path, user: Member, year: int, report: Report) -> int:
    """Write the year's hours of all members in the user's scope; returns how many."""
    book = Workbook(path, INERT)
    count = write_rows(book, _("%d 年学时") % year, _titles(), _read(user, year, report))
    book.close()
    return count


def _titles() -> tuple[str, ...]:
    return _("计入单位"), _("姓名"), _("手机号"), _("学时"), _("积分"), _("达到 50 学时")


def _read(user: Member, year: int, report: Report) -> Iterator[tuple]:
    """In the order of the tree. The federations' ids alone are held for all of it."""
    places = staff_federations(user, roles=LOOKERS).order_by("path")
    ids = list(places.values_list("pk", flat=True))
    appointments = Appointment.objects.counted().in_force(localdate())
    for start in range(0, len(ids), FEDERATIONS_AT_ONCE):
        batch = ids[start : start + FEDERATIONS_AT_ONCE]
        found = appointments.filter(federation_id__in=batch).order_by("federation__path", "pk")
        for row in hours_rows(found.select_related("member", "federation"), year):
            yield (
                row.federation.title,
                row.member.name,
                row.member.masked_phone,
                row.credit / 100,
                row.points,
                _("是") if row.has_reached_target else _("否"),
            )
        report(min(start + FEDERATIONS_AT_ONCE, len(ids)), len(ids))
