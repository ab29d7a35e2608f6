"""Proportions: Wilson's interval, Newcombe's interval for a difference, the score test.

Every function takes numbers or arrays that broadcast; a base of nought gives NaN.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, erfc, ndtri

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """An estimate and the two ends of its interval, as fractions or in the measure's own unit."""

    value: Floats
    low: Floats
    high: Floats


def _floats(*values: ArrayLike) -> list[Floats]:
    return [np.asarray(value, dtype=float) for value in values]


def wilson(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Share with Wilson's score interval, as fractions.

    Source: Wilson (1927), JASA 22; Newcombe (1998a), Statistics in Medicine 17, method 3.
    Reference: R 4.2.2, `prop.test(x, n, conf.level = level, correct = FALSE)$conf.int`.
    """
    x, base = _floats(successes, n)
    z = ndtri(0.5 + level / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / base
        middle = (x + z * z / 2) / (base + z * z)
        half = z * np.sqrt(base * share * (1 - share) + z * z / 4) / (base + z * z)
    return Interval(share, np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0))


def exact(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Share with Clopper and Pearson's interval, as fractions: never too narrow.

    Source: Clopper and Pearson (1934), Biometrika 26.
    Reference: R 4.2.2, `binom.test(x, n, conf.level = level)$conf.int`.
    """
    x, base = _floats(successes, n)
    tail = 0.5 - level / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(x > 0, betaincinv(np.maximum(x, 1), base - x + 1, tail), 0.0)
        high = np.where(x < base, betaincinv(x + 1, np.maximum(base - x, 1), 1 - tail), 1.0)
        return Interval(x / base, *(np.where(base > 0, end, np.nan) for end in (low, high)))


def difference(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95
) -> Interval:
    """First share minus second, with Newcombe's hybrid score interval, as fractions.

    Source: Newcombe (1998b), Statistics in Medicine 17:873, method 10.
    Reference: R 4.2.2, from the two `prop.test(..., correct = FALSE)` intervals by its formula.
    """
    one, two = wilson(x1, n1, level), wilson(x2, n2, level)
    gap = one.value - two.value
    below = np.sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    above = np.sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Interval(gap, gap - below, gap + above)


def score_test(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Two-sided p-value that two shares are equal (pooled variance, no continuity correction).

    NaN where both shares are 0 or both are 1: such data say nothing about a difference.
    Source: the score test, the same as Pearson's chi-squared on the 2 x 2 table.
    Reference: R 4.2.2, `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)$p.value`.
    """
    a, na, b, nb = _floats(x1, n1, x2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (a + b) / (na + nb)
        z = (a / na - b / nb) / np.sqrt(pooled * (1 - pooled) * (1 / na + 1 / nb))
    return np.asarray(erfc(np.abs(z) / np.sqrt(2)), dtype=float)
