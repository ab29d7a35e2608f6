"""One group's rate beside another's: difference, ratio and odds, and the relative rate index.

Numbers or arrays that broadcast: x pupils of n in each of two groups. On the logarithms half a
pupil is added to each of the four cells of a table that has an empty cell, and to no other table.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from reports.stats.proportions import Floats, Interval, exact


@dataclass(frozen=True)
class Effect:
    """An estimate on the scale on which it is near normal, and its variance."""

    value: Floats
    variance: Floats

    def interval(self, level: float = 0.95) -> Interval:
        """The estimate with its normal interval, on the same scale."""
        half = ndtri(0.5 + level / 2) * np.sqrt(self.variance)
        return Interval(self.value, self.value - half, self.value + half)


def risk_difference(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Effect:
    """First share minus second; nothing is added, so two empty cells leave no variance.

    For an interval to show, `proportions.difference` is the better one.
    Reference: R 4.2.2 with metafor 3.8.1, `escalc("RD", ai, n1i, ci, n2i)`.
    """
    x, n, y, m = _numbers(x1, n1, x2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        p, q = x / n, y / m
        return Effect(p - q, p * (1 - p) / n + q * (1 - q) / m)


def log_risk_ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Effect:
    """Logarithm of the first share over the second.

    Source: Katz et al. (1978), Biometrics 34.
    Reference: metafor 3.8.1, `escalc("RR", ai, n1i, ci, n2i)`.
    """
    x, n, y, m = _filled(x1, n1, x2, n2)
    return Effect(np.log(x / n) - np.log(y / m), 1 / x - 1 / n + 1 / y - 1 / m)


def log_odds_ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Effect:
    """Logarithm of the first odds over the second.

    Source: Woolf (1955), Annals of Human Genetics 19.
    Reference: metafor 3.8.1, `escalc("OR", ai, n1i, ci, n2i)`.
    """
    x, n, y, m = _filled(x1, n1, x2, n2)
    value = np.log(x / (n - x)) - np.log(y / (m - y))
    return Effect(value, 1 / x + 1 / (n - x) + 1 / y + 1 / (m - y))


def relative_rate_index(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95
) -> Interval:
    """One group's rate over another's, with the log-normal interval.

    With nobody in the first group the index and its lower end are 0; with nobody in the second the
    index and its upper end are infinite; with nobody in either it is not known and its interval
    goes from 0 to infinity.
    Reference: metafor 3.8.1, `exp(confint)` of `escalc("RR", ...)`.
    """
    x, _, y, _ = _numbers(x1, n1, x2, n2)
    found = log_risk_ratio(x1, n1, x2, n2).interval(level)
    low, high = np.exp(found.low), np.exp(found.high)
    return _index(x1, n1, x2, n2, np.where(x > 0, low, 0.0), np.where(y > 0, high, np.inf))


def relative_rate_index_exact(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95
) -> Interval:
    """The same index with an interval that needs no large numbers.

    Given how many there are in both groups together, those of the first are binomial when rates are
    Poisson. For shares, not rare, it is wider than it need be and never too narrow.
    Source: Przyborowski and Wilenski (1940), Biometrika 31.
    Reference: R, `poisson.test(c(x1, x2), c(n1, n2))$conf.int`.
    """
    x, n, y, m = _numbers(x1, n1, x2, n2)
    share = exact(x, x + y, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (p / (1 - p) * m / n for p in (share.low, share.high))
    low, high = np.where(x + y > 0, low, 0.0), np.where(x + y > 0, high, np.inf)
    return _index(x1, n1, x2, n2, low, high)


def cohens_h(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Distance of two shares on the arcsine scale, on which each step is as easy to see.

    Source: Cohen (1988), Statistical Power Analysis, chapter 6.
    Reference: R 4.2.2, `2 * asin(sqrt(p1)) - 2 * asin(sqrt(p2))`.
    """
    x, n, y, m = _numbers(x1, n1, x2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(2 * np.arcsin(np.sqrt(x / n)) - 2 * np.arcsin(np.sqrt(y / m)), float)


def _numbers(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    """The table as floats; a group of nobody has NaN pupils, and all that follows is NaN.

    Raises:
        ValueError: more pupils in a cell than in its group, or fewer than none.
    """
    x, n, y, m = (np.asarray(value, dtype=float) for value in (x1, n1, x2, n2))
    if ((x < 0) | (x > n)).any() or ((y < 0) | (y > m)).any():
        raise ValueError("a group holds fewer pupils than are counted in it")
    return x, np.where(n > 0, n, np.nan), y, np.where(m > 0, m, np.nan)


def _filled(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    """The table with half a pupil in each cell where one is empty."""
    x, n, y, m = _numbers(x1, n1, x2, n2)
    half = np.where((x == 0) | (x == n) | (y == 0) | (y == m), 0.5, 0.0)
    return x + half, n + 2 * half, y + half, m + 2 * half


def _index(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, low: Floats, high: Floats
) -> Interval:
    """The plain ratio between its ends; all NaN where a group has no pupils at all."""
    x, n, y, m = _numbers(x1, n1, x2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (x / n) / (y / m)
    nobody = np.isnan(n + m)
    return Interval(*(np.where(nobody, np.nan, part) for part in (value, low, high)))
