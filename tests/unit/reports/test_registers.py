"""What officers read of a register beside its headline: numbers worked by hand, words that hold."""

import re
from dataclasses import replace

import pytest

from reports.disclosure.released import HeadlineCell
from reports.presenters.registers import RegisterBeside, registers
from reports.presenters.sources import Source
from reports.registers import Count, series
from tests import released
from tests.unit.reports.test_presenters import given

SLEEP = "enough_sleep"
WHOLE = Count(
    register="Known to us",
    measure=SLEEP,
    as_of="2026-03-31",
    source="Our list",
    definition="Children on our list",
    place_kind="borough",
    place=released.BOROUGH,
    year_groups=("8", "10"),
    known=141,
    of=6350,
)
NORTH = replace(WHOLE, place_kind="locality", place="north", known=60, of=3000)
SOUTH = replace(NORTH, place="south", known=70)
EIGHT = replace(WHOLE, year_groups=("8",), known=61, of=3250)
TEN = replace(WHOLE, year_groups=("10",), known=80, of=3100)
CELL = HeadlineCell(2135, 179, 8.4, 7.5, 9.4, "8.4 %")


def place(kind: str, key: str, cell: HeadlineCell | None = CELL, values: str = "") -> Source:
    """A place of the small census with one cell of sleep in place of its own."""
    source = given(kind, key)
    group = source.group() + values
    row = {k: v for k, v in source.cube.cells[group].items() if k != SLEEP}
    cells = {**source.cube.cells, group: {**row, SLEEP: cell} if cell else row}
    return replace(source, cube=replace(source.cube, cells=cells))


def borough(cell: HeadlineCell | None = CELL) -> Source:
    return place("borough", released.BOROUGH, cell)


def told(
    *counts: Count, whole: Source | None = None, north: Source | None = None
) -> RegisterBeside:
    places = [place("locality", "south"), north or place("locality", "north")]
    found = {one.whole.measure: one for one in series(counts)}
    (one,) = registers(whole or borough(), places, found)
    return one


def test_the_words_say_the_hand_worked_numbers() -> None:
    """476.25 to 596.9 of 6,350; 141 are 23.6 to 29.6 for every 100; 335 to 456 more."""
    assert told(WHOLE).sentences == (
        "8 in 100 pupils in Oakmere said they get enough sleep; "
        "if we asked again we would expect between 8 and 9.",
        "If that is so for all 6,350 children of Years 8 and 10 in Oakmere, it makes about 480 "
        "to 600.",
        "On 31 March 2026 the register held 141: 24 to 30 for every 100 of these.",
        "If all 141 would say so too, about 340 to 460 others would say so and are not known.",
    )


def test_rows_and_chart_hold_places_by_name_and_then_years() -> None:
    found = told(WHOLE, SOUTH, NORTH, TEN, EIGHT)
    assert [row.label for row in found.rows] == [
        "Oakmere", "North Oakmere", "South Oakmere", "Year 8", "Year 10",
    ]  # fmt: skip
    first, north, *_ = found.rows
    # 8.4, 7.5 and 9.4 % of 3,000: 252, 225, 282; 60 of these: 23.8, 26.7, 21.3.
    assert (first.makes, first.per_100) == ("530 (480 to 600)", "26 (24 to 30)")
    assert (north.children, north.makes, north.known, north.per_100) == (
        "3,000", "250 (230 to 280)", "60", "24 (21 to 27)",
    )  # fmt: skip
    chart = found.chart
    assert chart is not None
    assert [row.label for row in chart.rows] == [row.label for row in found.rows]
    assert (chart.rows[0].value, chart.rows[0].low, chart.rows[0].high) == (8.4, 7.5, 9.4)
    assert chart.rows[0].reference == pytest.approx(141 / 63.5)
    assert chart.rows[0].text.endswith(
        "The register held 141 of 6,350 children of Years 8 and 10 in Oakmere: 2.2 in 100."
    )
    year_8 = chart.rows[3]
    cell = given("borough", released.BOROUGH).cube.cell(
        f"borough:{released.BOROUGH}|year_group=8", SLEEP
    )
    assert isinstance(cell, HeadlineCell)
    assert (year_8.value, year_8.low, year_8.high) == (cell.percent, cell.low, cell.high)


