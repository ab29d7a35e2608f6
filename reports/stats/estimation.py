"""Totals, means, ratios and differences under a survey design, with clustered errors.

A column is one measure in one group of pupils. Estimates of several columns come with their
covariance, so groups that share schools, or pupils, may be subtracted from each other.
Everything works from sums (pupils, sum, sum of squares a row), which is what the cube holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from reports.stats.design import Design
from reports.stats.proportions import Floats, Interval

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """One measure over the R rows of a design. Rows not `inside` are of no pupil of the group.

    n: (R,) pupils who answered. total: (R,) sum of their values. squares: (R,) sum of squares.
    """

    n: Floats
    total: Floats
    squares: Floats
    inside: Flags

    @classmethod
    def of_values(cls, values: ArrayLike) -> Self:
        """One pupil a row; NaN where there is no answer."""
        given = np.asarray(values, dtype=float)
        known = ~np.isnan(given)
        filled = np.where(known, given, 0.0)
        return cls(known.astype(float), filled, filled**2, np.ones(given.shape, dtype=bool))

    @classmethod
    def of_sums(cls, n: ArrayLike, total: ArrayLike, squares: ArrayLike) -> Self:
        """A cell of pupils a row, as in `RawCube.moments`."""
        one, two, three = (np.asarray(each, dtype=float) for each in (n, total, squares))
        return cls(one, two, three, np.ones(one.shape, dtype=bool))

    @classmethod
    def of_counts(cls, n: ArrayLike, yes: ArrayLike) -> Self:
        """A share, a cell of pupils a row: how many answered, how many of them are counted."""
        return cls.of_sums(n, yes, yes)

    def where(self, rows: ArrayLike) -> Self:
        """The same measure in the pupils of these rows (R,) only."""
        keep = self.inside & np.asarray(rows, dtype=bool)
        return type(self)(self.n * keep, self.total * keep, self.squares * keep, keep)


@dataclass(frozen=True)
class Estimates:
    """D estimates with their covariance (D, D).

    n: (D,) pupils who answered. df: (D,) schools less strata that hold any of the group.
    srs: (D,) the variance that as many pupils drawn singly would give, with replacement and
    `drawn` (D,), the share of the population that they are; NaN where it means nothing.
    reached: (C, D) the schools that hold any of the group.
    """

    names: tuple[str, ...]
    n: Floats
    value: Floats
    covariance: Floats
    design: Design
    reached: Flags
    srs: Floats
    drawn: Floats

    @property
    def se(self) -> Floats:
        """Standard errors (D,)."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))

    @property
    def df(self) -> Floats:
        """Degrees of freedom (D,)."""
        return np.array([self.design.degrees(each) for each in self.reached.T], dtype=float)

    def interval(self, level: float = 0.95) -> Interval:
        """Student's t interval; NaN ends without a degree of freedom.

        Reference: R survey 4.1.1, `confint(svymean(...), df = degf(design))`.
        """
        df = np.where(self.df > 0, self.df, np.nan)
        half = stdtrit(df, 0.5 + level / 2) * self.se
        return Interval(self.value, self.value - half, self.value + half)

    def design_effect(self, *, replacement: bool = False) -> Floats:
        """Variance over that of as many pupils drawn singly from the population (D,).

        The weights must add up to the population, unless it is taken for endless.
        Reference: R survey 4.1.1, `svymean(..., deff = TRUE)`, `deff = "replace"`.
        """
        singly = self.srs if replacement else self.srs * (1 - self.drawn)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.se**2 / np.where(singly >= 0, singly, np.nan), dtype=float)

    def combined(self, weights: Mapping[str, float], name: str = "combined") -> "Estimates":
        """One estimate, the weighted sum of some of these, with its error.

        Raises:
            KeyError: a name that is not here.
        """
        places = [self._place(each) for each in weights]
        by = np.array(list(weights.values()), dtype=float)
        variance = by @ self.covariance[np.ix_(places, places)] @ by
        unknown = np.array([np.nan])
        return Estimates(
            names=(name,),
            n=self.n[places].sum(keepdims=True),
            value=np.array([by @ self.value[places]]),
            covariance=np.array([[variance]]),
            design=self.design,
            reached=np.asarray(self.reached[:, places].any(axis=1, keepdims=True), dtype=bool),
            srs=unknown,
            drawn=unknown,
        )

    def difference(self, one: str, other: str) -> "Estimates":
        """The first less the second. Reference: R survey 4.1.1, `svycontrast(svyby(...))`."""
        return self.combined({one: 1.0, other: -1.0}, f"{one} less {other}")

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise KeyError(f"no estimate is named {name}")
        return self.names.index(name)


