"""The periods that boards are kept for: calendar weeks from Monday, months, quarters, years."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """`key` names it for good, e.g. "week-2026-W48"; both days belong to it.

    `year` and `number` are what people call it by: the 48th week of 2026, its 11th month. Of a
    week they are ISO 8601's, whose year may differ from that of its days; a year has the number 1.
    """

    span: str
    key: str
    first: date
    last: date
    year: int
    number: int = 1


def period_of(day: date, span: str) -> Period:
    """The period of that span, "week", "month", "quarter" or "year", that holds the day."""
    return SPANS[span](day)


def period_before(period: Period) -> Period:
    return period_of(period.first - DAY, period.span)


def target_of(yearly: int, span: str) -> int:
    """The part of a year's target that falls to one period, rounded half up."""
    parts = PARTS[span]
    return (2 * yearly + parts) // (2 * parts)


def _week(day: date) -> Period:
    year, number, weekday = day.isocalendar()
    first = day - (weekday - 1) * DAY
    return Period("week", f"week-{year}-W{number:02}", first, first + 6 * DAY, year, number)


def _month(day: date) -> Period:
    key = f"month-{day.year}-{day.month:02}"
    return Period("month", key, *_months(day.year, day.month, 1), day.year, day.month)


def _quarter(day: date) -> Period:
    number = (day.month + 2) // 3
    days = _months(day.year, 3 * number - 2, 3)
    return Period("quarter", f"quarter-{day.year}-Q{number}", *days, day.year, number)


def _year(day: date) -> Period:
    return Period("year", f"year-{day.year}", *_months(day.year, 1, 12), day.year)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from that one on, all in one year."""
    after = date(year + (month + count > 12), (month + count - 1) % 12 + 1, 1)
    return date(year, month, 1), after - DAY


SPANS = {"week": _week, "month": _month, "quarter": _quarter, "year": _year}
PARTS = {"week": 52, "month": 12, "quarter": 4, "year": 1}
