"""Intervals of a recording as integers (tenths of a second), half open, sorted. Pure."""

from collections.abc import Iterable

Interval = tuple[int, int]
# A player reports the end a little late or early; a claim further out is not this recording's.
END_SLACK = 10
# Ten seconds of playing hold a handful of intervals; more is no player's report.
MAX_CLAIMS = 500


def clean(claimed: object, duration: int) -> list[Interval]:
    """The usable intervals in what a client sent; malformed, negative, beyond-the-end drop out."""
    if not isinstance(claimed, list) or len(claimed) > MAX_CLAIMS:
        return []
    return merge(
        (pair[0], min(pair[1], duration)) for pair in claimed if _is_usable(pair, duration)
    )


def _is_usable(pair: object, duration: int) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(type(moment) is int for moment in pair)
        and 0 <= pair[0] < min(pair[1], duration)
        and pair[1] <= duration + END_SLACK
    )


def merge(intervals: Iterable[Iterable[int]]) -> list[Interval]:
    """The union. Idempotent, and the order does not matter."""
    merged: list[Interval] = []
    for start, end in sorted((start, end) for start, end in intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(claimed: list[Interval], known: list[Interval]) -> list[Interval]:
    """What of `claimed` is not in `known`; both merged. One pass over both."""
    fresh, place = [], 0
    for claim_start, end in claimed:
        start = claim_start
        while place < len(known) and known[place][1] <= start:
            place += 1
        ahead = place
        while ahead < len(known) and known[ahead][0] < end:
            if known[ahead][0] > start:
                fresh.append((start, known[ahead][0]))
            start = known[ahead][1]
            ahead += 1
        if start < end:
            fresh.append((start, end))
    return fresh


def total(intervals: Iterable[Interval]) -> int:
    return sum(end - start for start, end in intervals)


def take(intervals: list[Interval], budget: int) -> list[Interval]:
    """The first part of `intervals` that is no longer than `budget` in all."""
    taken = []
    for start, end in intervals:
        if budget <= 0:
            break
        taken.append((start, min(end, start + budget)))
        budget -= end - start
    return taken
