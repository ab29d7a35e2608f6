"""A table of external figures: every fault has its row, its column and a reason."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from reports.external import COLUMNS, Figure, FileError, from_document, read, to_document
from reports.external.thresholds import canonical, spelled

EXAMPLE = Path(__file__).parents[4] / "docs/examples/external-figures.csv"
RIGHT = {
    "source": "Example survey",
    "year": "2025",
    "kind": "national",
    "place": "England",
    "measure": "life_high",
    "statistic": "percent",
    "unit": "raw",
    "threshold": ">=7",
    "year_groups": "8 10",
    "value": "61.4",
    "n": "18,250",
    "definition": "Rated their life at 7 or more",
    "low": "60.7",
    "high": "62.1",
}


def table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, RIGHT)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_a_right_row() -> None:
    reading = read(table(RIGHT))
    assert reading.problems == ()
    assert reading.rows == (
        (
            2,
            Figure(
                source="Example survey",
                year=2025,
                kind="national",
                place="England",
                measure="life_high",
                statistic="percent",
                unit="raw",
                threshold=">=7",
                year_groups=("8", "10"),
                value=61.4,
                n=18250,
                definition="Rated their life at 7 or more",
                low=60.7,
                high=62.1,
            ),
        ),
    )
    (figure,) = reading.figures
    assert from_document(to_document(figure)) == figure


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("source", "", "needs 3 to 160 characters"),
        ("year", "summer", "is a whole number from 1990 to 2100"),
        ("year", "²025", "is a whole number"),
        ("kind", "county", "is one of neighbours, region, national"),
        ("statistic", "median", "is one of percent, mean"),
        ("unit", "converted", "is one of raw, metric"),
        ("threshold", "seven", "reads >=7"),
        ("threshold", ">7", "reads >=7"),
        ("threshold", "", "a percentage needs the threshold"),
        ("year_groups", "Year 8", "lists year groups"),
        ("year_groups", "", "lists year groups"),
        ("value", "61.4%", "is a number such as 23.6"),
        ("value", "nan", "is a number such as 23.6"),
        ("value", "1e2", "is a number such as 23.6"),
        ("n", "0", "is a whole number from 1"),
        ("n", "18.5", "is a whole number from 1"),
        ("definition", "-", "needs 3 to 300 characters"),
        ("low", "62", "does not lie in its interval"),
        ("low", "", "needs both ends"),
        ("high", "high", "is a number such as 23.6"),
    ],
)
def test_a_fault_is_told_with_row_and_column(column: str, cell: str, reason: str) -> None:
    reading = read(table({**RIGHT, "place": "Wales"}, {**RIGHT, column: cell}))
    assert [figure.place for figure in reading.figures] == ["Wales"]
    (problem,) = reading.problems
    assert problem.row == 3
    assert problem.column in {column, "low"}
    assert reason in str(problem)


@pytest.mark.parametrize("value", ["-0.1", "100.1"])
def test_a_percentage_lies_between_nought_and_a_hundred(value: str) -> None:
    (problem,) = read(table({**RIGHT, "value": value, "low": "", "high": ""})).problems
    assert str(problem) == "Row 2, value: a percentage lies between 0 and 100"


def test_every_fault_of_every_row_is_told() -> None:
    reading = read(table({**RIGHT, "year": "x", "n": "x"}, RIGHT, {**RIGHT, "unit": "x"}))
    assert [(each.row, each.column) for each in reading.problems] == [
        (2, "year"),
        (2, "n"),
        (4, "unit"),
    ]
    assert [number for number, _ in reading.rows] == [3]


def test_a_mean_has_no_threshold() -> None:
    mean = {**RIGHT, "statistic": "mean", "low": "", "high": ""}
    assert "a mean has no threshold" in str(read(table(mean)).problems[0])
    assert read(table({**mean, "threshold": ""})).figures[0].low is None


def test_the_same_figure_twice_is_a_fault_and_another_year_is_not() -> None:
    again = {**RIGHT, "value": "50", "low": "", "high": "", "place": "ENGLAND"}
    reading = read(table(RIGHT, again, {**RIGHT, "year": "2024"}))
    assert [str(each) for each in reading.problems] == ["Row 3: this stands in row 2 already"]
    assert [figure.year for figure in reading.figures] == [2025, 2024]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "neither text nor a spreadsheet"),
        (table(RIGHT).replace(b"unit", b"units", 1), "there is no column unit; the column units"),
        (table(RIGHT).replace(b"low", b"high", 1), "the column high stands there twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(content: bytes, reason: str) -> None:
    with pytest.raises(FileError, match=reason):
        read(content)


def test_a_row_with_too_many_cells_is_a_fault() -> None:
    content = table(RIGHT, {**RIGHT, "year": "2024"}).replace(b"62.1\r\n", b"62.1,9\r\n", 1)
    reading = read(content)
    assert [problem.row for problem in reading.problems] == [2]
    assert len(reading.figures) == 1


def sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_spreadsheet_with_numbers_is_read_like_text() -> None:
    row = {**RIGHT, "year": 2025, "value": 61.4, "n": 18250, "low": 60.7, "high": 62.1}
    reading = read(sheet(list(row), list(row.values())))
    assert reading.problems == ()
    assert reading.figures == read(table(RIGHT)).figures


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(FileError):
        read(sheet())


def test_the_interval_may_be_left_out_of_the_heading() -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerow(RIGHT)
    (figure,) = read(text.getvalue().encode()).figures
    assert (figure.low, figure.high) == (None, None)


def test_the_example_file_is_right_and_says_that_it_is_made_up() -> None:
    reading = read(EXAMPLE.read_bytes())
    assert reading.problems == ()
    assert len(reading.figures) == 4
    assert all("made-up" in figure.source.lower() for figure in reading.figures)


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("", ""),
        (">=7", ">=7"),
        (">= 7.0", ">=7"),
        ("<=19.50", "<=19.5"),
        ("<=5, >=3", ">=3 <=5"),
        ("5, 4", "4 5"),
        ("4 5 4", "4 5"),
    ],
)
def test_a_threshold_has_one_spelling(written: str, spelling: str) -> None:
    assert canonical(written) == spelling


@pytest.mark.parametrize("written", ["7+", ">=7 >=8", ">=", "4 to 5", "=>7", "<=7 or so"])
def test_what_is_no_threshold_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="reads >=7"):
        canonical(written)


def test_our_own_thresholds_are_spelled_alike() -> None:
    assert spelled(frozenset({5, 4})) == "4 5"
    assert spelled(None, 7) == ">=7"
    assert spelled(None, high=19.5) == "<=19.5"
    assert spelled(None, 3, 5) == ">=3 <=5"
