"""Rows of text -> checked roll rows and problems."""

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from schools.roll import values
from schools.roll.columns import Column, Header, check_header, find_header
from schools.roll.table import RollFileError, Table, read_tables

NO_SCHOOL = "names no school of the register"


@dataclass(frozen=True)
class RollContext:
    """What the reader must know of the register.

    ``schools`` maps each URN to the seven digits of its LA and establishment number ("" when
    unknown); ``areas`` are the authority's area codes; ``years`` are those that are kept.
    """

    schools: Mapping[str, str]
    areas: frozenset[str]
    link_key: bytes = field(repr=False)
    years: frozenset[int] = frozenset(range(7, 12))

    @cached_property
    def schools_by_estab(self) -> dict[str, str]:
        """URN by seven digits, and by the last four where only one school has these."""
        found: dict[str, list[str]] = defaultdict(list)
        for urn, estab in self.schools.items():
            if estab:
                found[estab].append(urn)
                found[estab[-4:]].append(urn)
        return {estab: urns[0] for estab, urns in found.items() if len(urns) == 1}


@dataclass(frozen=True)
class RollRow:
    """One pupil. Holds pseudonyms only; ``former`` is "" or that of the UPN before.

    ``sex`` is "M", "F", "X" or ""; ``fsm_kind`` "census_day", "ever6" or ""; ``sen`` "none",
    "support", "plan" or ""; ``area`` a code of the authority or "", and then ``outside``
    says whether the home is known to lie elsewhere; ``ethnicity`` a broad group or "".
    """

    row: int
    pseudonym: str
    former: str
    school: str
    year_group: int
    sex: str
    fsm: bool | None
    fsm_kind: str
    sen: str
    area: str
    outside: bool
    ethnicity: str
    class_name: str


@dataclass(frozen=True)
class Remark:
    """Something about one cell, without what it holds. ``row`` counts from 1 with the header."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.reason}"


@dataclass(frozen=True)
class RollReading:
    """A whole file read: rows that are right, problems of rows that are not, and notes.

    A row with a problem is not among ``rows``. ``read`` counts the file's rows of pupils,
    ``other_years`` those of year groups that are not kept, ``repeated`` identical repeats.
    """

    name: str
    sha256: str
    mapping: tuple[Column, ...]
    rows: tuple[RollRow, ...]
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    read: int
    other_years: int
    repeated: int


def pseudonym(upn: str, link_key: bytes) -> str:
    """HMAC-SHA256(link key, normalised UPN), hexadecimal. Raises ValueError for a wrong UPN."""
    return hmac.digest(link_key, values.read_upn(upn).encode(), hashlib.sha256).hex()


def read_roll(source: bytes | Path, *, context: RollContext, name: str = "") -> RollReading:
    """Read a roll file (CSV in any usual form, or .xlsx).

    Raises RollFileError, and nothing else, when the file as a whole cannot be read. What is
    wrong with one row is a problem in the answer.
    """
    content, name = _content(source, name)
    table, header = _find_table(content)
    check_header(header)
    reader = _RowReader(header, context)
    width = len(header.columns) if table.ragged_is_wrong else 0
    read = [reader.read(number, cells, width) for number, cells in _pupil_rows(table, header)]
    unique, clashes, repeated = _without_repeats([row for row in read if row])
    return RollReading(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        mapping=header.columns,
        rows=unique,
        problems=tuple(sorted(reader.problems + clashes, key=lambda remark: remark.row)),
        notes=tuple(reader.notes),
        read=len(read),
        other_years=reader.other_years,
        repeated=repeated,
    )


def _content(source: bytes | Path, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name
    try:
        return source.read_bytes(), name or source.name
    except OSError as error:
        raise RollFileError(f"The file cannot be opened: {error.strerror}.") from error


def _find_table(content: bytes) -> tuple[Table, Header]:
    """The first table with a header. Headers are not quoted: they might be a pupil's row."""
    for table in read_tables(content):
        header = find_header(table.rows)
        if header:
            return table, header
    raise RollFileError("No column is named UPN in the first ten rows.")


def _pupil_rows(table: Table, header: Header) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, cells in enumerate(table.rows[header.row :], start=header.row + 1):
        if any(cells):
            yield number, cells


