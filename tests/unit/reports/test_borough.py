"""The officers' view: schools between the limits of chance, and what stands out by rule."""

from dataclasses import replace

import pytest

from reports.disclosure.released import HeadlineCell
from reports.presenters.borough import first_page, letters
from reports.presenters.funnels import BETWEEN, BEYOND, WITHIN, funnel
from reports.presenters.outline import Headline
from reports.presenters.sources import Source
from reports.presenters.standing_out import stands_out
from tests import released
from tests.unit.reports.test_presenters import given

SLEEP = Headline("enough_sleep", "said they get enough sleep", "higher_better")


def borough() -> Source:
    return given("borough", released.BOROUGH)


def told(source: Source, cell: HeadlineCell) -> Source:
    """The place with another share of sleep for all of its pupils."""
    group = source.group()
    row = {**source.cube.cells[group], SLEEP.key: cell}
    return replace(source, cube=replace(source.cube, cells={**source.cube.cells, group: row}))


def share(count: int, n: int) -> HeadlineCell:
    return HeadlineCell(n, count, round(100 * count / n, 1), 0.0, 100.0, "")


@pytest.mark.parametrize(
    ("count", "words"),
    [(50, WITHIN), (59, WITHIN), (60, BETWEEN), (65, BETWEEN), (66, BEYOND), (34, BEYOND)],
)
def test_where_a_school_of_a_hundred_lies_around_one_half(count: int, words: str) -> None:
    """A share of one half has an error of 5 points: limits at 9.8 and 15.45 points."""
    whole = told(borough(), share(500, 1000))
    chart = funnel(whole, {"School A": told(given(), share(count, 100))}, SLEEP)
    assert chart is not None
    assert chart.points[0].text.endswith(words)
    assert (chart.limits[0].n, chart.limits[-1].n) == (50, 106)
    first = chart.limits[0]
    assert first.inner == pytest.approx((50 - 13.86, 50 + 13.86), abs=0.01)
    assert first.outer == pytest.approx((50 - 21.85, 50 + 21.85), abs=0.01)


def test_a_label_is_no_dot_and_a_hidden_school_is_said() -> None:
    label = HeadlineCell(180, None, None, None, None, "<5 %")
    silent = given("school", "100002")
    group = silent.group()
    cells = {**silent.cube.cells, group: {}}
    silent = replace(silent, cube=replace(silent.cube, cells=cells))
    chart = funnel(borough(), {"School A": told(given(), label), "School B": silent}, SLEEP)
    assert chart is not None
    assert chart.drawn() == ()
    assert chart.table()[1] == (("School A", "<5 %", "180"),)
    assert chart.note.endswith("Too few answers to show: School B.")


def test_no_funnel_around_a_label() -> None:
    label = HeadlineCell(700, None, None, None, None, "<5 %")
    assert funnel(told(borough(), label), {"School A": given()}, SLEEP) is None


def test_letters_follow_neither_names_nor_keys_and_change_with_the_release() -> None:
    keys = [str(100000 + i) for i in range(30)]
    one, other = letters(keys, "first"), letters(keys, "second")
    assert sorted(one.values()) == sorted(other.values())
    assert len(set(one.values())) == 30
    assert one != other
    assert [key for key, _ in sorted(one.items(), key=lambda e: e[1])] != keys
    assert letters(keys[::-1], "first") == one


def test_a_locality_far_from_the_rest_stands_out_and_one_alike_does_not() -> None:
    """120 of 200 in the north beside 180 of 600 in the rest: 30 points apart."""
    whole = told(borough(), share(300, 800))
    north = told(given("locality", "north"), share(120, 200))
    south = told(given("locality", "south"), share(112, 300))
    found = {each.heading: each.sentences for each in stands_out(whole, [south, north])}
    said = "60 in 100 pupils in North Oakmere said they get enough sleep. Higher than in the rest"
    assert [s for s in found["North Oakmere"] if s.startswith(said)] == [f"{said} of Oakmere (30)."]
    assert not [s for s in found.get("South Oakmere", ()) if "enough sleep" in s]


def test_what_subtraction_would_tell_of_a_few_is_not_told() -> None:
    """All but two of those who meet it live in the north."""
    whole, north = told(borough(), share(82, 800)), given("locality", "north")
    found = stands_out(whole, [told(north, share(80, 200))])
    assert not [s for each in found for s in each.sentences if "in North" in s and "sleep" in s]


def test_schools_stand_by_their_labels_with_their_counts() -> None:
    counts = {
        "School B": {"took_part": 90, "on_roll": 120, "opted_out": None},
        "School A": {"took_part": 30, "on_roll": 120, "opted_out": 11},
        "School C": None,
    }
    rows = first_page(borough(), [], counts, named=False).turnout
    assert [(row.school, row.percent, row.opted_out) for row in rows] == [
        ("School A", 25.0, 11),
        ("School B", 75.0, None),
        ("School C", None, None),
    ]
