"""Moments of a sample, with `math.fsum`: correctly rounded sums, whatever the order.

Every function takes sequences of floats; n is their length.
"""

from collections.abc import Sequence
from math import fsum, sqrt

Values = Sequence[float]


def mean(values: Values) -> float | None:
    return fsum(values) / len(values) if values else None


def median(values: Values) -> float | None:
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    if len(values) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def is_constant(values: Values) -> bool:
    """Asked outright: a variance of constants may come out as 1e-33."""
    return not values or min(values) == max(values)


def variance(values: Values) -> float | None:
    """Σ (v − mean)² / (n − 1); None for fewer than two values."""
    if len(values) < 2:
        return None
    if is_constant(values):
        return 0.0
    return central_moment(values, 2) * len(values) / (len(values) - 1)


def deviation(values: Values) -> float | None:
    found = variance(values)
    return None if found is None else sqrt(found)


def covariance(xs: Values, ys: Values) -> float | None:
    """Σ (x − mean x)(y − mean y) / (n − 1); None for fewer than two pairs."""
    if len(xs) < 2:
        return None
    if is_constant(xs) or is_constant(ys):
        return 0.0
    x_mean, y_mean = fsum(xs) / len(xs), fsum(ys) / len(ys)
    products = ((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return fsum(products) / (len(xs) - 1)


def correlation(xs: Values, ys: Values) -> float | None:
    """cov(x, y) / √(var x · var y), −1 to 1; None when one of them does not vary."""
    shared = covariance(xs, ys)
    spread = sqrt((variance(xs) or 0.0) * (variance(ys) or 0.0))
    return shared / spread if shared is not None and spread else None


def central_moment(values: Values, power: int) -> float:
    """Σ (v − mean)^power / n, of at least one value."""
    middle = fsum(values) / len(values)
    return fsum((value - middle) ** power for value in values) / len(values)


def skewness(values: Values) -> float | None:
    """k3 / k2^1.5 with k3 = n² m3 / ((n − 1)(n − 2)); None below 3 values or without spread."""
    n, k2 = len(values), variance(values)
    if n < 3 or not k2:
        return None
    return n * n * central_moment(values, 3) / ((n - 1) * (n - 2)) / k2**1.5


def kurtosis(values: Values) -> float | None:
    """k4 / k2² (excess: a normal curve has 0) with
    k4 = n² ((n + 1) m4 − 3 (n − 1) m2²) / ((n − 1)(n − 2)(n − 3)); None below 4 values.
    """
    n, k2 = len(values), variance(values)
    if n < 4 or not k2:
        return None
    m2, m4 = central_moment(values, 2), central_moment(values, 4)
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return k4 / (k2 * k2)
