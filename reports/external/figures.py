"""The table of external figures: a text file or a sheet, to figures and problems."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

from reports.columns import Problem, Reader, Row, one_of, read_rows, text, whole, years
from reports.external.thresholds import canonical

KINDS = ("neighbours", "region", "national")
STATISTICS = ("percent", "mean")
UNITS = ("raw", "metric")
NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")


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
    seen: dict[tuple[object, ...], int] = {}
    rows: list[tuple[int, Figure]] = []
    problems: list[Problem] = []
    for row in read_rows(content, READERS, OPTIONAL):
        found = _figure(row)
        if not isinstance(found, Figure):
            problems.extend(found)
        elif (before := seen.setdefault(found.identity, row.number)) < row.number:
            problems.append(Problem(row.number, "", f"this stands in row {before} already"))
        else:
            rows.append((row.number, found))
    return Reading(tuple(rows), tuple(problems))


def to_document(figure: Figure) -> dict[str, Any]:
    """As JSON data."""
    return {**asdict(figure), "year_groups": list(figure.year_groups)}


def from_document(document: Mapping[str, Any]) -> Figure:
    """A stored figure, as it was."""
    return Figure(**{**document, "year_groups": tuple(document["year_groups"])})


def _figure(row: Row) -> Figure | Sequence[Problem]:
    if row.problems:
        return row.problems
    problems = [Problem(row.number, *each) for each in _senseless(row.values)]
    return problems or Figure(**row.values)


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


def _number(cell: str) -> float:
    if not NUMBER.fullmatch(cell) or not isfinite(float(cell)):
        raise ValueError("is a number such as 23.6, without a unit")
    return float(cell)


def _perhaps(cell: str) -> float | None:
    return _number(cell) if cell else None


READERS: dict[str, Reader] = {
    "source": text(3, 160),
    "year": whole(1990, 2100),
    "kind": one_of(KINDS),
    "place": text(2, 80),
    "measure": text(1, 80),
    "statistic": one_of(STATISTICS),
    "unit": one_of(UNITS),
    "threshold": canonical,
    "year_groups": years,
    "value": _number,
    "n": whole(1, 100_000_000),
    "definition": text(3, 300),
    "low": _perhaps,
    "high": _perhaps,
}
OPTIONAL = ("low", "high")
COLUMNS = tuple(name for name in READERS if name not in OPTIONAL)
