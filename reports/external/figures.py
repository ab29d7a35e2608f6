"""The table of external figures: a text file or a sheet, to figures and problems."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

from reports.external.thresholds import canonical
from schools.roll.table import RollFileError, Table, read_tables

KINDS = ("neighbours", "region", "national")
STATISTICS = ("percent", "mean")
UNITS = ("raw", "metric")
NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")


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
class Figure:
    """One figure that somebody else has published.

    measure: key of a headline (percent) or of a scale (mean). unit: raw or metric score.
    threshold: as in `thresholds`, "" for means. n: pupils behind it. low, high: 95 % interval.
    """

    source: str
    year: int
    kind: str
    place: str
    measure: str
    statistic: str
    unit: str
    threshold: str
    year_groups: tuple[str, ...]
    value: float
    n: int
    definition: str
    low: float | None = None
    high: float | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What may stand in a table only once."""
        return (
            self.source.casefold(),
            self.year,
            self.place.casefold(),
            self.measure,
            self.statistic,
            self.unit,
            self.threshold,
            self.year_groups,
        )


@dataclass(frozen=True)
class Reading:
    """The rows without a fault, by their number. With problems nothing should be stored."""

    rows: tuple[tuple[int, Figure], ...]
    problems: tuple[Problem, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in the order of the file."""
        return tuple(figure for _, figure in self.rows)


def read(content: bytes) -> Reading:
    """Every row of a table of figures, or what is wrong with it and where.

    Raises:
        FileError: neither text nor a sheet, or a heading that lacks or repeats a column.
    """
    try:
        table = next(read_tables(content))
    except RollFileError as error:
        raise FileError(str(error)) from error
    first = table.rows[0] if table.rows else ()
    heading = [cell.strip().lower().replace(" ", "_") for cell in first]
    _check_heading(heading)
    seen: dict[tuple[object, ...], int] = {}
    rows: list[tuple[int, Figure]] = []
    problems: list[Problem] = []
    for number, cells in _lines(table):
        found = _figure(number, heading, cells, table.ragged_is_wrong)
        if not isinstance(found, Figure):
            problems.extend(found)
        elif (before := seen.setdefault(found.identity, number)) < number:
            problems.append(Problem(number, "", f"this stands in row {before} already"))
        else:
            rows.append((number, found))
    return Reading(tuple(rows), tuple(problems))


def to_document(figure: Figure) -> dict[str, Any]:
    """As JSON data."""
    return {**asdict(figure), "year_groups": list(figure.year_groups)}


def from_document(document: Mapping[str, Any]) -> Figure:
    """A stored figure, as it was."""
    return Figure(**{**document, "year_groups": tuple(document["year_groups"])})


def _check_heading(heading: list[str]) -> None:
    strangers = [name or "(no name)" for name in heading if name not in READERS]
    wrong = [
        *(f"there is no column {name}" for name in COLUMNS if name not in heading),
        *(f"the column {name} is not known" for name in strangers),
        *(f"the column {name} stands there twice" for name in READERS if heading.count(name) > 1),
    ]
    if wrong:
        raise FileError(f"The heading is not right: {'; '.join(wrong)}.")


def _lines(table: Table) -> Iterator[tuple[int, tuple[str, ...]]]:
    lines = enumerate(table.rows[1:], start=2)
    return ((number, cells) for number, cells in lines if any(cells))


def _figure(
    number: int, heading: list[str], cells: tuple[str, ...], exact: bool
) -> Figure | list[Problem]:
    if len(cells) > len(heading) or (exact and len(cells) < len(heading)):
        return [Problem(number, "", "the row has more or fewer cells than the heading")]
    given = {**dict.fromkeys((*COLUMNS, *OPTIONAL), ""), **dict(zip(heading, cells, strict=False))}
    values: dict[str, Any] = {}
    problems = []
    for column, cell in given.items():
        try:
            values[column] = READERS[column](cell.strip())
        except ValueError as error:
            problems.append(Problem(number, column, str(error)))
    if not problems:
        problems = [Problem(number, *each) for each in _senseless(values)]
    return problems or Figure(**values)


def _senseless(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Cells that are right by themselves and wrong together."""
    percent = values["statistic"] == "percent"
    low, value, high = values["low"], values["value"], values["high"]
    if percent and not values["threshold"]:
        yield "threshold", "a percentage needs the threshold that pupils meet"
    if not percent and values["threshold"]:
        yield "threshold", "a mean has no threshold"
    if percent and not 0 <= value <= 100:
        yield "value", "a percentage lies between 0 and 100"
    if (low is None) != (high is None):
        yield "low", "an interval needs both ends"
    elif low is not None and not low <= value <= high:
        yield "low", "the value does not lie in its interval"


def _text(least: int, most: int) -> Callable[[str], str]:
    def reader(cell: str) -> str:
        if not least <= len(cell) <= most:
            raise ValueError(f"needs {least} to {most} characters")
        return cell

    return reader


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def reader(cell: str) -> str:
        if cell.lower() not in words:
            raise ValueError(f"is one of {', '.join(words)}")
        return cell.lower()

    return reader


def _whole(least: int, most: int) -> Callable[[str], int]:
    def reader(cell: str) -> int:
        plain = cell.replace(",", "")
        if not plain.isascii() or not plain.isdecimal() or not least <= int(plain) <= most:
            raise ValueError(f"is a whole number from {least} to {most}")
        return int(plain)

    return reader


def _number(cell: str) -> float:
    if not NUMBER.fullmatch(cell) or not isfinite(float(cell)):
        raise ValueError("is a number such as 23.6, without a unit")
    return float(cell)


def _perhaps(cell: str) -> float | None:
    return _number(cell) if cell else None


def _years(cell: str) -> tuple[str, ...]:
    words = re.split(r"[\s,;]+", cell)
    if not all(re.fullmatch(r"[1-9]|1[0-3]", word) for word in words):
        raise ValueError("lists year groups such as 8 10")
    return tuple(sorted(set(words), key=int))


READERS: dict[str, Callable[[str], Any]] = {
    "source": _text(3, 160),
    "year": _whole(1990, 2100),
    "kind": _one_of(KINDS),
    "place": _text(2, 80),
    "measure": _text(1, 80),
    "statistic": _one_of(STATISTICS),
    "unit": _one_of(UNITS),
    "threshold": canonical,
    "year_groups": _years,
    "value": _number,
    "n": _whole(1, 100_000_000),
    "definition": _text(3, 300),
    "low": _perhaps,
    "high": _perhaps,
}
OPTIONAL = ("low", "high")
COLUMNS = tuple(name for name in READERS if name not in OPTIONAL)
