"""What would change without the responses that a quality flag marks.

A table for the analyst. Nobody is ever left out of what is published: a pupil who answers fast or
oddly has answered, and leaving such pupils out is a choice that moves figures too.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.stats.estimation import Flags
from reports.stats.means import summarise
from reports.stats.proportions import Floats

ANY = "any flag"


@dataclass(frozen=True)
class Sensitivity:
    """One measure with all responses, and without those of one flag.

    n, value: all pupils who answered, and their mean (a share, for values of 0 and 1).
    kept, without: the same for those without the flag. difference: without less value.
    size: the difference in SDs of all pupils. NaN where nobody is left or nothing varies.
    """

    measure: str
    flag: str
    n: int
    value: float
    kept: int
    without: float
    difference: float
    size: float


def sensitivity(values: pd.DataFrame, flags: pd.DataFrame) -> tuple[Sensitivity, ...]:
    """Every measure with and without each flag, and last without any flag.

    Args:
        values: a row a pupil, a column a measure as floats, NaN where there is no answer.
        flags: the same rows, a column a flag, true or false.

    Raises:
        ValueError: other rows, a flag that is neither true nor false, or one named as all together.
    """
    if not values.index.equals(flags.index):
        raise ValueError("values and flags must have the same rows")
    if not all(pd.api.types.is_bool_dtype(dtype) for dtype in flags.dtypes):
        raise ValueError("a flag is true or false for every pupil")
    if ANY in flags.columns:
        raise ValueError(f"a flag cannot be named {ANY!r}")
    marked = flags.assign(**{ANY: flags.any(axis=1)}).astype(bool)
    return tuple(
        _compared(
            str(measure), str(flag), values[measure].to_numpy(float), marked[flag].to_numpy(bool)
        )
        for measure in values.columns
        for flag in marked.columns
    )


def _compared(measure: str, flag: str, values: Floats, marked: Flags) -> Sensitivity:
    (n, value, sd), (kept, without, _) = (_summary(each) for each in (values, values[~marked]))
    difference = without - value
    with np.errstate(divide="ignore", invalid="ignore"):
        size = float(np.float64(difference) / sd)
    return Sensitivity(measure, flag, n, value, kept, without, difference, size)


def _summary(values: Floats) -> tuple[int, float, float]:
    known = values[~np.isnan(values)]
    found = summarise(len(known), known.sum(), (known**2).sum())
    return len(known), float(found.mean), float(found.sd)
