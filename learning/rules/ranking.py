"""Who stands where on a board. Integers only; the one tie rule: equal figures share a rank."""

from bisect import bisect_left
from collections.abc import Sequence


def per_head(hundredths: int, members: int) -> int | None:
    """So many hundredths for each member, rounded half up; None where there is no member.

    A sum below zero (corrections took back more than was earned) is rounded half up as well.
    """
    if members == 0:
        return None
    return (2 * hundredths + members) // (2 * members)


def rank_among(value: int | None, falling: Sequence[int]) -> int | None:
    """The rank of `value` among the values in `falling` order, its own included: one more than
    there are better ones. None has no rank."""
    if value is None:
        return None
    return 1 + bisect_left(falling, -value, key=lambda each: -each)


def best_first(value: int | None) -> tuple[bool, int]:
    """Sort key: the highest first, what has no figure last."""
    return value is None, -(value or 0)


def change(now: int | None, before: int | None) -> int | None:
    """How much a figure has risen; None where one of the two is missing."""
    return None if now is None or before is None else now - before
