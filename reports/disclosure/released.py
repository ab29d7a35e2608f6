"""The released cube: the only thing pages, papers, files and interfaces may read.

Built by `control.py` alone; `from_document` reads a stored one back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from reports.disclosure.canonical import canonical
from reports.disclosure.lattice import Breakdown, Group, Place, parse_group
from reports.disclosure.rules import STATEMENT
from reports.disclosure.stored import stored

NOT_PUBLISHED = "Not published: this table is not on the list of tables that are safe together."


@dataclass(frozen=True)
class HeadlineCell:
    """Pupils meeting a threshold; count and percent are None where `label` stands for them."""

    n: int
    count: int | None
    percent: float | None
    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True)
class ScoreCell:
    """A scale's mean with its interval; the SD only where the base allows."""

    n: int
    mean: float
    sd: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """One answer's share in percent; None where `label` stands for it."""

    code: int
    percent: float | None
    label: str


@dataclass(frozen=True)
class AnswersCell:
    """Shares of the n who answered; `missing` are shares of all the group's pupils."""

    n: int
    shares: tuple[Share, ...]
    missing: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A school's group against the same group in all other schools.

    Headlines: value, difference and ends in percent and points, effect = difference in points.
    Scores: in the scale's unit, effect = Hedges' g by the borough's pupil SD.
    """

    n: int
    value: float
    against_n: int
    against: float
    difference: float
    low: float
    high: float
    p: float | None
    p_adjusted: float | None
    effect: float
    verdict: str | None


@dataclass(frozen=True)
class Elsewhere:
    """All other schools' pupils in a school's own mix of two demographics, from published cells.

    n: the school's answers in these mixes. percent, low, high: of the others, so weighted; the
    ends are None where nothing varies.
    """

    dims: tuple[str, ...]
    n: int
    percent: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Hidden:
    """Nothing is shown, and why, in plain words."""

    reason: str


Item = TypeVar("Item")
Cell = HeadlineCell | ScoreCell | AnswersCell
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
        return canonical(found)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "ReleasedCube":
        """A stored cube, as it was."""
        rows = {each: document[each] for each in ("cells", "comparisons")}
        document = canonical({key: document[key] for key in document.keys() - rows.keys()})
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
            hidden={
                each: {measure: reason for reason, names in row.items() for measure in names}
                for each, row in document["hidden"].items()
            },
        )


def _only(mapping: Mapping[str, Item], names: Iterable[str]) -> dict[str, Item]:
    wanted = set(names)
    return {key: value for key, value in mapping.items() if key in wanted}


def _by_reason(row: Mapping[str, str]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for measure, reason in row.items():
        reasons.setdefault(reason, []).append(measure)
    return reasons


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