@dataclass(frozen=True)
class Linear:
    """Estimates (D,) and the parts (R, D) whose sum over the rows is their error."""

    value: Floats
    parts: Floats


def linear_ratios(
    design: Design, tops: Mapping[str, Column], bottoms: Mapping[str, Column]
) -> Linear:
    """Ratios of weighted sums, linearised; calibration is taken account of.

    The parts of a group in one school add up to nought there, which would look like no error. What
    schools differ by cannot be told from one school, so its parts are NaN.
    """
    weight = design.weights[:, None]
    top = weight * _stack(design, tops, "total")
    bottom = weight * _stack(design, bottoms, "total")
    whole = bottom.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = top.sum(axis=0) / whole
        parts = (top - value * bottom) / whole
    alone = design.reached(_stack(design, bottoms, "n") > 0).sum(axis=0) < 2
    return Linear(value, np.where(alone, np.nan, design.residuals(parts)))


def linear_means(design: Design, columns: Mapping[str, Column]) -> Linear:
    """Weighted means, linearised: ratios of the sum to the pupils."""
    pupils = {name: Column(each.n, each.n, each.n, each.inside) for name, each in columns.items()}
    return linear_ratios(design, columns, pupils)


def means(design: Design, columns: Mapping[str, Column]) -> Estimates:
    """Means (or shares) of columns by name; NaN where nobody answered.

    Reference: R survey 4.1.1, `svymean`, and `svyby(~y, ~group, design, svymean, covmat = TRUE)`.
    """
    found = linear_means(design, columns)
    weight = design.weights[:, None]
    answers, squares = _stack(design, columns, "n"), _stack(design, columns, "squares")
    n = (answers * (weight > 0)).sum(axis=0)
    size = (weight * answers).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Weighted spread of pupils, as in svyvar: the divisor n - 1 stays in pupils.
        spread = np.maximum((weight * squares).sum(axis=0) / size - found.value**2, 0.0)
        return _estimates(design, columns, found, n, spread / (n - 1), n / size)


def ratios(design: Design, tops: Mapping[str, Column], bottoms: Mapping[str, Column]) -> Estimates:
    """Ratio of the total of one measure to that of another, by name. Same keys in both.

    Only rows where both are known belong in the columns: a pupil counts in both or in neither.
    Reference: R survey 4.1.1, `svyratio(~top, ~bottom, design)`.

    Raises:
        ValueError: the keys differ, or a row has a top without a bottom or the other way round.
    """
    if list(tops) != list(bottoms):
        raise ValueError("every ratio needs a top and a bottom of the same name")
    for name, top in tops.items():
        if not np.array_equal(top.n, bottoms[name].n):
            raise ValueError(f"{name}: top and bottom are of different pupils")
    return _plain(design, tops, linear_ratios(design, tops, bottoms))


def totals(design: Design, columns: Mapping[str, Column]) -> Estimates:
    """Weighted totals of columns by name. Reference: R survey 4.1.1, `svytotal`."""
    parts = design.weights[:, None] * _stack(design, columns, "total")
    return _plain(design, columns, Linear(parts.sum(axis=0), design.residuals(parts)))


def _plain(design: Design, columns: Mapping[str, Column], found: Linear) -> Estimates:
    n = (_stack(design, columns, "n") * (design.weights > 0)[:, None]).sum(axis=0)
    unknown = np.full(len(n), np.nan)
    return _estimates(design, columns, found, n, unknown, unknown)


def _estimates(
    design: Design,
    columns: Mapping[str, Column],
    found: Linear,
    n: Floats,
    srs: Floats,
    drawn: Floats,
) -> Estimates:
    inside = np.column_stack([each.inside for each in columns.values()])
    covariance = design.covariance(found.parts)
    reached = design.reached(inside)
    return Estimates(tuple(columns), n, found.value, covariance, design, reached, srs, drawn)


def _stack(design: Design, columns: Mapping[str, Column], what: str) -> Floats:
    """One of a column's arrays, side by side (R, D)."""
    if not columns:
        raise ValueError("there is nothing to estimate")
    arrays = [np.asarray(getattr(each, what), dtype=float) for each in columns.values()]
    if any(each.shape != design.weights.shape for each in arrays):
        raise ValueError("a column must have one entry for every row of the design")
    return np.column_stack(arrays)
