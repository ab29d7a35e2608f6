"""From one wave to the next, three ways that are never mixed; each result says which it is.

- "schools in both waves": all pupils of the schools asked each time, schools as the units. It is
  the borough's change. Pupils may be other pupils.
- "linked pupils": the same pupils twice. It is their change, with a year's growing up in it.
- "linked against unlinked": how those who could be followed differed at the first wave from those
  who could not. It is no change at all, and shows what the linked pupils can stand for.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, stdtr, stdtrit

from reports.stats.means import Summary, hedges_g, welch
from reports.stats.proportions import Floats, Interval, difference, score_test, wilson

Kind = Literal["schools in both waves", "linked pupils", "linked against unlinked"]


@dataclass(frozen=True)
class Change:
    """A change of a mean: units are the schools or pupils that the error rests on."""

    kind: Kind
    difference: Interval
    error: float
    t: float
    df: float
    p: float
    units: int


@dataclass(frozen=True)
class ShareChange:
    """A change of a share among linked pupils, with McNemar's test, exact and mid-p."""

    kind: Kind
    difference: Interval
    exact_p: float
    mid_p: float
    units: int


@dataclass(frozen=True)
class Followed:
    """Linked minus unlinked pupils at the first wave; effect is Hedges' g, NaN for a share."""

    kind: Kind
    difference: Interval
    effect: Interval
    p: float


def across_schools(n: ArrayLike, totals: ArrayLike, level: float = 0.95) -> Change:
    """The mean of the second wave minus that of the first, over schools in both.

    Args:
        n: (schools, 2) pupils with an answer. A school with none in either wave is left out.
        totals: (schools, 2) sums of their scores, or pupils meeting a threshold for a share.
    Source: Taylor linearisation of a difference of ratios, schools as primary sampling units
        without strata; Skinner, Holt and Smith (1989), Analysis of Complex Surveys, chapter 2.
    Reference: R, survey, `svycontrast(svyby(~y, ~wave, svydesign(~school), svymean, covmat = TRUE),
        c(-1, 1))` with t on schools - 1 degrees of freedom.
    """
    return slope_across_schools(n, totals, (0.0, 1.0), level)


