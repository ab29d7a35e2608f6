"""A table of register counts: every fault has its row, its column and a reason."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from reports.registers import (
    COLUMNS,
    Council,
    Count,
    FileError,
    from_document,
    read,
    to_document,
)

EXAMPLE = Path(__file__).parents[4] / "docs/examples/register-counts.csv"
COUNCIL = Council("E1", (frozenset({"north", "south"}),), {"8": 900, "10": 950})
WHOLE = {
    "register": "Young carers known to us",
    "measure": "carer",
    "as_of": "2026-03-31",
    "source": "Children’s services",
    "definition": "Children assessed as young carers",
    "place_kind": "borough",
    "place": "E1",
    "year_groups": "8 10",
    "known": "141",
    "of": "2,000",
}


def row(**changes: str) -> dict[str, str]:
    return {**WHOLE, **changes}


def table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, WHOLE)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_a_right_row() -> None:
    reading = read(table(WHOLE), COUNCIL)
    assert reading.problems == ()
    expected = Count(
        register="Young carers known to us",
        measure="carer",
        as_of="2026-03-31",
        source="Children’s services",
        definition="Children assessed as young carers",
        place_kind="borough",
        place="E1",
        year_groups=("8", "10"),
        known=141,
        of=2000,
    )
    assert reading.rows == ((2, expected),)
    assert from_document(to_document(expected)) == expected


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("register", "", "needs 3 to 120 characters"),
        ("measure", "", "needs 1 to 80 characters"),
        ("as_of", "spring", "is a day such as 2026-03-31"),
        ("as_of", "31/02/2026", "is a day such as 2026-03-31"),
        ("source", "x", "needs 3 to 160 characters"),
        ("definition", "", "needs 3 to 300 characters"),
        ("place_kind", "ward", "is one of borough, locality"),
        ("place", "", "needs 1 to 20 characters"),
        ("place", "E2", "the borough's code is E1"),
        ("year_groups", "Year 8", "lists year groups"),
        ("known", "9", "fewer than ten is written <10"),
        ("known", "0", "fewer than ten is written <10"),
        ("known", "", "is a whole number"),
        ("known", "-3", "is a whole number"),
        ("known", "12.5", "is a whole number"),
        ("known", "2001", "is more than all the children"),
        ("known", "1991", "leaves fewer than ten children who are not on the register"),
        ("of", "9", "is a whole number from 10"),
        ("of", "many", "is a whole number from 10"),
    ],
)
def test_a_fault_is_told_with_row_and_column(column: str, cell: str, reason: str) -> None:
    reading = read(table(row(**{column: cell})), COUNCIL)
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (2, column)
    assert reason in str(problem)
    assert reading.rows == ()


def test_a_small_number_is_in_no_message() -> None:
    (problem,) = read(table(row(known="7")), COUNCIL).problems
    assert "7" not in str(problem)


def test_fewer_than_ten_is_kept_without_a_number() -> None:
    for cell in ("<10", "< 10"):
        (count,) = read(table(row(known=cell)), COUNCIL).counts
        assert count.known is None


def test_the_roll_stands_in_for_the_borough_and_for_no_locality() -> None:
    (count,) = read(table(row(of="")), COUNCIL).counts
    assert (count.of, count.by_roll) == (1850, True)
    north = row(place_kind="locality", place="north", known="60", of="")
    (problem,) = read(table(WHOLE, north), COUNCIL).problems
    assert str(problem).startswith("Row 3, of: is needed")
    (problem,) = read(table(row(year_groups="8 9", of="")), COUNCIL).problems
    assert str(problem).startswith("Row 2, of: the roll has no pupils of these year groups")
    (problem,) = read(table(row(known="1845", of="")), COUNCIL).problems
    assert "leaves fewer than ten children" in str(problem)


def test_a_locality_that_the_council_does_not_have() -> None:
    west = row(place_kind="locality", place="west", known="60", of="700")
    (problem,) = read(table(WHOLE, west), COUNCIL).problems
    assert str(problem) == "Row 3, place: the council has no locality with this code"


def test_the_same_place_and_day_twice_is_a_fault_and_another_day_is_not() -> None:
    reading = read(table(WHOLE, row(known="150"), row(as_of="2025-03-31")), COUNCIL)
    assert [str(each) for each in reading.problems] == ["Row 3: this stands in row 2 already"]
    assert [count.as_of for count in reading.counts] == ["2026-03-31", "2025-03-31"]


@pytest.mark.parametrize("cell", ["2026-03-31", "31/03/2026", "2026-03-31T00:00:00"])
def test_a_day_as_people_and_spreadsheets_write_it(cell: str) -> None:
    (count,) = read(table(row(as_of=cell)), COUNCIL).counts
    assert count.as_of == "2026-03-31"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01", "neither text nor a spreadsheet"),
        (table(WHOLE).replace(b"known", b"UPN", 1), "no column known; the column upn is not"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(content: bytes, reason: str) -> None:
    with pytest.raises(FileError, match=reason):
        read(content, COUNCIL)


def test_a_column_more_such_as_a_name_is_refused() -> None:
    content = table(WHOLE).replace(b"of\r\n", b"of,forename\r\n", 1)
    with pytest.raises(FileError, match="the column forename is not known"):
        read(content, COUNCIL)


def test_a_spreadsheet_with_a_date_and_numbers_is_read_like_text() -> None:
    from datetime import datetime

    book, content = Workbook(), io.BytesIO()
    book.active.append(list(COLUMNS))
    cells = {**WHOLE, "as_of": datetime(2026, 3, 31), "known": 141, "of": 2000}  # noqa: DTZ001
    book.active.append([cells[column] for column in COLUMNS])
    book.save(content)
    assert read(content.getvalue(), COUNCIL).counts == read(table(WHOLE), COUNCIL).counts


def test_the_example_file_is_right_and_says_that_it_is_made_up() -> None:
    localities = (frozenset({"X99-NORTH", "X99-CENTRAL", "X99-SOUTH"}),)
    reading = read(EXAMPLE.read_bytes(), Council("X99000001", localities, {}))
    assert reading.problems == ()
    assert len(reading.counts) == 6
    assert all("made up" in count.source for count in reading.counts)
