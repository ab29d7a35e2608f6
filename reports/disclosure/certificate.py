"""The certificate: which breakdowns can stand together so that nothing isolates a few pupils.

It depends on membership alone, so one certificate serves every item, score and sum, and dropping
a breakdown tells nothing about answers. A safe profile stays safe when breakdowns are dropped.
Columns that stand whatever is dropped (earlier releases, pupils' weights) are in from the start.
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

from reports.disclosure.combinations import (
    EXACT,
    Floats,
    Ints,
    Leak,
    kinds,
    merge,
    program,
    shares,
    smallest,
    unproven,
)
from reports.disclosure.lattice import Breakdown, membership, parts
from reports.disclosure.ledger import Fixed
from reports.disclosure.rules import RuleSet


@dataclass(frozen=True)
class Certificate:
    """What may be published together, and what it took to know.

    smallest: no combination touches fewer pupils than this (never stated above m).
    programs: linear and mixed-integer programs solved.
    standing: profiles that the fixed columns isolate by themselves, which withholding cannot mend.
    """

    kept: tuple[Breakdown, ...]
    dropped: tuple[tuple[Breakdown, str], ...]
    smallest: float
    profiles: int
    groups: int
    unproven: int
    programs: int
    seconds: float = field(compare=False)
    standing: int = 0

    def to_document(self) -> dict[str, Any]:
        """As plain data; what was dropped is counted here and named in the control report."""
        counted = {"kept": len(self.kept), "dropped": len(self.dropped)}
        names = ("smallest", "profiles", "groups", "unproven", "programs", "standing")
        return {**counted, **{name: getattr(self, name) for name in names}}


@dataclass(frozen=True)
class _Columns:
    """The matrix of a search (R, G), whose its rows are, and whose its columns (None: fixed)."""

    matrix: Floats
    kind: Ints
    sizes: Ints
    owners: tuple[Breakdown | None, ...]


@dataclass
class _Search:
    """The columns of all breakdowns, which of them are still in, and what was dropped."""

    table: _Columns
    kept: set[Breakdown]
    rules: RuleSet
    dropped: list[tuple[Breakdown, str]] = field(default_factory=list)
    standing: int = 0
    programs: int = 0

    def columns(self) -> NDArray[np.int64]:
        return np.flatnonzero([o is None or o in self.kept for o in self.table.owners])

    def leak(self, target: int) -> Leak | None:
        """The smallest combination at a profile that touches fewer than m pupils, if any."""
        table, m = self.table, self.rules.m
        matrix = sparse.csc_matrix(table.matrix[:, self.columns()])
        self.programs += 1
        if program(matrix, table.sizes, target, m, table.kind) >= m - EXACT:
            return None
        self.programs += 1
        return smallest(matrix, table.sizes, target, m, table.kind)

    def settle(self, target: int) -> None:
        """Drop what is to blame until nothing touches too few at a profile."""
        while leak := self.leak(target):
            worst = self.blame(leak)
            if worst is None:
                self.standing += 1
                return
            self.drop(worst)

    def blame(self, leak: Leak) -> Breakdown | None:
        """The least important breakdown of the most important ones that can make a combination.

        Taken in order of importance, it is the one with which the combination is first in reach.
        One combination can be made in several ways; a ward is not to go for what a borough table
        gives away by itself. None where the fixed columns need no breakdown at all.
        """
        dense = self.table.matrix
        left = dense[:, self.columns()] @ leak.weights
        basis = np.zeros((len(left), 0))
        for owner in (None, *sorted(self.kept, key=self.importance)):
            for number in np.flatnonzero([each == owner for each in self.table.owners]):
                new = dense[:, number]
                for _ in range(2):  # twice is enough for an orthogonal direction
                    new = new - basis @ (basis.T @ new)
                if (size := np.linalg.norm(new)) > EXACT:
                    basis = np.column_stack([basis, new / size])
                    left = left - basis[:, -1] * (basis[:, -1] @ left)
            if np.abs(left).max() < EXACT and leak.weights.any():
                return owner
        return max(self.kept, key=self.importance, default=None)

    def importance(self, breakdown: Breakdown) -> tuple[int, Breakdown]:
        """Sorts the most important first."""
        return self.rules.rank(breakdown.place.kind, breakdown.dims), breakdown

    def drop(self, worst: Breakdown) -> None:
        """Drop what is to blame for a leak."""
        self.kept.remove(worst)
        # The same words whatever the number: a reason is published, and must tell nothing.
        reason = f"with other published tables, fewer than {self.rules.m} pupils could be isolated"
        self.dropped.append((worst, reason))


def certify(
    profiles: pd.DataFrame,
    breakdowns: Iterable[Breakdown],
    rules: RuleSet,
    *,
    fixed: Fixed | None = None,
) -> Certificate:
    """Drop breakdowns, least important first, until no combination touches fewer than m pupils.

    Args:
        profiles: one row a combination of demographics, with its number of pupils in `n`.
        breakdowns: what one would like to publish.
        fixed: columns that stand beside them and are never dropped, of any real numbers.
    """
    start = perf_counter()
    asked = tuple(sorted(set(breakdowns)))
    table = _columns(profiles, asked, rules, fixed)
    search = _Search(table, set(asked), rules)
    for worst in sorted(_spent(table, rules.m)):
        search.drop(worst)
    left = table.matrix[:, search.columns()]
    weak = unproven(left, shares(table.sizes, table.kind), rules.m)
    for target in weak:
        search.settle(int(target))
    return Certificate(
        kept=tuple(sorted(search.kept)),
        dropped=tuple(sorted(search.dropped)),
        smallest=float(rules.m) if not search.standing else 0.0,
        profiles=len(table.kind),
        groups=len(search.columns()),
        unproven=len(weak),
        programs=search.programs,
        standing=search.standing,
        seconds=perf_counter() - start,
    )


def _spent(table: _Columns, m: int) -> set[Breakdown]:
    """Breakdowns a part of which differs from a fixed column in fewer than m pupils.

    They cannot be published whatever else is withheld; to know it at once saves a program for each.
    """
    standing = [number for number, owner in enumerate(table.owners) if owner is None]
    plain = [n for n in standing if np.isin(table.matrix[:, n], (0.0, 1.0)).all()]
    part = shares(table.sizes, table.kind)[:, None]
    old = table.matrix[:, plain]
    size = (part * old).sum(axis=0)
    found = set()
    for number, owner in enumerate(table.owners):
        if owner is None or owner in found:
            continue
        new = table.matrix[:, [number]]
        apart = (part * new).sum() + size - 2 * ((part * new).T @ old)[0]
        near = np.flatnonzero((apart > EXACT) & (apart < m))
        counts = (_touched(table, new[:, 0] != old[:, other]) for other in near)
        if any(count < m for count in counts):
            found.add(owner)
    return found


def _touched(table: _Columns, rows: NDArray[np.bool_]) -> int:
    return int(table.sizes[np.unique(table.kind[rows])].sum())


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
    profiles: pd.DataFrame,
    breakdowns: tuple[Breakdown, ...],
    rules: RuleSet,
    fixed: Fixed | None,
) -> _Columns:
    """Merged memberships of the breakdowns' groups, beside the fixed columns."""
    groups = [group for each in breakdowns for group in parts(profiles, each, rules)]
    member = membership(profiles, groups)
    whose = tuple(group.breakdown for group in groups)
    if fixed is None:
        rows, sizes, _ = merge(member, profiles["n"].to_numpy(np.int64))
        return _Columns(rows.astype(float), np.arange(len(rows)), sizes, whose)
    new = np.where((fixed.profile >= 0)[:, None], member[fixed.profile], False)
    # One scale for all columns: what a column is multiplied by changes no combination.
    largest = np.abs(fixed.values).max(axis=0, initial=0.0)
    table = np.column_stack([new, fixed.values / np.where(largest > 0, largest, 1.0)])
    seen = table.any(axis=1)
    chosen, kind, sizes = kinds(table[seen], fixed.kind[seen], fixed.sizes)
    standing = (None,) * fixed.values.shape[1]
    return _Columns(table[seen][chosen], kind, sizes, (*whose, *standing))
