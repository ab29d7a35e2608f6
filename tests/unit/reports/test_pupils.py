"""The pupil edition shows what is safe, sure and kind, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from reports.charts.words import number
from reports.disclosure.released import Comparison, HeadlineCell, Hidden
from reports.narrative import WORDS
from reports.presenters import Source, pupil_edition
from reports.presenters.outline import Headline, Outline, Theme, Topic
from tests.unit.reports.test_presenters import given


def changed(source: Source, key: str, **figures: Any) -> Source:
    """The school's cell of a headline with other figures."""
    group = source.group()
    cell = source.cube.cell(group, key)
    assert isinstance(cell, HeadlineCell)
    row = {**source.cube.cells[group], key: replace(cell, **figures)}
    return replace(source, cube=replace(source.cube, cells={**source.cube.cells, group: row}))


def titles(source: Source) -> list[str]:
    return [each.title for each in pupil_edition(source).topics]


def test_one_topic_a_theme_with_the_numbers_of_both_cells() -> None:
    source = given()
    edition = pupil_edition(source)
    assert [each.title for each in edition.topics] == ["Mood", "Sleep"]
    for topic, key in zip(edition.topics, ("calm_often", "enough_sleep"), strict=True):
        own, everybody = (source.cube.cell(g, key) for g in (source.group(), source.beside()))
        assert isinstance(own, HeadlineCell)
        assert isinstance(everybody, HeadlineCell)
        assert [panel.percent for panel in topic.chart.panels] == [own.percent, everybody.percent]
        for sentence, cell in zip(topic.sentences, (own, everybody), strict=False):
            assert f"{number(cell.percent, 0, '')} in 100" in sentence
        found = source.cube.comparison(source.group(), key)
        assert isinstance(found, Comparison)
        assert found.verdict is not None
        assert topic.sentences[2] == f"{WORDS[found.verdict]} in the other schools."


def test_a_share_too_rare_for_a_number_gives_way_to_the_next_topic() -> None:
    source = changed(given(), "calm_often", percent=None, count=None, label="<5 %")
    assert titles(source) == ["Life", "Sleep"]


def test_what_is_hidden_gives_way_too() -> None:
    source = given()
    group = source.group()
    rows = {k: v for k, v in source.cube.cells[group].items() if k != "calm_often"}
    cube = replace(source.cube, cells={**source.cube.cells, group: rows})
    assert isinstance(cube.cell(group, "calm_often"), Hidden)
    assert titles(replace(source, cube=cube)) == ["Life", "Sleep"]


def test_without_a_verdict_nothing_is_said() -> None:
    source = given()
    cube = replace(source.cube, comparisons={})
    assert titles(replace(source, cube=cube)) == []


@pytest.mark.parametrize(
    "unfit",
    [{"sensitive": True}, {"scored": True}, {"direction": "lower_better"}, {"direction": None}],
)
def test_sensitive_scored_and_unkind_headlines_are_left_out(unfit: dict[str, Any]) -> None:
    source = given()
    head = Headline("enough_sleep", "said they get enough sleep", "higher_better")

    def of(head: Headline) -> Source:
        topic = Topic("sleep_topic", "Sleep", (head,), (), ())
        return replace(source, outline=Outline((Theme("health", "Health", (topic,)),), ()))

    assert titles(of(head)) == ["Sleep"]
    assert titles(of(replace(head, **unfit))) == []


def test_the_sensitive_mark_comes_from_the_questionnaire() -> None:
    heads = {h.key: h for topic in given().outline.topics for h in topic.headlines}
    assert heads["bullied_often"].sensitive
    assert not heads["enough_sleep"].sensitive


def test_at_most_four_topics() -> None:
    source = given()
    themes = [replace(source.outline.themes[0], key=f"t{i}") for i in range(9)]
    assert len(titles(replace(source, outline=Outline(tuple(themes), ())))) == 4
