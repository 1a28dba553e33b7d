from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.days import EVERY_DAY, plan_days

MONDAY = date(2026, 11, 30)


def test_a_day_each():
    days = plan_days(first=MONDAY, weekdays=EVERY_DAY, count=3)

    assert days == [MONDAY + timedelta(days=n) for n in range(3)]


def test_weekdays_only():
    days = plan_days(first=MONDAY, weekdays={0, 4}, count=3)

    assert days == [MONDAY, date(2026, 12, 4), date(2026, 12, 7)]


def test_taken_days_are_passed_over():
    days = plan_days(first=MONDAY, weekdays=EVERY_DAY, count=2, taken={MONDAY})

    assert days == [date(2026, 12, 1), date(2026, 12, 2)]


def test_no_weekday_is_refused():
    with pytest.raises(ValueError, match="weekday"):
        plan_days(first=MONDAY, weekdays=set(), count=1)


DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))


@given(
    first=DAYS,
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    count=st.integers(0, 30),
    taken=st.sets(DAYS, max_size=10),
)
def test_days_are_the_earliest_that_fit(first, weekdays, count, taken):
    days = plan_days(first=first, weekdays=weekdays, count=count, taken=taken)

    span = (first + timedelta(days=n) for n in range(366 * 2))
    fitting = [day for day in span if day.weekday() in weekdays and day not in taken]
    assert days == fitting[:count]
