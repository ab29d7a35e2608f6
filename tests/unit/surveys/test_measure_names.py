"""Scores and headlines must not be mistaken for facts about the pupil, or for one another."""

from typing import Any

import pytest

from surveys.definition import DefinitionErrors, parse
from surveys.definition.checks import RESERVED
from surveys.frames import DEMOGRAPHICS
from tests.tiny import tiny_document


def problems(document: dict[str, Any]) -> list[str]:
    with pytest.raises(DefinitionErrors) as caught:
        parse(document)
    return [str(problem) for problem in caught.value.problems]


def test_the_reserved_names_are_those_at_the_door() -> None:
    assert set(DEMOGRAPHICS) == RESERVED


def test_a_headline_named_like_a_fact_about_the_pupil_is_refused() -> None:
    document = tiny_document()
    document["topics"][0]["headlines"][0]["key"] = "sex"
    found = problems(document)
    assert len(found) == 1
    assert "fact about the pupil" in found[0]


def test_a_headline_named_like_a_score_is_refused() -> None:
    document = tiny_document()
    document["topics"][0]["headlines"][0]["key"] = "mood"
    assert any("name of a score" in problem for problem in problems(document))


def test_a_question_may_share_its_name_with_a_headline() -> None:
    document = tiny_document()
    document["topics"][0]["headlines"][0]["key"] = "happy"
    assert parse(document).topics[0].headlines[0].key == "happy"
