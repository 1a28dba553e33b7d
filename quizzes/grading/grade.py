"""What grading one answer gives."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class State(StrEnum):
    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    # A person has still to judge it; the fraction is what is certain already.
    PENDING = "pending"


class Scoring(StrEnum):
    """How an answer that is right in part earns points; not every type offers all of them."""

    EXACT = "exact"
    PARTIAL = "partial"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Grade:
    """The share of the question's points that was earned, 0 to 1, and its name.

    The fraction is exact: a third of three points is one point, not 0.99.
    """

    fraction: Fraction
    state: State

    def __post_init__(self) -> None:
        if not 0 <= self.fraction <= 1:
            raise ValueError(f"fraction must be between 0 and 1, not {self.fraction}")


UNANSWERED = Grade(Fraction(0), State.UNANSWERED)


def grade_share(*, right: int, total: int) -> Grade:
    """The grade of an answered question with `right` of `total` parts right."""
    return grade_fraction(Fraction(right, total))


def grade_fraction(fraction: Fraction) -> Grade:
    """The grade of an answered question that earned this share."""
    if fraction == 1:
        return Grade(fraction, State.RIGHT)
    return Grade(fraction, State.PARTIAL if fraction else State.WRONG)