def slope_across_schools(
    n: ArrayLike, totals: ArrayLike, when: ArrayLike, level: float = 0.95
) -> Change:
    """The straight line through the means of two or more waves, over schools in all of them.

    Args:
        n, totals: (schools, waves), as in `across_schools`.
        when: (waves,) the time of each; the change is per unit of it.

    Raises:
        ValueError: shapes that do not fit, fewer than two different times.
    """
    base, summed, times = (np.asarray(value, dtype=float) for value in (n, totals, when))
    if base.ndim != 2 or base.shape != summed.shape or times.shape != base.shape[1:]:
        raise ValueError("n and totals are schools by waves, with one time a wave")
    if len(set(times.tolist())) < 2:
        raise ValueError("a change needs two different times")
    both = (base > 0).all(axis=1)
    base, summed, schools = base[both], summed[both], int(both.sum())
    centred = times - times.mean()
    weights = centred / (centred**2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        means = summed.sum(axis=0) / base.sum(axis=0)
        parts = ((summed - means * base) / base.sum(axis=0)) @ weights
        error = (
            float(np.sqrt(schools / (schools - 1.0) * (parts**2).sum())) if schools > 1 else np.nan
        )
    return _tested("schools in both waves", float(means @ weights), error, schools, level)


def linked_mean(differences: Summary, level: float = 0.95) -> Change:
    """The mean of the same pupils' differences, second wave minus first.

    Args:
        differences: n, mean and SD of one pupil's difference (plain numbers).
    Source: Student (1908), Biometrika 6.
    Reference: R, `t.test(after, before, paired = TRUE)`.
    """
    n, mean, sd = (float(value) for value in (differences.n, differences.mean, differences.sd))
    error = sd / np.sqrt(n) if n > 1 else np.nan
    return _tested("linked pupils", mean, float(error), int(n), level)


def linked_share(
    both: int, before_only: int, after_only: int, neither: int, level: float = 0.95
) -> ShareChange:
    """The change of a share among linked pupils, from who met the threshold when.

    Interval: Newcombe's hybrid score interval for pairs. Test: of the pupils who changed, half are
    expected each way.
    Source: McNemar (1947), Psychometrika 12; Newcombe (1998c), Statistics in Medicine 17:2635,
        method 10; Fagerland, Lydersen and Laake (2013), BMC Medical Research Methodology 13, mid-p.
    Reference: R, `binom.test(after_only, before_only + after_only)$p.value`.

    Raises:
        ValueError: a count below nought.
    """
    table = np.array([[both, after_only], [before_only, neither]], dtype=float)
    if (table < 0).any():
        raise ValueError("pupils are not counted below nought")
    changed, fewer = before_only + after_only, min(before_only, after_only)
    tail = float(bdtr(fewer, changed, 0.5))
    point = tail - (float(bdtr(fewer - 1, changed, 0.5)) if fewer > 0 else 0.0)
    return ShareChange(
        kind="linked pupils",
        difference=_newcombe(table, level),
        exact_p=min(2 * tail, 1.0),
        # Half the chance of just what was seen is left out of each tail.
        mid_p=min(2 * tail - point, 1.0),
        units=int(table.sum()),
    )


def followed_mean(linked: Summary, unlinked: Summary, level: float = 0.95) -> Followed:
    """First-wave mean of the pupils linked later minus that of those not (Welch, Hedges' g)."""
    test = welch(linked, unlinked, level)
    return Followed(
        kind="linked against unlinked",
        difference=Interval(test.difference, test.low, test.high),
        effect=hedges_g(linked, unlinked, level=level),
        p=float(test.p),
    )


def followed_share(
    x: ArrayLike, n: ArrayLike, x_unlinked: ArrayLike, n_unlinked: ArrayLike, level: float = 0.95
) -> Followed:
    """First-wave share of the pupils linked later minus that of those not (Newcombe)."""
    unknown = np.asarray(np.nan)
    return Followed(
        kind="linked against unlinked",
        difference=difference(x, n, x_unlinked, n_unlinked, level),
        effect=Interval(unknown, unknown, unknown),
        p=float(score_test(x, n, x_unlinked, n_unlinked)),
    )


def between_differences(after: Interval, before: Interval) -> Interval:
    """How far one difference lies from another, as a gap between groups from wave to wave.

    Args:
        after, before: two differences with their intervals, of pupils who have nothing to do with
            one another. The interval leans as theirs do.
    Source: Zou and Donner (2008), Statistics in Medicine 27:1693, the method of variance estimates
        recovery, for a difference of two independent estimates; Newcombe's method 10 is its case
        of two shares.
    """
    value = after.value - before.value
    below = np.sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    above = np.sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Interval(value, value - below, value + above)


def _tested(kind: Kind, value: float, error: float, units: int, level: float) -> Change:
    """Student's t with units - 1 degrees of freedom; NaN where there are fewer than two."""
    df = float(units - 1) if units > 1 else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.divide(value, error)
    half = stdtrit(df, 0.5 + level / 2) * error
    ends = Interval(*(np.asarray(end) for end in (value, value - half, value + half)))
    return Change(kind, ends, error, float(t), df, float(2 * stdtr(df, -abs(t))), units)


def _newcombe(table: Floats, level: float) -> Interval:
    """Share after minus share before; columns of the table are before, rows after."""
    n = table.sum()
    after, before = wilson(table[0].sum(), n, level), wilson(table[:, 0].sum(), n, level)
    gap = after.value - before.value
    correlation = _correlation(table)

    def half(above: Floats, below: Floats) -> Floats:
        return np.asarray(np.sqrt(above**2 - 2 * correlation * above * below + below**2), float)

    low = half(after.value - after.low, before.high - before.value)
    high = half(after.high - after.value, before.value - before.low)
    return Interval(gap, gap - low, gap + high)


def _correlation(table: Floats) -> float:
    """Phi of the two answers, a positive one drawn towards nought as Newcombe does."""
    product = table[0, 0] * table[1, 1] - table[0, 1] * table[1, 0]
    if product > 0:
        product = max(product - table.sum() / 2, 0.0)
    margins = table.sum(axis=0).prod() * table.sum(axis=1).prod()
    return float(product / np.sqrt(margins)) if margins > 0 else 0.0
