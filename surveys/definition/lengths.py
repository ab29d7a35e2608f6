"""Does the length of what a pupil sees betray an answer?

Whoever is asked more because of an answer goes on later than the neighbour. So an answer may
choose between questions of one size, and may not show or hide a page: which pages a pupil had
also stands in the database, unsealed. The year group may do both, as it is no secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import ceil, prod

from surveys.definition.conditions import AllOf, Condition
from surveys.definition.kinds import Answer, Multi, Number
from surveys.definition.problems import Problem, pointer
from surveys.definition.shapes import Item, Page, Questionnaire

TOLERANCE = 1  # lines by which pages may differ
YEARS = tuple(range(1, 14))
LINE = 34  # characters in a line of a small phone
_MOST = 50_000  # combinations of answers tried
_BUTTONS = 11  # more numbers than these are typed (surveys/forms.py)


@dataclass(frozen=True)
class Look:
    """What a neighbour sees from the side: how many questions of which type, how many lines."""

    kinds: tuple[str, ...]
    lines: int


def length_findings(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Pages on which an answer given before changes how much there is to do."""
    gates = _gates(questionnaire)
    for n, page in enumerate(questionnaire.pages):
        found = _looks_by_year(questionnaire, page, gates)
        if found is None:
            yield Problem(pointer("pages", n), f"{page.key} hangs on too many answers to check.")
        elif betrayal := next(filter(None, map(_betrayal, found)), ""):
            yield Problem(pointer("pages", n), f"{page.key} betrays an answer: {betrayal}.")


def lines(item: Item) -> int:
    """How many lines a question takes up on a small phone."""
    kind = item.kind
    labels = [option.label for option in kind.options]
    if isinstance(kind, Number):
        labels = [] if len(labels) > _BUTTONS else [" ".join(labels)[:LINE]]
    return sum(ceil(len(text) / LINE) for text in (item.text, item.help, *labels))


def _looks_by_year(
    questionnaire: Questionnaire, page: Page, gates: Mapping[str, Condition]
) -> list[set[Look]] | None:
    """For each year group, what the page can look like; None when there is too much to try."""
    needed = _needed([gates[item.key] for item in page.items], gates)
    items = [item for key, item in questionnaire.items.items() if key in needed]
    choices = [_choices(item) for item in items]
    if prod(map(len, choices)) * len(YEARS) > _MOST:
        return None
    given = [
        {
            item.key: answer
            for item, answer in zip(items, answers, strict=True)
            if answer is not None
        }
        for answers in product(*choices)
    ]
    return [{_look(page, answers, year, gates) for answers in given} for year in YEARS]


def _look(
    page: Page, given: Mapping[str, Answer], year: int, gates: Mapping[str, Condition]
) -> Look:
    counting: dict[str, Answer] = {}
    for key, answer in given.items():  # in the order asked: a question not asked does not count
        if gates[key].holds(counting, year):
            counting[key] = answer
    asked = [item for item in page.items if gates[item.key].holds(counting, year)]
    return Look(tuple(item.kind.name for item in asked), sum(map(lines, asked)))


def _betrayal(looks: set[Look]) -> str:
    """What differs between pupils of one year group, or nothing."""
    if any(look.kinds for look in looks) and not all(look.kinds for look in looks):
        return "only some pupils see the page"
    if len({look.kinds for look in looks}) > 1:
        return "pupils see different numbers or types of questions"
    sizes = sorted(look.lines for look in looks)
    if sizes[-1] - sizes[0] > TOLERANCE:
        return f"some pupils see {sizes[0]} lines, others {sizes[-1]}"
    return ""


def _gates(questionnaire: Questionnaire) -> dict[str, Condition]:
    """When each question is asked: its page's condition and its own."""
    return {
        item.key: AllOf((page.when, item.when))
        for page in questionnaire.pages
        for item in page.items
    }


def _needed(conditions: list[Condition], gates: Mapping[str, Condition]) -> set[str]:
    """The questions that conditions look at, and those that these hang on in turn."""
    found: set[str] = set()
    waiting = {key for condition in conditions for key in condition.items()}
    while waiting:
        key = waiting.pop()
        found.add(key)
        waiting |= gates[key].items() - found
    return found


def _choices(item: Item) -> list[Answer | None]:
    codes = item.kind.codes()
    ticked = isinstance(item.kind, Multi)
    return [None, *([code] if ticked else code for code in codes)]
