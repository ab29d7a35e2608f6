"""The mapping: which column of a file holds which question, code and group."""

from __future__ import annotations

import codecs
from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Document = abc.Mapping[str, Any]

DIMENSIONS = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward")


@dataclass(frozen=True)
class Problem:
    """`row` is the line's number in the file, the heading being 1; 0 for the file or mapping."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"Row {self.row}" if self.row else "File"
        return f"{where}{', ' + self.column if self.column else ''}: {self.message}"


class MappingErrors(ValueError):
    """A document that is not a mapping; `problems` says where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class ItemSource:
    """Where an item's answers stand: one column, or for tick-all one an option (by code)."""

    column: str = ""
    recode: abc.Mapping[str, int] | None = None
    ticks: abc.Mapping[int, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset({"1"})
    unticked: frozenset[str] = frozenset({"0"})

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.ticks.values()) or (self.column,)


@dataclass(frozen=True)
class DemographicSource:
    """A column and what its values mean; without `values` they are taken as they are."""

    column: str
    values: abc.Mapping[str, str] | None = None


@dataclass(frozen=True)
class Mapping:
    """`same_names`: every item not listed stands in a column of its own name."""

    questionnaire: str
    version: str
    record: str
    items: abc.Mapping[str, ItemSource]
    demographics: abc.Mapping[str, DemographicSource]
    same_names: bool = False
    absent: frozenset[str] = frozenset()
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    blanks: frozenset[str] = frozenset({""})
    upn: str | None = None


# Key of the document, the type it must have, and whether it must be there.
_SHAPE: abc.Mapping[str, tuple[type, bool]] = {
    "questionnaire": (str, True),
    "version": (str, True),
    "format": (str, True),
    "record": (str, True),
    "items": (dict, True),
    "demographics": (dict, True),
    "same_names": (bool, False),
    "absent": (list, False),
    "encoding": (str, False),
    "delimiter": (str, False),
    "blanks": (list, False),
    "upn": (str, False),
    "note": (str, False),
}


def read_mapping(document: object) -> Mapping:
    """Read a mapping document. Raises MappingErrors with all its problems."""
    if not isinstance(document, dict):
        raise MappingErrors((Problem(0, "", "A mapping must be one JSON object."),))
    problems = (*_shape(document),) or (*_sense(document),)
    if problems:
        raise MappingErrors(problems)
    return Mapping(
        questionnaire=document["questionnaire"],
        version=document["version"],
        record=document["record"],
        items={key: _source(entry) for key, entry in document["items"].items()},
        demographics={k: _demographic(entry) for k, entry in document["demographics"].items()},
        same_names=document.get("same_names", False),
        absent=frozenset(document.get("absent", ())),
        encoding=document.get("encoding", "utf-8-sig"),
        delimiter=document.get("delimiter", ","),
        blanks=frozenset({"", *document.get("blanks", ())}),
        upn=document.get("upn"),
    )


def _source(entry: str | Document) -> ItemSource:
    if isinstance(entry, str):
        return ItemSource(entry)
    if "ticks" in entry:
        return ItemSource(
            ticks={int(code): column for code, column in entry["ticks"].items()},
            ticked=frozenset(entry.get("ticked", ("1",))),
            unticked=frozenset(entry.get("unticked", ("0",))),
        )
    return ItemSource(entry["column"], entry.get("recode"))


def _demographic(entry: str | Document) -> DemographicSource:
    if isinstance(entry, str):
        return DemographicSource(entry)
    return DemographicSource(entry["column"], entry.get("values"))


def _shape(document: Document) -> Iterator[Problem]:
    for key, (kind, needed) in _SHAPE.items():
        if key not in document:
            if needed:
                yield Problem(0, key, "This must be given in a mapping.")
        elif not isinstance(document[key], kind):
            yield Problem(0, key, "This has the wrong form in the mapping.")
    for key in sorted(document.keys() - _SHAPE.keys()):
        yield Problem(0, key, "This is not known in a mapping.")


def _sense(document: Document) -> Iterator[Problem]:
    if document["format"] != "csv":
        yield Problem(0, "format", "The format must be csv.")
    if not _is_encoding(document.get("encoding", "utf-8-sig")):
        yield Problem(0, "encoding", "There is no such encoding.")
    if len(document.get("delimiter", ",")) != 1:
        yield Problem(0, "delimiter", "The delimiter must be one character.")
    if not all(
        isinstance(v, str) for v in (*document.get("blanks", ()), *document.get("absent", ()))
    ):
        yield Problem(0, "blanks", "Blanks and absent items must be lists of text.")
    for key, entry in document["items"].items():
        if not _is_source(entry):
            yield Problem(0, key, "An item needs a column, or ticks by code.")
    for key, entry in document["demographics"].items():
        if key not in DIMENSIONS:
            yield Problem(0, key, f"A demographic must be one of {', '.join(DIMENSIONS)}.")
        if not isinstance(entry, str) and not _is_table(entry, {"column"}, {"values"}, str):
            yield Problem(0, key, "A demographic needs a column, and values that are text.")


def _is_encoding(name: str) -> bool:
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except (LookupError, ValueError):
        return False


def _is_source(entry: object) -> bool:
    if isinstance(entry, str) or _is_table(entry, {"column"}, {"recode"}, int):
        return True
    return (
        isinstance(entry, dict)
        and entry.keys() <= {"ticks", "ticked", "unticked"}
        and isinstance(entry.get("ticks"), dict)
        and bool(entry["ticks"])
        and all(code.isdecimal() and isinstance(c, str) for code, c in entry["ticks"].items())
        and all(isinstance(entry.get(word, []), list) for word in ("ticked", "unticked"))
    )


def _is_table(entry: object, needed: set[str], optional: set[str], of: type) -> bool:
    """An object with a column, and perhaps one table from text to values of one type."""
    if not isinstance(entry, dict) or not needed <= entry.keys() <= needed | optional:
        return False
    tables = [entry[key] for key in optional & entry.keys()]
    return isinstance(entry["column"], str) and all(
        isinstance(table, dict) and all(type(value) is of for value in table.values())
        for table in tables
    )
