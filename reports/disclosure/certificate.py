"""The certificate: which breakdowns can stand together so that nothing isolates a few pupils.

It depends on membership alone, so one certificate serves every item, score and sum, and dropping
a breakdown tells nothing about answers. A safe profile stays safe when breakdowns are dropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter
from typing import Any

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

    def to_document(self) -> dict[str, Any]:
        """As plain data; what was dropped is counted here and named in the control report."""
        counted = {"kept": len(self.kept), "dropped": len(self.dropped)}
        names = ("smallest", "profiles", "groups", "unproven", "programs")
        return {**counted, **{name: getattr(self, name) for name in names}}


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

    def leak(self, target: int) -> Leak | None:
        """The smallest combination at a profile that touches fewer than m pupils, if any."""
        matrix = self.matrix[:, self.columns()]
        self.programs += 1
        if program(matrix, self.sizes, target, self.rules.m) >= self.rules.m - EXACT:
            return None
        self.programs += 1
        return smallest(matrix, self.sizes, target, self.rules.m)

    def blame(self, leak: Leak) -> Breakdown:
        """The least important breakdown of the most important ones that can make a combination.

        Taken in order of importance, it is the one with which the combination is first in reach.
        One combination can be made in several ways; a ward is not to go for what a borough table
        gives away by itself.
        """
        dense = self.matrix.toarray()
        left = dense[:, self.columns()] @ leak.weights
        basis = np.zeros((len(left), 0))
        for breakdown in sorted(self.kept, key=self.importance):
            for number in np.flatnonzero([owner == breakdown for owner in self.owners]):
                new = dense[:, number]
                for _ in range(2):  # twice is enough for an orthogonal direction
                    new = new - basis @ (basis.T @ new)
                if (size := np.linalg.norm(new)) > EXACT:
                    basis = np.column_stack([basis, new / size])
                    left = left - basis[:, -1] * (basis[:, -1] @ left)
            if np.abs(left).max() < EXACT and leak.weights.any():
                return breakdown
        return max(self.kept, key=self.importance)

    def importance(self, breakdown: Breakdown) -> tuple[int, Breakdown]:
        """Sorts the most important first."""
        return self.rules.rank(breakdown.place.kind, breakdown.dims), breakdown

    def drop(self, leak: Leak) -> None:
        """Drop what is to blame for a leak."""
        worst = self.blame(leak)
        self.kept.remove(worst)
        # The same words whatever the number: a reason is published, and must tell nothing.
        reason = f"with other published tables, fewer than {self.rules.m} pupils could be isolated"
        self.dropped.append((worst, reason))


def certify(profiles: pd.DataFrame, breakdowns: Iterable[Breakdown], rules: RuleSet) -> Certificate:
    """Drop breakdowns, least important first, until no combination touches fewer than m pupils.

    Args:
        profiles: one row a combination of demographics, with its number of pupils in `n`.
        breakdowns: what one would like to publish.
    """
    start = perf_counter()
    asked = tuple(sorted(set(breakdowns)))
    matrix, sizes, owners = _columns(profiles, asked, rules)
    weak = unproven(matrix, sizes, rules.m)
    search = _Search(sparse.csc_matrix(matrix.astype(float)), sizes, owners, set(asked), rules)
    for target in weak:
        while leak := search.leak(int(target)):
            search.drop(leak)
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


def leaks(
    rows: NDArray[np.bool_], sizes: NDArray[np.int64], m: int, *, most: int
) -> Iterator[Leak]:
    """Profiles (rows of `merge`) at which a combination of all columns touches fewer than m."""
    columns = sparse.csc_matrix(rows.astype(float))
    targets = unproven(rows, sizes, m).tolist() if len(rows) else []
    below = (t for t in targets if program(columns, sizes, t, m) < m - EXACT)
    found = (leak for t in below if (leak := smallest(columns, sizes, t, m)))
    return islice(found, most)


def _columns(
    profiles: pd.DataFrame, breakdowns: tuple[Breakdown, ...], rules: RuleSet
) -> tuple[NDArray[np.bool_], NDArray[np.int64], tuple[Breakdown, ...]]:
    """Merged memberships of the breakdowns' groups, and whose each column is."""
    groups = [group for each in breakdowns for group in parts(profiles, each, rules)]
    rows, sizes, _ = merge(membership(profiles, groups), profiles["n"].to_numpy(np.int64))
    return rows, sizes, tuple(group.breakdown for group in groups)
