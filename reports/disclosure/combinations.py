"""How few pupils can a combination of published numbers touch?

Rows of `matrix` (P, G) are profiles of `sizes` pupils, columns the published groups; or any real
columns, such as pupils' weights. A reader who adds, subtracts or solves gets v = matrix @ weights.
For a profile t let

    c_t = min sum(sizes * |v|)  subject to  v = matrix @ weights, v_t = 1, |v| <= 1.

Scale any combination so that its largest entry is 1, at t: it touches at least c_t pupils. Four
ways to bound c_t from below, the cheapest first; each is a proof, so their order never matters.

Over several releases a pupil may have several rows, one for each state of their answers, and is
touched where any of them is: |v| above stands for the largest of a pupil's rows. `kind` says whose
each row is (R,), `sizes` how many pupils a kind has (T,). The first two proofs know no kinds. They
are given `shares` of the sizes: one pupil's k rows count 1/k each, so that together they never
count more than one, and what they prove holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EXACT = 1e-6
SWAP_ROUNDS = 60
MILP_NODES = 2000


@dataclass(frozen=True)
class Leak:
    """A combination that touches too few pupils.

    profile: row at which it is largest. touched: pupils. weights: the reader's sum (G,).
    """

    profile: int
    touched: int
    weights: Floats


def merge(matrix: NDArray[np.bool_], sizes: Ints) -> tuple[NDArray[np.bool_], Ints, Ints]:
    """Profiles that no published group tells apart, as one: (rows, sizes, row of each profile).

    Rows are sorted, so that the order of pupils or schools changes nothing. A profile in no
    published group has no row (-1): no combination touches it.
    """
    packed = np.packbits(matrix, axis=1)
    keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1])))[:, 0]
    _, first, row = np.unique(keys, return_index=True, return_inverse=True)
    rows, total = matrix[first], np.bincount(row, weights=sizes).astype(np.int64)
    seen = rows.any(axis=1)
    place = np.where(seen, np.cumsum(seen) - 1, -1)
    return rows[seen], total[seen], place[row]


def kinds(rows: NDArray[Any], pupil: Ints, sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Pupils (or kinds of pupils) all of whose rows are alike, as one kind.

    Args:
        rows: (R, K). pupil: whose each row is (R,). sizes: how many pupils each stands for.

    Returns:
        One of the rows for every new row, its kind, and the number of pupils of each kind.
    """
    _, first, code = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    alike: dict[int, set[int]] = {}
    for one, number in zip(pupil.tolist(), code.reshape(-1).tolist(), strict=True):
        alike.setdefault(one, set()).add(number)
    total: dict[tuple[int, ...], int] = {}
    for one, numbers in alike.items():
        key = tuple(sorted(numbers))
        total[key] = total.get(key, 0) + int(sizes[one])
    found = sorted(total)
    chosen = [number for key in found for number in key]
    kind = np.repeat(np.arange(len(found)), [len(key) for key in found])
    return first[chosen].astype(np.int64), kind, np.array([total[key] for key in found], np.int64)


def shares(sizes: Ints, kind: Ints) -> Floats:
    """The sizes of rows (R,): those of their kinds, in equal parts."""
    return np.asarray((sizes / np.bincount(kind, minlength=len(sizes)))[kind], dtype=float)


def unproven(matrix: NDArray[Any], sizes: Floats | Ints, m: int) -> Ints:
    """Profiles that neither leverage nor swaps prove to be safe."""
    dense = matrix.astype(float)
    weak = np.flatnonzero(leverage(dense, sizes) > (1 - EXACT) / m)
    bounds = swaps(dense, sizes, weak, m)
    return weak[bounds < m - EXACT]


def leverage(matrix: Floats, sizes: Floats | Ints) -> Floats:
    """Leverage of one pupil of each profile (P,): h <= 1/m proves c >= m.

    v_t = 1 forces sum(sizes * v**2) >= 1/h_t, and |v| <= 1 makes sum(sizes * |v|) no smaller.
    """
    basis = _basis(np.sqrt(sizes)[:, None] * matrix)
    return np.asarray((basis**2).sum(axis=1) / sizes, dtype=float)


def swaps(
    matrix: Floats, sizes: Floats | Ints, targets: Ints, m: int, rounds: int = SWAP_ROUNDS
) -> Floats:
    """A lower bound of c for each target, by looking for swaps that no published number shows.

    A swap w moves weight between profiles with matrix.T @ w = 0. For any swap
        c_t >= sizes_t + |w_t| - sum over a != t of max(0, |w_a| - sizes_a),
    by linear programming duality (y = w + (sizes_t + |w_t|) e_t is a dual solution). Swaps that
    keep within the sizes are sought for all targets at once by alternating projections
    (Douglas and Rachford), a few matrix products instead of a program a profile.
    """
    basis = _basis(matrix)
    room = sizes.astype(float)[:, None]
    best = np.zeros(len(targets))
    open_ = np.arange(len(targets))
    state = np.zeros((len(sizes), len(targets)))
    # Aim a little past m: a swap that only nearly keeps within the sizes may then still prove m.
    goal = -(np.maximum(m - sizes[targets], 0) + 2.0)
    for turn in range(rounds):
        here, column = targets[open_], np.arange(len(open_))
        inside = np.clip(state, -room, room)
        inside[here, column] = goal[open_]
        swap = 2 * inside - state
        swap -= basis @ (basis.T @ swap)
        state += swap - inside
        if turn % 10 == 9:
            best[open_] = np.maximum(best[open_], _swap_bound(matrix, swap, sizes, here))
            going = best[open_] < m
            open_, state = open_[going], state[:, going]
        if not len(open_):
            break
    return best


