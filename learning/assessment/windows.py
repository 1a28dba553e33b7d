"""Months, quarters and years, by the keys that the boards of a period have."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from learning.models import Span

DAY = timedelta(days=1)
MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True)
class Window:
    """Both days belong to it. `key`: month-2026-11, quarter-2026-Q4, year-2026."""

    key: str
    span: str
    first_day: date
    last_day: date

    @property
    def begins_at(self) -> datetime:
        return make_aware(datetime.combine(self.first_day, time.min))

    @property
    def ends_at(self) -> datetime:
        """The first moment that does not belong to it."""
        return make_aware(datetime.combine(self.last_day + DAY, time.min))

    @property
    def title(self) -> str:
        return window_title(self.span, self.first_day)


def window_title(span: str, first_day: date) -> str:
    """2026年11月, 2026年第4季度, 2026年"""
    number = (first_day.month - 1) // MONTHS[span] + 1
    return _TITLES[span](first_day.year, number)


_TITLES = {
    Span.MONTH: lambda year, number: _("%(year)d年%(number)d月") % {"year": year, "number": number},
    Span.QUARTER: lambda year, number: (
        _("%(year)d年第%(number)d季度") % {"year": year, "number": number}
    ),
    Span.YEAR: lambda year, _number: _("%d年") % year,
}
_KEYS = {
    Span.MONTH: lambda day: f"month-{day.year}-{day.month:02d}",
    Span.QUARTER: lambda day: f"quarter-{day.year}-Q{(day.month - 1) // 3 + 1}",
    Span.YEAR: lambda day: f"year-{day.year}",
}


def window_of(day: date, span: str) -> Window:
    """The month, quarter or year that the local day lies in."""
    months = MONTHS[span]
    first_month = (day.month - 1) // months * months + 1
    first = date(day.year, first_month, 1)
    # The first month after it, counted from the year's beginning.
    after = first_month - 1 + months
    last = date(day.year + after // 12, after % 12 + 1, 1) - DAY
    return Window(_KEYS[span](first), span, first, last)
