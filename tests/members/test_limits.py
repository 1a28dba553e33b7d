from datetime import UTC, datetime, timedelta

import pytest

from members.domain.limits import Limit, LimitReached

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
TWICE = Limit("twice", amount=2, seconds=60)


def take_at(seconds: int, subject: str = "13800000001") -> int:
    return TWICE.take(subject, now=NOW + timedelta(seconds=seconds))


def test_take_returns_what_is_left():
    assert [take_at(0), take_at(1)] == [1, 0]


def test_take_past_the_amount_says_how_long_to_wait():
    take_at(0)
    take_at(1)

    with pytest.raises(LimitReached) as caught:
        take_at(20)

    assert caught.value.wait == 40


def test_refused_takes_do_not_lengthen_the_wait():
    for second in (0, 1):
        take_at(second)
    for second in (30, 59):
        with pytest.raises(LimitReached):
            take_at(second)

    assert take_at(60) == 1


def test_subjects_are_counted_apart():
    take_at(0)
    take_at(0)

    assert take_at(0, "13800000002") == 1


def test_clear_begins_anew_within_the_same_instant():
    take_at(0)
    take_at(0)

    TWICE.clear("13800000001")

    assert take_at(0) == 1
