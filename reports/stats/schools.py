"""How much schools differ: one random intercept a school, from sums of each school alone.

A school enters as one matrix of products, Z'Z, over its pupils: the columns of Z are a 1 for
everybody, the covariates if any, and the outcome last. That is all the likelihood needs, so a cube
of sums gives the same as pupils' rows. Shares enter as means of 0 and 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import chdtri

from reports.stats.proportions import Floats, Interval

MOST = 1 - 1e-9  # an intraclass correlation of 1 has no likelihood
SEARCHED = np.concatenate([[0.0], np.geomspace(1e-4, 0.5, 24), np.linspace(0.55, 0.95, 9), [MOST]])


@dataclass(frozen=True)
class RandomIntercept:
    """A fitted model: J schools, p coefficients of which the first is the intercept.

    coefficients, errors: (p,) estimates and standard errors; without covariates the grand mean.
    between, within: variances of schools' intercepts and of pupils within schools.
    icc: between / (between + within), with its profile likelihood interval.
    effects, spread: (J,) each school's shrunken distance from what is expected, and its standard
        deviation given the coefficients and the two variances.
    reliability: (J,) share of the variance of a school's mean that is not chance.
    """

    coefficients: Floats
    errors: Floats
    between: float
    within: float
    icc: Interval
    effects: Floats
    spread: Floats
    reliability: Floats
    log_likelihood: float


@dataclass(frozen=True)
class OneWay:
    """Analysis of variance: mean squares between and within schools, pupils a school.

    size is the plain mean of pupils a school; typical_size is smaller where schools are unequal.
    """

    between: float
    within: float
    size: float
    typical_size: float

    @property
    def icc(self) -> float:
        """The intraclass correlation by the plain mean size, as ICC(1) has it; may be negative."""
        return self._icc(self.size)

    @property
    def icc_unequal(self) -> float:
        """The same by the typical size: not biased by schools of unequal size."""
        return self._icc(self.typical_size)

    @property
    def icc_of_means(self) -> float:
        """Reliability of the mean of a school of ordinary size, ICC(2)."""
        return (self.between - self.within) / self.between

    def _icc(self, size: float) -> float:
        return (self.between - self.within) / (self.between + (size - 1) * self.within)


def products(n: ArrayLike, mean: ArrayLike, within: ArrayLike) -> Floats:
    """(J, 2, 2) products of schools without covariates.

    Args:
        n: pupils of each school.
        mean: their mean; anything where n is nought.
        within: sum of squared distances from that mean, n p (1 - p) for a share p.

    Raises:
        ValueError: a negative count or sum of squares, or arrays of different length.
    """
    size, centre, squares = (np.asarray(value, dtype=float) for value in (n, mean, within))
    if not size.shape == centre.shape == squares.shape or size.ndim != 1:
        raise ValueError("n, mean and within are lists of the same length, one entry a school")
    if (size < 0).any() or (squares < 0).any():
        raise ValueError("pupils and sums of squares are not negative")
    total = np.where(size > 0, size * centre, 0.0)
    raw = squares + np.where(size > 0, total * centre, 0.0)
    return np.stack([np.stack([size, total], -1), np.stack([total, raw], -1)], -2)


def random_intercept(
    products: ArrayLike, icc: float | None = None, reml: bool = True, level: float = 0.95
) -> RandomIntercept:
    """Fit by restricted maximum likelihood (or plain, with `reml=False`).

    Args:
        products: (J, p + 1, p + 1), each school's Z'Z.
        icc: taken as given where the schools are too few to estimate it (see `pooled_icc`); the
            ends of its interval are then NaN.

    Raises:
        ValueError: fewer than two schools, too few pupils, an outcome that does not vary within
            schools, covariates that say the same as one another, or an `icc` outside 0 to 1.
    Source: Patterson and Thompson (1971), Biometrika 58; Laird and Ware (1982), Biometrics 38;
        the coefficients and one variance are profiled out, the ratio of variances is searched.
    Reference: R 4.2.2 with lme4 1.1.31, `lmer(y ~ x + (1 | school), REML = TRUE)`, `fixef`,
        `VarCorr`, `logLik`, `ranef(condVar = TRUE)`.
    """
    schools = _checked(products)
    if icc is not None and not 0 <= icc < 1:
        raise ValueError("an intraclass correlation given lies from 0 to below 1")
    found = _best([schools], reml) if icc is None else icc
    if found >= MOST:
        raise ValueError("pupils within schools do not differ: no variance can be told apart")
    point = _Point.of(schools, _ratio(found), reml)
    sums, ratio = schools[:, 0, :], point.ratio
    weight = ratio / (1 + sums[:, 0] * ratio)
    reliability = sums[:, 0] * weight
    between = point.variance * ratio
    ends = (np.nan, np.nan) if icc is not None else _interval(schools, found, reml, level)
    return RandomIntercept(
        coefficients=point.coefficients,
        errors=np.sqrt(point.variance * np.diag(np.linalg.inv(point.information))),
        between=between,
        within=point.variance,
        icc=Interval(*(np.asarray(value) for value in (found, *ends))),
        effects=weight * (sums[:, -1] - sums[:, :-1] @ point.coefficients),
        spread=np.sqrt(between * (1 - reliability)),
        reliability=reliability,
        log_likelihood=-point.deviance / 2,
    )


def pooled_icc(scales: Sequence[ArrayLike], reml: bool = True) -> float:
    """One intraclass correlation for several scales: ten schools estimate each badly.

    Every scale keeps its own mean and variance; the likelihoods are multiplied as if the scales
    were independent, so the estimate is sound but no interval is claimed.

    Args:
        scales: one array of products a scale; schools may differ from scale to scale.

    Raises:
        ValueError: no scale, or a scale that `random_intercept` would refuse.
    """
    if not scales:
        raise ValueError("an intraclass correlation needs at least one scale")
    return _best([_checked(schools) for schools in scales], reml)


def reliability(n: ArrayLike, icc: float) -> Floats:
    """Share of the variance of a mean of n pupils that lies between schools.

    Source: Spearman (1910) and Brown (1910), British Journal of Psychology 3.
    """
    size = np.asarray(n, dtype=float)
    return np.asarray(size * icc / (1 + (size - 1) * icc), dtype=float)


def one_way(n: ArrayLike, mean: ArrayLike, within: ArrayLike) -> OneWay:
    """Analysis of variance of schools, a plain second opinion on the ICC.

    Source: Bliese (2000), in Klein and Kozlowski, Multilevel Theory; Donner (1986), International
        Statistical Review 54, for the typical size.
    Reference: R 4.2.2 with multilevel 2.7, `ICC1(aov(y ~ school))`, `ICC2(aov(y ~ school))`.
    """
    size, centre, squares = (np.asarray(value, dtype=float) for value in (n, mean, within))
    pupils, degrees = size.sum(), len(size) - 1
    grand = (size * centre).sum() / pupils
    return OneWay(
        between=float((size * (centre - grand) ** 2).sum() / degrees),
        within=float(squares.sum() / (pupils - len(size))),
        size=float(pupils / len(size)),
        typical_size=float((pupils - (size**2).sum() / pupils) / degrees),
    )


@dataclass(frozen=True)
class _Point:
    """The likelihood at one ratio of the variances (between over within)."""

    ratio: float
    coefficients: Floats
    information: Floats
    variance: float
    deviance: float
    slope: float

    @classmethod
    def of(cls, schools: Floats, ratio: float, reml: bool) -> "_Point":
        """Everything but the ratio at its best."""
        sums = schools[:, 0, :]
        inflation = 1 + sums[:, 0] * ratio
        # The inverse of I + ratio * 11' takes ratio / inflation of the outer product of the sums.
        whole = schools.sum(axis=0) - np.einsum("j,ja,jb->ab", ratio / inflation, sums, sums)
        change = -np.einsum("j,ja,jb->ab", inflation**-2.0, sums, sums)
        information, p = whole[:-1, :-1], len(whole) - 1
        coefficients = np.linalg.solve(information, whole[:-1, -1])
        contrast = np.append(-coefficients, 1.0)
        left = max(float(contrast @ whole @ contrast), np.finfo(float).tiny)
        base = float(sums[:, 0].sum()) - (p if reml else 0)
        deviance = base * (1 + np.log(2 * np.pi * left / base)) + np.log(inflation).sum()
        slope = base * (contrast @ change @ contrast) / left + (sums[:, 0] / inflation).sum()
        if reml:
            deviance += np.linalg.slogdet(information)[1]
            slope += np.trace(np.linalg.solve(information, change[:-1, :-1]))
        return cls(ratio, coefficients, information, left / base, float(deviance), float(slope))


def _checked(products: ArrayLike) -> Floats:
    schools = np.asarray(products, dtype=float)
    if schools.ndim != 3 or schools.shape[1] != schools.shape[2] or schools.shape[1] < 2:
        raise ValueError(f"products are one square matrix a school, not {schools.shape}")
    if not np.isfinite(schools).all():
        raise ValueError("products hold numbers that are not finite")
    if (schools[:, 0, 0] > 0).sum() < 2:
        raise ValueError("schools cannot be compared where fewer than two have pupils")
    whole = schools.sum(axis=0)
    if whole[0, 0] <= len(whole) or np.linalg.matrix_rank(whole) < len(whole):
        raise ValueError("too few pupils, an outcome that never varies, or two covariates in one")
    return schools


def _ratio(icc: float) -> float:
    return icc / (1 - icc)


def _best(scales: Sequence[Floats], reml: bool) -> float:
    """The ICC of the highest likelihood: a search for the hill, then the root of its slope."""

    def slope(icc: float) -> float:
        return sum(_Point.of(schools, _ratio(icc), reml).slope for schools in scales)

    deviances = [_deviance(scales, icc, reml) for icc in SEARCHED]
    at = int(np.argmin(deviances))
    low, high = SEARCHED[max(at - 1, 0)], SEARCHED[min(at + 1, len(SEARCHED) - 1)]
    if slope(low) >= 0:
        return float(low)
    return float(high) if slope(high) <= 0 else _root(slope, low, high)


def _deviance(scales: Sequence[Floats], icc: float, reml: bool) -> float:
    return sum(_Point.of(schools, _ratio(icc), reml).deviance for schools in scales)


def _interval(schools: Floats, icc: float, reml: bool, level: float) -> tuple[float, float]:
    """Where the deviance is not above its least by more than chi-squared on 1 allows."""
    allowed = _deviance([schools], icc, reml) + float(chdtri(1, 1 - level))

    def excess(other: float) -> float:
        return _deviance([schools], other, reml) - allowed

    low = 0.0 if excess(0.0) <= 0 else _root(excess, 0.0, icc)
    return low, 1.0 if excess(MOST) <= 0 else _root(excess, icc, MOST)


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-15, rtol=1e-14))
