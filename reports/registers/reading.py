"""The table of a council's register counts: a text file or a sheet, to counts and problems."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.columns import Problem, Reader, Row, one_of, read_rows, text, whole, years
from reports.registers.counts import FEWEST, Count
from reports.registers.few import faults

MOST = 10_000_000
# Not wards: their survey counts are rounded, and few of their children stand on any register.
KINDS = ("borough", "locality")


@dataclass(frozen=True)
class Council:
    """What the reader must know of the council.

    borough: its code. localities: the codes of all localities, a set a vintage. roll: pupils on
    the roll by year group.
    """

    borough: str
    localities: tuple[frozenset[str], ...]
    roll: Mapping[str, int]


@dataclass(frozen=True)
class Reading:
    """The rows without a fault, by their number. With problems nothing should be stored."""

    rows: tuple[tuple[int, Count], ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> tuple[Count, ...]:
        """The counts in the order of the file."""
        return tuple(count for _, count in self.rows)


def read(content: bytes, council: Council) -> Reading:
    """Every row of a table of counts, or what is wrong with it and where.

    Raises:
        FileError: neither text nor a sheet, or a heading that lacks or repeats a column.
    """
    seen: dict[tuple[object, ...], int] = {}
    rows: list[tuple[int, Count]] = []
    problems: list[Problem] = []
    for row in read_rows(content, READERS):
        found = _count(row, council)
        if not isinstance(found, Count):
            problems.extend(found)
        elif (before := seen.setdefault(found.identity, row.number)) < row.number:
            problems.append(Problem(row.number, "", f"this stands in row {before} already"))
        else:
            rows.append((row.number, found))
    # Only of a table whose rows are right: what is left over cannot be told without one of them.
    problems += [] if problems else faults(rows, council.localities)
    return Reading(tuple(rows), tuple(problems))


def _count(row: Row, council: Council) -> Count | Sequence[Problem]:
    if row.problems:
        return row.problems
    values = dict(row.values)
    if values["of"] is None and values["place_kind"] == "borough":
        asked = [council.roll.get(year, 0) for year in values["year_groups"]]
        values |= {"of": sum(asked) if all(asked) else None, "by_roll": True}
    problems = [Problem(row.number, *each) for each in _senseless(values, council)]
    return problems or Count(**values)


def _senseless(values: Mapping[str, Any], council: Council) -> Iterator[tuple[str, str]]:
    """Cells that are right by themselves and wrong together."""
    kind, known, of = values["place_kind"], values["known"], values["of"]
    if kind == "borough" and values["place"] != council.borough:
        yield "place", f"the borough's code is {council.borough}"
    if kind == "locality" and not any(values["place"] in each for each in council.localities):
        yield "place", "the council has no locality with this code"
    if of is None and kind == "borough":
        yield "of", "the roll has no pupils of these year groups: give the number of children"
    elif of is None:
        yield "of", "is needed: the roll stands in for the whole borough only"
    elif known is not None and known > of:
        yield "known", "is more than all the children it is out of"
    elif known is not None and of - known < FEWEST:
        yield "known", "leaves fewer than ten children who are not on the register"


def _known(cell: str) -> int | None:
    if cell.replace(" ", "") == f"<{FEWEST}":
        return None
    number: int = whole(0, MOST)(cell)
    if number < FEWEST:
        raise ValueError(f"fewer than ten is written <{FEWEST}: a smaller number is never kept")
    return number


def _of(cell: str) -> int | None:
    return whole(FEWEST, MOST)(cell) if cell else None


def _day(cell: str) -> str:
    """A spreadsheet's day comes with a time of day, a British text file's the other way round."""
    plain = cell.removesuffix("T00:00:00")
    if british := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", plain):
        day, month, year = british.groups()
        plain = f"{year}-{month:0>2}-{day:0>2}"
    try:
        return date.fromisoformat(plain).isoformat()
    except ValueError:
        raise ValueError("is a day such as 2026-03-31 or 31/03/2026") from None


READERS: dict[str, Reader] = {
    "register": text(3, 120),
    "measure": text(1, 80),
    "as_of": _day,
    "source": text(3, 160),
    "definition": text(3, 300),
    "place_kind": one_of(KINDS),
    "place": text(1, 20),
    "year_groups": years,
    "known": _known,
    "of": _of,
}
COLUMNS = tuple(READERS)
