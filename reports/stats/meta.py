"""Estimates of several places as one: random effects where only means and errors are published."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from reports.stats.proportions import Floats

Method = Literal["DL", "REML", "PM"]


@dataclass(frozen=True)
class Pooled:
    """The mean over places and its standard error, the variance between places, and how unlike
    they are: Cochran's q, and the share i2 (0 to 1) of what differs that is not chance."""

    mean: float
    error: float
    between: float
    q: float
    i2: float


def pool(estimates: ArrayLike, variances: ArrayLike, method: Method = "REML") -> Pooled:
    """Pool the estimates of k places.

    Args:
        estimates, variances: (k,) and the squared standard errors.
        method: of the variance between places: DerSimonian and Laird, restricted maximum likelihood
            or Paule and Mandel.

    Raises:
        ValueError: fewer than two places, a variance that is not positive.
    Source: DerSimonian and Laird (1986), Controlled Clinical Trials 7; Viechtbauer (2005), J.
        Educational and Behavioral Statistics 30; Paule and Mandel (1982), J. Research NBS 87.
    Reference: R 4.2.2 with metafor 3.8.1, `rma(yi, vi, method = method)`.
    """
    y, v = np.asarray(estimates, dtype=float), np.asarray(variances, dtype=float)
    if y.ndim != 1 or y.shape != v.shape or len(y) < 2:
        raise ValueError("estimates and variances are two lists of the same length, two or more")
    if not (v > 0).all():
        raise ValueError("every variance is above nought")
    q = _q(0.0, y, v)
    typical = (1 / v).sum() - (v**-2.0).sum() / (1 / v).sum()
    moments = max(q - (len(y) - 1), 0.0) / typical
    between = moments if method == "DL" else _root(method, y, v)
    # I2 sets the variance between places against that of a typical place, for every method.
    chance = (len(y) - 1) / typical
    total = 1 / (v + between)
    return Pooled(
        mean=float((total * y).sum() / total.sum()),
        error=float(total.sum() ** -0.5),
        between=float(between),
        q=q,
        i2=float(between / (between + chance)),
    )


def _root(method: Method, y: Floats, v: Floats) -> float:
    """Where the estimating equation is nought; 0 where places are no more unlike than chance."""

    def excess(between: float) -> float:
        if method == "PM":
            return _q(between, y, v) - (len(y) - 1)
        weight = 1 / (v + between)
        left = y - (weight * y).sum() / weight.sum()
        slope = (weight**2 * left**2).sum() - weight.sum() + (weight**2).sum() / weight.sum()
        return float(slope)

    if excess(0.0) <= 0:
        return 0.0
    # Places cannot vary by more than half their range squared: twice that is safely too much.
    return float(brentq(excess, 0.0, np.ptp(y) ** 2, xtol=1e-15, rtol=1e-14))


def _q(between: float, y: Floats, v: Floats) -> float:
    weight = 1 / (v + between)
    return float((weight * (y - (weight * y).sum() / weight.sum()) ** 2).sum())
