"""The textbook formulas of every number that is worked out from released counts."""

from math import exp, log, sqrt
from typing import NamedTuple

Z = 1.959963984540054  # the normal distribution's 97.5 % point


class Interval(NamedTuple):
    value: float
    low: float
    high: float


def wilson(x: int, n: int) -> Interval:
    """A share with its score interval: Wilson (1927)."""
    share, square = x / n, Z * Z
    middle = (x + square / 2) / (n + square)
    half = Z / (n + square) * sqrt(n * share * (1 - share) + square / 4)
    return Interval(share, max(middle - half, 0.0), min(middle + half, 1.0))


def newcombe(x: int, n: int, y: int, m: int) -> Interval:
    """One share less another: Newcombe (1998), method 10."""
    return recovered(wilson(x, n), wilson(y, m))


def recovered(one: Interval, two: Interval) -> Interval:
    """One estimate less another that has nothing to do with it: Zou and Donner (2008)."""
    gap = one.value - two.value
    below = sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Interval(gap, gap - below, gap + above)


def rate(x: int, n: int, y: int, m: int) -> Interval:
    """One share over another, normal on the logarithm: Katz et al. (1978). No cell may be empty."""
    ratio = (x / n) / (y / m)
    spread = Z * sqrt(1 / x - 1 / n + 1 / y - 1 / m)
    return Interval(ratio, exp(log(ratio) - spread), exp(log(ratio) + spread))
