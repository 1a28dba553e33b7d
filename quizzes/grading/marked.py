"""Answers that a person marks."""

from fractions import Fraction

from .grade import UNANSWERED, Grade, State, grade_fraction


def grade_marked(*, is_answered: bool, mark: Fraction | None) -> Grade:
    """`mark` is the share that a person gave, None while nobody has. An empty answer earns
    nothing, and needs nobody."""
    if not is_answered:
        return UNANSWERED
    return Grade(Fraction(0), State.PENDING) if mark is None else grade_fraction(mark)
