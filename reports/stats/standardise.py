"""Pupils like yours elsewhere: the rest re-weighted to a school's own mix of pupils.

A mix is one combination of year, sex, FSM and SEND. Second to the raw comparison, never in its
place: a mix explains part of a difference, and what it explains is still lived in the school.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from scipy.special import stdtrit

from reports.stats.means import Summary, summarise
from reports.stats.proportions import Floats

Sums = tuple[float, float, float]  # pupils, sum, sum of squares
NOBODY: Sums = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Standardised:
    """The rest with the school's mix, beside the school.

    covered: share of the school's pupils whose mix the rest has; only these are compared, on both
    sides. n, value: the school's covered pupils and their mean. against_n: the rest's pupils who
    stand for them. against, se, low, high: the rest's mean with the school's mix, its error and
    interval. difference: school less rest, with its own interval. All NaN where nothing is covered.
    """

    covered: float
    n: int
    value: float
    against_n: int
    against: float
    se: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float


def standardise(
    own: Mapping[Hashable, Sums], rest: Mapping[Hashable, Sums], level: float = 0.95
) -> Standardised:
    """Direct standardisation from cell sums by mix; a share has its sum as sum of squares.

    The school's mix is taken as it is, not as a sample of mixes. Each mix has its own variance; a
    mix with one pupil elsewhere borrows that of all mixes together. Degrees of freedom are
    Satterthwaite's, so with a single mix this is Welch's test. A mix that is rare elsewhere weighs
    heavily: that shows in `se`.
    Source: Keiding (1987), International Statistical Review 55; Welch (1947), Biometrika 34.
    Reference: R survey 4.1.1, `svystandardize(design, by = ~mix, population = own)`, whose error
    differs by the n / (n - 1) of the mixes.

    Raises:
        ValueError: the school has no pupils.
    """
    pupils = sum(n for n, _, _ in own.values())
    if not pupils > 0:
        raise ValueError("the school has no pupils who answered")
    mixes = [mix for mix, sums in own.items() if sums[0] > 0 and rest.get(mix, NOBODY)[0] > 0]
    if not mixes:
        return Standardised(0.0, 0, nan, 0, nan, nan, nan, nan, nan, nan, nan)
    here, there = _summary(own, mixes), _summary(rest, mixes)
    n = here.n.sum()
    mine, theirs = _weighted(here, here.n / n), _weighted(there, here.n / n)
    low, high = theirs.interval(level)
    gap = mine.less(theirs)
    gap_low, gap_high = gap.interval(level)
    return Standardised(
        covered=float(n / pupils),
        n=int(n),
        value=mine.value,
        against_n=int(there.n.sum()),
        against=theirs.value,
        se=theirs.se,
        low=low,
        high=high,
        difference=gap.value,
        difference_low=gap_low,
        difference_high=gap_high,
    )


@dataclass(frozen=True)
class _Mean:
    """A weighted mean, its variance, and the sum of squared parts over their degrees of freedom."""

    value: float
    variance: float
    squares: float

    @property
    def se(self) -> float:
        return float(np.sqrt(self.variance))

    def less(self, other: "_Mean") -> "_Mean":
        return _Mean(
            self.value - other.value,
            self.variance + other.variance,
            self.squares + other.squares,
        )

    def interval(self, level: float) -> tuple[float, float]:
        """Student's t with Satterthwaite's degrees of freedom; NaN where nothing varies."""
        df = self.variance**2 / self.squares if self.squares > 0 else nan
        half = float(stdtrit(df, 0.5 + level / 2)) * self.se
        return self.value - half, self.value + half


def _summary(sums: Mapping[Hashable, Sums], mixes: Sequence[Hashable]) -> Summary:
    n, total, squares = np.array([sums[mix] for mix in mixes], dtype=float).T
    return summarise(n, total, squares)


def _weighted(mixes: Summary, share: Floats) -> _Mean:
    lone = mixes.n < 2
    free = np.where(lone, 0.0, mixes.n - 1)
    own = np.where(lone, 0.0, mixes.sd**2)
    pooled = (free @ own) / free.sum() if free.any() else nan
    parts = share**2 * np.where(lone, pooled, own) / mixes.n
    # The lone mixes share one borrowed variance, and its degrees of freedom.
    squares = (parts[~lone] ** 2 / free[~lone]).sum()
    if lone.any():
        squares += parts[lone].sum() ** 2 / free.sum() if free.any() else nan
    return _Mean(float(share @ mixes.mean), float(parts.sum()), float(squares))
