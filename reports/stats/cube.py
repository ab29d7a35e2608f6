"""Counting: one row a pupil in, one row a distinct combination of demographics out.

Each pupil gets one flat integer, the number of their profile; every item is then one
`numpy.bincount` over profile x code. Partial cubes add, so schools may be counted apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.stats.measures import NON_ANSWERS

Ints = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.int32, np.float64)


@dataclass(frozen=True)
class RawCube:
    """Exact counts by profile. Lives in memory only: never stored, never shown.

    profiles: P rows, one a combination of the dims (str or None), and their number in `n`.
    codes: the codes of an item in the order of its count columns (K), non-answers last.
    counts: item -> (P, K) pupils. moments: score -> (P, 3) n, sum, sum of squares.
    headlines: headline -> (P, 2) pupils with a valid answer, pupils meeting the threshold.
    """

    profiles: pd.DataFrame
    codes: Mapping[str, tuple[int, ...]]
    counts: Mapping[str, NDArray[np.int32]]
    moments: Mapping[str, NDArray[np.float64]]
    headlines: Mapping[str, Ints]

    @property
    def dims(self) -> tuple[str, ...]:
        """The demographics that tell profiles apart."""
        return tuple(column for column in self.profiles.columns if column != "n")


def count(
    table: pd.DataFrame,
    dims: Sequence[str],
    codes: Mapping[str, Sequence[int]],
    scores: Sequence[str] = (),
    headlines: Sequence[str] = (),
) -> RawCube:
    """Count a table of pupils.

    Args:
        table: one row a pupil; dims are text or missing, items integers, the others floats.
        codes: the option codes of each item; the three non-answers are added at the end.

    Raises:
        ValueError: an item holds a code that is not declared.
    """
    profiles, cell = _profiles(table, dims)
    size = len(profiles)
    full = {item: (*options, *NON_ANSWERS) for item, options in codes.items()}
    return RawCube(
        profiles=profiles,
        codes=full,
        counts={item: _codes(item, table[item], full[item], cell, size) for item in full},
        moments={score: _moments(table[score], cell, size) for score in scores},
        headlines={name: _meeting(table[name], cell, size) for name in headlines},
    )


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

    return RawCube(
        profiles=profiles,
        codes=first.codes,
        counts=_added(first.counts, second.counts, cell),
        moments=_added(first.moments, second.moments, cell),
        headlines=_added(first.headlines, second.headlines, cell),
    )


def _added(
    one: Mapping[str, NDArray[Number]], two: Mapping[str, NDArray[Number]], cell: Ints
) -> dict[str, NDArray[Number]]:
    """Rows of two sets of cells summed into the profiles they belong to."""
    size = int(cell.max()) + 1 if len(cell) else 0
    together: dict[str, NDArray[Number]] = {}
    for key, rows in one.items():
        together[key] = np.zeros((size, rows.shape[1]), dtype=rows.dtype)
        np.add.at(together[key], cell, np.concatenate([rows, two[key]]))
    return together


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


def _codes(
    item: str, answers: pd.Series, codes: tuple[int, ...], cell: Ints, size: int
) -> NDArray[np.int32]:
    values = answers.to_numpy()
    low, width = min(codes), len(codes)
    column = np.full(max(codes) - low + 2, -1)
    column[np.array(codes) - low] = np.arange(width)
    place = column[np.clip(values.astype(np.int64) - low, -1, len(column) - 1)]
    if (place < 0).any():
        strangers = sorted({int(value) for value in values[place < 0]})
        raise ValueError(f"{item} holds undeclared codes: {strangers[:10]}")
    return _grid(cell * width + place, size, width).astype(np.int32)


def _grid(flat: Ints, size: int, width: int) -> Ints:
    return np.bincount(flat, minlength=size * width).reshape(size, width)


def _moments(scores: pd.Series, cell: Ints, size: int) -> NDArray[np.float64]:
    values = scores.to_numpy(float)
    known = ~np.isnan(values)
    cell, values = cell[known], values[known]
    powers = [None, values, values**2]
    return np.column_stack([np.bincount(cell, weights=w, minlength=size) for w in powers]).astype(
        float
    )


def _meeting(flags: pd.Series, cell: Ints, size: int) -> Ints:
    return _moments(flags, cell, size)[:, :2].astype(np.int64)
