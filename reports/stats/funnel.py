"""How far a school's share may lie from the average by chance alone, by number of pupils."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from reports.stats.proportions import Interval

WARNING, CONTROL = 0.95, 0.998  # the two usual limits: about 2 and 3 standard deviations


def limits(average: ArrayLike, n: ArrayLike, level: float = WARNING) -> Interval:
    """The average share and the control limits around it for groups of n, as fractions.

    Normal limits, cut off at 0 and 1; NaN for a group of nobody. They belong to an average known
    without error: the school itself should be a small part of it.
    Source: Spiegelhalter (2005), Statistics in Medicine 24, section 3.
    Reference: phstats (PHEindicatormethods' formulas), funnel limits of a proportion.

    Raises:
        ValueError: the average is not a share.
    """
    share, size = np.broadcast_arrays(np.asarray(average, float), np.asarray(n, float))
    if ((share < 0) | (share > 1)).any():
        raise ValueError("the average is a share, from 0 to 1")
    with np.errstate(divide="ignore", invalid="ignore"):
        half = ndtri(0.5 + level / 2) * np.sqrt(share * (1 - share) / size)
    half = np.where(size > 0, half, np.nan)
    return Interval(share, np.maximum(share - half, 0.0), np.minimum(share + half, 1.0))
