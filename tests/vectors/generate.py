"""Writes the vectors that the rules in Python and the rules in the browser must both fulfil.

``python -m tests.vectors.generate`` after a change of a questionnaire or of a rule; the test in
tests/unit/surveys/test_document.py says when that is due. Chance decides with a fixed seed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from surveys.definition import (
    Choice,
    Item,
    Multi,
    Number,
    Percent,
    Questionnaire,
    load,
    parse_answers,
)
from surveys.definition.answers import HALF_EMPTY, NOT_100
from surveys.document import routes
from surveys.navigation import next_page, position, previous_page, visible_items, visible_pages

HERE = Path(__file__).parent
TINY = HERE.parent / "questionnaires"
SHIPPED = HERE.parents[1] / "surveys" / "questionnaires"
YEARS: tuple[Any, ...] = (8, 10, "8", None)
ODD = ("", " ", "x", "-1", "1.5", " 1 ", "007", "99999", "123456", "１", "0 ", "\u00a01")

FAULTS = {
    "choice": Choice.unfit,
    "multi": "Please tick only answers that are shown.",
    "number": Number.unfit,
    "percent": Percent.unfit,
    "half": HALF_EMPTY,
    "sum": NOT_100,
}


def questionnaires() -> Iterator[tuple[str, Questionnaire, int]]:
    """(name, questionnaire, how many cases)"""
    for path in sorted(TINY.glob("*.json")):
        if not path.stem.startswith("fault_"):
            yield path.stem, load(path), 8
    yield "core", load(SHIPPED / "core.json"), 12


def route_vectors() -> list[dict[str, Any]]:
    chance = Random(20261122)
    return [
        {
            "name": name,
            "routes": routes(definition),
            "cases": [_way(definition, chance) for _ in range(cases)],
        }
        for name, definition, cases in questionnaires()
    ]


def _way(definition: Questionnaire, chance: Random) -> dict[str, Any]:
    turn, year = chance.randrange(definition.turns), chance.choice(YEARS)
    turned = definition.rotated(turn)
    answers = {i.key: _answer(i, chance) for i in turned.items.values() if chance.random() < 0.7}
    seen = visible_pages(turned, answers, year)
    reached = [page.key for page in turned.pages if chance.random() < 0.8]
    keys = [page.key for page in turned.pages]
    return {
        "turn": turn,
        "year": year,
        "answers": answers,
        "way": [[p.key, [i.key for i in visible_items(turned, p, answers, year)]] for p in seen],
        "next": [_key(next_page(turned, key, answers, year)) for key in [None, *keys]],
        "previous": [_key(previous_page(turned, key, answers, year)) for key in [None, *keys]],
        "position": [position(turned, key, answers, year) for key in keys],
        "reached": reached,
        "unreached": next((page.key for page in seen if page.key not in reached), None),
    }


def _key(page: Any) -> str | None:
    return page.key if page else None


def _answer(item: Item, chance: Random) -> Any:
    codes = item.kind.codes()
    if isinstance(item.kind, Multi):
        return [code for code in codes if chance.random() < 0.5]
    return chance.choice(codes)


def answer_vectors() -> list[dict[str, Any]]:
    chance = Random(20261123)
    return [
        {
            "name": f"{name} {page['key']}",
            "items": page["items"],
            "cases": [_form(definition, page, chance) for _ in range(max(cases, 12))],
        }
        for name, definition, cases in questionnaires()
        for page in routes(definition)["pages"]
        if name != "core" or any("pair" in item for item in page["items"])
    ]


def _form(definition: Questionnaire, page: dict[str, Any], chance: Random) -> dict[str, Any]:
    data = {item["key"]: _values(item, chance) for item in page["items"] if chance.random() < 0.9}
    answers, problems = parse_answers(definition, page["key"], data)
    said = [[problem.item, problem.message] for problem in problems]
    return {"data": data, "answers": answers, "problems": said}


def _values(item: dict[str, Any], chance: Random) -> list[str]:
    if item["kind"] == "percent" and chance.random() < 0.6:
        return [str(chance.choice([0, 40, 50, 60, 100]))]
    many = chance.choice([0, 1, 1, 1, 1, 2, 3])
    return [
        chance.choice(ODD) if chance.random() < 0.2 else str(chance.choice(item["codes"]))
        for _ in range(many)
    ]


def vectors() -> dict[str, Any]:
    """File name -> content."""
    return {
        "routes.json": route_vectors(),
        "answers.json": {"faults": FAULTS, "pages": answer_vectors()},
    }


if __name__ == "__main__":
    for name, content in vectors().items():
        text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
        (HERE / name).write_text(text.replace('{"name"', '\n{"name"') + "\n", encoding="utf-8")
