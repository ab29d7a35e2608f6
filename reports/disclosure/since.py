"""A group's figures beside those of the wave before, from the published cells of both waves.

Nothing else goes in, so a reader who holds both releases could work it out, and nobody learns more
by it. A school's two waves are set beside each other pupil for pupil asked: other pupils, or the
same ones two years older. The borough's change is that of the schools that took part both times,
with schools as the units, and is told only where those left out are none or several: otherwise the
borough's figure less theirs would be one school's, and no school is named in public.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from reports.disclosure.comparisons import rounded_p
from reports.disclosure.lattice import Group, Place, group_id, parse_group
from reports.disclosure.released import Cell, HeadlineCell, ScoreCell, Since
from reports.disclosure.rules import RuleSet
from reports.stats.adjust import benjamini_hochberg
from reports.stats.change import across_schools
from reports.stats.means import Summary, hedges_g, welch
from reports.stats.measures import Comparable
from reports.stats.proportions import difference, score_test
from reports.stats.verdicts import VerdictRule, verdict

Cells = Mapping[str, Mapping[str, Cell]]

# A mean is published to one decimal: the variance of what is rounded away, uniform over a tenth.
ROUNDING = 0.1**2 / 12


@dataclass(frozen=True)
class Earlier:
    """The released wave before: its key, all its cells, and what may be compared with them."""

    wave: str
    cells: Cells
    comparable: Comparable


@dataclass(frozen=True)
class _Row:
    """One change before adjustment. figures: now's n and value, then's, the change, its ends."""

    key: str
    unit: Literal["g", "points"]
    figures: tuple[float, ...]
    p: float
    effect: float
    schools: int | None = None


@dataclass(frozen=True)
class _Waves:
    now: Cells
    then: Cells
    borough: Place
    fewest: int

    def shares(self, group: str, key: str) -> tuple[HeadlineCell, HeadlineCell] | None:
        """A headline's two cells; None where either has no number."""
        now, then = self._cells(group, key)
        if not isinstance(now, HeadlineCell) or not isinstance(then, HeadlineCell):
            return None
        return None if now.count is None or then.count is None else (now, then)

    def means(self, group: str, key: str) -> tuple[ScoreCell, ScoreCell] | None:
        """A score's two cells; None where either is not published."""
        now, then = self._cells(group, key)
        return (now, then) if isinstance(now, ScoreCell) and isinstance(then, ScoreCell) else None

    def _cells(self, group: str, key: str) -> tuple[Cell | None, Cell | None]:
        now, then = (each.get(group, {}).get(key) for each in (self.now, self.then))
        return now, then

    def rulers(self, key: str) -> tuple[float, float]:
        """The SD of all pupils of the borough, now and then; NaN where it is not published."""
        whole = group_id(Group(self.borough))
        found = (each.get(whole, {}).get(key) for each in (self.now, self.then))
        spread = [each.sd if isinstance(each, ScoreCell) else None for each in found]
        now, then = (np.nan if each is None else each for each in spread)
        return now, then


def since(
    cells: Cells, earlier: Earlier, borough: Place, rules: RuleSet, rule: VerdictRule
) -> dict[str, dict[str, Since]]:
    """Group -> headline or score -> its change, for the borough's and the schools' groups.

    p-values are adjusted over the changes of one view, as comparisons are.
    """
    waves = _Waves(cells, earlier.cells, borough, rules.min_other_schools)
    found: dict[str, dict[str, Since]] = {}
    for name in cells:
        group = parse_group(name)
        if group.place.kind in ROWS:
            keys = [key for key in cells[name] if _may(group, key, earlier.comparable)]
            rows = list(ROWS[group.place.kind](waves, group, keys))
            if rows:
                found[name] = _judged(rows, rule)
    return found


def _may(group: Group, key: str, comparable: Comparable) -> bool:
    """Groups across years need the same years asked both times."""
    by_year = any(dim == "year_group" for dim, _ in group.values)
    return key in (comparable.measures if by_year else comparable.whole)


def _of_school(waves: _Waves, group: Group, keys: Iterable[str]) -> Iterator[_Row]:
    """Two samples of pupils, as if no pupil stood in both: with the same pupils twice the true
    interval is narrower."""
    name, keys = group_id(group), list(keys)
    yield from _shares({key: pair for key in keys if (pair := waves.shares(name, key))})
    for key in keys:
        scores = waves.means(name, key)
        row = _means(waves, key, *scores) if scores else None
        if row:
            yield row


def _shares(pairs: Mapping[str, tuple[HeadlineCell, HeadlineCell]]) -> Iterator[_Row]:
    if not pairs:
        return
    counts = [(now.count, now.n, then.count, then.n) for now, then in pairs.values()]
    x1, n1, x2, n2 = np.array(counts, dtype=float).T
    gap, p = difference(x1, n1, x2, n2), score_test(x1, n1, x2, n2)
    figures = np.array(
        [n1, 100 * x1 / n1, n2, 100 * x2 / n2, 100 * gap.value, 100 * gap.low, 100 * gap.high]
    )
    for i, key in enumerate(pairs):
        yield _Row(key, "points", tuple(figures[:, i]), float(p[i]), float(figures[4, i]))