class _RowReader:
    """Reads one row after another; gathers what is wrong and what is worth a note."""

    def __init__(self, header: Header, context: RollContext) -> None:
        self.header = header
        self.context = context
        self.problems: list[Remark] = []
        self.notes: list[Remark] = []
        self.other_years = 0
        self.number = 0
        self.cells: tuple[str, ...] = ()

    def read(self, number: int, cells: tuple[str, ...], width: int) -> RollRow | None:
        """The row, or None when it has a problem or its year group is not kept."""
        self.number, self.cells = number, cells
        if width and (len(cells) < width or any(cells[width:])):
            self._problem("whole row", "has more or fewer cells than the header")
            return None
        before = len(self.problems)
        year = self._value("year_group", values.read_year)
        if len(self.problems) == before and year not in self.context.years:
            self.other_years += 1
            return None
        row = self._row(year or 0)
        return row if len(self.problems) == before else None

    def _row(self, year: int) -> RollRow:
        area, outside = self._area()
        fsm_field = "fsm_ever6" if "fsm_ever6" in self.header.positions else "fsm_census_day"
        fsm = self._value(fsm_field, values.read_fsm)
        return RollRow(
            row=self.number,
            pseudonym=self._pseudonym(),
            former=self._former(),
            school=self._school(),
            year_group=year,
            sex=self._value("sex", values.read_sex) or "",
            fsm=fsm,
            fsm_kind="" if fsm is None else fsm_field.removeprefix("fsm_"),
            sen=self._value("sen", values.read_sen) or "",
            area=area,
            outside=outside,
            ethnicity=self._value("ethnicity", values.read_ethnicity) or "",
            class_name=self._value("class_name", values.read_class) or "",
        )

    def _pseudonym(self) -> str:
        upn = self._value("upn", values.read_upn)
        if not upn:
            return ""
        if values.is_temporary(upn):
            self._note("upn", "is temporary: a later permanent one needs FormerUPN to be followed")
        return pseudonym(upn, self.context.link_key)

    def _former(self) -> str:
        """A wrong former UPN is a note: it costs the pupil's history, not the pupil."""
        cell = self._cell("former_upn")
        try:
            return pseudonym(cell, self.context.link_key) if cell else ""
        except ValueError as error:
            self._note("former_upn", f"{error}; not used")
            return ""

    def _school(self) -> str:
        urn = values.digits(self._cell("urn"))
        if urn in self.context.schools:
            return urn
        estab = values.digits(self._cell("estab"))
        la = values.digits(self._cell("la"))
        number = estab if len(estab) > 4 else la.zfill(3) + estab.zfill(4) if la else estab.zfill(4)
        found = "" if urn else self.context.schools_by_estab.get(number, "")
        if not found:
            self._problem("urn" if "urn" in self.header.positions else "estab", NO_SCHOOL)
        return found

    def _area(self) -> tuple[str, bool]:
        code = self._value("area", values.read_area) or ""
        if not code or not self.context.areas:
            return "", False
        return (code, False) if code in self.context.areas else ("", True)

    def _cell(self, name: Any) -> str:
        position = self.header.positions.get(name)
        return "" if position is None or position >= len(self.cells) else self.cells[position]

    def _value(self, name: str, read: Callable[[str], Any]) -> Any:
        if name not in self.header.positions:
            return None
        try:
            return read(self._cell(name))
        except ValueError as error:
            self._problem(name, str(error))
            return None

    def _problem(self, name: Any, reason: str) -> None:
        self.problems.append(Remark(self.number, self._column(name), reason))

    def _note(self, name: Any, reason: str) -> None:
        self.notes.append(Remark(self.number, self._column(name), reason))

    def _column(self, name: Any) -> str:
        position = self.header.positions.get(name)
        return str(name) if position is None else self.header.columns[position].header


def _without_repeats(rows: list[RollRow]) -> tuple[tuple[RollRow, ...], list[Remark], int]:
    """Rows with each pupil once; rows that contradict each other are problems, all of them."""
    groups: dict[str, list[RollRow]] = defaultdict(list)
    for row in rows:
        groups[row.pseudonym].append(row)
    kept, clashes, repeated = [], [], 0
    for group in groups.values():
        if len({replace(row, row=0) for row in group}) == 1:
            kept.append(group[0])
            repeated += len(group) - 1
        else:
            clashes += [_clash(row, group) for row in group]
    clashes += _former_clashes(kept)
    wrong = {clash.row for clash in clashes}
    return tuple(row for row in kept if row.row not in wrong), clashes, repeated


def _former_clashes(rows: list[RollRow]) -> list[Remark]:
    """A former UPN that two rows claim, or that another row has now, follows nobody."""
    claims = Counter(row.former for row in rows if row.former)
    taken = {row.pseudonym for row in rows}
    return [
        Remark(row.row, "FormerUPN", "is the UPN or former UPN of another row too")
        for row in rows
        if row.former
        and row.former != row.pseudonym
        and (claims[row.former] > 1 or row.former in taken)
    ]


def _clash(row: RollRow, group: list[RollRow]) -> Remark:
    others = ", ".join(str(other.row) for other in group if other is not row)
    same_school = len({other.school for other in group}) == 1
    what = "other details" if same_school else "another school"
    return Remark(row.row, "UPN", f"stands with {what} in row {others} too")
