"""The file of responses, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from surveys.collected.mapping import ItemSource, Mapping, Problem
from surveys.definition.kinds import Answer, Multi
from surveys.definition.shapes import Item, Questionnaire

_WHOLE = re.compile(r"([0-9]{1,5})(?:\.0+)?\Z")  # spreadsheets write 3 as 3.0


@dataclass(frozen=True)
class CollectedRow:
    """One response. Questions without an answer are left out; unknown demographics are None.

    The UPN stays out of every printout; the caller turns it into a pseudonym at once.
    """

    record: str
    answers: dict[str, Answer]
    demographics: dict[str, str | None]
    upn: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Collected:
    """`rows` holds the rows without a fault. With problems nothing should be saved."""

    rows: tuple[CollectedRow, ...]
    problems: tuple[Problem, ...]


class _CellError(ValueError):
    """A cell that cannot be read; the message never repeats what stands in it at length."""


def read_responses(path: Path | str, mapping: Mapping, questionnaire: Questionnaire) -> Collected:
    """Read a file of responses. Raises OSError only; every other fault is in `problems`."""
    wrong = tuple(_mismatches(mapping, questionnaire))
    if wrong:
        return Collected((), wrong)
    sources = _sources(mapping, questionnaire)
    try:
        heading, lines = _lines(Path(path).read_bytes(), mapping)
    except (UnicodeError, csv.Error) as error:
        return Collected((), (Problem(0, "", f"The file cannot be read as text: {error}."),))
    wrong = tuple(_heading_problems(heading, mapping, sources))
    if wrong:
        return Collected((), wrong)
    return _collect(heading, lines, mapping, questionnaire, sources)


def _mismatches(mapping: Mapping, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Is the mapping for this questionnaire, and does it name its questions?"""
    version = questionnaire.version.split("+")[0]
    if (mapping.questionnaire, mapping.version) != (questionnaire.key, version):
        wanted = f"{mapping.questionnaire} {mapping.version}"
        yield Problem(0, "", f"The mapping is for {wanted}, not {questionnaire.key} {version}.")
    for key in sorted((mapping.items.keys() | mapping.absent) - questionnaire.items.keys()):
        yield Problem(0, key, "The mapping names an item that the questionnaire does not have.")
    for key, item in questionnaire.items.items():
        if key in mapping.absent:
            continue
        if key not in mapping.items and not mapping.same_names:
            yield Problem(0, key, "The mapping does not say where this item stands.")
        elif key in mapping.items or isinstance(item.kind, Multi):
            yield from _item_mismatch(item, mapping.items.get(key, ItemSource(key)))


def _item_mismatch(item: Item, source: ItemSource) -> Iterator[Problem]:
    codes = set(item.kind.codes())
    if isinstance(item.kind, Multi) != bool(source.ticks):
        yield Problem(0, item.key, "Ticks belong to tick-all questions, and to no others.")
    for code in sorted(({*source.ticks} | {*(source.recode or {}).values()}) - codes):
        yield Problem(0, item.key, f"The mapping gives code {code}, which the item does not have.")


def _sources(mapping: Mapping, questionnaire: Questionnaire) -> dict[str, ItemSource]:
    asked = [key for key in questionnaire.items if key not in mapping.absent]
    return {key: mapping.items.get(key, ItemSource(key)) for key in asked}


def _lines(content: bytes, mapping: Mapping) -> tuple[list[str], list[tuple[int, list[str]]]]:
    text = content.decode(mapping.encoding)
    if "\0" in text:
        raise csv.Error("it holds zero bytes, so it is no text file")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mapping.delimiter, strict=True)
    heading = [name.strip() for name in next(reader, [])]
    # A quoted line break makes one response span lines: count responses, as a spreadsheet does.
    rows = [(number, cells) for number, cells in enumerate(reader, start=2) if any(cells)]
    return heading, rows


