"""Rows of text -> checked roll rows and problems."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from schools.roll import values
from schools.roll.columns import Header, check_header, find_header
from schools.roll.repeats import without_repeats
from schools.roll.rows import Remark, RollContext, RollReading, RollRow
from schools.roll.table import RollFileError, Table, read_tables

NO_SCHOOL = "names no school of the register"


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
    unique, clashes, repeated = without_repeats([row for row in read if row])
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
        self.class_sizes: Counter[tuple[str, ...]] = Counter()
        self.number = 0
        self.cells: tuple[str, ...] = ()

    def read(self, number: int, cells: tuple[str, ...], width: int) -> RollRow | None:
        """The row, or None when it has a problem or its year group is not kept."""
        self.number, self.cells = number, cells
        self.class_sizes[self._class()] += 1
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
            class_number=self.class_sizes[self._class()],
        )

    def _class(self) -> tuple[str, ...]:
        names = ("urn", "la", "estab", "year_group", "class_name")
        return tuple(self._cell(name).casefold() for name in names)

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
