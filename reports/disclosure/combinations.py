"""How few pupils can a combination of published numbers touch?

Rows of `matrix` (P, G) are profiles of `sizes` pupils, columns the published groups. A reader who
adds, subtracts or solves gets v = matrix @ weights. For a profile t let

    c_t = min sum(sizes * |v|)  subject to  v = matrix @ weights, v_t = 1, |v| <= 1.

Scale any combination so that its largest entry is 1, at t: it touches at least c_t pupils. Four
ways to bound c_t from below, the cheapest first; each is a proof, so their order never matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


def unproven(matrix: NDArray[np.bool_], sizes: Ints, m: int) -> Ints:
    """Profiles that neither leverage nor swaps prove to be safe."""
    dense = matrix.astype(float)
    weak = np.flatnonzero(leverage(dense, sizes) > (1 - EXACT) / m)
    bounds = swaps(dense, sizes, weak, m)
    return weak[bounds < m - EXACT]


def leverage(matrix: Floats, sizes: Ints) -> Floats:
    """Leverage of one pupil of each profile (P,): h <= 1/m proves c >= m.

    v_t = 1 forces sum(sizes * v**2) >= 1/h_t, and |v| <= 1 makes sum(sizes * |v|) no smaller.
    """
    basis = _basis(np.sqrt(sizes)[:, None] * matrix)
    return np.asarray((basis**2).sum(axis=1) / sizes, dtype=float)


def swaps(matrix: Floats, sizes: Ints, targets: Ints, m: int, rounds: int = SWAP_ROUNDS) -> Floats:
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


def program(matrix: sparse.csc_matrix, sizes: Ints, target: int, m: int) -> float:
    """min(c without |v| <= 1, m) for one target: a lower bound of c by its dual program.

    max mu subject to matrix.T @ y = mu * matrix_t, |y| <= sizes, mu <= m.
    """
    transposed = sparse.csc_matrix(matrix.T)
    limits = np.r_[-sizes, 0.0], np.r_[sizes, float(m)]
    cost = np.r_[np.zeros(len(sizes)), -1.0]
    solved = milp(
        cost,
        constraints=_rows([transposed, -transposed[:, [target]]], 0, 0),
        bounds=Bounds(*limits),
    )
    return float(-solved.fun) if solved.status == 0 else 0.0


def smallest(matrix: sparse.csc_matrix, sizes: Ints, target: int, m: int) -> Leak | None:
    """The fewest pupils a combination largest at the target can touch, if fewer than m.

    Exact (mixed integer): min sum(sizes * z), -z <= matrix @ weights <= z, z in {0, 1}. Where the
    search is not finished within its nodes, the best combination known counts as a leak.
    """
    profiles, groups = matrix.shape
    ones = sparse.identity(profiles, format="csc")
    fixed = [matrix[[target], :], sparse.csc_matrix((1, profiles))]
    few = [sparse.csc_matrix((1, groups)), sparse.csc_matrix(sizes)]
    constraints = [
        _rows([matrix, -ones], -np.inf, 0),
        _rows([matrix, ones], 0, np.inf),
        _rows(fixed, 1, 1),
        _rows(few, 0, m - 0.5),
    ]
    bounds = Bounds(
        np.r_[np.full(groups, -np.inf), np.zeros(profiles)],
        np.r_[np.full(groups, np.inf), np.ones(profiles)],
    )
    solved = milp(
        np.r_[np.zeros(groups), sizes],
        constraints=constraints,
        bounds=bounds,
        integrality=np.r_[np.zeros(groups), np.ones(profiles)],
        options={"node_limit": MILP_NODES},
    )
    if solved.status == 2:  # infeasible: nothing touches fewer than m
        return None
    weights = np.zeros(groups) if solved.x is None else solved.x[:groups]
    touched = np.abs(matrix @ weights) > EXACT
    return Leak(target, int(sizes[touched].sum()), np.asarray(weights, dtype=float))


def _rows(blocks: Sequence[sparse.csc_matrix], low: float, high: float) -> LinearConstraint:
    return LinearConstraint(sparse.csr_array(sparse.hstack(blocks)), low, high)


def _basis(matrix: Floats) -> Floats:
    """Orthonormal columns that span the columns of the matrix."""
    left, values, _ = np.linalg.svd(matrix, full_matrices=False)
    return np.asarray(left[:, values > 1e-9 * values.max(initial=0.0)], dtype=float)


def _swap_bound(matrix: Floats, swap: Floats, sizes: Ints, targets: Ints) -> Floats:
    column = np.arange(len(targets))
    over = np.maximum(np.abs(swap) - sizes[:, None], 0.0)
    over[targets, column] = 0.0
    bound = sizes[targets] + np.abs(swap[targets, column]) - over.sum(axis=0)
    hidden = np.abs(matrix.T @ swap).max(axis=0) < 1e-8
    return np.where(hidden, bound, 0.0)
