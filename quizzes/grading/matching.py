"""Matching: each left-hand item is given one of the right-hand ones."""

from .grade import UNANSWERED, Grade, grade_share


def grade_matching(*, right: tuple[str, ...], given: tuple[str, ...]) -> Grade:
    """Each left-hand item with its own right-hand one earns an equal share.

    Both hold one id per left-hand item, in order; "" stands for none. An id may stand several
    times in both: if each could be used only once, the last pair would give itself away, and one
    slip would always make two.
    """
    if not right:
        raise ValueError("a matching question needs at least one pair")
    if not any(given[: len(right)]):
        return UNANSWERED
    return grade_share(right=sum(mark_matching(right=right, given=given)), total=len(right))


def mark_matching(*, right: tuple[str, ...], given: tuple[str, ...]) -> tuple[bool, ...]:
    """Whether each left-hand item has its own right-hand one; missing ones are wrong."""
    filled = (*given, *[""] * len(right))[: len(right)]
    return tuple(bool(mine) and mine == its for its, mine in zip(right, filled, strict=True))
