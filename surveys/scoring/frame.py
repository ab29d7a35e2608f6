"""Scores of a whole table at once.

In: the item columns of `definition.columns` (int16 codes, negative = no answer), one row a
response. Out: float64 columns with the same index, NaN where there is no score.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from surveys.definition.columns import tick_key
from surveys.definition.kinds import Multi
from surveys.definition.shapes import Formula, Headline, Part, Questionnaire
from surveys.holding import holds
from surveys.scoring.single import least_parts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Floats: TypeAlias = "NDArray[np.float64]"


def score_frame(questionnaire: Questionnaire, frame: pd.DataFrame) -> pd.DataFrame:
    """Every score column. Raises KeyError when an item column is absent."""
    import numpy as np
    import pandas as pd

    scores: dict[str, Floats] = {}
    for scale in questionnaire.scales:
        raw = _values(scale.formula, questionnaire, frame, scores)
        scores[scale.key] = raw
        if scale.conversion:
            converted = pd.Series(raw).map(scale.conversion.table)
            scores[scale.metric_key] = np.asarray(converted, dtype="float64")
    return pd.DataFrame(scores, index=frame.index, dtype="float64")


def part_frames(questionnaire: Questionnaire, frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """By scale, what its questions count: a column a question, as the sum or mean takes it.

    Only scales that add up two questions or more as they stand; reliability is asked of these.
    """
    import pandas as pd

    return {
        scale.key: pd.DataFrame(
            {part.item: _part(part, questionnaire, frame, {}) for part in scale.formula.parts},
            index=frame.index,
        )
        for scale in questionnaire.scales
        if adds_up(scale.formula)
    }


def adds_up(formula: Formula) -> bool:
    """Is this the sum or mean of two questions or more?"""
    questions = all(part.item for part in formula.parts)
    return formula.method in {"sum", "mean"} and questions and len(formula.parts) > 1


def _values(
    formula: Formula, questionnaire: Questionnaire, frame: pd.DataFrame, scores: dict[str, Floats]
) -> Floats:
    import numpy as np

    if formula.then and formula.otherwise:
        then = _values(formula.then, questionnaire, frame, scores)
        otherwise = _values(formula.otherwise, questionnaire, frame, scores)
        # A switch looks at answers only, never at the year group.
        return np.where(holds(formula.when, questionnaire, frame), then, otherwise)
    parts = [_part(part, questionnaire, frame, scores) for part in formula.parts]
    table = np.column_stack(parts)
    enough = (~np.isnan(table)).sum(axis=1) >= least_parts(formula)
    result = np.full(len(table), np.nan)
    result[enough] = _methods()[formula.method](table[enough])
    return result


def _methods() -> Mapping[str, Callable[[Any], Any]]:
    import numpy as np

    return {
        "sum": lambda table: (
            np.nansum(table, axis=1) * (table.shape[1] / (~np.isnan(table)).sum(axis=1))
        ),
        "mean": lambda table: np.nanmean(table, axis=1),
        "product": lambda table: table.prod(axis=1),
        "lowest": lambda table: np.nanmin(table, axis=1),
        "highest": lambda table: np.nanmax(table, axis=1),
        "single": lambda table: table[:, 0],
    }


def _part(
    part: Part, questionnaire: Questionnaire, frame: pd.DataFrame, scores: dict[str, Floats]
) -> Floats:
    import numpy as np

    if part.item is None:
        values = scores[str(part.scale)]
    else:
        values = _codes(part.item, questionnaire, frame)
    if part.mapping is not None:
        values = _mapped(values, part.mapping)
    if part.mirror is not None:
        values = part.mirror - values
    return np.asarray(values + part.shift, dtype="float64")


def _codes(key: str, questionnaire: Questionnaire, frame: pd.DataFrame) -> Floats:
    """An item's codes as numbers, NaN where they do not count."""
    import numpy as np

    codes = frame[key].to_numpy(dtype="float64", na_value=np.nan)
    counting = np.isin(codes, questionnaire.items[key].kind.answer_codes())
    return np.where(counting, codes, np.nan)


def _mapped(codes: Floats, mapping: Mapping[int, float]) -> Floats:
    import numpy as np

    result = np.full(len(codes), np.nan)
    for code, value in mapping.items():
        result[codes == code] = value
    return result


def headline_frame(
    questionnaire: Questionnaire, frame: pd.DataFrame, scores: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Every headline: 1.0 meets, 0.0 does not, NaN no valid answer.

    `scores`: what `score_frame` gave for the same table, where that is there already.
    """
    import pandas as pd

    scores = score_frame(questionnaire, frame) if scores is None else scores
    columns = {h.key: _meeting(h, questionnaire, frame, scores) for h in questionnaire.headlines}
    return pd.DataFrame(columns, index=frame.index, dtype="float64")


def _meeting(
    headline: Headline, questionnaire: Questionnaire, frame: pd.DataFrame, scores: pd.DataFrame
) -> Floats:
    import numpy as np

    sources = [scores[headline.score].to_numpy()] if headline.score else []
    for key in headline.items:
        sources += _given(key, questionnaire, frame)
    table = np.column_stack(sources)
    present = ~np.isnan(table)
    if headline.meets.codes is None:
        met = (table >= headline.meets.low) & (table <= headline.meets.high)
    else:
        met = np.isin(table, list(headline.meets.codes))
    result: Floats = (met & present).any(axis=1).astype("float64")
    result[~present.any(axis=1)] = np.nan
    return result


def _given(key: str, questionnaire: Questionnaire, frame: pd.DataFrame) -> list[Floats]:
    """One column of codes, or for tick-all one an option: its code where ticked."""
    import numpy as np

    kind = questionnaire.items[key].kind
    if not isinstance(kind, Multi):
        return [_codes(key, questionnaire, frame)]
    return [
        np.where(frame[tick_key(key, code)].to_numpy() == 1, float(code), np.nan)
        for code in kind.answer_codes()
    ]
