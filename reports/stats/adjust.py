"""Many comparisons at once: keep the share of false claims down, or the chance of any.

All take p-values of any shape and give adjusted ones, same shape and order; NaN stays NaN and is
not counted.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reports.stats.proportions import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjusted p-values that hold down the share of claims that are false.

    Source: Benjamini and Hochberg (1995), JRSS B 57.
    Reference: R 4.2.2, `p.adjust(p, "BH")`.
    """
    return _upwards(p, lambda rank: len(rank) / rank)


def benjamini_yekutieli(p: ArrayLike) -> Floats:
    """The same, whatever the tests have to do with one another.

    Source: Benjamini and Yekutieli (2001), Annals of Statistics 29.
    Reference: R 4.2.2, `p.adjust(p, "BY")`.
    """
    return _upwards(p, lambda rank: (1 / rank).sum() * len(rank) / rank)


def hochberg(p: ArrayLike) -> Floats:
    """Adjusted p-values that hold down the chance of any false claim, for independent tests.

    Source: Hochberg (1988), Biometrika 75.
    Reference: R 4.2.2, `p.adjust(p, "hochberg")`.
    """
    return _upwards(p, lambda rank: len(rank) + 1 - rank)


def holm(p: ArrayLike) -> Floats:
    """Adjusted p-values that hold down the chance of any false claim, whatever the tests.

    Source: Holm (1979), Scandinavian Journal of Statistics 6.
    Reference: R 4.2.2, `p.adjust(p, "holm")`.
    """
    values, known = _known(p)
    up = known[np.argsort(values[known], kind="stable")]
    adjusted = np.full(values.shape, np.nan)
    times = np.arange(len(up), 0, -1)
    adjusted[up] = np.minimum(np.maximum.accumulate(values[up] * times), 1.0)
    return adjusted.reshape(np.shape(p))


def bonferroni(p: ArrayLike) -> Floats:
    """Each p-value times their number: the plainest way, and the strictest.

    Source: Dunn (1961), JASA 56.
    Reference: R 4.2.2, `p.adjust(p, "bonferroni")`.
    """
    values, known = _known(p)
    return np.asarray(np.minimum(values * len(known), 1.0).reshape(np.shape(p)), dtype=float)


def _upwards(p: ArrayLike, factor: Callable[[Floats], Floats]) -> Floats:
    """From the largest p-value down, each times its factor and never above the one before.

    factor: of the ranks (1 the smallest), all of them at once.
    """
    values, known = _known(p)
    down = known[np.argsort(-values[known], kind="stable")]
    rank = np.arange(len(down), 0, -1, dtype=float)
    adjusted = np.full(values.shape, np.nan)
    adjusted[down] = np.minimum(np.minimum.accumulate(values[down] * factor(rank)), 1.0)
    return adjusted.reshape(np.shape(p))


def _known(p: ArrayLike) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """All p-values in one row, and the places of those that are known."""
    values = np.asarray(p, dtype=float).ravel()
    return values, np.flatnonzero(~np.isnan(values))
