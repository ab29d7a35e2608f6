"""Responses as rows of a table: a code in every item column.

A non-answer says why it is one: skipped, not reached, or not asked. Slowly for one response,
and at once for a whole table: the two are written apart and compared in the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surveys.definition.columns import columns, tick_key
from surveys.definition.conditions import Answers, YearGroup
from surveys.definition.kinds import Answer, Multi
from surveys.definition.shapes import Item, Questionnaire
from surveys.holding import holds
from surveys.navigation import asked_items

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

SKIPPED = -1  # the page was reached, nothing was given
NOT_REACHED = -2
NOT_ASKED = -3  # routed away
_NOTHING = -9  # no answer given, whatever the reason: only while a table is made


@dataclass(frozen=True)
class Sheet:
    """What is coded of one response. `reached` as for `coded`."""

    answers: Answers
    year_group: YearGroup
    reached: Collection[str] | None = None


def coded(
    questionnaire: Questionnaire,
    answers: Answers,
    year_group: YearGroup,
    reached: Collection[str] | None = None,
) -> dict[str, int]:
    """Column key to code, for the columns of `definition.columns`.

    `reached` holds the keys of saved pages; None means that all were reached, as in
    responses collected on paper or in another tool.
    """
    asked = asked_items(questionnaire, answers, year_group)
    row: dict[str, int] = {}
    for page in questionnaire.pages:
        seen = reached is None or page.key in reached
        for item in (item for item in page.items if not item.filler):
            gap = (SKIPPED if seen else NOT_REACHED) if item.key in asked else NOT_ASKED
            row.update(_cells(item, answers.get(item.key) if gap == SKIPPED else None, gap))
    return row


def _cells(item: Item, answer: Answer | None, gap: int) -> Iterator[tuple[str, int]]:
    if isinstance(item.kind, Multi):
        ticks = answer if isinstance(answer, list) else []
        for code in item.kind.codes():
            yield tick_key(item.key, code), int(code in ticks) if ticks else gap
    else:
        yield item.key, answer if isinstance(answer, int) else gap


def coded_frame(questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> pd.DataFrame:
    """A row of int16 codes a sheet, as `coded` gives them; columns of `definition.columns`."""
    import numpy as np
    import pandas as pd

    years = np.array([str(sheet.year_group) for sheet in sheets], dtype=str)
    counting: dict[str, NDArray[np.int16]] = {}  # answers to questions that were asked
    found: dict[str, NDArray[np.int16]] = {}
    for page in questionnaire.pages:
        seen = np.array([s.reached is None or page.key in s.reached for s in sheets], dtype=bool)
        gap = np.where(seen, SKIPPED, NOT_REACHED)
        on_page = holds(page.when, questionnaire, counting, years)
        for item in page.items:
            asked = on_page & holds(item.when, questionnaire, counting, years)
            for key, given in _given(item, sheets):
                counting[key] = np.where(asked, given, _NOTHING)
                answered = np.where(seen & (given != _NOTHING), given, gap)
                found[key] = np.where(asked, answered, NOT_ASKED).astype(np.int16)
    names = [column.key for column in columns(questionnaire)]
    return pd.DataFrame({name: found[name] for name in names}, columns=names)


def _given(item: Item, sheets: Sequence[Sheet]) -> Iterator[tuple[str, NDArray[np.int16]]]:
    """The answers to one question by column, `_NOTHING` where there is none."""
    import numpy as np

    answers: list[Any] = [sheet.answers.get(item.key) for sheet in sheets]
    if not isinstance(item.kind, Multi):
        codes = [answer if isinstance(answer, int) else _NOTHING for answer in answers]
        yield item.key, np.array(codes, dtype=np.int16)
        return
    ticks = [answer if isinstance(answer, list) else [] for answer in answers]
    for code in item.kind.codes():
        cells = [int(code in ticked) if ticked else _NOTHING for ticked in ticks]
        yield tick_key(item.key, code), np.array(cells, dtype=np.int16)
