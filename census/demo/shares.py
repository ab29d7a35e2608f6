"""Shares into whole numbers, and shapes of distributions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def apportion(shares: "Sequence[float] | NDArray[np.float64]", total: int) -> "NDArray[np.int64]":
    """Whole numbers in proportion to `shares` that sum to `total` (largest remainders)."""
    import numpy as np

    weights = np.asarray(shares, dtype=float)
    if total == 0 or not weights.sum() > 0:
        return np.zeros(len(weights), dtype=np.int64)
    exact = weights / weights.sum() * total
    counts: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    rest = total - int(counts.sum())
    # Stable, so that ties go to the first: the same input always gives the same numbers.
    counts[np.argsort(-(exact - counts), kind="stable")[:rest]] += 1
    return counts


def hump(steps: int, mean: float, spread: float = 6.0) -> "NDArray[np.float64]":
    """Shares of 0..steps-1 by a beta-binomial whose mean lies at `mean` (0 to 1) of the way."""
    import numpy as np
    from scipy.stats import betabinom

    shape = betabinom(steps - 1, spread * mean, spread * (1 - mean))
    return np.asarray(shape.pmf(np.arange(steps)), dtype=float)
