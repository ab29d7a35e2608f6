"""Many comparisons at once: keep the share of false claims down."""

import numpy as np
from numpy.typing import ArrayLike

from reports.stats.proportions import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjusted p-values, same shape and order as given; NaN stays NaN and is not counted.

    Source: Benjamini and Hochberg (1995), JRSS B 57.
    Reference: R 4.2.2, `p.adjust(p, "BH")`.
    """
    values = np.asarray(p, dtype=float)
    adjusted = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    down = known[np.argsort(-values[known], kind="stable")]
    rank = np.arange(len(down), 0, -1)
    adjusted[down] = np.minimum(np.minimum.accumulate(values[down] * len(down) / rank), 1.0)
    return adjusted
