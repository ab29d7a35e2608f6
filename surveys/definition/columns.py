"""The columns a questionnaire gives to the table of responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from surveys.definition.kinds import Multi
from surveys.definition.shapes import Formula, Item, Questionnaire, Scale

Code: TypeAlias = "tuple[int, str, str]"

_TICKS: tuple[Code, ...] = ((0, "Not ticked", "answer"), (1, "Ticked", "answer"))


@dataclass(frozen=True)
class ItemColumn:
    """One column of int16 codes. `codes`: (code, label, kind of option), in the order shown.

    A tick-all question has one column an option, named item__code, holding 0 or 1;
    `text` is then the option's label and `kind` says whether the option counts.
    """

    key: str
    item: str
    text: str
    codes: tuple[Code, ...]
    topic: str | None
    sensitive: bool
    option: int | None = None
    kind: str = "answer"


@dataclass(frozen=True)
class ScoreColumn:
    """One column of float64 scores, NaN where there is none. `integer`: whole numbers only."""

    key: str
    scale: str
    title: str
    direction: str | None
    low: float
    high: float
    integer: bool
    sensitive: bool


def tick_key(item: str, code: int) -> str:
    return f"{item}__{code}"


def columns(questionnaire: Questionnaire) -> tuple[ItemColumn, ...]:
    """Every item column, in the order asked. What only fills a page has none."""
    topics = questionnaire.topic_of
    return tuple(
        column
        for item in questionnaire.items.values()
        if not item.filler
        for column in _item_columns(item, topics.get(item.key))
    )


def _item_columns(item: Item, topic: str | None) -> Iterator[ItemColumn]:
    if not isinstance(item.kind, Multi):
        codes = tuple((o.code, o.label, o.kind) for o in item.kind.options)
        yield ItemColumn(item.key, item.key, item.text, codes, topic, item.sensitive)
        return
    for option in item.kind.options:
        yield ItemColumn(
            tick_key(item.key, option.code),
            item.key,
            option.label,
            _TICKS,
            topic,
            item.sensitive,
            option.code,
            option.kind,
        )


def score_columns(questionnaire: Questionnaire) -> tuple[ScoreColumn, ...]:
    """Every score column: the raw score of each scale, then its converted one."""
    return tuple(c for scale in questionnaire.scales for c in _score_columns(scale, questionnaire))


def _score_columns(scale: Scale, questionnaire: Questionnaire) -> Iterator[ScoreColumn]:
    whole = is_whole(scale.formula, questionnaire)
    sensitive = any(questionnaire.items[key].sensitive for key in scale.items)
    bounds = (scale.low, scale.high)
    yield ScoreColumn(scale.key, scale.key, scale.title, scale.direction, *bounds, whole, sensitive)
    if scale.conversion:
        values = scale.conversion.table.values()
        yield ScoreColumn(
            scale.metric_key,
            scale.key,
            scale.conversion.title,
            scale.direction,
            min(values),
            max(values),
            False,
            sensitive,
        )


def is_whole(formula: Formula, questionnaire: Questionnaire) -> bool:
    """Does the formula give whole numbers only, so that its score can be counted like codes?"""
    if formula.branches:
        return all(is_whole(branch, questionnaire) for branch in formula.branches)
    if formula.method == "mean" or (formula.method == "sum" and formula.least < 1):
        return False
    values = [v for part in formula.parts for v in (part.mapping or {}).values()]
    values += [part.shift for part in formula.parts]
    below = [questionnaire.scale[part.scale] for part in formula.parts if part.scale]
    return all(float(v).is_integer() for v in values) and all(
        is_whole(scale.formula, questionnaire) for scale in below
    )
