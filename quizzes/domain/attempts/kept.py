"""Which score counts when there are several attempts (成绩取)."""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from learning.domain.progress import ScoreHistory
from quizzes.models import KeptScore


@dataclass(frozen=True)
class Counted:
    """An attempt that was handed in and not voided; no score while a mark is missing."""

    ended_at: datetime
    number: int
    score_bp: int | None
    pass_mark: int


@dataclass(frozen=True)
class KeptRule:
    """`pick` gets scores in basis points by the numbers of their attempts: one that was reopened
    ends late, and stays her first. Unless it `needs_all`, what counted before may stand for all
    others."""

    pick: Callable[[Sequence[int]], int]
    needs_all: bool = False


def _mean(scores: Sequence[int]) -> int:
    """Rounded half up."""
    return (2 * sum(scores) + len(scores)) // (2 * len(scores))


KEPT_RULES = {
    KeptScore.HIGHEST: KeptRule(max),
    KeptScore.LATEST: KeptRule(lambda scores: scores[-1], needs_all=True),
    KeptScore.FIRST: KeptRule(lambda scores: scores[0], needs_all=True),
    KeptScore.AVERAGE: KeptRule(_mean, needs_all=True),
}


def tell_history(attempts: Iterable[Counted], kept: str) -> ScoreHistory:
    """What counted from when on. She passed at the first moment at which the score that counted
    reached that attempt's pass mark, and a later attempt does not take it back.
    """
    pick = KEPT_RULES[KeptScore(kept)].pick
    scores: list[tuple[int, int]] = []
    steps: list[tuple[datetime, int]] = []
    handed_in_at, passed_at = None, None
    for attempt in sorted(attempts, key=lambda each: (each.ended_at, each.number)):
        handed_in_at = handed_in_at or attempt.ended_at
        if attempt.score_bp is None:
            continue
        insort(scores, (attempt.number, attempt.score_bp))
        counts = pick([score_bp for _number, score_bp in scores])
        if not steps or steps[-1][1] != counts:
            steps.append((attempt.ended_at, counts))
        if passed_at is None and has_reached(counts, attempt.pass_mark):
            passed_at = attempt.ended_at
    return ScoreHistory(handed_in_at, passed_at, tuple(steps))


def has_reached(score_bp: int, pass_mark: int) -> bool:
    """`pass_mark` in per cent."""
    return score_bp >= pass_mark * 100
