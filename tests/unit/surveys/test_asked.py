"""Which year groups can be asked what."""

from typing import Any

import pytest

from surveys.definition import asked_years, parse, scored_years
from tests.tiny import tiny_document

EIGHT, TEN, BOTH = frozenset({"8"}), frozenset({"10"}), frozenset({"8", "10"})
TIRED = {"item": "rested", "in": [0]}


def asked_with(when: dict[str, Any], *, on: str = "hopeful") -> dict[str, frozenset[str]]:
    document = tiny_document()
    for item in document["items"]:
        if item["key"] == on:
            item["when"] = when
    return asked_years(parse(document), [8, 10])


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"year_group": [10]}, TEN),
        ({"year_group": [7, 8, 9, 10]}, BOTH),
        ({"not": {"year_group": [10]}}, EIGHT),
        (TIRED, BOTH),
        ({"not": TIRED}, BOTH),
        ({"all": [TIRED, {"year_group": [8]}]}, EIGHT),
        ({"any": [{"year_group": [10]}, {"year_group": [8]}]}, BOTH),
        ({"any": [TIRED, {"year_group": [8]}]}, BOTH),
    ],
)
def test_years_follow_from_the_condition(when: dict[str, Any], expected: frozenset[str]) -> None:
    asked = asked_with(when)
    assert asked["hopeful"] == expected
    assert asked["happy"] == BOTH


def test_what_follows_from_a_question_for_one_year_is_for_that_year() -> None:
    document = tiny_document()
    document["pages"][1]["when"] = {"year_group": [10]}
    document["items"][4]["when"] = TIRED
    asked = asked_years(parse(document), [8, 10])
    assert asked["rested"] == TEN
    assert asked["hopeful"] == TEN


def test_a_score_that_needs_all_its_items_exists_where_all_are_asked() -> None:
    document = tiny_document()
    document["items"][1]["when"] = {"year_group": [8]}
    questionnaire = parse(document)
    asked = asked_years(questionnaire, [8, 10])
    assert scored_years(questionnaire.scale["mood"], asked) == EIGHT


def test_a_score_that_needs_some_exists_where_any_is_asked() -> None:
    document = tiny_document()
    document["items"][1]["when"] = {"year_group": [8]}
    document["scales"][0].update(method="highest", missing="some", range=[1, 4])
    questionnaire = parse(document)
    asked = asked_years(questionnaire, [8, 10])
    assert scored_years(questionnaire.scale["mood"], asked) == BOTH
