"""Byte ranges of stored files; who may have them is tested with each view."""

import pytest

from cms.files import content_type, parse_range


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=100-", None),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("pages=1-2", None),
    ],
)
def test_range_is_read_as_first_and_last_byte(asked, span):
    assert parse_range(asked, 100) == span


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.mp3", "audio/mpeg"),
        ("a.vtt", "text/vtt"),
        ("a.html", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_only_harmless_types_are_named(name, expected):
    assert content_type(name) == expected
