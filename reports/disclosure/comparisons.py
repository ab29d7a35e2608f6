"""A school's group against the same group in all other schools.

Computed from the sums of two published groups, school and borough, and nothing else: their
difference is a combination of columns that the certificate has seen. A headline's p and interval
can be worked out from the two published counts. A score's are made from sums that are known only
to a decimal, and may tell the sums more exactly; the certificate takes every sum as known exactly.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from reports.disclosure.cells import extreme
from reports.disclosure.lattice import Group
from reports.disclosure.released import Comparison
from reports.disclosure.rules import RuleSet
from reports.disclosure.sums import Sums
from reports.stats.adjust import benjamini_hochberg
from reports.stats.means import Summary, hedges_g, summarise, welch
from reports.stats.measures import HeadlineMeasure, ScoreMeasure
from reports.stats.proportions import Floats, difference, score_test
from reports.stats.verdicts import VerdictRule, verdict


@dataclass(frozen=True)
class _Row:
    """One comparison before adjustment. figures: n, value, the rest's n and value, gap, ends."""

    key: str
    unit: Literal["g", "points"]
    figures: tuple[float, ...]
    p: float
    effect: float


def compare(
    sums: Sums, group: Group, shown: Collection[str], rules: RuleSet, rule: VerdictRule
) -> dict[str, Comparison]:
    """Every shown measure of a school's group against the rest.

    p-values are adjusted over the headlines and scores of this one view.

    Args:
        shown: measures with a published cell both in the group and in the borough's.
    """
    whole = Group(sums.borough.place, group.values)
    if whole not in sums.row or sums.schools[sums.row[whole]] - 1 < rules.min_other_schools:
        return {}
    kinds = {key: sums.measures[key] for key in shown}
    headlines = [key for key, kind in kinds.items() if isinstance(kind, HeadlineMeasure)]
    # A hidden numerator must not come back as a difference, nor a nought stand on the other side.
    headlines = [k for k in headlines if _counted(sums, k, group, whole, rules)]
    scores = [key for key, kind in kinds.items() if isinstance(kind, ScoreMeasure)]
    rows = [
        *_headlines(sums, headlines, group, whole),
        *_scores(sums, scores, group, whole, rules),
    ]
    rows = [row for row in rows if row.figures[2] >= rules.k]
    adjusted = benjamini_hochberg([row.p for row in rows])
    pairs = zip(rows, adjusted, strict=True)
    return {row.key: _comparison(row, float(p), rule) for row, p in pairs}


def _counted(sums: Sums, key: str, group: Group, whole: Group, rules: RuleSet) -> bool:
    own, all_ = sums.of(key, group), sums.of(key, whole)
    return not any(extreme(int(met), int(n), rules) for n, met in (own, all_, all_ - own))


def _stacked(sums: Sums, keys: list[str], group: Group, width: int) -> Floats:
    return np.array([sums.of(key, group) for key in keys], dtype=float).reshape(-1, width)


def _headlines(sums: Sums, keys: list[str], group: Group, whole: Group) -> list[_Row]:
    own = _stacked(sums, keys, group, 2)
    (n, x), (rest_n, rest_x) = own.T, (_stacked(sums, keys, whole, 2) - own).T
    gap, p = difference(x, n, rest_x, rest_n), score_test(x, n, rest_x, rest_n)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = (n, 100 * x / n, rest_n, 100 * rest_x / rest_n)
    figures = np.array([*shares, 100 * gap.value, 100 * gap.low, 100 * gap.high])
    return [
        _Row(key, "points", tuple(figures[:, i]), float(p[i]), float(figures[4, i]))
        for i, key in enumerate(keys)
    ]


def _scores(sums: Sums, keys: list[str], group: Group, whole: Group, rules: RuleSet) -> list[_Row]:
    moments = _stacked(sums, keys, group, 3)
    own = summarise(*moments.T)
    rest = summarise(*(_stacked(sums, keys, whole, 3) - moments).T)
    ruler = np.array([float(sums.ruler(key).sd) for key in keys])
    # A small group's own SD could be worked out from its interval, and from the rest's beside the
    # whole's, so both sides borrow the borough's.
    small = np.minimum(own.n, rest.n) < rules.sd_base
    own, rest = (Summary(s.n, s.mean, np.where(small, ruler, s.sd)) for s in (own, rest))
    test, g = welch(own, rest), hedges_g(own, rest, ruler)
    gap = (test.difference, test.low, test.high)
    figures = np.array([own.n, own.mean, rest.n, rest.mean, *gap])
    return [
        _Row(key, "g", tuple(figures[:, i]), float(test.p[i]), float(g.value[i]))
        for i, key in enumerate(keys)
    ]


def _comparison(row: _Row, adjusted: float, rule: VerdictRule) -> Comparison:
    n, value, against_n, against, gap, low, high = (round(float(x), 1) for x in row.figures)
    return Comparison(
        n=int(n),
        value=value,
        against_n=int(against_n),
        against=against,
        difference=gap,
        low=low,
        high=high,
        p=rounded_p(row.p),
        p_adjusted=rounded_p(adjusted),
        effect=round(row.effect, 2 if row.unit == "g" else 1),
        verdict=verdict(adjusted, row.effect, row.unit, rule) if n >= rule.min_base else None,
    )


def rounded_p(p: float) -> float | None:
    """To four places: more would give the exact sums away."""
    return None if np.isnan(p) else round(float(p), 4)
