"""What other weights would do: the running period scored anew, with nothing written."""

from dataclasses import dataclass

from learning.assessment.domain.periods import score_results
from learning.models import AssessmentPeriod
from learning.rules.assessment import Indicator

SHOWN = 20


@dataclass(frozen=True)
class Move:
    name: str
    rank: int | None
    new_rank: int | None
    total: int | None
    new_total: int | None


@dataclass(frozen=True)
class Effect:
    """`moves` are the first units by the new rank; `moved` counts those whose rank changes."""

    moves: list[Move]
    units: int
    moved: int


def try_indicators(period: AssessmentPeriod, indicators: tuple[Indicator, ...]) -> Effect:
    results = list(period.results.all())
    before = {each.pk: (each.rank, each.total) for each in results}
    score_results(results, indicators)
    results.sort(key=lambda each: (each.rank is None, each.rank or 0, -(each.total or 0), each.pk))
    moves = [
        Move(each.name, before[each.pk][0], each.rank, before[each.pk][1], each.total)
        for each in results
    ]
    return Effect(moves[:SHOWN], len(moves), sum(m.rank != m.new_rank for m in moves))
