"""A page that is longer, shorter or absent because of an answer is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from surveys.coding import coded
from surveys.definition import DefinitionErrors, columns, load, parse
from surveys.definition.lengths import length_findings, lines
from surveys.navigation import visible_items, visible_pages
from surveys.sealing import seal_answers
from tests.tiny import tiny_document

SHIPPED = Path(__file__).parents[3] / "surveys" / "questionnaires"
CORE = load(SHIPPED / "core.json")
TIRED = {"item": "rested", "in": [0]}
OPTIONS = [{"code": 1, "label": "Rain"}, {"code": 2, "label": "Sun"}]


def document() -> dict[str, Any]:
    """`why_tired` moved to a page of its own behind the question that it hangs on."""
    made = tiny_document()
    made["pages"][1]["items"] = ["rested"]
    made["pages"].insert(2, {"key": "p04", "section": "You", "items": ["why_tired"]})
    return made


def entry(made: dict[str, Any], key: str) -> dict[str, Any]:
    return next(item for item in made["items"] if item["key"] == key)


def twin(made: dict[str, Any], **changes: Any) -> None:
    """A harmless question for everybody who is not asked `why_tired`."""
    entry(made, "why_tired")["when"] = TIRED
    made["items"].append(
        {
            "key": "weather",
            "text": "What do you like more?",
            "type": "multi",
            "options": OPTIONS,
            "filler": True,
            "when": {"not": TIRED},
            **changes,
        }
    )
    made["pages"][2]["items"].append("weather")


def found(made: dict[str, Any]) -> list[str]:
    return [str(finding) for finding in length_findings(parse(made))]


def test_a_page_that_an_answer_hides_is_found() -> None:
    made = document()
    made["pages"][2]["when"] = TIRED
    assert found(made) == ["/pages/2: p04 betrays an answer: only some pupils see the page."]


def test_a_question_that_an_answer_hides_is_found() -> None:
    made = document()
    made["pages"][3]["items"] = ["hopeful", "why_tired"]
    del made["pages"][2]
    entry(made, "why_tired")["when"] = TIRED
    assert "different numbers or types" in found(made)[0]


def test_a_twin_of_the_same_shape_betrays_nothing() -> None:
    made = document()
    twin(made)
    assert found(made) == []


def test_who_skips_the_gate_sees_the_twin() -> None:
    made = document()
    twin(made)
    definition = parse(made)
    for answers, asked in (
        ({}, "weather"),
        ({"rested": 1}, "weather"),
        ({"rested": 0}, "why_tired"),
    ):
        shown = visible_items(definition, "p04", answers, 8)
        assert [item.key for item in shown] == [asked]


def test_a_twin_that_leaves_out_who_skips_the_gate_is_found() -> None:
    made = document()
    twin(made, when={"item": "rested", "in": [1]})
    assert "only some pupils see the page" in found(made)[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "choice"}, "different numbers or types"),
        ({"options": [{"code": n, "label": "Rain"} for n in range(5)]}, "lines"),
        ({"help": "A long help. " * 8}, "lines"),
    ],
)
def test_a_twin_of_another_shape_is_found(changes: dict[str, Any], words: str) -> None:
    made = document()
    twin(made, **changes)
    assert words in found(made)[0]


def test_the_year_group_may_show_and_hide() -> None:
    made = document()
    made["pages"][2]["when"] = {"year_group": [10]}
    assert found(made) == []


def test_a_gate_behind_a_gate_is_followed() -> None:
    made = document()
    twin(made)
    entry(made, "hopeful")["when"] = {"item": "why_tired", "in": [2]}
    assert [line.split(":")[0] for line in found(made)] == ["/pages/3"]


def test_an_answer_to_a_question_that_was_not_asked_opens_nothing() -> None:
    """Nobody can be asked `hopeful`: who skips the first gate is not asked the second."""
    made = document()
    entry(made, "calm")["when"] = {"year_group": [10]}
    made["pages"][0]["items"] = ["happy"]
    made["pages"][1]["items"] = ["calm"]
    made["pages"].insert(2, {"key": "p05", "section": "You", "items": ["rested"]})
    entry(made, "hopeful")["when"] = {
        "any": [{"year_group": [10]}, {"not": {"item": "calm", "in": [1]}}]
    }
    assert found(made) == []


def test_lines_are_those_of_a_small_phone() -> None:
    definition = parse(document())
    assert lines(definition.items["why_tired"]) == 3
    assert lines(CORE.items["bullied_how"]) == lines(CORE.items["filler_good_day"]) == 8


@pytest.mark.parametrize(
    "change",
    [
        lambda made: entry(made, "weather").pop("when"),
        lambda made: made["topics"][1]["items"].append("weather"),
        lambda made: made["topics"][1]["headlines"][0].update(items=["weather"]),
    ],
)
def test_a_filler_has_a_condition_and_no_place_in_results(
    change: Callable[[dict[str, Any]], object],
) -> None:
    made = document()
    twin(made)
    parse(made)
    change(made)
    with pytest.raises(DefinitionErrors, match="fills a page"):
        parse(made)


def test_a_filler_is_in_no_column() -> None:
    made = document()
    twin(made)
    definition = parse(made)
    names = [column.key for column in columns(definition)]
    assert "why_tired__1" in names
    assert not [name for name in names if "weather" in name]
    row = coded(definition, {"rested": 1, "weather": [1]}, 8)
    assert set(row) == set(names)


def test_a_sealed_page_is_as_long_with_the_twin() -> None:
    asked = {"bullied_how": [1, 2, 3, 4, 5]}
    sealed = [
        seal_answers(bytes(32), answers, context="c")
        for answers in (asked, {"filler_good_day": [1]}, {})
    ]
    assert len({len(each) for each in sealed}) == 1


@pytest.mark.parametrize("name", ["core", "core-symbols"])
def test_what_is_shipped_betrays_nothing(name: str) -> None:
    assert list(map(str, length_findings(load(SHIPPED / f"{name}.json")))) == []


@pytest.mark.parametrize("year", [8, 10])
def test_every_pupil_of_a_year_sees_the_same_pages_of_the_core(year: int) -> None:
    gates = {"bullied_times": 4, "vaping_often": 4, "carer": 1, "support_wanted": 1}
    gates |= {"physical_days": 7, "free_enough": 0}
    calm = {"bullied_times": 0, "vaping_often": 0, "carer": 0, "support_wanted": 0}
    calm |= {"physical_days": 0, "free_enough": 1}
    ways = [visible_pages(CORE, answers, year) for answers in (gates, calm, {})]
    assert ways[0] == ways[1] == ways[2]
    counts = [
        [len(visible_items(CORE, page, answers, year)) for page in ways[0]]
        for answers in (gates, calm, {})
    ]
    assert counts[0] == counts[1] == counts[2]
