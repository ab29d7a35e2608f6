"""The bounds against every combination with small whole weights."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import sparse

from reports.disclosure.combinations import (
    kinds,
    leverage,
    merge,
    program,
    shares,
    smallest,
    swaps,
    unproven,
)

M = 5


@st.composite
def tables(draw):
    """Merged memberships of up to 7 profiles in up to 5 groups."""
    shape = draw(st.tuples(st.integers(1, 7), st.integers(1, 5)))
    matrix = draw(arrays.arrays(bool, shape))
    sizes = draw(arrays.arrays(np.int64, shape[0], elements=st.integers(1, 6)))
    rows, merged, _ = merge(matrix, sizes)
    return rows, merged


def fewest(rows, sizes, target) -> float:
    """Fewest pupils touched by any combination with weights -2..2 that is largest at the target."""
    best = np.inf
    for weights in product(range(-2, 3), repeat=rows.shape[1]):
        values = np.abs(rows.astype(int) @ np.array(weights))
        if values[target] and values[target] == values.max():
            best = min(best, int(sizes[values > 0].sum()))
    return best


@settings(max_examples=40)
@given(tables())
def test_every_bound_is_below_every_combination(table):
    rows, sizes = table
    if not len(rows):
        return
    dense = rows.astype(float)
    h = leverage(dense, sizes)
    targets = np.arange(len(rows))
    swapped = swaps(dense, sizes, targets, M)
    for target in targets:
        least = fewest(rows, sizes, target)
        assert 1 / h[target] <= least + 1e-6
        assert swapped[target] <= least + 1e-6
        assert program(sparse.csc_matrix(dense), sizes, target, M) <= least + 1e-6


@settings(max_examples=40)
@given(tables())
def test_no_leak_means_that_no_combination_touches_fewer(table):
    rows, sizes = table
    weak = set(unproven(rows, sizes, M).tolist()) if len(rows) else set()
    columns = sparse.csc_matrix(rows.astype(float))
    for target in range(len(rows)):
        leak = smallest(columns, sizes, target, M) if target in weak else None
        least = fewest(rows, sizes, target)
        if leak is None:
            assert least >= M
        else:
            assert leak.touched <= min(least, M - 1)
            values = rows @ leak.weights
            assert values[target] == pytest.approx(1)
            assert sizes[np.abs(values) > 1e-6].sum() == leak.touched


def test_total_minus_its_parts_is_found():
    rows = np.array([[1, 1, 0], [1, 0, 1], [1, 0, 0]], dtype=bool)
    sizes = np.array([58, 20, 1])
    leak = smallest(sparse.csc_matrix(rows.astype(float)), sizes, 2, 10)
    assert leak is not None
    assert leak.touched == 1
    assert leak.weights == pytest.approx([1, -1, -1])


def test_a_half_sum_can_isolate_what_no_subtraction_does():
    # (ab + ac - bc) / 2 = a: three pairs, each of enough pupils, give each of their thirds.
    rows = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]], dtype=bool)
    leak = smallest(sparse.csc_matrix(rows.astype(float)), np.array([4, 8, 8]), 0, 10)
    assert leak is not None
    assert leak.touched == 4


def test_profiles_no_group_tells_apart_are_one():
    rows, sizes, place = merge(
        np.array([[1, 0], [0, 0], [1, 0], [0, 1]], dtype=bool), np.array([2, 9, 3, 4])
    )
    assert rows[place[0]].tolist() == [True, False]
    assert sizes[place[0]] == 5
    assert place[0] == place[2] != place[3]
    assert place[1] == -1


def test_a_swap_larger_than_the_pupils_there_are_proves_nothing():
    # Two by two, one pupil each: any margin touches two, though a large swap would hide it.
    rows = np.array([[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]], dtype=float)
    bounds = swaps(rows, np.ones(4, dtype=np.int64), np.arange(4), 10)
    assert (bounds <= 2 + 1e-6).all()


@st.composite
def histories(draw):
    """Rows of up to 5 kinds of pupils, some of whose answers changed: real columns."""
    states = draw(st.lists(st.integers(1, 3), min_size=1, max_size=5))
    kind = np.repeat(np.arange(len(states)), states)
    columns = draw(st.integers(1, 4))
    entries = st.sampled_from([0.0, 0.0, 1.0, 1.0, 0.5])
    rows = draw(arrays.arrays(float, (len(kind), columns), elements=entries))
    sizes = draw(arrays.arrays(np.int64, len(states), elements=st.integers(1, 6)))
    return rows, kind, sizes


def touching(rows, kind, sizes, target) -> float:
    """`fewest`, where a pupil is touched by any of their rows."""
    best = np.inf
    for weights in product(range(-2, 3), repeat=rows.shape[1]):
        values = np.abs(rows @ np.array(weights))
        if values[target] and values[target] == values.max():
            best = min(best, int(sizes[np.unique(kind[values > 0])].sum()))
    return best


@settings(max_examples=60)
@given(histories())
def test_no_bound_counts_a_pupil_twice(history):
    rows, kind, sizes = history
    part = shares(sizes, kind)
    seen = np.flatnonzero(rows.any(axis=1))
    h = leverage(rows, part)
    swapped = swaps(rows, part, np.arange(len(rows)), M)
    columns = sparse.csc_matrix(rows)
    for target in seen:
        least = touching(rows, kind, sizes, target)
        assert 1 / h[target] <= least + 1e-6
        assert swapped[target] <= least + 1e-6
        assert program(columns, sizes, target, M, kind) <= least + 1e-6
        leak = smallest(columns, sizes, target, M, kind)
        assert leak.touched <= min(least, M - 1) if leak else least >= M
    assert part.sum() == pytest.approx(sizes.sum())


def test_a_pupil_with_two_rows_is_one_pupil_in_the_program():
    # Old total and new total of six pupils all of whose answers changed: six, not three.
    rows = sparse.csc_matrix(np.eye(2))
    sizes, kind = np.array([6]), np.array([0, 0])
    assert program(rows, sizes, 0, 5, kind) == pytest.approx(5)
    assert smallest(rows, sizes, 0, 5, kind) is None
    assert smallest(rows, sizes, 0, 7, kind).touched == 6


def test_kinds_merge_pupils_with_the_same_history():
    rows = np.array([[1, 0], [0, 1], [0, 1], [1, 0], [1, 0]])
    chosen, kind, sizes = kinds(rows, np.array([0, 0, 1, 1, 2]), np.array([2, 3, 4]))
    assert sizes.tolist() == [5, 4] or sizes.tolist() == [4, 5]
    two = int(np.argmax(sizes))
    assert sorted(rows[chosen][kind == two].tolist()) == [[0, 1], [1, 0]]
    assert rows[chosen][kind == 1 - two].tolist() == [[1, 0]]
