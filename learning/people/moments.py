"""Moments and days as a raw query answers them."""

from datetime import UTC, date, datetime

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware


def read_moment(value: datetime | str | None) -> datetime | None:
    """SQLite answers a raw query with text, in UTC and without saying so."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    return make_aware(moment, UTC) if moment and is_naive(moment) else moment


def read_day(value: date | str | None) -> date | None:
    return parse_date(value) if isinstance(value, str) else value
