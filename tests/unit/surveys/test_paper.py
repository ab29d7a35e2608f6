"""The questionnaire on paper: every question once, in order, with who answers it and how."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from surveys.codes import LENGTH
from surveys.definition import Questionnaire, load, parse
from surveys.paper import Form, paper_pdf
from surveys.paper.blocks import GROUPS
from surveys.paper.route import printed
from surveys.paper.symbols import Symbol, _Pen, _symbols
from surveys.support import support_card
from tests.classroom import DOCUMENT
from tests.tiny import tiny_document

ROOT = Path(__file__).resolve().parents[3]
QUESTIONNAIRES = ROOT / "surveys" / "questionnaires"


def form(questionnaire: Questionnaire, **more: Any) -> Form:
    known: dict[str, Any] = {
        "year_group": 8,
        "address": "census.example/go/helper/",
        "card": support_card(),
        "fonts": ROOT / "reports" / "fonts",
    }
    return Form(questionnaire, **(known | more))


def read(content: bytes) -> list[str]:
    """The words of each sheet, with single spaces."""
    pages = PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


@pytest.fixture(scope="module")
def tiny() -> Questionnaire:
    return parse(DOCUMENT)


@pytest.fixture(scope="module")
def core() -> Questionnaire:
    return load(QUESTIONNAIRES / "core.json")


@pytest.mark.parametrize("large", [False, True])
def test_every_question_of_the_core_questionnaire_is_printed_once(
    core: Questionnaire, large: bool
) -> None:
    sheets = read(paper_pdf(form(core, large=large)))
    text = " ".join(sheets)
    asked = printed(core, 8)
    assert len(asked) > 100
    for question in asked:
        assert text.count(f" {question.number}. {question.item.text}") == 1, question.item.key
    assert f" {len(asked) + 1}. " not in text
    for number, sheet in enumerate(sheets, start=1):
        assert f"Page {number} of {len(sheets)}" in sheet


def test_what_only_fills_a_screen_and_other_years_questions_are_left_out(
    core: Questionnaire,
) -> None:
    keys = [question.item.key for question in printed(core, 8)]
    fillers = {key for key, item in core.items.items() if item.filler}
    assert fillers
    assert core.items.keys() - {*keys} == fillers | {"future_advice", "schoolwork_exams"}
    assert keys == [key for key in core.items if key in {*keys}]
    assert "future_subjects" not in [question.item.key for question in printed(core, 10)]


def test_who_answers_a_question(tiny: Questionnaire) -> None:
    notes = {question.item.key: question.note for question in printed(tiny, 10)}
    assert notes["how"] == "Only if you ticked “Yes” at question 2."
    # Everybody of Year 10 is asked about exams: nothing needs to be said.
    assert {notes[key] for key in notes if key != "how"} == {""}
    assert "exams" not in {question.item.key for question in printed(tiny, 8)}


A, B = {"item": "rested", "in": [0]}, {"item": "happy", "in": [3, 4]}


@pytest.mark.parametrize(
    ("when", "note"),
    [
        (A, "Only if you ticked “No” at question 3."),
        (B, "Only if you ticked “Quite a lot” or “Very much” at question 1."),
        ({"not": A}, "Only if you did not tick “No” at question 3."),
        (
            {"all": [A, {"item": "calm", "in": [9]}]},
            "Only if you ticked “No” at question 3 and ticked “Prefer not to say” at question 2.",
        ),
        (
            {"not": {"all": [A, {"not": {"item": "calm", "in": [1]}}]}},
            "Only if you did not tick “No” at question 3 or ticked “Not at all” at question 2.",
        ),
        ({"all": [A, {"year_group": [8]}]}, "Only if you ticked “No” at question 3."),
        ({"any": [A, {"year_group": [8]}]}, ""),
        ({"not": {"year_group": [10]}}, ""),
        ({"any": [{"year_group": [10]}, {"all": [{"year_group": [9]}, A]}]}, None),
    ],
)
def test_conditions_in_words(when: dict[str, Any], note: str | None) -> None:
    document = tiny_document()
    document["pages"][-1]["when"] = when
    notes = {each.item.key: each.note for each in printed(parse(document), 8)}
    assert notes.get("hopeful") == note


def test_a_run_of_numbers_is_told_by_its_ends(core: Questionnaire) -> None:
    notes = {question.item.key: question.note for question in printed(core, 8)}
    number = next(each.number for each in printed(core, 8) if each.item.key == "physical_days")
    assert notes["physical_minutes"] == f"Only if you ticked 1 to 7 at question {number}."


def test_the_front_and_the_end(tiny: Questionnaire) -> None:
    sheets = read(paper_pdf(form(tiny)))
    assert "Do not write your name on these pages." in sheets[0]
    assert "Some questions are only for some pupils." in sheets[0]
    assert "0800 1111" in sheets[-1]
    assert "type this form in at census.example/go/helper/" in sheets[-1]
    assert "anonymous" not in " ".join(sheets).lower()


def test_answers_that_can_be_given(tiny: Questionnaire) -> None:
    """A box for every option: in a column, in a row of numbers, or to write into."""
    question = read(paper_pdf(form(tiny, year_group=10)))[1]
    boxes = question.count("☐")
    # happy, travels and exams 3 each, three ticks, days 0 to 7; percentages are written.
    assert boxes == 3 + 3 + 3 + 3 + 8
    assert question.count("%") == 2
    assert "0 1 2 3 4 5 6 7" in question


def test_the_same_form_gives_the_same_bytes(tiny: Questionnaire) -> None:
    assert paper_pdf(form(tiny)) == paper_pdf(form(tiny))


def test_no_sensitive_word_in_the_title_of_the_window(core: Questionnaire) -> None:
    reader = PdfReader(io.BytesIO(paper_pdf(form(core))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Your lesson"


def test_words_are_no_markup() -> None:
    document = tiny_document()
    document["items"][0]["text"] = "Is 1 < 2 & <b>3</b> > 2?"
    assert "Is 1 < 2 & <b>3</b> > 2?" in " ".join(read(paper_pdf(form(parse(document)))))


def test_the_code_boxes_hold_a_code() -> None:
    assert sum(GROUPS) == LENGTH


def test_the_short_version_has_its_drawings() -> None:
    """One drawing a question and three faces: each is stroked, so the lines of a sheet count."""
    short = load(QUESTIONNAIRES / "core-symbols.json")
    with_symbols = drawn_curves(paper_pdf(form(short)))
    document = json.loads((QUESTIONNAIRES / "core-symbols.json").read_text(encoding="utf-8"))
    for item in document["items"]:
        item.pop("symbol")
    for option in document["codings"]["faces"]:
        option.pop("symbol")
    without = drawn_curves(paper_pdf(form(parse(document))))
    assert without == 0
    # A face alone is a circle of four curves and, on two of three, a mouth of one.
    assert with_symbols >= 10 * (3 * 4 + 2)


def drawn_curves(content: bytes) -> int:
    pages = PdfReader(io.BytesIO(content)).pages
    streams = b"".join(page.get_contents().get_data() for page in pages)  # type: ignore[union-attr]
    return len(re.findall(rb" c\b", streams))


@pytest.mark.parametrize("name", sorted(_symbols()))
def test_every_drawing_stays_in_its_square(name: str) -> None:
    """Each point of each path: a command read wrongly would run out of the 64 by 64."""
    seen: list[float] = []

    class Paper:
        def __getattr__(self, _command: str) -> Any:
            return lambda *numbers: seen.extend(numbers)

    for shape in Symbol(name, 10).shapes:
        if shape.get("d"):
            _Pen(Paper()).trace(shape.get("d"))
    assert seen
    assert min(seen) >= 0
    assert max(seen) <= 64