def _means(waves: _Waves, key: str, now: ScoreCell, then: ScoreCell) -> _Row | None:
    """Welch's test of two published means; a group too small to show its SD borrows the
    borough's."""
    rulers = waves.rulers(key)
    one, two = (_summary(cell, ruler) for cell, ruler in zip((now, then), rulers, strict=True))
    test, g = welch(one, two), hedges_g(one, two, rulers[0])
    figures = (now.n, now.mean, then.n, then.mean, test.difference, test.low, test.high)
    plain = tuple(float(each) for each in figures)
    if not all(map(isfinite, (*plain, float(g.value)))):
        return None
    return _Row(key, "g", plain, float(test.p), float(g.value))


def _summary(cell: ScoreCell, ruler: float) -> Summary:
    spread = ruler if cell.sd is None else cell.sd
    return Summary(
        np.asarray(float(cell.n)),
        np.asarray(cell.mean),
        np.sqrt(spread**2 + cell.n * ROUNDING),
    )


def _of_borough(waves: _Waves, group: Group, keys: Iterable[str]) -> Iterator[_Row]:
    """The schools that took part both times, with schools as the units."""
    took_part = [
        {parse_group(name).place.key for name in each if _is_school(name)}
        for each in (waves.now, waves.then)
    ]
    for key in keys:
        found = {
            school: pair
            for school in sorted(took_part[0] & took_part[1])
            if (pair := _pair(waves, group_id(Group(Place("school", school), group.values)), key))
        }
        left = [len(each) - len(found) for each in took_part]
        if len(found) >= waves.fewest and all(n == 0 or n >= waves.fewest for n in left):
            row = _across(waves, key, list(found.values()))
            if row:
                yield row


def _pair(
    waves: _Waves, group: str, key: str
) -> tuple[HeadlineCell, HeadlineCell] | tuple[ScoreCell, ScoreCell] | None:
    return waves.shares(group, key) or waves.means(group, key)


def _is_school(name: str) -> bool:
    return name.startswith("school:") and "|" not in name


def _across(
    waves: _Waves, key: str, pairs: Sequence[tuple[HeadlineCell | ScoreCell, ...]]
) -> _Row | None:
    cells = [cell for pair in pairs for cell in pair]
    shares = isinstance(cells[0], HeadlineCell)
    n = np.array([cell.n for cell in cells], dtype=float).reshape(-1, 2)
    totals = np.array([_total(cell) for cell in cells], dtype=float).reshape(-1, 2)
    # The first column is now, the second is then; a change runs from then to now.
    change = across_schools(n[:, ::-1], totals[:, ::-1])
    times = 100 if shares else 1
    (n_now, n_then), (value, before) = n.sum(axis=0), times * totals.sum(axis=0) / n.sum(axis=0)
    ends = (change.difference.value, change.difference.low, change.difference.high)
    figures = (n_now, value, n_then, before, *(times * float(end) for end in ends))
    effect = figures[4] if shares else figures[4] / waves.rulers(key)[0]
    if not all(map(isfinite, (*figures, effect))):
        return None
    unit: Literal["g", "points"] = "points" if shares else "g"
    return _Row(key, unit, tuple(map(float, figures)), change.p, float(effect), len(pairs))


def _total(cell: HeadlineCell | ScoreCell) -> float:
    return cell.n * cell.mean if isinstance(cell, ScoreCell) else float(cell.count or 0)


Rows = Callable[[_Waves, Group, Iterable[str]], Iterator[_Row]]
ROWS: dict[str, Rows] = {"school": _of_school, "borough": _of_borough}


def _judged(rows: list[_Row], rule: VerdictRule) -> dict[str, Since]:
    adjusted = benjamini_hochberg([row.p for row in rows])
    return {row.key: _since(row, float(p), rule) for row, p in zip(rows, adjusted, strict=True)}


def _since(row: _Row, adjusted: float, rule: VerdictRule) -> Since:
    # Adding nought turns a minus nought into a plain one.
    n, value, before_n, before, change, low, high = (round(float(x), 1) + 0.0 for x in row.figures)
    enough = min(n, before_n) >= rule.min_base
    return Since(
        n=int(n),
        value=value,
        before_n=int(before_n),
        before=before,
        difference=change,
        low=low,
        high=high,
        p=rounded_p(row.p),
        p_adjusted=rounded_p(adjusted),
        effect=round(row.effect, 2 if row.unit == "g" else 1) + 0.0,
        verdict=verdict(adjusted, row.effect, row.unit, rule) if enough else None,
        schools=row.schools,
    )
