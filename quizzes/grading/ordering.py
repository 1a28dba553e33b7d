"""Ordering: bringing items into their right order."""

from itertools import pairwise

from .grade import UNANSWERED, Grade, Scoring, grade_share


def grade_order(
    *, right: tuple[str, ...], given: tuple[str, ...], scoring: Scoring = Scoring.PARTIAL
) -> Grade:
    """EXACT gives all or nothing, PARTIAL the share of neighbours that follow each other rightly.

    Neighbours, not places: who slips one item to the end knows the rest of the order, and would
    have no place right at all. Nor all pairs: half of those come right by chance, of the neighbours
    one in `len(right)` does (Moodle's rule "relative to the next item, excluding last").
    `given` holds the ids in the chosen order, "" where a place is empty.
    """
    if len(right) < 2:
        raise ValueError("an ordering question needs at least two items")
    if not any(given[: len(right)]):
        return UNANSWERED
    marks = mark_neighbours(right=right, given=given)
    is_counted = scoring is Scoring.PARTIAL or all(marks)
    return grade_share(right=sum(marks) if is_counted else 0, total=len(marks))


def mark_neighbours(*, right: tuple[str, ...], given: tuple[str, ...]) -> tuple[bool, ...]:
    """For each place but the first: whether its item rightly follows the one before it."""
    filled = (*given, *[""] * len(right))[: len(right)]
    follows = set(pairwise(right))
    return tuple(pair in follows for pair in pairwise(filled))
