"""How pupils came to be counted: schools as sampling units, strata, weights, and the variance.

Every estimate here is linearised (Taylor): its error is a sum over pupils of small parts. Parts
are added up within a school, and the spread of the schools' sums about their stratum's mean gives
the variance. So a row may be a pupil or a cell of pupils of one school: the result is the same.

Source: Binder (1983), International Statistical Review 51; Särndal, Swensson and Wretman (1992),
Model Assisted Survey Sampling, sections 4.3 and 6.6.
Reference: R survey 4.1.1, `svydesign(id, strata, weights, fpc)` with `svymean` and `svytotal`.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from reports.stats.proportions import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Draw:
    """One stage of drawing, an entry a row: the cluster, its stratum, how many there were.

    strata: none means one for all. population: clusters in the row's stratum, drawn or not; none
    means drawn with replacement, the right reading where the question is what produced the answers.
    Clusters of a second stage are told apart within those of the first.
    """

    clusters: ArrayLike
    strata: ArrayLike | None = None
    population: ArrayLike | None = None


@dataclass(frozen=True)
class Stage:
    """A draw made ready: R rows, C clusters, S strata.

    cluster: (R,) the row's cluster. stratum: (C,) the cluster's stratum. drawn: (S,) its clusters.
    fraction: (S,) the chance of a cluster over this stage and those above; nought if drawn with
    replacement. scale: (S,) what a squared deviation counts.
    """

    cluster: Ints
    stratum: Ints
    drawn: Ints
    fraction: Floats
    scale: Floats

    def covariance(self, parts: Floats) -> Floats:
        """What this stage adds to the covariance (D, D) of D sums of parts (R, D)."""
        sums = _rowsum(parts, self.cluster, len(self.stratum))
        middle = _rowsum(sums, self.stratum, len(self.drawn)) / self.drawn[:, None]
        away = sums - middle[self.stratum]
        return np.asarray(away.T @ (away * self.scale[self.stratum][:, None]), dtype=float)


@dataclass(frozen=True)
class Calibration:
    """Weights made to meet known totals. columns: (R, K). base: (R,) weights before; pupils: (R,).

    What the columns explain of a measure no longer varies from sample to sample.
    """

    columns: Floats
    base: Floats
    pupils: Floats

    def residuals(self, parts: Floats, weights: Floats) -> Floats:
        """The parts (R, D) that the columns do not explain, by least squares with base weights.

        Source: Deville and Särndal (1992), JASA 87. Raking has the same variance for large samples.
        Reference: R survey 4.1.1, `calibrate` (all kinds) and `postStratify`.
        """
        root = np.sqrt(self.base * self.pupils)[:, None]
        ruler = (weights / self.base)[:, None] * root
        x, y = self.columns * root, parts / ruler
        slope, *_ = np.linalg.lstsq(x, y, rcond=None)
        return np.asarray((y - x @ slope) * ruler, dtype=float)


@dataclass(frozen=True)
class Design:
    """A survey design over R rows, each a pupil or a cell of pupils of the same last cluster.

    weights: (R,) pupils of the population that one pupil of the row stands for.
    """

    weights: Floats
    stages: tuple[Stage, ...]
    calibration: Calibration | None = None

    @classmethod
    def of(cls, *draws: Draw, weights: ArrayLike | None = None) -> Self:
        """The design of one draw after another; schools as they came: `Design.of(Draw(school))`.

        Without weights a pupil stands for one over the chance that the last cluster was drawn, as
        in R, and for one pupil where nothing is said of a population.

        Raises:
            ValueError: no draw or no row; arrays of different lengths; an unknown cluster; a
                cluster in two strata; a stratum with a single cluster out of more; a population
                that varies within a stratum or is smaller than what was drawn; weights that are
                negative, not numbers, or left out where only some populations are given.
        """
        stages: list[Stage] = []
        for draw in draws:
            stages.append(_stage(draw, stages[-1] if stages else None))
        if not stages:
            raise ValueError("a design needs at least one draw")
        given = _inverse_chances(stages) if weights is None else np.asarray(weights, dtype=float)
        if given.shape != stages[0].cluster.shape:
            raise ValueError("there must be one weight for every row")
        if not (np.isfinite(given) & (given >= 0)).all():
            raise ValueError("weights must be numbers of nought or more")
        return cls(given, tuple(stages))

    def calibrated(self, weights: ArrayLike, columns: ArrayLike, pupils: ArrayLike = 1.0) -> Self:
        """The same design with weights that meet the known totals of the columns.

        weights: (R,) a pupil of each row. columns: (R, K) as `weighting.indicators` gives them.
        pupils: (R,) in each row, whether they answered a question or not.

        Weights may be raked to each school's roll as well, but that margin stays out of the
        columns: what schools differ by would count as known, and that is the error that matters.

        Raises:
            ValueError: a shape that does not fit, a weight of nought before or after, an empty row,
                a column that only one first cluster has.
        """
        after, base = np.asarray(weights, dtype=float), self.weights
        columns = np.asarray(columns, dtype=float)
        counts = np.broadcast_to(np.asarray(pupils, dtype=float), base.shape)
        if after.shape != base.shape or columns.ndim != 2 or len(columns) != len(base):
            raise ValueError("weights and columns must have one entry for every row")
        if not all((each > 0).all() for each in (after, base, counts)):
            raise ValueError("calibration needs weights above nought and pupils in every row")
        if (self.reached(columns != 0).sum(axis=0) < 2).any():
            raise ValueError("a column of one school alone would hide what schools differ by")
        return replace(self, weights=after, calibration=Calibration(columns, base, counts))

    def residuals(self, parts: Floats) -> Floats:
        """Parts (R, D) of linearised estimates without what calibration has fixed."""
        if self.calibration is None:
            return parts
        return self.calibration.residuals(parts, self.weights)

    def covariance(self, parts: Floats) -> Floats:
        """Covariance (D, D) of D sums over the rows of parts (R, D), over all stages."""
        return np.asarray(sum(stage.covariance(parts) for stage in self.stages), dtype=float)

    def reached(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which first clusters (C, D) hold any of the rows (R, D) with a weight."""
        weighted = (rows & (self.weights > 0)[:, None]).astype(float)
        return _rowsum(weighted, self.stages[0].cluster, len(self.stages[0].stratum)) > 0

    def degrees(self, reached: NDArray[np.bool_]) -> int:
        """Degrees of freedom of first clusters (C,): their number less that of their strata.

        Reference: R survey 4.1.1, `degf(subset(design, domain))`.
        """
        strata = np.unique(self.stages[0].stratum[reached])
        return int(reached.sum()) - len(strata)


