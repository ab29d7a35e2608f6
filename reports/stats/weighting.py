"""Weights that make those who answered look like the roll: raking, trimming, effective numbers.

Rows are pupils or cells of pupils who share every margin. Weighting repairs uneven response
inside schools that took part; it cannot speak for schools that did not.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from reports.stats.proportions import Floats

Labels = Collection[Hashable]
Margins = Mapping[str, Labels]
Targets = Mapping[str, Mapping[Hashable, float]]

TOLERANCE = 1e-9  # of a margin's total, relative
ROUNDS = 1000


@dataclass(frozen=True)
class Trimming:
    """Weights outside these multiples of the median weight of a pupil are cut to them.

    Source: the bounds of the design document (0.3 to 3), in the range that surveys use; Potter
    (1990), Proceedings of the Survey Research Methods Section, ASA.
    """

    low: float = 0.3
    high: float = 3.0


STANDARD = Trimming()


@dataclass(frozen=True)
class Weights:
    """A weight a pupil of each row (R,), with what it costs.

    effective_n: pupils drawn singly who would tell as much of a measure that has nothing to do
    with the weights. trimmed: pupils whose weight was cut. gap: the largest relative distance of
    a category's weighted number from its target: nought but for rounding unless weights were cut.
    """

    weights: Floats
    effective_n: float
    trimmed: int
    gap: float


def effective_n(weights: ArrayLike, pupils: ArrayLike = 1.0) -> float:
    """Squared sum of the weights over the sum of their squares, over all pupils of all rows.

    Source: Kish (1965), Survey Sampling, section 11.7.
    """
    weight = np.asarray(weights, dtype=float)
    counts = np.broadcast_to(np.asarray(pupils, dtype=float), weight.shape)
    return float((counts @ weight) ** 2 / (counts @ weight**2))


def rake(
    margins: Margins, targets: Targets, pupils: ArrayLike = 1.0, base: ArrayLike = 1.0
) -> Floats:
    """Weights (R,) whose sums meet the targets in every category of every margin.

    Args:
        margins: name -> the category (R,) of each row.
        targets: name -> category -> pupils on the roll. All margins add up to the same number.
        pupils: (R,) in each row. base: (R,) weights to start from.

    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11.
    Reference: R survey 4.1.1, `rake(design, list(~a, ~b), list(totals_a, totals_b))`.

    Raises:
        ValueError: margins and targets that do not belong together, an unknown category, a target
            without pupils, pupils without a target, margins that do not add up, or targets that
            no weights can meet together.
    """
    return _fitted(_prepared(margins, targets, pupils, base))


def weigh(
    margins: Margins,
    targets: Targets,
    pupils: ArrayLike = 1.0,
    base: ArrayLike = 1.0,
    trimming: Trimming = STANDARD,
) -> Weights:
    """Raked weights within the bounds of the trimming, as near to the margins as these let them.

    What is cut off is given to the other pupils and the margins are met again, until nothing is
    left to cut; where both cannot be had the bounds hold and `gap` says what is missing.
    Raises as `rake` does.
    """
    prepared = _prepared(margins, targets, pupils, base)
    raked = _fitted(prepared)
    middle = _median(raked, prepared.pupils)
    low, high = trimming.low * middle, trimming.high * middle
    outside = (raked < low) | (raked > high)
    weights = _bounded(prepared, raked, low, high) if outside.any() else raked
    return Weights(
        weights=weights,
        effective_n=effective_n(weights, prepared.pupils),
        trimmed=int(prepared.pupils[outside].sum()),
        gap=prepared.gap(weights),
    )


def indicators(margins: Margins) -> Floats:
    """One column a category (R, K), 1 where the row is in it: what `Design.calibrated` asks for.

    Raises:
        ValueError: an unknown category.
    """
    blocks = []
    for name, labels in margins.items():
        codes, categories = _codes(name, labels)
        blocks.append(codes[:, None] == np.arange(len(categories)))
    return np.column_stack(blocks).astype(float)


@dataclass(frozen=True)
class _Margin:
    """A margin as numbers: each row's category (R,) and the targets (K,)."""

    code: NDArray[np.int64]
    target: Floats

    def reached(self, masses: Floats) -> Floats:
        return np.asarray(np.bincount(self.code, masses, len(self.target)), dtype=float)

    def gap(self, masses: Floats) -> float:
        return float(np.max(np.abs(self.reached(masses) / self.target - 1)))


