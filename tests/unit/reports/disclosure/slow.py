"""Slow, obvious twins of the certificate: ranks of every small set of pupils, a program for all."""

from itertools import combinations, product

import numpy as np
from scipy import sparse

from reports.disclosure.certificate import _Search
from reports.disclosure.combinations import smallest


def isolated(matrix, kind, sizes, m):
    """Sets of kinds of pupils, fewer than m together, that some combination touches alone.

    A combination that is nought outside a set and not within it exists where the rows outside have
    a lower rank than all rows: no programs, no bounds, no scaling.
    """
    rank = _rank(matrix)
    small = [number for number, size in enumerate(sizes) if size < m]
    for count in range(1, min(len(small), m) + 1):
        for chosen in combinations(small, count):
            if sizes[list(chosen)].sum() < m and _rank(matrix[~np.isin(kind, chosen)]) < rank:
                yield chosen


def certify(table, breakdowns, rules):
    """The breakdowns kept where every row is put to the exact program and nothing is screened.

    table: what `certificate._columns` gives.
    """
    search = _Search(table, set(breakdowns), rules)
    for each in {each for each in breakdowns if _alone(table, each, rules.m)}:
        search.drop(each)
    for target in range(len(table.kind)):
        while leak := _leak(search, target, rules.m):
            worst = search.blame(leak)
            if worst is None:
                break
            search.drop(worst)
    return tuple(sorted(search.kept))


def _alone(table, breakdown, m) -> bool:
    """Does a part of it differ from a fixed column of noughts and ones in fewer than m pupils?"""
    owned = [n for n, owner in enumerate(table.owners) if owner == breakdown]
    fixed = [n for n, owner in enumerate(table.owners) if owner is None]
    for one, other in product(owned, fixed):
        if set(table.matrix[:, other]) <= {0.0, 1.0}:
            apart = table.matrix[:, one] != table.matrix[:, other]
            if 0 < sum(table.sizes[k] for k in set(table.kind[apart])) < m:
                return True
    return False


def _leak(search, target, m):
    table = search.table
    matrix = sparse.csc_matrix(table.matrix[:, search.columns()])
    return smallest(matrix, table.sizes, target, m, table.kind)


def _rank(matrix):
    return np.linalg.matrix_rank(matrix, tol=1e-7) if matrix.size else 0
