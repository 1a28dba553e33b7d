"""Figures of the quiz as a whole."""

from dataclasses import dataclass
from math import sqrt

from .moments import deviation, kurtosis, mean, median, skewness, variance
from .sample import Sample

BARS = 10


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """Scores are per cent of what an attempt could earn.

    histogram: attempts per tenth; a score on a border belongs to the tenth above, 100 to the last
    """

    attempts: int
    mean: float | None
    median: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None
    histogram: tuple[int, ...]


def sum_up(sample: Sample) -> QuizFigures:
    spread, consistency = deviation(sample.scores), find_consistency(sample)
    ratio = None if consistency is None else 100 * sqrt(max(0.0, 1 - consistency / 100))
    return QuizFigures(
        attempts=sample.attempts,
        mean=mean(sample.scores),
        median=median(sample.scores),
        deviation=spread,
        skewness=skewness(sample.scores),
        kurtosis=kurtosis(sample.scores),
        consistency=consistency,
        error_ratio=ratio,
        standard_error=None if ratio is None or spread is None else ratio * spread / 100,
        histogram=_fill_bars(sample),
    )


def find_consistency(sample: Sample) -> float | None:
    """The coefficient of internal consistency (Cronbach's alpha), per cent:
    100 · p / (p − 1) · (1 − Σ var_i / var T) over p questions.

    Where attempts hold different questions, places stand in for questions, as in Moodle; None where
    attempts are not even equally long, with one question, and where totals do not vary.
    """
    if sample.is_fixed:
        parts = [item.marks for item in sample.items.values()]
    else:
        parts = sample.places if sample.is_even else []
    whole = variance(sample.totals)
    if len(parts) < 2 or not whole:
        return None
    inner = sum(variance(part) or 0.0 for part in parts)
    return 100 * len(parts) / (len(parts) - 1) * (1 - inner / whole)


def _fill_bars(sample: Sample) -> tuple[int, ...]:
    bars = [0] * BARS
    for score in sample.scores:
        bars[min(BARS - 1, int(score * BARS / 100))] += 1
    return tuple(bars)
