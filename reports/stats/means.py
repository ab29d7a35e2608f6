"""Means from sufficient statistics: n, mean and SD. Numbers or arrays that broadcast."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtri, stdtr, stdtrit

from reports.stats.proportions import Floats, Interval


@dataclass(frozen=True)
class Welch:
    """Difference of two means (first minus second), its interval and test."""

    difference: Floats
    low: Floats
    high: Floats
    t: Floats
    df: Floats
    p: Floats


@dataclass(frozen=True)
class Summary:
    """What a group's mean needs: pupils, mean, SD (n - 1); numbers or arrays that broadcast."""

    n: Floats
    mean: Floats
    sd: Floats


def summary(n: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Summary:
    """A summary from plain numbers."""
    return Summary(*(np.asarray(value, dtype=float) for value in (n, mean, sd)))


def summarise(n: ArrayLike, total: ArrayLike, squares: ArrayLike) -> Summary:
    """A summary from a count, a sum and a sum of squares; NaN where n is too small."""
    base, summed, squared = (np.asarray(value, dtype=float) for value in (n, total, squares))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = summed / base
        spread = np.maximum(squared - summed * mean, 0.0) / (base - 1)
    return Summary(base, mean, np.sqrt(np.where(base > 1, spread, np.nan)))


def mean_interval(group: Summary, level: float = 0.95) -> Interval:
    """Mean with Student's t interval, n - 1 degrees of freedom; NaN ends below two pupils.

    Reference: R 4.2.2, `t.test(x)$conf.int`.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        half = stdtrit(group.n - 1, 0.5 + level / 2) * group.sd / np.sqrt(group.n)
    return Interval(group.mean, group.mean - half, group.mean + half)


def welch(one: Summary, two: Summary, level: float = 0.95) -> Welch:
    """Welch's t test of two means with unequal variances, two-sided.

    Source: Welch (1947), Biometrika 34; Satterthwaite degrees of freedom.
    Reference: R 4.2.2, `t.test(x, y)` (by its formula, from means and SDs).
    """
    gap = one.mean - two.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = one.sd**2 / one.n, two.sd**2 / two.n
        se = np.sqrt(a + b)
        df = (a + b) ** 2 / (a**2 / (one.n - 1) + b**2 / (two.n - 1))
        t = gap / se
    half = stdtrit(df, 0.5 + level / 2) * se
    return Welch(gap, gap - half, gap + half, t, df, 2 * stdtr(df, -np.abs(t)))


def pooled_sd(one: Summary, two: Summary) -> Floats:
    """SD of two groups together around their own means (the divisor of Cohen's d)."""
    a, b = one.n - 1, two.n - 1
    return np.asarray(np.sqrt((a * one.sd**2 + b * two.sd**2) / (a + b)), dtype=float)


def hedges_g(
    one: Summary, two: Summary, sd: ArrayLike | None = None, level: float = 0.95
) -> Interval:
    """Standardised difference with the small-sample correction, in units of `sd`.

    `sd` is the pooled SD (the textbook value) unless given; schools are given one SD, that of all
    the borough's pupils, so that they share a ruler.
    Source: Hedges (1981), J. Educational Statistics 6, exact J; variance 1/n1 + 1/n2 + g2/2(n1+n2).
    Reference: metafor 3.8.1, `escalc("SMD", m1i, sd1i, n1i, m2i, sd2i, n2i, vtype = "LS")`.
    """
    ruler = pooled_sd(one, two) if sd is None else np.asarray(sd, dtype=float)
    total = one.n + two.n
    df = total - 2
    correction = np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2)
    g = correction * (one.mean - two.mean) / ruler
    half = ndtri(0.5 + level / 2) * np.sqrt(1 / one.n + 1 / two.n + g**2 / (2 * total))
    return Interval(g, g - half, g + half)
