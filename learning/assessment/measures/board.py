"""Measures of the period's board: the figures that everybody sees on the leaderboard."""

from collections.abc import Callable

from learning.assessment.measures.base import Cell, Ground, Values
from learning.rules.assessment import divide
from learning.rules.figures import mean_tenths, per_mille


def share_of(part: str, whole: str) -> Callable[[Ground], Values]:
    """Per mille. Where people are due and none of them took part, it is 0, not nothing."""
    return _each(lambda cell: per_mille(getattr(cell, part), getattr(cell, whole)) or 0)


def _mean_score(cell: Cell) -> int:
    return mean_tenths(cell.score_bp, cell.scored) or 0


def _credit_each(cell: Cell) -> int:
    # Corrections may have taken more than was earned.
    return divide(max(0, cell.credit), cell.due)


def _each(figure: Callable[[Cell], int]) -> Callable[[Ground], Values]:
    """The figure of every unit; None where nobody is due."""

    def values(ground: Ground) -> Values:
        cells = ground.cells
        return {
            unit.pk: figure(cells[unit.pk]) if unit.pk in cells and cells[unit.pk].due else None
            for unit in ground.units
        }

    return values


mean_score = _each(_mean_score)
credit_each = _each(_credit_each)
