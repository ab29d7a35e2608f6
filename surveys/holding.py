"""Does a condition hold? For a whole table at once, a column of codes an item. Pure.

The slow, obvious answer for one pupil is `Condition.holds`; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

from surveys.definition.columns import tick_key
from surveys.definition.conditions import AllOf, AnyOf, Condition, ItemIs, Negation, YearIn
from surveys.definition.kinds import Multi
from surveys.definition.shapes import Questionnaire

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Flags: TypeAlias = "NDArray[np.bool_]"


def holds(
    condition: Condition,
    questionnaire: Questionnaire,
    columns: Mapping[str, Any] | pd.DataFrame,
    years: NDArray[np.str_] | None = None,
) -> Flags:
    """True where it holds; a condition that looks at nothing gives a single value for all.

    Args:
        columns: codes by the keys of `definition.columns`; negative where there is no answer.
        years: the year group of each row as text. None where no condition may look at it.
    """
    found: Flags = _HOLDS[type(condition)](condition, questionnaire, columns, years)
    return found


def _item_is(condition: ItemIs, questionnaire: Questionnaire, columns: Any, years: Any) -> Flags:
    import numpy as np

    if isinstance(questionnaire.items[condition.item].kind, Multi):
        ticks = (columns[tick_key(condition.item, code)] for code in sorted(condition.codes))
        return reduce(np.logical_or, [np.asarray(tick) == 1 for tick in ticks])
    return np.isin(np.asarray(columns[condition.item]), list(condition.codes))


def _year_in(condition: YearIn, questionnaire: Questionnaire, columns: Any, years: Any) -> Flags:
    import numpy as np

    if years is None:
        raise TypeError("this condition looks at the year group, which is not known here")
    return np.isin(years, list(condition.years))


def _all_of(condition: AllOf, *table: Any) -> Flags:
    import numpy as np

    return np.asarray(np.logical_and.reduce([holds(part, *table) for part in condition.parts]))


def _any_of(condition: AnyOf, *table: Any) -> Flags:
    import numpy as np

    return np.asarray(np.logical_or.reduce([holds(part, *table) for part in condition.parts]))


def _negation(condition: Negation, *table: Any) -> Flags:
    return ~holds(condition.part, *table)


_HOLDS: Mapping[type, Callable[..., Flags]] = {
    ItemIs: _item_is,
    YearIn: _year_in,
    AllOf: _all_of,
    AnyOf: _any_of,
    Negation: _negation,
}
