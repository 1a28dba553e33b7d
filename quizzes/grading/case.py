"""A case: several questions under one text."""

from collections.abc import Sequence
from fractions import Fraction

from .grade import UNANSWERED, Grade, State, grade_fraction


def grade_parts(*, grades: Sequence[Grade], points: Sequence[int]) -> Grade:
    """The mean of the parts' grades, weighed by their points, one each and above zero.

    PENDING as long as a part is; the fraction is then what the other parts have earned.
    """
    if not grades or len(grades) != len(points) or min(points) <= 0:
        raise ValueError("each part of a case needs its points")
    states = {grade.state for grade in grades}
    if states == {State.UNANSWERED}:
        return UNANSWERED
    earned = sum(
        (grade.fraction * weight for grade, weight in zip(grades, points, strict=True)),
        Fraction(0),
    )
    fraction = earned / sum(points)
    return Grade(fraction, State.PENDING) if State.PENDING in states else grade_fraction(fraction)
