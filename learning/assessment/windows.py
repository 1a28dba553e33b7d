"""When the period of a board begins and ends, as moments; and what people call it."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from learning.domain.boards import name_period
from learning.rules.periods import Period, period_of

DAY = timedelta(days=1)


def begin_of(window: Period) -> datetime:
    return make_aware(datetime.combine(window.first, time.min))


def end_of(window: Period) -> datetime:
    """The first moment that does not belong to it."""
    return make_aware(datetime.combine(window.last + DAY, time.min))


def window_title(span: str, first_day: date) -> str:
    """2026年11月, 2026年第4季度, 2026年"""
    return name_period(period_of(first_day, span))
