"""Figures wave by wave: each moment is that wave's released cell, as far back as it may go."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from reports.presenters.gaps import pairs
from reports.presenters.one_topic import school_topic
from reports.presenters.public import find_topic
from reports.presenters.trends import Panel, gap_trend, trend
from reports.stats.proportions import difference
from tests.sources import NOW, THEN, given, second

SLEEP = "enough_sleep"


def figure(source, key: str = SLEEP):
    return next(f for topic in source.outline.topics for f in topic.figures if f.key == key)


def drawn(source, key: str = SLEEP, values=()):
    return trend(key, "Title", [Panel("Your pupils", source, figure(source, key), values)])


@pytest.mark.parametrize("values", [(), (("sex", "F"),), (("year_group", "8"),)])
@pytest.mark.parametrize("key", [SLEEP, "mood"])
def test_moments_are_the_cells_of_each_wave(key: str, values) -> None:
    source = second()
    (panel,) = drawn(source, key, values).panels
    assert [(m.label, m.day) for m in panel.moments] == [
        ("May 2024", THEN.toordinal()),
        ("May 2026", NOW.toordinal()),
    ]
    for moment, wave in zip(panel.moments, (source.before, source), strict=True):
        cell = wave.cube.cell(wave.group(values), key)
        value = cell.mean if key == "mood" else cell.percent
        assert (moment.value, moment.low, moment.high) == (value, cell.low, cell.high)
        assert moment.text.startswith(f"{moment.label}: ")


def test_a_first_wave_has_no_line() -> None:
    assert drawn(given()) is None
    assert gap_trend(given(), figure(given())) is None


def test_a_line_ends_where_the_figure_is_another_one() -> None:
    source = second()
    assert drawn(replace(source, cube=replace(source.cube, apart={SLEEP: "Another."}))) is None


def test_where_other_years_were_asked_only_years_have_lines() -> None:
    source = second()
    other = replace(source, cube=replace(source.cube, by_year=(SLEEP,)))
    assert drawn(other) is None
    assert drawn(other, values=(("sex", "F"),)) is None
    assert drawn(other, values=(("year_group", "8"),)) is not None


def test_a_group_that_was_hidden_once_keeps_its_place_in_a_longer_line() -> None:
    source = second()
    first = replace(source.before, when=date(2022, 5, 1))
    hidden = {
        g: {k: c for k, c in row.items() if k != SLEEP} for g, row in first.cube.cells.items()
    }
    middle = replace(source.before, cube=replace(first.cube, cells=hidden), before=first)
    (panel,) = drawn(replace(source, before=middle)).panels
    assert [m.value is None for m in panel.moments] == [False, True, False]
    assert panel.moments[1].text == "May 2024, Your pupils: not shown."


def test_gaps_over_time_are_newcombes_of_each_wave_with_the_first_group_first() -> None:
    source = second("borough", "E09000099")
    chart = gap_trend(source, figure(source))
    assert [panel.label for panel in chart.panels] == [
        "Year 8 pupils less Year 10 pupils",
        "Girls less boys",
        "Pupils eligible for free school meals less pupils not eligible for free school meals",
        "Pupils with SEN support or a plan less pupils without special educational needs",
    ]
    for wave, at in ((source.before, 0), (source, 1)):
        for panel, (one, two) in zip(chart.panels, pairs(wave, SLEEP), strict=True):
            gap = difference(one.count, one.n, two.count, two.n)
            moment = panel.moments[at]
            assert moment.value == pytest.approx(100 * float(gap.value))
            assert (moment.low, moment.high) == pytest.approx(
                (100 * float(gap.low), 100 * float(gap.high))
            )
    assert chart.floor <= 0 <= chart.ceiling


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ((60, 40), (55, 45), "That is 10 points narrower than before"),
        ((40, 60), (35, 65), "That is 10 points wider than before"),
        ((60, 40), (40, 60), "Before it was the other way round."),
        ((60, 40), (60, 40), "That is as far apart as before"),
    ],
)
def test_a_gap_widens_away_from_where_it_was(then, now, said: str) -> None:
    source = with_shares(second("borough", "E09000099"), now)
    source = replace(source, before=with_shares(source.before, then))
    last = gap_trend(source, figure(source)).panels[1].moments[-1]
    assert said in last.text


def with_shares(source, shares):
    """Girls and boys of whom so many of a hundred meet the headline."""
    cells = {group: dict(row) for group, row in source.cube.cells.items()}
    for sex, count in zip("FM", shares, strict=True):
        group = source.group((("sex", sex),))
        old = cells[group][SLEEP]
        share = np.clip(count, 0, 100)
        cells[group][SLEEP] = replace(old, n=100, count=count, percent=float(share))
    return replace(source, cube=replace(source.cube, cells=cells))


def test_a_schools_topic_has_its_own_line_beside_all_schools_and_its_groups() -> None:
    source = second()
    page = school_topic(source, find_topic(source.outline, "sleep_topic"), {})
    first, groups = page.over_time
    assert [panel.label for panel in first.panels] == ["Your pupils", "All schools"]
    everybody = source.before.cube.cell("borough:E09000099", SLEEP)
    assert first.panels[1].moments[0].value == everybody.percent
    assert {"Girls", "Boys", "Year 8"} <= {panel.label for panel in groups.panels}


def test_a_topics_pairs_are_the_published_ones_and_go_once_a_group_is_chosen() -> None:
    source = given()
    topic = find_topic(source.outline, "sleep_topic")
    (chart,) = school_topic(source, topic, {}).pairs
    published = {g.group.values for g in source.cube.groups if g.place == source.place}
    twos = [v for v in published if len(v) == 2 and SLEEP in source.cube.cells[source.group(v)]]
    assert len(chart.rows) == len(twos) > 5
    (gaps,) = school_topic(source, topic, {}).gaps
    assert [row.label for row in gaps.rows][:2] == ["Year group", "Sex"]
    chosen = school_topic(source, topic, {"sex": "F"})
    assert (chosen.pairs, chosen.gaps) == ((), ())
