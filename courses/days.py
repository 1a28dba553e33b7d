"""Which days a series goes out on: pure, so that the editor's calendar can be argued about."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import islice

EVERY_DAY = frozenset(range(7))


def plan_days(
    *, first: date, weekdays: Collection[int], count: int, taken: Collection[date] = ()
) -> list[date]:
    """`count` days from `first` on that fall on `weekdays` (Monday is 0) and are not taken."""
    if not EVERY_DAY & set(weekdays):
        raise ValueError("no weekday to go out on")
    free = (day for day in _from(first) if day.weekday() in weekdays and day not in taken)
    return list(islice(free, count))


def _from(first: date) -> Iterator[date]:
    day = first
    while True:
        yield day
        day += timedelta(days=1)
