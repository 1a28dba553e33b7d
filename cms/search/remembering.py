"""What was found is kept for a minute, and forgotten as soon as a page changes."""

from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.utils.crypto import get_random_string

from federations.scope import is_committee_member

VERSION_KEY, SECONDS = "search-version", 60

T = TypeVar("T")


def forget_findings() -> None:
    cache.set(VERSION_KEY, get_random_string(12), None)


def remember(member, wish: Hashable, find: Callable[[], T]) -> T:
    """What `find` gives, kept for all who may open the same pages."""
    version = cache.get_or_set(VERSION_KEY, lambda: get_random_string(12), None)
    digest = sha256(repr(wish).encode()).hexdigest()
    return cache.get_or_set(f"search:{version}:{_audience(member)}:{digest}", find, SECONDS)


def _audience(member) -> str:
    """Of `cms.access.visible_to`: three kinds of people see the same each."""
    if not member.is_authenticated:
        return "visitor"
    return "committee" if is_committee_member(member) else "account"
