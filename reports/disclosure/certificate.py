"""The certificate: which breakdowns can stand together so that nothing isolates a few pupils.

It depends on membership alone, so one certificate serves every item, score and sum, and dropping
a breakdown tells nothing about answers. A safe profile stays safe when breakdowns are dropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from reports.disclosure.combinations import EXACT, Leak, merge, program, smallest, unproven
from reports.disclosure.lattice import Breakdown, membership, parts
from reports.disclosure.rules import RuleSet


@dataclass(frozen=True)
class Certificate:
    """What may be published together, and what it took to know.

    smallest: no combination touches fewer pupils than this (never stated above m).
    programs: linear and mixed-integer programs solved.
    """

    kept: tuple[Breakdown, ...]
    dropped: tuple[tuple[Breakdown, str], ...]
    smallest: float
    profiles: int
    groups: int
    unproven: int
    programs: int
    seconds: float = field(compare=False)


@dataclass
class _Search:
    """The columns of all breakdowns, which of them are still in, and what was dropped."""

    matrix: sparse.csc_matrix
    sizes: NDArray[np.int64]
    owners: tuple[Breakdown, ...]
    kept: set[Breakdown]
    rules: RuleSet
    dropped: list[tuple[Breakdown, str]] = field(default_factory=list)
    programs: int = 0

    def columns(self) -> NDArray[np.int64]:
        return np.flatnonzero([owner in self.kept for owner in self.owners])

    def leak(self, target: int) -> tuple[Leak, list[Breakdown]] | None:
        """The smallest combination at a profile below m, and the breakdowns it is made of."""
        columns = self.columns()
        matrix = self.matrix[:, columns]
        self.programs += 1
        if program(matrix, self.sizes, target, self.rules.m) >= self.rules.m - EXACT:
            return None
        self.programs += 1
        found = smallest(matrix, self.sizes, target, self.rules.m)
        if found is None:
            return None
        used = columns[np.abs(found.weights) > EXACT]
        return found, sorted({self.owners[column] for column in used} or self.kept)

    def drop(self, leak: Leak, used: list[Breakdown]) -> None:
        """Drop the least important breakdown of a leak; its coarser form may take its place."""
        rank = self.rules.rank
        worst = max(used, key=lambda each: (rank(each.place.kind, each.dims), each))
        self.kept.remove(worst)
        reason = f"with other published numbers it would isolate {leak.touched or 'a few'} pupils"
        self.dropped.append((worst, reason))
        coarser = self.rules.coarser(worst.dims)
        # Its columns are sums of those just dropped: adding it makes no safe profile unsafe.
        if coarser and all(
            each.id != Breakdown(worst.place, coarser).id for each, _ in self.dropped
        ):
            self.kept.add(Breakdown(worst.place, coarser))


def certify(profiles: pd.DataFrame, breakdowns: Iterable[Breakdown], rules: RuleSet) -> Certificate:
    """Drop breakdowns, least important first, until no combination touches fewer than m pupils.

    Args:
        profiles: one row a combination of demographics, with its number of pupils in `n`.
        breakdowns: what one would like to publish.
    """
    start = perf_counter()
    asked = tuple(sorted(set(breakdowns)))
    matrix, sizes, owners = _columns(profiles, asked, rules)
    weak = unproven(matrix[:, [owner in asked for owner in owners]], sizes, rules.m)
    search = _Search(sparse.csc_matrix(matrix.astype(float)), sizes, owners, set(asked), rules)
    for target in weak:
        while leak := search.leak(int(target)):
            search.drop(*leak)
    return Certificate(
        kept=tuple(sorted(search.kept)),
        dropped=tuple(search.dropped),
        smallest=float(rules.m),
        profiles=len(sizes),
        groups=len(search.columns()),
        unproven=len(weak),
        programs=search.programs,
        seconds=perf_counter() - start,
    )


def leaks(matrix: NDArray[np.bool_], sizes: NDArray[np.int64], m: int) -> tuple[Leak, ...]:
    """Every profile at which some combination of the columns touches fewer than m pupils.

    Profiles are those of `merge(matrix, sizes)`; each is given with its smallest combination.
    """
    rows, merged, _ = merge(matrix, sizes)
    if not len(rows):
        return ()
    columns = sparse.csc_matrix(rows.astype(float))
    found = []
    for target in unproven(rows, merged, m):
        if program(columns, merged, int(target), m) < m - EXACT:
            found.append(smallest(columns, merged, int(target), m))
    return tuple(leak for leak in found if leak)


def _columns(
    profiles: pd.DataFrame, breakdowns: tuple[Breakdown, ...], rules: RuleSet
) -> tuple[NDArray[np.bool_], NDArray[np.int64], tuple[Breakdown, ...]]:
    """Merged memberships of the breakdowns and their coarser forms, and whose each column is."""
    coarser = {
        Breakdown(each.place, dims) for each in breakdowns if (dims := rules.coarser(each.dims))
    }
    groups = [
        group
        for breakdown in sorted({*breakdowns, *coarser})
        for group in parts(profiles, breakdown, rules)
    ]
    rows, sizes, _ = merge(membership(profiles, groups), profiles["n"].to_numpy(np.int64))
    return rows, sizes, tuple(group.breakdown for group in groups)
