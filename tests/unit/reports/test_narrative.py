"""Sentences say what their cells hold and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.words import number
from reports.disclosure.released import Comparison, HeadlineCell, Hidden, ScoreCell
from reports.narrative import CellId, Voice, beside, headline, hidden, score, verdict

AT = CellId("school:1", "sleep")
VOICE = Voice.of_school("Year 8 pupils")
CAUSAL = re.compile(r"\b(because|caus|due to|leads?|worr|poor|good|bad|excellent|alarm)", re.I)


def cell(percent: float, low: float, high: float) -> HeadlineCell:
    return HeadlineCell(100, 34, percent, low, high, f"{percent:g} %")


def compared(word: str | None, p: float = 0.2, adjusted: float = 0.4) -> Comparison:
    return Comparison(100, 34.0, 500, 30.0, 4.0, -5.0, 13.0, p, adjusted, 4.0, word)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


def test_the_model_sentence() -> None:
    said = headline(VOICE, "said they get enough sleep", cell(34.2, 27.6, 41.4), AT)
    assert said.text == (
        "34 in 100 of your Year 8 pupils said they get enough sleep; if we asked again we would "
        "expect between 28 and 41."
    )
    assert said.cells == (AT,)
    other = beside(VOICE, cell(30.1, 28.0, 32.0), AT)
    assert other.text == "Across all schools, for Year 8 pupils, it is 30."


@given(st.lists(st.floats(0.1, 99.9).map(lambda x: round(x, 1)), min_size=3, max_size=3))
def test_every_number_in_a_headline_is_its_cells(ends: list[float]) -> None:
    low, percent, high = sorted(ends)
    said = headline(Voice.of_school("girls"), "said so", cell(percent, low, high), AT).text
    want = [number(percent, 0, ""), "100", number(low, 0, ""), number(high, 0, "")]
    assert numbers(said) == want
    assert not CAUSAL.search(said)


@given(st.lists(st.floats(7, 35).map(lambda x: round(x, 1)), min_size=3, max_size=3))
def test_every_number_in_a_score_is_its_cells(ends: list[float]) -> None:
    low, mean, high = sorted(ends)
    said = score(VOICE, "Mood", ScoreCell(50, mean, None, low, high), AT, 7, 35).text
    assert numbers(said)[:2] == ["7", "35"]
    shown = [number(each, 1, "") for each in (mean, low, high)]
    assert [n for n in numbers(said) if "." in n] == shown


@pytest.mark.parametrize(
    ("label", "start"),
    [
        ("<5 %", "Fewer than 5 in 100 of your Year 8 pupils said so."),
        (">95 %", "More than 95 in 100 of your Year 8 pupils said so."),
        ("fewer than 3", "None, one or two of your Year 8 pupils (24 answers) said so."),
        ("all but fewer than 3", "All, or all but one or two, of your Year 8 pupils (24 answers)"),
    ],
)
def test_shares_near_an_end_stay_hidden(label: str, start: str) -> None:
    near = HeadlineCell(24, None, None, None, None, label)
    assert headline(VOICE, "said so", near, AT).text.startswith(start)


@pytest.mark.parametrize(
    ("word", "p", "adjusted", "start", "end"),
    [
        ("higher", 0.004, 0.01, "Higher than in the other schools", "seldom seen by chance."),
        ("lower", 0.004, 0.01, "Lower than in the other schools", "seldom seen by chance."),
        ("same", 0.2, 0.4, "About the same as in the other", "often seen by chance in a school of"),
        ("same", 0.004, 0.2, "About the same as in the other schools", "among so many figures a "),
        ("same", 0.004, 0.01, "About the same as in the other schools", "the difference is small."),
    ],
)
def test_three_verdicts(word: str, p: float, adjusted: float, start: str, end: str) -> None:
    said = verdict(VOICE, compared(word, p, adjusted), AT).text
    assert said.startswith(start)
    assert end in said
    assert not CAUSAL.search(said)


def test_no_verdict_on_few_answers() -> None:
    assert verdict(VOICE, compared(None), AT).text.startswith("No verdict: fewer than 30 answers")


def test_hidden_gives_its_reason_and_no_number() -> None:
    said = hidden(VOICE, "Pupils who slept", Hidden("A group is too small."), "sleep")
    assert said.text == "Pupils who slept: not shown. A group is too small."
    assert said.cells == ()
