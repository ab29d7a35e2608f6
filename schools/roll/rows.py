"""What goes into reading a roll, and what comes out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from schools.roll.columns import Column


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
    ``class_number`` is the place, from 1, among the file's rows of the same school, year and
    class, rows with problems and repeats included: so it fits the list that a teacher holds.
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
    class_number: int


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
