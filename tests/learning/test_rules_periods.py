from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.models import Span
from learning.rules.periods import SPANS, period_before, period_of, target_of

spans = st.sampled_from(sorted(SPANS))
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def test_every_span_of_a_plan_has_its_periods():
    assert set(SPANS) == set(Span.values)


@pytest.mark.parametrize(
    ("day", "span", "key", "first", "last"),
    [
        (date(2026, 11, 28), "week", "week-2026-W48", date(2026, 11, 23), date(2026, 11, 29)),
        (date(2026, 11, 23), "week", "week-2026-W48", date(2026, 11, 23), date(2026, 11, 29)),
        (date(2027, 1, 3), "week", "week-2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (date(2027, 1, 4), "week", "week-2027-W01", date(2027, 1, 4), date(2027, 1, 10)),
        (date(2024, 12, 30), "week", "week-2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        (date(2028, 2, 29), "month", "month-2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 31), "month", "month-2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), "quarter", "quarter-2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 3, 31), "quarter", "quarter-2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 1), "year", "year-2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_period_has_its_key_and_days(day, span, key, first, last):
    period = period_of(day, span)

    assert (period.key, period.first, period.last) == (key, first, last)


@pytest.mark.parametrize(
    ("day", "span", "key"),
    [
        (date(2027, 1, 4), "week", "week-2026-W53"),
        (date(2026, 1, 31), "month", "month-2025-12"),
        (date(2026, 1, 1), "quarter", "quarter-2025-Q4"),
        (date(2026, 1, 1), "year", "year-2025"),
    ],
)
def test_period_before_crosses_the_year(day, span, key):
    assert period_before(period_of(day, span)).key == key


@given(days, spans)
def test_periods_follow_each_other_without_gap_or_overlap(day, span):
    period = period_of(day, span)
    before = period_before(period)

    assert period.first <= day <= period.last
    assert before.last + timedelta(days=1) == period.first
    assert period_of(period.first, span) == period_of(period.last, span) == period


@pytest.mark.parametrize(
    ("span", "target"), [("year", 5000), ("quarter", 1250), ("month", 417), ("week", 96)]
)
def test_target_of_a_year_is_shared_out(span, target):
    assert target_of(5000, span) == target