def _stage(draw: Draw, before: Stage | None) -> Stage:
    inside = None if before is None else before.cluster
    stratum_of_row = _numbered(draw.strata, inside, np.shape(np.asarray(draw.clusters)))
    cluster = _numbered(draw.clusters, inside, stratum_of_row.shape)
    stratum = np.zeros(cluster.max() + 1, dtype=np.int64)
    stratum[cluster] = stratum_of_row
    if (stratum[cluster] != stratum_of_row).any():
        raise ValueError("a cluster stands in more than one stratum")
    drawn = np.bincount(stratum)
    population = _population(draw.population, stratum_of_row, drawn)
    share = np.ones(len(drawn))
    if before is not None:
        share[stratum_of_row] = before.fraction[before.stratum[before.cluster]]
    return _scaled(cluster, stratum, drawn, drawn / population, share)


def _scaled(cluster: Ints, stratum: Ints, drawn: Ints, fraction: Floats, share: Floats) -> Stage:
    """`share`: (S,) of what stands above the stratum was drawn; nought: nothing is added here."""
    matters = (fraction < 1) & (share > 0)
    if ((drawn == 1) & matters).any():
        raise ValueError("a stratum has a single cluster: its spread cannot be told")
    scale = np.where(matters, share * (1 - fraction) * drawn / np.maximum(drawn - 1, 1), 0.0)
    return Stage(cluster, stratum, drawn, share * fraction, scale)


def _numbered(labels: ArrayLike | None, inside: Ints | None, shape: tuple[int, ...]) -> Ints:
    """Labels as numbers from nought, told apart within the numbers of the stage above."""
    values = np.zeros(shape) if labels is None else np.asarray(labels)
    if (
        values.ndim != 1
        or values.shape != shape
        or (inside is not None and len(inside) != len(values))
    ):
        raise ValueError("clusters and strata need one label for every row")
    codes, found = pd.factorize(values)
    if not len(values) or (codes < 0).any():
        raise ValueError("every row needs a cluster and a stratum that are known")
    if inside is not None:
        codes, _ = pd.factorize(inside * len(found) + codes)
    return np.asarray(codes, dtype=np.int64)


def _population(given: ArrayLike | None, stratum: Ints, drawn: Ints) -> Floats:
    """Clusters in each stratum (S,); infinity where they were drawn with replacement."""
    if given is None:
        return np.full(len(drawn), np.inf)
    rows = np.broadcast_to(np.asarray(given, dtype=float), stratum.shape)
    population = np.zeros(len(drawn))
    population[stratum] = rows
    if not (population[stratum] == rows).all():
        raise ValueError("the population of clusters varies within a stratum")
    if (population < drawn).any():
        raise ValueError("more clusters were drawn than there are in a stratum")
    return population


def _inverse_chances(stages: list[Stage]) -> Floats:
    last = stages[-1]
    chance = last.fraction[last.stratum[last.cluster]]
    if not any(stage.fraction.any() for stage in stages):
        return np.ones(len(chance))
    if not chance.all():
        raise ValueError("weights must be given where a stage or stratum has no population")
    return np.asarray(1 / chance, dtype=float)


def _rowsum(values: Floats, group: Ints, size: int) -> Floats:
    """Rows (R, D) added up by group (size, D)."""
    return np.column_stack([np.bincount(group, each, size) for each in values.T])
