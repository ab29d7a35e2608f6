"""The small groups whose answers are to be protected: whom a neighbour could name."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

import numpy as np
import pandas as pd

from reports.disclosure.attack.holdings import Bools, Floats, Holdings, Ints

NAMED = ("school", "year_group", "sex", "fsm", "sen", "locality", "ward")
SEVERAL = object()


def small_groups(held: Holdings, row: Ints, sizes: Floats, asked: Bools, m: int) -> Floats:
    """Groups of fewer than m pupils that were asked: (A, P), 1 for the rows they are made of.

    Each row that small, and rows that share some of their demographics taken together: "the girls
    of that ward who are in year 8", as far as published groups tell them apart from others.
    """
    facts = _facts(held.population, row, len(sizes))
    small = np.flatnonzero(asked & (sizes < m))
    groups: set[tuple[int, ...]] = {(number,) for number in small.tolist()}
    named = [dim for dim in NAMED if dim in facts]
    subsets = chain.from_iterable(combinations(named, size) for size in range(1, len(named)))
    for dims in subsets:
        groups |= {one for one in _alike(facts, small, dims) if sizes[list(one)].sum() < m}
    table = np.zeros((len(groups), len(sizes)))
    for number, group in enumerate(sorted(groups)):
        table[number, list(group)] = 1.0
    return table


def _facts(population: pd.DataFrame, row: Ints, rows: int) -> pd.DataFrame:
    """The demographics of each merged row; `SEVERAL` where its pupils differ."""
    named = [dim for dim in NAMED if dim in population]
    people = population[named].astype(object).where(population[named].notna(), None)
    people = people.assign(row=row)[row >= 0]
    first = people.drop_duplicates("row").set_index("row").reindex(range(rows))
    for dim in named:
        kinds = people.groupby("row")[dim].nunique(dropna=False).reindex(range(rows))
        first[dim] = first[dim].where((kinds <= 1).to_numpy(), SEVERAL)
    return first


def _alike(facts: pd.DataFrame, small: Ints, dims: Sequence[str]) -> Iterator[tuple[int, ...]]:
    some = facts.iloc[small]
    told = some[~some[list(dims)].isin([SEVERAL]).any(axis=1)]
    for _, members in told.groupby(list(dims), dropna=False):
        if len(members) > 1:
            yield tuple(sorted(members.index.tolist()))
