"""The cube: groups with their cells, and every breakdown with its fate."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from reports.disclosure.canonical import canonical
from reports.disclosure.lattice import Breakdown, Group, Place, parse_group
from reports.disclosure.released.cells import (
    AnswersCell,
    Cell,
    Comparison,
    Elsewhere,
    HeadlineCell,
    Hidden,
    ScoreCell,
    Share,
    Since,
)
from reports.disclosure.rules import STATEMENT
from reports.disclosure.stored import stored

NO_ROWS = msgspec.Raw(b"{}")
NOT_PUBLISHED = "Not published: this table is not on the list of tables that are safe together."

Item = TypeVar("Item")
CELLS: dict[str, type[HeadlineCell] | type[ScoreCell]] = {"h": HeadlineCell, "s": ScoreCell}


@dataclass(frozen=True)
class ReleasedBreakdown:
    """A breakdown with its fate: "published" or "withheld" and why."""

    place: Place
    dims: tuple[str, ...]
    status: str
    reason: str = ""

    @property
    def id(self) -> str:
        """The breakdown's id, for example `school:100001|sex`."""
        return Breakdown(self.place, self.dims).id


@dataclass(frozen=True)
class ReleasedGroup:
    """A published group and its number of pupils."""

    id: str
    n: int

    @cached_property  # a page asks for it a thousand times
    def group(self) -> Group:
        """The place and values that the id names."""
        return parse_group(self.id)

    @property
    def place(self) -> Place:
        """The group's place."""
        return self.group.place

    @property
    def values(self) -> dict[str, str]:
        """The group's value of each demographic."""
        return dict(self.group.values)


