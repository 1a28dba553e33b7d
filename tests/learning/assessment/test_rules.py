"""Points, totals and ranks by worked examples."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.rules.assessment import (
    Indicator,
    missing_weight,
    rank_units,
    read_indicators,
    score_unit,
)

HOURS = Indicator("credit", weight=20, target=400)
RATE = Indicator("joined", weight=80, target=900)


@pytest.mark.parametrize(
    ("value", "points"),
    [
        # 人均学时 3.2 ÷ 目标 4.0 × 20 分 = 16 分
        (320, 1600),
        (400, 2000),
        # Nothing above the target.
        (950, 2000),
        (0, 0),
        # 1 ÷ 400 × 2000 = 5
        (1, 5),
    ],
)
def test_points_grow_with_the_value_up_to_the_target(value, points):
    assert score_unit(values={"credit": value}, indicators=[HOURS]).points == (points,)


def test_points_are_rounded_half_up():
    # 1 ÷ 16 × 100 hundredths = 6.25 → 6; 1 ÷ 8 × 100 = 12.5 → 13
    sixteenth, eighth = Indicator("a", 1, 16), Indicator("b", 1, 8)

    assert score_unit(values={"a": 1, "b": 1}, indicators=[sixteenth, eighth]).points == (6, 13)


def test_total_is_the_sum_of_the_points():
    # 90% reached: 80; 3.2 of 4: 16
    score = score_unit(values={"credit": 320, "joined": 900}, indicators=[HOURS, RATE])

    assert score.total == 9600


def test_what_cannot_be_measured_is_left_out_and_the_rest_raised():
    # (16 of 20) raised to 100: 80
    score = score_unit(values={"credit": 320, "joined": None}, indicators=[HOURS, RATE])

    assert (score.points, score.total) == ((1600, None), 8000)


def test_total_is_missing_when_nothing_is_measured():
    assert score_unit(values={}, indicators=[HOURS, RATE]).total is None


def test_equal_totals_share_a_rank_and_the_next_is_left_out():
    assert rank_units({7: 8000, 8: 9000, 9: 8000, 4: 100}) == {8: 1, 7: 2, 9: 2, 4: 4}


def test_missing_weight_tells_too_little_and_too_much():
    assert [missing_weight([RATE]), missing_weight([RATE, HOURS, HOURS])] == [20, -20]


def test_indicators_survive_their_data():
    assert read_indicators([HOURS.to_data(), RATE.to_data()]) == (HOURS, RATE)


values = st.one_of(st.none(), st.integers(-50, 2000))
parts = st.lists(
    st.builds(Indicator, st.sampled_from("abcdef"), st.integers(1, 60), st.integers(1, 1500)),
    min_size=1,
    max_size=6,
    unique_by=lambda each: each.measure,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from("abcdef"), values), parts)
def test_points_lie_between_nothing_and_the_weight(measured, indicators):
    score = score_unit(values=measured, indicators=indicators)

    assert all(
        points is None or 0 <= points <= each.weight * 100
        for points, each in zip(score.points, indicators, strict=True)
    )
    assert score.total is None or 0 <= score.total <= 10_000
