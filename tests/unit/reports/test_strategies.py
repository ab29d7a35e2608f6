"""The strategy library: complete, sourced, in plain words, and never about a figure."""

import copy
import json
import re
from datetime import date
from pathlib import Path

import pytest

from reports.strategies import LEVELS, LIBRARY, library, read_library
from surveys.definition import load
from surveys.definition.reading_age import measure

CORE = Path(__file__).parents[3] / "surveys" / "questionnaires" / "core.json"
DOCUMENT = json.loads(LIBRARY.read_text("utf-8"))


def test_every_topic_of_the_core_questionnaire_has_a_step_for_everybody() -> None:
    topics = {each.key for each in load(CORE).topics if each.theme != "about"}
    assert {t for t in topics if not library().of(t)} == set()
    assert {t for t in topics if library().of(t)[0].level != "universal"} == set()
    assert {t for each in library().strategies for t in each.topics} <= topics


def test_for_everybody_comes_first_and_specialists_last() -> None:
    levels = [each.level for each in library().of("bullying")]
    assert levels == list(LEVELS)
    assert library().of("no-such-topic") == ()


def test_a_strategy_promises_nothing_and_names_no_figure() -> None:
    promising = re.compile(
        r"\b(will|proven|guarantee|because|fail|poor|worrying|must not)\b|%", re.I
    )
    told = [each for each in library().strategies if promising.search(f"{each.title} {each.text}")]
    assert told == []


def test_its_words_are_plain() -> None:
    texts = [each.text for each in library().strategies]
    assert measure(*texts).flesch_kincaid < 13
    assert [text for text in texts if measure(text).flesch_kincaid > 17] == []


def test_a_source_says_who_and_when() -> None:
    (step,) = [each for each in library().of("sleep") if each.level == "universal"]
    assert str(step.source) == "NHS: Sleep tips for teenagers"
    first = library().of("bullying")[0].source
    assert str(first) == "Department for Education (2017): Preventing and tackling bullying"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"level": "all"}, "strategy 2: level must be one of universal, targeted, specialist"),
        ({"source": "hearsay"}, "strategy 2: no source is called 'hearsay'"),
        ({"text": "", "topics": []}, "strategy 2: topics, text missing"),
    ],
)
def test_what_is_wrong_is_named(change: dict, message: str) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["strategies"][1] |= change
    with pytest.raises(ValueError, match=message):
        read_library(document)


def test_the_day_of_the_last_check() -> None:
    assert read_library({**DOCUMENT, "checked_on": "2026-09-01"}).checked_on == date(2026, 9, 1)
    assert library().checked_on is None