@dataclass(frozen=True)
class _Prepared:
    margins: tuple[_Margin, ...]
    pupils: Floats
    start: Floats

    def sweep(self, weights: Floats) -> Floats:
        """Every margin met once, one after the other."""
        for margin in self.margins:
            weights = weights * (margin.target / margin.reached(weights * self.pupils))[margin.code]
        return weights

    def gap(self, weights: Floats) -> float:
        return max(margin.gap(weights * self.pupils) for margin in self.margins)


def _prepared(margins: Margins, targets: Targets, pupils: ArrayLike, base: ArrayLike) -> _Prepared:
    if not margins or set(margins) != set(targets):
        raise ValueError("every margin needs its targets, and there must be one margin at least")
    size = len(next(iter(margins.values())))
    if any(len(labels) != size for labels in margins.values()):
        raise ValueError("every margin needs one category for every row")
    counts, start = (
        np.broadcast_to(np.asarray(each, dtype=float), (size,)) for each in (pupils, base)
    )
    if not all((np.isfinite(each) & (each > 0)).all() for each in (counts, start)):
        raise ValueError("every row needs pupils, and a weight above nought to start from")
    _adding_up(targets)
    found = tuple(_margin(name, labels, targets[name]) for name, labels in margins.items())
    return _Prepared(found, counts, start)


def _adding_up(targets: Targets) -> None:
    sums = {name: sum(target.values()) for name, target in targets.items()}
    if max(sums.values()) - min(sums.values()) > TOLERANCE / 10 * max(sums.values()):
        told = ", ".join(f"{name} {total:,.10g}" for name, total in sums.items())
        raise ValueError(f"the margins do not add up to the same number: {told}")


def _margin(name: str, labels: Labels, target: Mapping[Hashable, float]) -> _Margin:
    codes, categories = _codes(name, labels)
    strangers = [each for each in categories if not target.get(each, 0) > 0]
    if strangers:
        raise ValueError(f"{name}: pupils of {strangers[0]!r} have no target above nought")
    empty = [each for each, total in target.items() if total and each not in set(categories)]
    if empty:
        raise ValueError(f"{name}: nobody of {empty[0]!r} answered; join it to another category")
    return _Margin(codes, np.array([target[each] for each in categories], dtype=float))


def _codes(name: str, labels: Labels) -> tuple[NDArray[np.int64], list[Hashable]]:
    codes, categories = pd.factorize(pd.Series(list(labels), dtype=object))
    if (codes < 0).any():
        raise ValueError(f"{name}: a category is not known")
    return np.asarray(codes, dtype=np.int64), list(categories)


def _fitted(prepared: _Prepared) -> Floats:
    weights = prepared.start
    for _ in range(ROUNDS):
        weights = prepared.sweep(weights)
        if prepared.gap(weights) <= TOLERANCE:
            return weights
    gap = prepared.gap(weights)
    raise ValueError(f"no weights meet all margins: {ROUNDS} rounds leave a gap of {gap:.1%}")


def _bounded(prepared: _Prepared, weights: Floats, low: float, high: float) -> Floats:
    weights = np.clip(weights, low, high)
    for _ in range(ROUNDS):
        if prepared.gap(weights) <= TOLERANCE:
            break
        weights = np.clip(prepared.sweep(weights), low, high)
    return weights


def _median(weights: Floats, pupils: Floats) -> float:
    """The weight of the middle pupil; of an even number, the lower of the two in the middle."""
    order = np.argsort(weights, kind="stable")
    place = np.searchsorted(np.cumsum(pupils[order]), pupils.sum() / 2)
    return float(weights[order][place])