def _heading_problems(
    heading: Sequence[str], mapping: Mapping, sources: dict[str, ItemSource]
) -> Iterator[Problem]:
    if not heading:
        yield Problem(0, "", "The file is empty.")
        return
    wanted = [mapping.record, *(d.column for d in mapping.demographics.values())]
    wanted += [column for source in sources.values() for column in source.columns]
    wanted += [mapping.upn] if mapping.upn else []
    counts = Counter(heading)
    for column in dict.fromkeys(wanted):
        if not counts[column]:
            yield Problem(1, column, "The file has no such column.")
        elif counts[column] > 1:
            yield Problem(1, column, "The file has this column more than once.")


def _collect(
    heading: Sequence[str],
    lines: Sequence[tuple[int, list[str]]],
    mapping: Mapping,
    questionnaire: Questionnaire,
    sources: dict[str, ItemSource],
) -> Collected:
    rows: list[CollectedRow] = []
    problems: list[Problem] = []
    first_seen: dict[str, int] = {}
    for number, values in lines:
        if len(values) != len(heading):
            found = f"The row has {len(values)} cells, the heading {len(heading)}."
            problems.append(Problem(number, "", found))
            continue
        cells = dict(zip(heading, (value.strip() for value in values), strict=True))
        row, faults = _row(cells, mapping, questionnaire, sources)
        faults += _record_faults(
            row.record, mapping, first_seen.setdefault(row.record, number), number
        )
        problems += [Problem(number, column, message) for column, message in faults]
        rows += [] if faults else [row]
    return Collected(tuple(rows), tuple(problems))


def _record_faults(record: str, mapping: Mapping, first: int, number: int) -> list[tuple[str, str]]:
    if record in mapping.blanks:
        return [(mapping.record, "The record has no number.")]
    if first != number:
        return [(mapping.record, f"This record stands in row {first} already.")]
    return []


def _row(
    cells: dict[str, str],
    mapping: Mapping,
    questionnaire: Questionnaire,
    sources: dict[str, ItemSource],
) -> tuple[CollectedRow, list[tuple[str, str]]]:
    faults: list[tuple[str, str]] = []
    answers: dict[str, Answer] = {}
    for key, source in sources.items():
        try:
            answer = _answer(cells, source, questionnaire.items[key], mapping.blanks)
        except _CellError as error:
            faults.append((error.args[0], error.args[1]))
        else:
            if answer is not None:
                answers[key] = answer
    demographics: dict[str, str | None] = {}
    for dimension, place in mapping.demographics.items():
        value = cells[place.column]
        known = place.values if place.values is not None else {value: value}
        demographics[dimension] = None if value in mapping.blanks else known.get(value)
        if value not in mapping.blanks and value not in known:
            faults.append((place.column, f"{_shown(value)} is not among the mapping's values."))
    upn = cells[mapping.upn] if mapping.upn else ""
    return CollectedRow(cells[mapping.record], answers, demographics, upn or None), faults


def _answer(
    cells: dict[str, str], source: ItemSource, item: Item, blanks: frozenset[str]
) -> Answer | None:
    if source.ticks:
        return _ticks(cells, source, blanks)
    value = cells[source.column]
    if value in blanks:
        return None
    code = _code(value, source)
    if code is None or not item.kind.is_valid(code):
        raise _CellError(source.column, f"{_shown(value)} is no answer of item {item.key}.")
    return code


def _code(value: str, source: ItemSource) -> int | None:
    if source.recode is not None:
        return source.recode.get(value)
    whole = _WHOLE.match(value)
    return int(whole.group(1)) if whole else None


def _ticks(cells: dict[str, str], source: ItemSource, blanks: frozenset[str]) -> list[int] | None:
    ticked: list[int] = []
    for code, column in source.ticks.items():
        value = cells[column]
        if value in source.ticked:
            ticked.append(code)
        elif value not in source.unticked | blanks:
            raise _CellError(column, f"{_shown(value)} is neither ticked nor unticked.")
    return ticked or None


def _shown(value: str) -> str:
    """A cell for a message: short, and quoted so that odd characters are visible."""
    return repr(value[:20])
