"""The certificate anew, from the names of the published groups and the roll."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from scipy import sparse

from reports.disclosure.attack.findings import Finding
from reports.disclosure.attack.holdings import Bools, Holdings
from reports.disclosure.attack.subtraction import pupils
from reports.disclosure.combinations import (
    EXACT,
    Leak,
    kinds,
    program,
    shares,
    smallest,
    unproven,
)

ENOUGH = 20


def wrong_counts(held: Holdings) -> Iterator[Finding]:
    """A count that the population does not bear out: then nothing else here can be trusted."""
    counted = held.member.sum(axis=0).tolist()
    for column, n in zip(held.columns, counted, strict=True):
        if column.stated != n:
            recipe = f"{column.name} is said to be {column.stated} pupils, not {n}"
            yield Finding("count", recipe, n)


def combinations(
    held: Holdings, columns: Sequence[int], m: int, *, among: Bools | None = None, measure: str = ""
) -> Iterator[Finding]:
    """Combinations of some published groups that touch fewer than m pupils.

    Args:
        among: who can have answered at all (N,); others are no crowd to hide in.
    """
    if among is None:
        among = np.ones(len(held.pupil), dtype=bool)
    for leak in islice(_leaks(held, columns, among, m), ENOUGH):
        terms = np.flatnonzero(np.abs(leak.weights) > EXACT).tolist()
        used = [held.columns[columns[term]] for term in terms]
        parts = zip(terms, used, strict=True)
        recipe = " ".join(f"{leak.weights[term]:+.3g} x [{each.name}]" for term, each in parts)
        tables = tuple(dict.fromkeys(each.group.breakdown for each in used if not each.release))
        words = f"{recipe} = {pupils(leak.touched)}"
        yield Finding("combination", words, leak.touched, measure, tables)


def _leaks(held: Holdings, columns: Sequence[int], among: Bools, m: int) -> Iterator[Leak]:
    matrix = held.member[:, list(columns)] & among[:, None]
    seen = matrix.any(axis=1)
    if not seen.any():
        return
    pupil = held.pupil[seen]
    everybody = np.ones(int(held.pupil.max()) + 1, dtype=np.int64)
    rows, kind, sizes = kinds(matrix[seen], pupil, everybody)
    table = matrix[seen][rows]
    exact = sparse.csc_matrix(table.astype(float))
    for target in unproven(table, shares(sizes, kind), m).tolist():
        if program(exact, sizes, target, m, kind) < m - EXACT:
            leak = smallest(exact, sizes, target, m, kind)
            if leak is not None:
                yield leak
