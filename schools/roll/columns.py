"""Which column is which: the names that people really have."""

import re
from dataclasses import dataclass
from typing import Literal

from schools.roll.table import RollFileError

Field = Literal[
    "upn",
    "former_upn",
    "urn",
    "la",
    "estab",
    "year_group",
    "sex",
    "fsm_ever6",
    "fsm_census_day",
    "sen",
    "area",
    "ethnicity",
    "class_name",
]

# Names in order of preference, lower case without spaces and signs (see ``_plain``).
NAMES: dict[Field, tuple[str, ...]] = {
    "upn": ("upn", "uniquepupilnumber", "pupilupn", "currentupn"),
    "former_upn": ("formerupn", "previousupn", "oldupn"),
    "urn": ("urn", "schoolurn", "uniquereferencenumber"),
    "la": ("la", "lanumber", "lacode", "lea", "leanumber", "leacode"),
    "estab": ("laestab", "dfenumber", "dfesnumber", "estab", "establishmentnumber", "estabnumber"),
    "year_group": (
        "ncyearactual",
        "actualncyear",
        "ncyear",
        "nationalcurriculumyear",
        "yeargroup",
        "year",
    ),
    "sex": ("sex", "gender"),
    "fsm_ever6": ("everfsm6", "everfsm6p", "ever6fsm", "fsmever6", "fsm6", "everfsm"),
    "fsm_census_day": ("fsmeligible", "fsm", "freeschoolmeals", "fsmeligibility", "fsmstatus"),
    "sen": ("senprovision", "sen", "senstatus", "sencode", "primarysenprovision"),
    "area": ("lsoa21cd", "lsoa21", "lsoa", "lsoacode", "lsoa11cd", "lsoa11", "ward", "wardcode"),
    "ethnicity": ("ethnicity", "ethnicitycode", "ethnicgroup"),
    "class_name": ("reggroup", "registrationgroup", "tutorgroup", "form", "classname", "class"),
}
# Census extracts name the term: UPN_SPR26, EVERFSM_6_AUT25.
TERM = re.compile(r"_(?:aut|spr|sum)\d{2}$")
LOOKS_LIKE_A_UPN = re.compile(r"[A-Za-z]\d{11}[A-Za-z0-9]")


@dataclass(frozen=True)
class Column:
    """One column of the file: its header, and the field it is read as ("" when not read)."""

    header: str
    field: Field | Literal[""]
    note: str


@dataclass(frozen=True)
class Header:
    """The header row: its number from 1, each column, and the position of each field."""

    row: int
    columns: tuple[Column, ...]
    positions: dict[Field, int]


def find_header(rows: tuple[tuple[str, ...], ...]) -> Header | None:
    """The first of the top ten rows that has a UPN column; None when no row has."""
    for number, cells in enumerate(rows[:10], start=1):
        positions = _positions(cells)
        if "upn" in positions:
            return Header(number, _columns(cells, positions), positions)
    return None


def check_header(header: Header) -> None:
    """Raise RollFileError when a column is missing without which no row can be read."""
    missing = []
    if "year_group" not in header.positions:
        missing.append("the year group (NCyearActual)")
    if not {"urn", "estab"} & header.positions.keys():
        missing.append("the school (URN, or LA and Estab)")
    if missing:
        raise RollFileError("The file has no column for " + " and none for ".join(missing) + ".")


def _positions(cells: tuple[str, ...]) -> dict[Field, int]:
    plain = [_plain(cell) for cell in cells]
    found: dict[Field, int] = {}
    for field, names in NAMES.items():
        position = next((plain.index(name) for name in names if name in plain), None)
        if position is not None:
            found[field] = position
    # Of two records of free school meals one is used: the longer memory, as in published work.
    if "fsm_ever6" in found:
        found.pop("fsm_census_day", None)
    return found


def _columns(cells: tuple[str, ...], positions: dict[Field, int]) -> tuple[Column, ...]:
    fields = {position: field for field, position in positions.items()}
    return tuple(
        Column(_shown(cell), fields.get(position, ""), _note(cell, fields.get(position)))
        for position, cell in enumerate(cells)
    )


def _note(cell: str, field: Field | None) -> str:
    if field in ("upn", "former_upn"):
        return "turned into a pseudonym, not stored"
    if field:
        return "read"
    if _plain(cell) in {name for names in NAMES.values() for name in names}:
        return "not used: another column serves"
    return "not read, not stored"


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", TERM.sub("", cell.casefold()))


def _shown(cell: str) -> str:
    """A header as it may be printed: never a pupil number that stands in its place."""
    return "(a pupil number)" if LOOKS_LIKE_A_UPN.search(cell.replace(" ", "")) else cell[:60]
