"""A school's group against the same group in all other schools.

Computed from the sufficient statistics of two published groups, school and borough, and nothing
else: the difference of two columns of the certificate is in its reach.
"""

from dataclasses import dataclass

import numpy as np

from reports.disclosure.released import Comparison
from reports.disclosure.rules import RuleSet
from reports.stats.adjust import benjamini_hochberg
from reports.stats.means import hedges_g, summarise, welch
from reports.stats.proportions import Floats, difference, score_test
from reports.stats.verdicts import VerdictRule, verdict


@dataclass(frozen=True)
class Family:
    """The measures of one view that are compared together.

    headlines: (H, 2) valid and meeting; scores: (S, 3) n, sum, sum of squares; each for the school
    and for the borough (the school included). sd: the borough's pupil SD of each score (S,).
    """

    headline_names: tuple[str, ...]
    school_headlines: Floats
    borough_headlines: Floats
    score_names: tuple[str, ...]
    school_scores: Floats
    borough_scores: Floats
    sd: Floats


@dataclass(frozen=True)
class _Row:
    """One comparison before adjustment; effect in the unit its floor is stated in."""

    name: str
    unit: str
    figures: tuple[float, ...]
    p: float
    effect: float


def compare(family: Family, rules: RuleSet, rule: VerdictRule) -> dict[str, Comparison]:
    """Every measure of a view against the rest, p-values adjusted within the view."""
    rows = [*_headlines(family, rules), *_scores(family, rules)]
    adjusted = benjamini_hochberg([row.p for row in rows])
    return {
        row.name: _comparison(row, float(p), rule) for row, p in zip(rows, adjusted, strict=True)
    }


def _headlines(family: Family, rules: RuleSet) -> list[_Row]:
    n, x = family.school_headlines.T
    rest_n, rest_x = (family.borough_headlines - family.school_headlines).T
    gap = difference(x, n, rest_x, rest_n)
    p = score_test(x, n, rest_x, rest_n)
    rows = []
    for i in np.flatnonzero(rest_n >= rules.k):
        figures = (n[i], 100 * x[i] / n[i], rest_n[i], 100 * rest_x[i] / rest_n[i])
        points = tuple(float(100 * end[i]) for end in (gap.value, gap.low, gap.high))
        rows.append(_Row(family.headline_names[i], "points", (*figures, *points), p[i], points[0]))
    return rows


def _scores(family: Family, rules: RuleSet) -> list[_Row]:
    own = summarise(*family.school_scores.T)
    rest = summarise(*(family.borough_scores - family.school_scores).T)
    # A small group's own SD could be worked out from its interval, so it borrows the borough's.
    spread = np.where(own.n >= rules.sd_base, own.sd, family.sd)
    own = type(own)(own.n, own.mean, spread)
    test, g = welch(own, rest), hedges_g(own, rest, family.sd)
    rows = []
    for i in np.flatnonzero(rest.n >= rules.k):
        figures = (own.n[i], own.mean[i], rest.n[i], rest.mean[i])
        gap = (test.difference[i], test.low[i], test.high[i])
        rows.append(_Row(family.score_names[i], "g", (*figures, *gap), test.p[i], g.value[i]))
    return rows


def _comparison(row: _Row, adjusted: float, rule: VerdictRule) -> Comparison:
    n, value, against_n, against, *gap = row.figures
    shown, low, high = (round(float(end), 1) for end in gap)
    unit = "g" if row.unit == "g" else "points"
    return Comparison(
        n=int(n),
        value=round(float(value), 1),
        against_n=int(against_n),
        against=round(float(against), 1),
        difference=shown,
        low=low,
        high=high,
        p=_rounded(row.p),
        p_adjusted=_rounded(adjusted),
        effect=round(float(row.effect), 2 if unit == "g" else 1),
        verdict=verdict(adjusted, row.effect, unit, rule) if n >= rule.min_base else None,
    )


def _rounded(p: float) -> float | None:
    """To four places: more would give the exact sums away."""
    return None if np.isnan(p) else round(float(p), 4)
