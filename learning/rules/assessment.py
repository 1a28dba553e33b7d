"""Points of an assessment (考核): what a unit's figures come to. Integers only.

Values are whole numbers in the measure's own unit (per mille, tenths, hundredths, pieces); points
are hundredths, 10000 is the full total. Everything is rounded half up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

FULL_WEIGHT = 100
POINT = 100


@dataclass(frozen=True)
class Indicator:
    """`weight` is in per cent: so many points at `target` or more, and in proportion below it."""

    measure: str
    weight: int
    target: int

    def to_data(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Score:
    """In hundredths of a point, in the order of the indicators; None where nothing is measured."""

    points: tuple[int | None, ...]
    total: int | None


def read_indicators(data: Sequence[Mapping]) -> tuple[Indicator, ...]:
    return tuple(Indicator(**each) for each in data)


def missing_weight(indicators: Sequence[Indicator]) -> int:
    """Per cent that are still to be given away; negative when too much was."""
    return FULL_WEIGHT - sum(each.weight for each in indicators)


def score_unit(*, values: Mapping[str, int | None], indicators: Sequence[Indicator]) -> Score:
    """A unit's points and total.

    What could not be measured (None) is left out, and the rest is raised to the full total: a
    county to which no task was given does not lose by it.
    """
    points = tuple(_points_of(values.get(each.measure), each) for each in indicators)
    measured = [
        (point, each.weight)
        for point, each in zip(points, indicators, strict=True)
        if point is not None
    ]
    weight = sum(weight for _point, weight in measured)
    reached = sum(point for point, _weight in measured)
    return Score(points, divide(reached * FULL_WEIGHT, weight) if weight else None)


def _points_of(value: int | None, indicator: Indicator) -> int | None:
    if value is None:
        return None
    counted = min(max(value, 0), indicator.target)
    return divide(counted * indicator.weight * POINT, indicator.target)


def rank_units(totals: Mapping[int, int]) -> dict[int, int]:
    """Ranks by total, the highest first: equal totals share a rank, the next one is left out."""
    ranks: dict[int, int] = {}
    last = None
    for place, (unit, total) in enumerate(sorted(totals.items(), key=lambda item: -item[1]), 1):
        ranks[unit] = ranks[last] if last is not None and totals[last] == total else place
        last = unit
    return ranks


def divide(part: int, whole: int) -> int:
    """Rounded half up; both not negative."""
    return (2 * part + whole) // (2 * whole)


def mean_of(parts: Sequence[int]) -> int | None:
    return divide(sum(parts), len(parts)) if parts else None
