"""The routes as the browser gets them; that they mean the same is shown by vectors."""

import json
from pathlib import Path
from typing import Any

import pytest

from surveys.definition.conditions import read_condition
from surveys.document import entry_of, routes
from tests.tiny import tiny_questionnaire
from tests.vectors.generate import HERE, SHIPPED, vectors

CORE = json.loads((SHIPPED / "core.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "entry",
    [
        {"item": "a", "in": [1, 2]},
        {"year_group": ["10", "8"]},
        {"not": {"item": "a", "in": [0]}},
        {"all": [{"item": "a", "in": [1]}, {"any": [{"year_group": ["8"]}, {"not": {"all": []}}]}]},
    ],
)
def test_a_condition_is_told_as_its_file_says_it(entry: dict[str, Any]) -> None:
    assert entry_of(read_condition(entry)) == entry


def test_a_page_is_told_without_a_word_that_a_pupil_reads() -> None:
    told = routes(tiny_questionnaire())
    assert told["rotating"] == []
    assert [page["key"] for page in told["pages"]] == ["p01", "p02", "p03"]
    assert told["pages"][1] == {
        "key": "p02",
        "section": "You",
        "items": [
            {"key": "rested", "kind": "choice", "codes": [1, 0]},
            {"key": "why_tired", "kind": "multi", "codes": [1, 2]},
        ],
    }
    assert told["pages"][0]["items"][0]["apart"] == [9]


def test_every_condition_of_the_core_questionnaire_is_told() -> None:
    from surveys.definition import parse

    told = {page["key"]: page for page in routes(parse(CORE))["pages"]}
    items = {item["key"]: item for page in told.values() for item in page["items"]}
    for entry in CORE["pages"]:
        page = told[entry["key"]]
        assert ("when" in page, page.get("sensitive", False)) == (
            "when" in entry,
            entry.get("sensitive", False),
        )
    for entry in CORE["items"]:
        assert ("when" in items[entry["key"]]) == ("when" in entry)


@pytest.mark.parametrize("name", ["routes.json", "answers.json"])
def test_the_vectors_are_those_of_today(name: str) -> None:
    """Where this fails on purpose: python -m tests.vectors.generate, and look at what changed."""
    assert name in {path.name for path in Path(HERE).glob("*.json")}
    written = json.loads((HERE / name).read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(vectors()[name]))


def test_the_vectors_try_what_can_differ() -> None:
    told = json.loads((HERE / "routes.json").read_text(encoding="utf-8"))
    cases = [case for each in told for case in each["cases"]]
    assert {case["turn"] for case in cases} >= {0, 1, 2, 3}
    assert {str(case["year"]) for case in cases} == {"8", "10", "None"}
    forms = json.loads((HERE / "answers.json").read_text(encoding="utf-8"))
    said = {text for p in forms["pages"] for c in p["cases"] for _, text in c["problems"]}
    assert {text.split("%")[0][:30] for text in forms["faults"].values()} == {t[:30] for t in said}