def test_a_place_whose_cell_is_not_published_is_told_with_its_reason_and_without_its_count() -> (
    None
):
    found = told(WHOLE, NORTH, SOUTH, north=place("locality", "north", None))
    assert [row.label for row in found.rows] == ["Oakmere", "South Oakmere"]
    (line,) = found.missing
    assert line.startswith("North Oakmere: not shown. Not published")
    assert "60" not in line
    east = told(WHOLE, replace(NORTH, place="east"))
    assert east.missing[0].startswith("East: not shown. Not published")


def test_a_locality_of_other_boundaries_is_told_and_never_compared() -> None:
    """By the register's codes a locality of 2027 looks like one of the wave's."""
    counted = (WHOLE, replace(NORTH, vintage="2027"), replace(SOUTH, vintage="2027"))
    (one,) = series(counted)
    found = {SLEEP: one.placed({"south": "south"})}
    places = [place("locality", "south"), place("locality", "north")]
    (told_,) = registers(borough(), places, found)
    assert [row.label for row in told_.rows] == ["Oakmere", "South Oakmere"]
    assert told_.missing == (
        "North: not shown. The register counts by the localities of 2027, and this wave has "
        "another area here.",
    )


def test_a_locality_with_another_code_stands_beside_itself() -> None:
    (one,) = series((WHOLE, replace(NORTH, place="n27"), replace(SOUTH, place="s27")))
    found = {SLEEP: one.placed({"n27": "north", "s27": "south"})}
    places = [place("locality", "south"), place("locality", "north")]
    (told_,) = registers(borough(), places, found)
    assert [(row.label, row.known) for row in told_.rows[1:]] == [
        ("North Oakmere", "60"),
        ("South Oakmere", "70"),
    ]


def test_without_the_boroughs_cell_there_is_the_count_alone() -> None:
    found = told(WHOLE, whole=borough(None))
    assert found.sentences[0].startswith("The survey’s share is not shown. Not published")
    assert found.sentences[1:] == ("On 31 March 2026 the register held 141.",)
    assert (found.rows, found.chart) == ((), None)


def test_a_word_in_place_of_a_share_makes_no_number() -> None:
    found = told(WHOLE, whole=borough(HeadlineCell(700, None, None, None, None, "<5 %")))
    assert found.sentences == (
        "Fewer than 5 in 100 pupils in Oakmere said they get enough sleep.",
        "On 31 March 2026 the register held 141.",
    )
    assert [(row.makes, row.known, row.per_100) for row in found.rows] == [("–", "141", "–")]
    assert found.chart is None


def test_fewer_than_ten_is_said_and_never_reckoned_with() -> None:
    found = told(replace(WHOLE, known=None))
    assert found.sentences[2:] == ("On 31 March 2026 the register held fewer than ten.",)
    assert (found.rows[0].known, found.rows[0].per_100) == ("fewer than ten", "–")
    assert found.chart is not None
    assert found.chart.rows[0].reference is None


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (470, "about 10 to 130 others would say so and are not known"),
        (474, "about 120 or fewer others would say so and are not known"),
        (590, "about 10 or fewer others would say so and are not known"),
        (593, "The register held as many as the survey makes, or more."),
        (900, "The register held as many as the survey makes, or more."),
    ],
)
def test_the_gap_where_more_are_known(known: int, said: str) -> None:
    assert said in told(replace(WHOLE, known=known)).sentences[3]


def test_the_roll_is_named_where_it_stands_in() -> None:
    found = told(replace(WHOLE, by_roll=True))
    assert "all 6,350 pupils of Years 8 and 10 on the council’s roll" in found.sentences[1]


def test_a_very_small_share() -> None:
    rare = HeadlineCell(2000, 3, 0.2, 0.0, 0.4, "0.2 %")
    found = told(replace(WHOLE, of=3000), whole=borough(rare))
    assert found.sentences[1].endswith("it makes about 10 or fewer.")
    assert found.rows[0].makes == "10 (fewer than 10 to 10)"
    assert "1175 or more for every 100 of these" in found.sentences[2]


def test_the_axis_ends_above_all_that_is_drawn() -> None:
    high = HeadlineCell(100, 39, 39.0, 29.9, 48.9, "39 %")
    for cell, end in ((CELL, 10), (HeadlineCell(90, 10, 11.1, 6.1, 19.3, ""), 20), (high, 100)):
        chart = told(WHOLE, whole=borough(cell)).chart
        assert chart is not None
        assert chart.ceiling == end


def test_no_word_blames() -> None:
    from reports.presenters.registers import CAUTIONS

    said = " ".join((*CAUTIONS, *told(WHOLE, NORTH, SOUTH).sentences)).lower()
    assert not re.search(r"fail|miss|should|only|worr|poor|because|hidden|lost", said)
