"""Passwords that have been leaked and published: attackers try these first."""

import unicodedata
from functools import cache
from pathlib import Path

from members.passwords.bloom import Bloom

FILE = Path(__file__).with_name("breached.bloom")


def is_breached(password: str) -> bool:
    return as_listed(password) in _list()


def as_listed(password: str) -> str:
    """Capitals and full-width characters make no other password of it."""
    return unicodedata.normalize("NFKC", password).lower()


@cache
def _list() -> Bloom:
    return Bloom(FILE)
