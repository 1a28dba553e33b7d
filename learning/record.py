"""A member's learning record (学习记录), by year."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from learning.models import Progress
from members.models import Member


@dataclass(frozen=True)
class RecordLine:
    """`url` is empty for a page that was taken away since: the record stays."""

    title: str
    url: str
    when: str
    text: str


def record_rows(member: Member, year: int | None = None) -> QuerySet[Progress]:
    """Her rows, newest first, with `learned_at`; those of one year (local time) if it is given."""
    rows = Progress.objects.filter(member=member).select_related("page")
    # A correction touches the row; she has not learned anything that day.
    rows = rows.annotate(learned_at=Coalesce("handed_in_at", "completed_at", "updated_at"))
    if year is not None:
        rows = rows.annotate(year=ExtractYear("learned_at")).filter(year=year)
    return rows.order_by("-learned_at", "-pk")


def record_years(member: Member) -> list[int]:
    """Years in which she learned something, the newest first."""
    years = record_rows(member).annotate(year=ExtractYear("learned_at")).order_by()
    return sorted(years.values_list("year", flat=True).distinct(), reverse=True)


def record_line(row: Progress) -> RecordLine:
    return RecordLine(
        title=row.page.title,
        url=row.page.url or "" if row.page.live else "",
        when=day_text(row.learned_at),
        text=record_text(row),
    )


def day_text(moment: datetime) -> str:
    return date_format(localtime(moment), "n月j日")


def record_text(row: Progress) -> str:
    if row.handed_in_at:
        return _("已交卷")
    return _("已学完") if row.completed_at else _("学习中")
