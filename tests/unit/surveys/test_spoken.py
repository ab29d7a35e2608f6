"""What is said at each place of a questionnaire, and that places tell nothing."""

import re
from typing import Any

from surveys.definition import parse
from surveys.spoken import spoken
from tests.tiny import DOCUMENT, tiny_document


def test_a_question_is_said_with_its_answers_and_a_page_with_its_heading() -> None:
    said = spoken(parse(tiny_document()))
    assert list(said) == ["p01-0", "p01-1", "p01-2", "p02-0", "p02-1", "p02-2", "p03-0", "p03-1"]
    assert said["p02-0"] == "You."
    assert said["p02-1"] == "Do you sleep enough?\nYes.\nNo."
    assert said["p01-1"].splitlines()[-1] == "Prefer not to say."


def test_help_and_introduction_are_said_and_bare_numbers_are_not() -> None:
    document = tiny_document()
    document["pages"][0]["intro"] = "Think about today."
    calm: dict[str, Any] = document["items"][1]
    del calm["coding"]
    labels = {"0": "Not at all", "3": "Very much"}
    calm.update(type="number", min=0, max=3, labels=labels, help="In your own view.")
    document["scales"] = []
    document["topics"][0].pop("scale")
    said = spoken(parse(document))
    assert said["p01-0"] == "You.\nThink about today."
    lines = said["p01-2"].splitlines()
    assert lines[:2] == ["I feel calm.", "In your own view."]
    assert not [line for line in lines if re.fullmatch(r"\d+\.", line)]
    assert [line for line in lines if "Very much" in line]


def test_no_place_names_an_item() -> None:
    keys = {item["key"] for item in DOCUMENT["items"]}
    places = spoken(parse(tiny_document()))
    assert not [place for place in places if any(key in place for key in keys)]
