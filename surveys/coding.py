"""One response as one row of the table of responses: a code in every item column.

A non-answer says why it is one: skipped, not reached, or not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from surveys.definition.columns import tick_key
from surveys.definition.conditions import Answers, YearGroup
from surveys.definition.kinds import Answer, Multi
from surveys.definition.shapes import Item, Questionnaire
from surveys.navigation import asked_items

SKIPPED = -1  # the page was reached, nothing was given
NOT_REACHED = -2
NOT_ASKED = -3  # routed away


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
        for item in page.items:
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