def program(
    matrix: sparse.csc_matrix, sizes: Ints, target: int, m: int, kind: Ints | None = None
) -> float:
    """min(c without |v| <= 1, m) for one target: a lower bound of c by its dual program.

    max mu subject to matrix.T @ y = mu * matrix_t, |y| <= sizes, mu <= m; where a kind has several
    rows, the sizes are shared out among them as suits the target best.
    """
    rows, groups = matrix.shape
    kind = np.arange(rows) if kind is None else kind
    several = np.flatnonzero(np.bincount(kind)[kind] > 1)
    owners, whose = np.unique(kind[several], return_inverse=True)
    count = len(several)
    ends = np.r_[sizes[kind], sizes[kind[several]]]
    pick = sparse.csc_matrix((np.ones(count), (np.arange(count), several)), (count, rows))
    split = sparse.csc_matrix((np.ones(count), (whose, np.arange(count))), (len(owners), count))
    same, none = sparse.identity(count, format="csc"), sparse.csc_matrix((count, 1))
    transposed = sparse.csc_matrix(matrix.T)
    flat = sparse.csc_matrix((groups, count))
    constraints = [_rows([transposed, flat, -transposed[:, [target]]], 0, 0)]
    if count:
        empty = sparse.csc_matrix((len(owners), rows)), sparse.csc_matrix((len(owners), 1))
        constraints += [
            _rows([pick, -same, none], -np.inf, 0),
            _rows([pick, same, none], 0, np.inf),
            _rows([empty[0], split, empty[1]], -np.inf, sizes[owners]),
        ]
    solved = milp(
        np.r_[np.zeros(rows + count), -1.0],
        constraints=constraints,
        bounds=Bounds(np.r_[-ends[:rows], np.zeros(count + 1)], np.r_[ends, float(m)]),
    )
    return float(-solved.fun) if solved.status == 0 else 0.0


def smallest(
    matrix: sparse.csc_matrix, sizes: Ints, target: int, m: int, kind: Ints | None = None
) -> Leak | None:
    """The fewest pupils a combination largest at the target can touch, if fewer than m.

    Exact (mixed integer): min sum(sizes * z), -z <= matrix @ weights <= z, z in {0, 1}. Where the
    search is not finished within its nodes, the best combination known counts as a leak.
    """
    rows, groups = matrix.shape
    kind = np.arange(rows) if kind is None else kind
    pupils = len(sizes)
    theirs = sparse.csc_matrix((np.ones(rows), (np.arange(rows), kind)), (rows, pupils))
    fixed = [matrix[[target], :], sparse.csc_matrix((1, pupils))]
    few = [sparse.csc_matrix((1, groups)), sparse.csc_matrix(sizes)]
    constraints = [
        _rows([matrix, -theirs], -np.inf, 0),
        _rows([matrix, theirs], 0, np.inf),
        _rows(fixed, 1, 1),
        _rows(few, 0, m - 0.5),
    ]
    bounds = Bounds(
        np.r_[np.full(groups, -np.inf), np.zeros(pupils)],
        np.r_[np.full(groups, np.inf), np.ones(pupils)],
    )
    solved = milp(
        np.r_[np.zeros(groups), sizes],
        constraints=constraints,
        bounds=bounds,
        integrality=np.r_[np.zeros(groups), np.ones(pupils)],
        options={"node_limit": MILP_NODES},
    )
    if solved.status == 2:  # infeasible: nothing touches fewer than m
        return None
    weights = np.zeros(groups) if solved.x is None else solved.x[:groups]
    touched = np.unique(kind[np.abs(matrix @ weights) > EXACT])
    return Leak(target, int(sizes[touched].sum()), np.asarray(weights, dtype=float))


def _rows(blocks: Sequence[sparse.csc_matrix], low: float, high: float | Ints) -> LinearConstraint:
    return LinearConstraint(sparse.csr_array(sparse.hstack(blocks)), low, high)


def _basis(matrix: Floats) -> Floats:
    """Orthonormal columns that span the columns of the matrix."""
    left, values, _ = np.linalg.svd(matrix, full_matrices=False)
    return np.asarray(left[:, values > 1e-9 * values.max(initial=0.0)], dtype=float)


def _swap_bound(matrix: Floats, swap: Floats, sizes: Floats | Ints, targets: Ints) -> Floats:
    column = np.arange(len(targets))
    over = np.maximum(np.abs(swap) - sizes[:, None], 0.0)
    over[targets, column] = 0.0
    bound = sizes[targets] + np.abs(swap[targets, column]) - over.sum(axis=0)
    hidden = np.abs(matrix.T @ swap).max(axis=0) < 1e-8
    return np.where(hidden, bound, 0.0)
