"""Examples of sentences for those who word them, and patterns in pieces."""

import pytest

from reports.charts.words import number
from reports.disclosure.released import HeadlineCell, Hidden, ScoreCell
from reports.presenters.wording import MADE_UP, Titles, examples, kind_rows, own_rows, pieces
from reports.words import KINDS, SHIPPED, Measure, OwnWords, Words
from tests import released
from tests.unit.reports.test_presenters import given

BOROUGH = f"borough:{released.BOROUGH}"
MEASURES = {"enough_sleep": Measure("enough_sleep", "headlines", "Pupils who slept")}
TITLES = Titles(MEASURES, {"1": "Alder School"})
SLEEP = OwnWords("school-headline", "enough_sleep", "1", "{figure}: {range}.")
EVERY = OwnWords("school-headline", "", "", "So {figure}; {range}.")


def test_a_pattern_in_pieces_holds_every_word_and_an_example_of_every_part() -> None:
    for kind in KINDS.values():
        parts = pieces(kind, kind.pattern)
        assert [each.text for each in parts if each.locked] == list(kind.example.values())
        filled = kind.pattern.format(**kind.example)
        assert "".join(each.text for each in parts) == filled


@pytest.mark.parametrize("audience", ["school", "area"])
def test_examples_are_public_figures_of_several_groups(audience: str) -> None:
    said = examples(KINDS[f"{audience}-headline"], SHIPPED, given("borough", released.BOROUGH))
    people = ("pupils", "girls", "Year 8 pupils")
    heads = ("calm_often", "life_high", "enough_sleep")
    labels = {head.key: head.label for head in released.definition().headlines}
    for sentence, who, head, group in zip(
        said.sentences, people, heads, ("", "|sex=F", "|year_group=8"), strict=True
    ):
        cell = released.small_cube().cell(f"{BOROUGH}{group}", head)
        assert isinstance(cell, HeadlineCell)
        whose = f"of your {who}" if audience == "school" else f"{who} in Oakmere"
        assert f"{number(cell.percent, 0, '')} in 100 {whose} {labels[head]}" in sentence
    assert said.note == "Filled with public figures of all pupils in Oakmere."


def test_an_example_of_one_measure_is_of_that_measure() -> None:
    source = given("borough", released.BOROUGH)
    said = examples(KINDS["school-score"], SHIPPED, source, "mood").sentences
    cell = released.small_cube().cell(BOROUGH, "mood")
    assert isinstance(cell, ScoreCell)
    assert said[0].startswith(
        f"Mood, from 2 to 8: your pupils scored {number(cell.mean, 1, '')} on"
    )
    beside = examples(KINDS["area-beside"], SHIPPED, source, "enough_sleep").sentences
    cell = released.small_cube().cell(BOROUGH, "enough_sleep")
    assert isinstance(cell, HeadlineCell)
    assert beside[0] == f"Across Oakmere it is {number(cell.percent, 0, '')}."


def test_what_is_hidden_in_public_is_told_as_hidden() -> None:
    fen = given("ward", "W0")
    labels = [
        head.label
        for head in released.definition().headlines
        if isinstance(fen.cube.cell(fen.group(), head.key), Hidden)
    ]
    said = examples(KINDS["area-hidden"], SHIPPED, fen)
    assert labels
    assert any(said.sentences[0].startswith(f"Pupils who {each}: not shown. ") for each in labels)


@pytest.mark.parametrize("name", ["higher", "lower", "same", "none"])
def test_verdicts_are_of_schools_so_their_examples_are_made_up(name: str) -> None:
    said = examples(KINDS[f"school-{name}"], SHIPPED, given("borough", released.BOROUGH))
    assert said.note == MADE_UP
    assert len(said.sentences) == 1


def test_words_in_force_are_told_by_audience_with_the_special_ones_below() -> None:
    rows = kind_rows((EVERY, SLEEP), TITLES, None)
    assert {name: len(found) for name, found in rows.items()} == {
        "In school reports": 14,
        "On public pages": 10,
    }
    (first, *others) = rows["In school reports"]
    assert first.own
    assert first.example.startswith("So 34 in 100 of your Year 8 pupils")
    assert [(each.where, each.query) for each in first.special] == [
        ("Pupils who slept, Alder School", "measure=enough_sleep&school=1")
    ]
    assert not any(row.own or row.special for row in others)


def test_a_draft_is_heard_only_where_it_is_the_most_specific() -> None:
    source = given("borough", released.BOROUGH)
    words = Words.of((EVERY, SLEEP), "1")
    said = examples(KINDS["school-headline"], words, source, "enough_sleep").sentences
    assert ": between" in said[0]
    assert examples(KINDS["school-headline"], words, source, "calm_often").sentences[0][:3] == "So "


def test_own_words_beside_those_that_are_public() -> None:
    other = OwnWords("school-headline", "enough_sleep", "1", "{figure}. Or {range}.")
    gone = OwnWords("area-rare", "", "", "Here {figure}.")
    rows = own_rows((EVERY, SLEEP), (EVERY, other, gone), TITLES)
    assert [(row.where, row.state) for row in rows] == [
        ("All measures", "The same as public now"),
        ("Pupils who slept, Alder School", "New"),
        ("All measures", "Public now, and no longer said"),
    ]
    assert rows[0].shipped == pieces(KINDS["school-headline"], KINDS["school-headline"].pattern)
    assert [row.state for row in own_rows((EVERY,), None, TITLES)] == [""]
    assert own_rows((), None, TITLES) == ()