@dataclass(frozen=True)
class ReleasedCube:
    """Safe numbers of one wave, or of one place and the borough beside it.

    cells: group id -> measure -> cell. comparisons: the same for school groups.
    hidden: breakdown id -> measure -> reason, where one measure of a breakdown is withheld.
    elsewhere: school's total -> headline -> the other schools in the school's mixes.
    earlier: key of the wave before, empty where there is none. since: as comparisons, with that
    wave. apart: measure -> why it may not be compared with it. by_year: measures that may be
    compared for single year groups only, since other years were asked then, too.
    icc: share of the variance between schools, computed from these cells; None if not to be told.
    """

    rules: str
    verdict_rule: str
    breakdowns: tuple[ReleasedBreakdown, ...]
    groups: tuple[ReleasedGroup, ...]
    cells: Mapping[str, Mapping[str, Cell]]
    comparisons: Mapping[str, Mapping[str, Comparison]]
    hidden: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statement: str = STATEMENT
    icc: float | None = None
    elsewhere: Mapping[str, Mapping[str, tuple[Elsewhere, ...]]] = field(default_factory=dict)
    earlier: str = ""
    since: Mapping[str, Mapping[str, Since]] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)
    by_year: tuple[str, ...] = ()

    def cell(self, group: str, measure: str) -> Cell | Hidden:
        """What is published of a measure in a group."""
        found = self.cells.get(group, {}).get(measure)
        return found or Hidden(self._reason(group, measure))

    def comparison(self, group: str, measure: str) -> Comparison | Hidden:
        """A school's group against all other schools' pupils."""
        found = self.comparisons.get(group, {}).get(measure)
        if found:
            return found
        if self.cells.get(group, {}).get(measure):
            return Hidden("No comparison: too few other schools, or too few pupils on one side.")
        return Hidden(self._reason(group, measure))

    def _reason(self, group: str, measure: str) -> str:
        breakdown = parse_group(group).breakdown
        one = self.hidden.get(breakdown.id, {}).get(measure)
        whole = (each.reason for each in self.breakdowns if each.id == breakdown.id and each.reason)
        return one or next(whole, NOT_PUBLISHED)

    def places(self) -> tuple[Place, ...]:
        """Places with a published group, the borough first."""
        return tuple(dict.fromkeys(each.place for each in self.groups))

    def part(self, place: Place) -> "ReleasedCube":
        """One place's groups, and the borough's groups of the same values to set beside them."""
        own = [each for each in self.groups if each.place == place]
        values = {each.group.values for each in own}
        beside = [g for g in self.groups if g.place.kind == "borough" and g.group.values in values]
        groups = tuple(dict.fromkeys([*beside, *own]))
        names = {each.id for each in groups}
        shown = {each.group.breakdown.id for each in groups}
        breakdowns = tuple(b for b in self.breakdowns if b.place == place or b.id in shown)
        listed = {each.id for each in breakdowns}
        return ReleasedCube(
            rules=self.rules,
            verdict_rule=self.verdict_rule,
            breakdowns=breakdowns,
            groups=groups,
            cells=_only(self.cells, names),
            comparisons=_only(self.comparisons, names),
            hidden=_only(self.hidden, listed),
            statement=self.statement,
            icc=self.icc,
            elsewhere=_only(self.elsewhere, names),
            earlier=self.earlier,
            since=_only(self.since, names),
            apart=self.apart,
            by_year=self.by_year,
        )

    def to_document(self) -> dict[str, Any]:
        """As JSON data; cells are short lists, in the order of their fields."""
        found = {
            "rules": self.rules,
            "verdict_rule": self.verdict_rule,
            "statement": self.statement,
            "icc": self.icc,
            "elsewhere": {
                group: {
                    key: [[list(mix), *figures] for mix, *figures in map(astuple, each)]
                    for key, each in row.items()
                }
                for group, row in self.elsewhere.items()
            },
            "breakdowns": [[b.place.id, list(b.dims), b.status, b.reason] for b in self.breakdowns],
            "groups": [[each.id, each.n] for each in self.groups],
            "cells": {
                group: {measure: _packed(cell) for measure, cell in row.items()}
                for group, row in self.cells.items()
            },
            "comparisons": {
                group: {measure: list(astuple(each)) for measure, each in row.items()}
                for group, row in self.comparisons.items()
            },
            "hidden": {each: _by_reason(row) for each, row in self.hidden.items()},
        }
        if self.earlier:
            found |= self._beside_earlier()
        return canonical(found)

    def _beside_earlier(self) -> dict[str, Any]:
        """Nothing of it stands in the document of a first wave."""
        return {
            "earlier": self.earlier,
            "since": {
                group: {measure: list(astuple(each)) for measure, each in row.items()}
                for group, row in self.since.items()
            },
            "apart": _by_reason(self.apart),
            "by_year": list(self.by_year),
        }

    @classmethod
    def from_json(cls, text: str) -> "ReleasedCube":
        """A stored cube, as it was. Groups' rows are left as text until they are asked for.

        Raises:
            msgspec.DecodeError: it is not JSON.
        """
        parts = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        rows = {each: parts.pop(each, NO_ROWS) for each in ("cells", "comparisons", "since")}
        document = canonical({key: msgspec.json.decode(part) for key, part in parts.items()})
        return cls(
            rules=document["rules"],
            verdict_rule=document["verdict_rule"],
            statement=document["statement"],
            icc=document.get("icc"),
            elsewhere={
                group: {
                    key: tuple(Elsewhere(tuple(dims), *figures) for dims, *figures in each)
                    for key, each in row.items()
                }
                for group, row in document.get("elsewhere", {}).items()
            },
            breakdowns=tuple(
                ReleasedBreakdown(parse_group(place).place, tuple(dims), status, reason)
                for place, dims, status, reason in document["breakdowns"]
            ),
            groups=tuple(ReleasedGroup(name, n) for name, n in document["groups"]),
            cells=stored(rows["cells"], _unpacked),
            comparisons=stored(rows["comparisons"], lambda packed: Comparison(*packed)),
            hidden={each: _by_measure(row) for each, row in document["hidden"].items()},
            earlier=document.get("earlier", ""),
            since=stored(rows["since"], lambda packed: Since(*packed)),
            apart=_by_measure(document.get("apart", {})),
            by_year=tuple(document.get("by_year", ())),
        )


def _only(mapping: Mapping[str, Item], names: Iterable[str]) -> dict[str, Item]:
    wanted = set(names)
    return {key: value for key, value in mapping.items() if key in wanted}


def _by_reason(row: Mapping[str, str]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for measure, reason in row.items():
        reasons.setdefault(reason, []).append(measure)
    return reasons


def _by_measure(row: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {measure: reason for reason, names in row.items() for measure in names}


def _packed(cell: Cell) -> list[Any]:
    if isinstance(cell, AnswersCell):
        shares = [[list(astuple(each)) for each in rows] for rows in (cell.shares, cell.missing)]
        return ["a", cell.n, *shares]
    name = next(name for name, kind in CELLS.items() if isinstance(cell, kind))
    return [name, *astuple(cell)]


def _unpacked(packed: list[Any]) -> Cell:
    name, *fields = packed
    if name == "a":
        n, *rows = fields
        return AnswersCell(n, *(tuple(Share(*each) for each in shares) for shares in rows))
    return CELLS[name](*fields)
