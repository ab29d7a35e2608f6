"""A table that a council fills in: its heading and cells by column, every fault with its row.

Pure. What a column may hold is a reader: text in, value out, ValueError saying what is right.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schools.roll.table import RollFileError, Table, read_tables

Reader = Callable[[str], Any]


class FileError(ValueError):
    """The file as a whole cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Problem:
    """`row` is the line's number in the file, the heading being 1; `column` "" for the row."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"Row {self.row}{', ' + self.column if self.column else ''}: {self.reason}"


@dataclass(frozen=True)
class Row:
    """Values by column, without those whose cells are wrong; whole where there is no problem."""

    number: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


def read_rows(
    content: bytes, readers: Mapping[str, Reader], optional: Collection[str] = ()
) -> Iterator[Row]:
    """The filled rows of a text file, or of a workbook's first sheet.

    Args:
        readers: by column. optional: columns that may be left out; their cells are then "".

    Raises:
        FileError: neither text nor a sheet, or a heading that lacks, repeats or adds a column.
    """
    try:
        table = next(read_tables(content))
    except RollFileError as error:
        raise FileError(str(error)) from error
    first = table.rows[0] if table.rows else ()
    heading = [cell.strip().lower().replace(" ", "_") for cell in first]
    _check_heading(heading, readers, optional)
    return (_row(number, heading, cells, table, readers) for number, cells in _lines(table))


def text(least: int, most: int) -> Reader:
    """Reader of words."""

    def reader(cell: str) -> str:
        if not least <= len(cell) <= most:
            raise ValueError(f"needs {least} to {most} characters")
        return cell

    return reader


def one_of(words: tuple[str, ...]) -> Reader:
    """Reader of one of a few words, whatever its capitals."""

    def reader(cell: str) -> str:
        if cell.lower() not in words:
            raise ValueError(f"is one of {', '.join(words)}")
        return cell.lower()

    return reader


def whole(least: int, most: int) -> Reader:
    """Reader of a whole number; commas between thousands are let pass."""

    def reader(cell: str) -> int:
        plain = cell.replace(",", "")
        if not plain.isascii() or not plain.isdecimal() or not least <= int(plain) <= most:
            raise ValueError(f"is a whole number from {least} to {most}")
        return int(plain)

    return reader


def years(cell: str) -> tuple[str, ...]:
    """Reader of year groups, in their order."""
    words = re.split(r"[\s,;]+", cell)
    if not all(re.fullmatch(r"[1-9]|1[0-3]", word) for word in words):
        raise ValueError("lists year groups such as 8 10")
    return tuple(sorted(set(words), key=int))


def _check_heading(
    heading: list[str], readers: Mapping[str, Reader], optional: Collection[str]
) -> None:
    needed = [name for name in readers if name not in optional]
    strangers = [name or "(no name)" for name in heading if name not in readers]
    wrong = [
        *(f"there is no column {name}" for name in needed if name not in heading),
        *(f"the column {name} is not known" for name in strangers),
        *(f"the column {name} stands there twice" for name in readers if heading.count(name) > 1),
    ]
    if wrong:
        raise FileError(f"The heading is not right: {'; '.join(wrong)}.")


def _lines(table: Table) -> Iterator[tuple[int, tuple[str, ...]]]:
    lines = enumerate(table.rows[1:], start=2)
    return ((number, cells) for number, cells in lines if any(cells))


def _row(
    number: int,
    heading: list[str],
    cells: tuple[str, ...],
    table: Table,
    readers: Mapping[str, Reader],
) -> Row:
    if len(cells) > len(heading) or (table.ragged_is_wrong and len(cells) < len(heading)):
        reason = "the row has more or fewer cells than the heading"
        return Row(number, {}, (Problem(number, "", reason),))
    given = {**dict.fromkeys(readers, ""), **dict(zip(heading, cells, strict=False))}
    values, problems = {}, []
    for column, cell in given.items():
        try:
            values[column] = readers[column](cell.strip())
        except ValueError as error:
            problems.append(Problem(number, column, str(error)))
    return Row(number, values, tuple(problems))
