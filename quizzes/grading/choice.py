"""Single choice, multiple choice and true/false."""

from .grade import UNANSWERED, Grade, Scoring, grade_share


def grade_choice(
    *, right: frozenset[str], chosen: frozenset[str], scoring: Scoring = Scoring.EXACT
) -> Grade:
    """Grade the chosen options by one of three rules.

    EXACT    all or nothing: exactly the right options earn the points
    PARTIAL  少选得部分分: the share of the right options that are chosen, nothing at all once a
             wrong one is among them
    PENALTY  each wrong option takes back what a right one earns, never below nothing
    """
    if not right:
        raise ValueError("a choice question needs at least one right option")
    if not chosen:
        return UNANSWERED
    counted = _COUNTS[scoring](len(right & chosen), len(chosen - right), len(right))
    return grade_share(right=counted, total=len(right))


def _count_exact(hits: int, misses: int, total: int) -> int:
    return total if hits == total and not misses else 0


def _count_partial(hits: int, misses: int, total: int) -> int:
    return 0 if misses else hits


def _count_penalty(hits: int, misses: int, total: int) -> int:
    return max(0, hits - misses)


_COUNTS = {
    Scoring.EXACT: _count_exact,
    Scoring.PARTIAL: _count_partial,
    Scoring.PENALTY: _count_penalty,
}
