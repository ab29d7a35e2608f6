"""A school beside all pupils, itself among them: what is shown, from the rest, what is computed.

With w the school's share of all pupils, school - all = (1 - w) (school - rest). So the difference
from all pupils and its error are both smaller by the same factor, and the p-value is that of the
comparison with the rest. Leaving the overlap out of the error would make it too wide.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from reports.stats.means import Summary, Welch, welch
from reports.stats.proportions import Floats, Interval, difference


def rest_of(part: Summary, whole: Summary) -> Summary:
    """The pupils of the whole who are not of the part; NaN where there are too few.

    Raises:
        ValueError: the part is larger than the whole.
    """
    n = whole.n - part.n
    if (n < 0).any():
        raise ValueError("a part cannot be larger than the whole")
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (whole.n * whole.mean - part.n * part.mean) / n
        between = part.n * n / whole.n * (part.mean - mean) ** 2
        squares = (whole.n - 1) * whole.sd**2 - (part.n - 1) * part.sd**2 - between
        sd = np.sqrt(np.where(n > 1, np.maximum(squares, 0.0) / (n - 1), np.nan))
    return Summary(n, mean, sd)


def against_all(part: Summary, rest: Summary, level: float = 0.95) -> Welch:
    """The mean of a school minus that of all pupils, by Welch's test against the rest.

    Source: the overlap taken into the covariance, cov(school, all) = var(school mean) w.
    """
    found, left = welch(part, rest, level), rest.n / (part.n + rest.n)
    return replace(
        found, difference=left * found.difference, low=left * found.low, high=left * found.high
    )


def share_against_all(
    x: ArrayLike, n: ArrayLike, x_rest: ArrayLike, n_rest: ArrayLike, level: float = 0.95
) -> Interval:
    """The share of a school minus that of all pupils, with Newcombe's interval against the rest.

    The p-value is `proportions.score_test` of the same four numbers.
    """
    found, size = difference(x, n, x_rest, n_rest, level), np.asarray(n, dtype=float)
    left = 1 - size / (size + np.asarray(n_rest, dtype=float))
    return Interval(*(left * value for value in (found.value, found.low, found.high)))


def error_against_all(sd: ArrayLike, n: ArrayLike, n_all: ArrayLike) -> Floats:
    """Standard error of a school's mean minus that of all, one SD for all pupils.

    sd sqrt((1 - w) / n); it is nought where the school is all there is.

    Raises:
        ValueError: the school is larger than all.
    """
    spread, size, whole = (np.asarray(value, dtype=float) for value in (sd, n, n_all))
    if (size > whole).any():
        raise ValueError("a part cannot be larger than the whole")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(spread * np.sqrt((1 - size / whole) / size), dtype=float)
