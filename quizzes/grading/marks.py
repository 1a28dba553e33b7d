"""What several people's marks for one answer come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# Two marks that lie no further apart, in per cent of the points, are both right: their mean counts.
MOST_APART = 10


@dataclass(frozen=True, slots=True)
class GivenMark:
    """`percent` of the answer's points, 0 to 100; a final one settles the others."""

    marker: int
    percent: int
    is_final: bool = False


class Turn(StrEnum):
    """What one marker may do about one answer."""

    MARK = "mark"
    # She has marked it; until the attempt is marked through she may think again.
    REVISE = "revise"
    # Two others lie too far apart: hers is final.
    SETTLE = "settle"
    DONE = "done"


def settle_share(marks: Sequence[GivenMark], *, needs_two: bool) -> Fraction | None:
    """The share that counts, 0 to 1; None while it is open."""
    final = [mark for mark in marks if mark.is_final]
    if final:
        return Fraction(final[-1].percent, 100)
    if len(marks) < (2 if needs_two else 1) or (needs_two and lie_apart(marks)):
        return None
    return Fraction(sum(mark.percent for mark in marks), 100 * len(marks))


def lie_apart(marks: Sequence[GivenMark]) -> bool:
    percents = [mark.percent for mark in marks]
    return max(percents) - min(percents) > MOST_APART


def find_turn(marks: Sequence[GivenMark], *, marker: int, needs_two: bool) -> Turn:
    """Whose turn it is does not tell her what others gave."""
    if any(mark.is_final for mark in marks):
        return Turn.DONE
    if any(mark.marker == marker for mark in marks):
        return Turn.REVISE
    if len(marks) < (2 if needs_two else 1):
        return Turn.MARK
    return Turn.SETTLE if needs_two and lie_apart(marks) else Turn.DONE
