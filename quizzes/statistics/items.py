"""Figures of each question. x is its mark, T the attempt's total, R = T − x, all in points."""

from dataclasses import dataclass
from math import sqrt

from .moments import correlation, covariance, deviation, mean
from .sample import ItemSample, Sample


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Figures are per cent, except `deviation` and `points`, which are points."""

    asked: int
    points: float
    facility: float | None
    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    effective_weight: float | None
    intended_weight: float | None


def weigh_items(sample: Sample) -> dict[int, ItemFigures]:
    """Figures by question.

    Weights are shares of one paper: they are None where attempts hold different questions.
    """
    effective = _effective_weights(sample) if sample.is_fixed else {}
    worth = sum(item.mean_points for item in sample.items.values())
    return {
        question: ItemFigures(
            asked=item.asked,
            points=item.mean_points,
            facility=_facility(item),
            deviation=deviation(item.marks),
            discrimination=_per_cent(correlation(item.marks, item.rests)),
            efficiency=_efficiency(item),
            effective_weight=effective.get(question),
            intended_weight=100 * item.mean_points / worth if sample.is_fixed and worth else None,
        )
        for question, item in sample.items.items()
    }


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _facility(item: ItemSample) -> float | None:
    """100 · mean(x) / max"""
    got = mean(item.marks)
    return 100 * got / item.mean_points if got is not None and item.points else None


def _efficiency(item: ItemSample) -> float | None:
    """100 · cov(x, R) / cov_max: the greatest covariance that these marks and these rests can
    have, reached when both lists are sorted. None when that is 0.
    """
    greatest = covariance(sorted(item.marks), sorted(item.rests))
    found = covariance(item.marks, item.rests)
    return 100 * found / greatest if greatest and found is not None else None


def _effective_weights(sample: Sample) -> dict[int, float]:
    """100 · √cov(x, T) / Σ √cov(x, T); a question with a negative covariance has none."""
    roots = {}
    for question, item in sample.items.items():
        shared = covariance(item.marks, item.totals())
        if shared is not None and shared >= 0:
            roots[question] = sqrt(shared)
    whole = sum(roots.values())
    return {question: 100 * root / whole for question, root in roots.items()} if whole else {}
