"""Counting: one row a pupil in, one row a distinct combination of demographics out.

Each pupil gets one flat integer, the number of their profile; every item is then one
`numpy.bincount` over profile x code. Pupils may come in any cut and any order, school by school
say: every sum is one of whole steps, so the cube is the same to the last bit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.stats.measures import NON_ANSWERS

Ints = NDArray[np.int64]
Counts = NDArray[np.integer[Any]]

# A score is rounded to a multiple of 2**-22 and its square to one of 2**-16 (whole numbers stay
# what they are). Multiples of a power of two add without any rounding while they are fewer than
# 2**53: 3.5 million pupils may have scores up to 190, or whole numbers up to 50,000.
STEPS = (1.0, 2.0**-22, 2.0**-16)
MOST = 2.0**53


@dataclass(frozen=True)
class RawCube:
    """Exact counts by profile. Lives in memory only: never stored, never shown.

    profiles: P rows, one a combination of the dims (str or None), and their number in `n`.
    codes: the codes of an item in the order of its count columns (K), non-answers last.
    counts: item -> (P, K) pupils. moments: score -> (P, 3) n, sum, sum of squares.
    headlines: headline -> (P, 2) pupils with a valid answer, pupils meeting the threshold.
    Pupils are counted in the smallest unsigned type that holds the largest profile.
    """

    profiles: pd.DataFrame
    codes: Mapping[str, tuple[int, ...]]
    counts: Mapping[str, Counts]
    moments: Mapping[str, NDArray[np.float64]]
    headlines: Mapping[str, Counts]

    @property
    def dims(self) -> tuple[str, ...]:
        """The demographics that tell profiles apart."""
        return tuple(column for column in self.profiles.columns if column != "n")


class Tally:
    """A cube in the making: the pupils are known from the start, their answers come in parts."""

    def __init__(
        self,
        people: pd.DataFrame,
        dims: Sequence[str],
        codes: Mapping[str, Sequence[int]],
        scores: Sequence[str] = (),
        headlines: Sequence[str] = (),
    ) -> None:
        """people: one row a pupil, with a label each; dims are text or missing.

        codes: the option codes of each item; the three non-answers are added at the end.
        """
        self._profiles, cell = _profiles(people, dims)
        self._cells = pd.Series(cell, index=people.index)
        self._codes = {item: (*options, *NON_ANSWERS) for item, options in codes.items()}
        size, small = len(self._profiles), _smallest(self._profiles["n"])
        self._seen = np.zeros(size, dtype=np.int64)
        self._counts = {
            item: np.zeros((size, len(full)), small) for item, full in self._codes.items()
        }
        self._moments = {score: np.zeros((size, 3)) for score in scores}
        self._headlines = {name: np.zeros((size, 2), small) for name in headlines}

    def add(self, table: pd.DataFrame) -> None:
        """Count the answers of some of the pupils, found by their labels.

        Args:
            table: items are integers, scores and headlines floats, NaN where there is none.

        Raises:
            ValueError: an item holds a code that is not declared.
        """
        if table.empty:
            return
        cells = self._cells.loc[table.index].to_numpy()
        # The profiles of a school stand together: only that stretch is counted.
        low, high = int(cells.min()), int(cells.max()) + 1
        cell, size, stretch = cells - low, high - low, slice(low, high)
        self._seen[stretch] += np.bincount(cell, minlength=size)
        for item, full in self._codes.items():
            part = _codes(item, table[item], full, cell, size)
            self._counts[item][stretch] += part.astype(self._counts[item].dtype)
        for score, whole in self._moments.items():
            whole[stretch] += _moments(table[score], cell, size)
        for name, met in self._headlines.items():
            met[stretch] += _moments(table[name], cell, size)[:, :2].astype(met.dtype)

    def cube(self) -> RawCube:
        """All parts together.

        Raises:
            ValueError: pupils are missing or were counted twice, or a sum is too large to be exact.
        """
        if not np.array_equal(self._seen, self._profiles["n"]):
            raise ValueError("the parts are not the pupils that were announced")
        for score, sums in self._moments.items():
            steps = np.where((sums % 1 == 0).all(axis=0), 1.0, STEPS)
            if (np.abs(sums).sum(axis=0) >= MOST * steps).any():
                raise ValueError(f"the sums of {score} are too large to be exact")
        return RawCube(self._profiles, self._codes, self._counts, self._moments, self._headlines)


def count(
    table: pd.DataFrame,
    dims: Sequence[str],
    codes: Mapping[str, Sequence[int]],
    scores: Sequence[str] = (),
    headlines: Sequence[str] = (),
) -> RawCube:
    """Count a table of pupils, one row each, all at once. As `Tally`."""
    table = table.reset_index(drop=True)
    tally = Tally(table, dims, codes, scores, headlines)
    tally.add(table)
    return tally.cube()


def add(first: RawCube, second: RawCube) -> RawCube:
    """Two cubes of different pupils as one: the same as counting all of them together.

    Raises:
        ValueError: the cubes do not hold the same dims and measures.
    """
    if first.dims != second.dims or first.codes != second.codes:
        raise ValueError("only cubes of the same dims and codes can be added")
    if set(first.moments) != set(second.moments) or set(first.headlines) != set(second.headlines):
        raise ValueError("only cubes of the same scores and headlines can be added")
    both = pd.concat([first.profiles, second.profiles], ignore_index=True)
    profiles, cell = _profiles(both, first.dims, weights=both["n"].to_numpy(np.int64))
    small = _smallest(profiles["n"])
    return RawCube(
        profiles=profiles,
        codes=first.codes,
        counts=_added(first.counts, second.counts, cell, small),
        moments=_added(first.moments, second.moments, cell, np.dtype(np.float64)),
        headlines=_added(first.headlines, second.headlines, cell, small),
    )


def _added(
    one: Mapping[str, NDArray[Any]],
    two: Mapping[str, NDArray[Any]],
    cell: Ints,
    kind: np.dtype[Any],
) -> dict[str, NDArray[Any]]:
    """Rows of two sets of cells summed into the profiles they belong to."""
    size = int(cell.max()) + 1 if len(cell) else 0
    together = {key: np.zeros((size, rows.shape[1]), kind) for key, rows in one.items()}
    for key, whole in together.items():
        np.add.at(whole, cell, np.concatenate([one[key], two[key]]).astype(kind))
    return together


def _smallest(sizes: pd.Series) -> np.dtype[Any]:
    return np.min_scalar_type(int(sizes.max()) if len(sizes) else 0)


def _profiles(
    table: pd.DataFrame, dims: Sequence[str], weights: Ints | None = None
) -> tuple[pd.DataFrame, Ints]:
    """The sorted profiles with their sizes, and each row's profile number."""
    flat = np.zeros(len(table), dtype=np.int64)
    levels = []
    for dim in dims:
        # Sorted levels with "missing" first: the profiles' order then owes nothing to the rows'.
        number, level = pd.factorize(table[dim], sort=True)
        levels.append(np.array([None, *level], dtype=object))
        flat = flat * (len(level) + 1) + number + 1
    # Fold sparse flat numbers to 0..P-1: only combinations that occur take room.
    keys, cell = np.unique(flat, return_inverse=True)
    columns: dict[str, NDArray[np.object_]] = {}
    rest = keys
    for dim, level in zip(reversed(dims), reversed(levels), strict=True):
        rest, position = np.divmod(rest, len(level))
        columns[dim] = level[position]
    frame = pd.DataFrame({dim: pd.Series(columns[dim], dtype=object) for dim in dims})
    sizes = np.bincount(cell, weights=weights, minlength=len(keys)).astype(np.int64)
    return frame.assign(n=sizes), cell.astype(np.int64)


def _codes(item: str, answers: pd.Series, codes: tuple[int, ...], cell: Ints, size: int) -> Ints:
    values = answers.to_numpy()
    low, width = min(codes), len(codes)
    column = np.full(max(codes) - low + 2, -1)
    column[np.array(codes) - low] = np.arange(width)
    place = column[np.clip(values.astype(np.int64) - low, -1, len(column) - 1)]
    if (place < 0).any():
        strangers = sorted({int(value) for value in values[place < 0]})
        raise ValueError(f"{item} holds undeclared codes: {strangers[:10]}")
    return np.bincount(cell * width + place, minlength=size * width).reshape(size, width)


def _moments(scores: pd.Series, cell: Ints, size: int) -> NDArray[np.float64]:
    values = scores.to_numpy(float)
    known = ~np.isnan(values)
    cell, values = cell[known], values[known]
    powers = (np.ones(len(values)), values, values**2)
    return np.column_stack(
        [
            np.bincount(cell, weights=np.rint(power / step) * step, minlength=size)
            for power, step in zip(powers, STEPS, strict=True)
        ]
    )
