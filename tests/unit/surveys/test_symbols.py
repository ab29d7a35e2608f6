"""Every symbol that a questionnaire names is drawn, and stands beside the words it belongs to."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from surveys.definition import DefinitionErrors, load, parse
from surveys.forms import saved_questions
from tests.tiny import tiny_document

ROOM = Path(__file__).parents[3] / "surveys"
SPRITE = ROOM / "static" / "surveys" / "symbols.svg"
SVG = "{http://www.w3.org/2000/svg}"
SHORT = load(ROOM / "questionnaires" / "core-symbols.json")


def drawn() -> list[str]:
    root = ElementTree.fromstring(SPRITE.read_text("utf-8"))  # noqa: S314
    return [str(symbol.get("id")) for symbol in root.iter(f"{SVG}symbol")]


def test_every_symbol_of_the_short_version_is_drawn_and_no_other() -> None:
    named = [item.symbol for item in SHORT.items.values()]
    faces = {option.symbol for item in SHORT.items.values() for option in item.kind.options}
    assert all(named)
    assert len(set(named)) == len(named), "one drawing a question"
    assert sorted({*named, *faces}) == sorted(drawn())


def test_the_drawings_take_the_colour_of_the_words_in_every_theme() -> None:
    text = SPRITE.read_text("utf-8")
    assert set(re.findall(r'(?:stroke|fill)="([^"]+)"', text)) == {"none", "currentColor"}
    assert "style" not in text
    assert "script" not in text


def test_the_short_version_is_ten_questions_with_three_faces() -> None:
    assert len(SHORT.items) == 10
    assert all(len(page.items) == 1 for page in SHORT.pages)
    for item in SHORT.items.values():
        assert [option.code for option in item.kind.options] == [3, 2, 1]


def test_a_symbol_stands_in_the_question_and_in_each_answer() -> None:
    question = saved_questions(list(SHORT.items.values())[:1], {})[0]
    html = render_to_string(question.template, {"question": question})
    shown = re.findall(r'symbols\.svg#([a-z-]+)"', html)
    assert shown == ["sun", "face-good", "face-between", "face-bad"]
    assert html.count('aria-hidden="true"') == 4, "the words say it already"


def test_a_question_without_symbol_has_no_drawing() -> None:
    definition = parse(tiny_document())
    question = saved_questions([definition.items["happy"]], {})[0]
    assert "<svg" not in render_to_string(question.template, {"question": question})


@pytest.mark.parametrize("symbol", ["", "Sun", "../sun", "sun 2", "sun#x"])
def test_a_symbol_is_a_plain_name(symbol: str) -> None:
    document = tiny_document()
    document["items"][0]["symbol"] = symbol
    with pytest.raises(DefinitionErrors, match="/items/0/symbol"):
        parse(document)
