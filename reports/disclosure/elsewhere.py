"""Pupils like yours elsewhere: the other schools' pupils, counted in a school's own mix.

Computed from published cells and nothing else, so a reader could do it with a pencil and nobody
learns more by it. The mix is of year group with one more demographic: the published pairs. The
mix of all four at once is not published: it would be a column of weights to certify a school.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import isnan

from reports.disclosure.lattice import Breakdown, Group, Place, group_id, parse_group
from reports.disclosure.released import Cell, Comparison, Elsewhere, HeadlineCell
from reports.stats.standardise import Sums, standardise

LEAST_COVERED = 0.9  # of the school's answers; the others are of pupils whose mix has no table


def elsewhere(
    cells: Mapping[str, Mapping[str, Cell]],
    comparisons: Mapping[str, Mapping[str, Comparison]],
    borough: Place,
) -> dict[str, dict[str, tuple[Elsewhere, ...]]]:
    """School's total -> headline -> one figure a mix, where every cell of the mix is published.

    Headlines only: a score's mean has one decimal, too few to take one school's pupils out again.
    """
    published = _Published(cells, comparisons, borough)
    found: dict[str, dict[str, tuple[Elsewhere, ...]]] = {}
    for breakdown, groups in _pairs(cells).items():
        whole = group_id(Group(breakdown.place))
        for key, total in cells.get(whole, {}).items():
            if isinstance(total, HeadlineCell):
                one = published.one(breakdown, groups, key, total.n)
                if one:
                    row = found.setdefault(whole, {})
                    row[key] = (*row.get(key, ()), one)
    return found


def _pairs(cells: Iterable[str]) -> dict[Breakdown, list[Group]]:
    """The groups of every school's published pairs."""
    found: dict[Breakdown, list[Group]] = {}
    for group in sorted(map(parse_group, cells)):
        if group.place.kind == "school" and len(group.values) == 2:
            found.setdefault(group.breakdown, []).append(group)
    return found


@dataclass(frozen=True)
class _Published:
    cells: Mapping[str, Mapping[str, Cell]]
    comparisons: Mapping[str, Mapping[str, Comparison]]
    borough: Place

    def one(
        self, breakdown: Breakdown, groups: Iterable[Group], key: str, answers: int
    ) -> Elsewhere | None:
        """The other schools in this mix; None where a cell has no number or no comparison.

        A group without a cell (a year that is not asked) is left out; `answers` shows how many.
        """
        own: dict[Hashable, Sums] = {}
        rest: dict[Hashable, Sums] = {}
        for group in groups:
            if key in self.cells[group_id(group)]:
                both = self._both(group, key)
                if both is None:
                    return None
                own[group.values], rest[group.values] = both
        if sum(n for n, _, _ in own.values()) < LEAST_COVERED * answers:
            return None
        told = standardise(own, rest)
        ends = (_percent(each) for each in (told.against, told.low, told.high))
        return Elsewhere(breakdown.dims, told.n, *ends)

    def _both(self, group: Group, key: str) -> tuple[Sums, Sums] | None:
        """A group's pupils, and all other schools' pupils in the same group."""
        mine = _sums(self.cells[group_id(group)][key])
        beside = group_id(Group(self.borough, group.values))
        everybody = _sums(self.cells.get(beside, {}).get(key))
        # Where there is a comparison, enough other schools stand behind the rest.
        compared = key in self.comparisons.get(group_id(group), {})
        if mine is None or everybody is None or not compared:
            return None
        n, met = everybody[0] - mine[0], everybody[1] - mine[1]
        return mine, (n, met, met)


def _sums(cell: Cell | None) -> Sums | None:
    """Answers and those that meet it, of a headline whose number is published."""
    if not isinstance(cell, HeadlineCell) or cell.count is None:
        return None
    return float(cell.n), float(cell.count), float(cell.count)


def _percent(share: float) -> float | None:
    return None if isnan(share) else round(min(max(100 * share, 0.0), 100.0), 1)
