import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reports.stats.reliability import (
    alpha,
    alpha_without,
    covariance,
    from_sums,
    item_rest,
    omega,
    one_factor,
)

ANSWERS = arrays(
    np.int64, st.tuples(st.integers(3, 12), st.integers(2, 5)), elements=st.integers(0, 4)
)


def scale(loadings, unique):
    return np.outer(loadings, loadings) + np.diag(unique)


@given(ANSWERS)
def test_alpha_is_its_definition_by_rows(rows):
    k, total = rows.shape[1], rows.sum(axis=1)
    found = alpha(*covariance(rows)).value
    if total.var() == 0:
        assert np.isnan(found)
    else:
        slow = k / (k - 1) * (1 - rows.var(axis=0, ddof=1).sum() / total.var(ddof=1))
        assert found == pytest.approx(slow, abs=1e-9)


@given(ANSWERS)
def test_item_rest_is_a_correlation_with_the_other_items(rows):
    found = item_rest(covariance(rows)[0])
    for item, answers in enumerate(rows.T):
        rest = rows.sum(axis=1) - answers
        if answers.std() > 0 and rest.std() > 0:
            assert found[item] == pytest.approx(np.corrcoef(answers, rest)[0, 1], abs=1e-9)


@given(ANSWERS)
def test_sums_give_the_same_as_rows(rows):
    matrix, n = covariance(rows)
    summed = from_sums(n, rows.sum(axis=0), rows.T @ rows)
    np.testing.assert_allclose(summed, matrix, atol=1e-9)
    np.testing.assert_allclose(matrix, np.cov(rows.T), atol=1e-9)


def test_alpha_without_an_item_is_alpha_of_the_others():
    rows = np.random.default_rng(1).integers(0, 5, (30, 4))
    slow = [alpha(*covariance(np.delete(rows, item, axis=1))).value for item in range(4)]
    np.testing.assert_allclose(alpha_without(covariance(rows)[0]), slow)


def test_a_pupil_who_left_one_out_is_left_out():
    rows = np.array([[1, 2], [np.nan, 4], [3, 3], [2, 5]])
    matrix, n = covariance(rows)
    assert n == 3
    np.testing.assert_allclose(matrix, np.cov(rows[[0, 2, 3]].T))


def test_the_interval_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(7)
    truth = scale(
        np.full(4, 0.8), np.full(4, 0.36)
    )  # parallel items: alpha = 4 * .64 / (.64 * 3 + 1)
    found = [
        alpha(*covariance(rng.multivariate_normal(np.zeros(4), truth, 60))) for _ in range(800)
    ]
    covered = np.mean([bounds.low <= 2.56 / 2.92 <= bounds.high for bounds in found])
    assert covered == pytest.approx(0.95, abs=0.025)
    assert alpha(truth, 60, level=0.8).low > alpha(truth, 60).low


def test_omega_finds_the_factor_that_made_the_items():
    loadings, unique = np.array([0.5, 0.9, 1.4, 0.7]), np.array([0.3, 1.1, 0.8, 0.4])
    found = one_factor(scale(loadings, unique))
    np.testing.assert_allclose(found[0], loadings, atol=1e-6)
    np.testing.assert_allclose(found[1], unique, atol=1e-6)
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + unique.sum())
    assert omega(scale(loadings, unique)) == pytest.approx(expected, abs=1e-7)


def test_omega_is_alpha_where_all_items_load_alike_and_above_it_where_not():
    alike = scale(np.full(5, 0.7), np.array([0.2, 0.4, 0.6, 0.8, 1.0]))
    unlike = scale(np.array([0.2, 0.5, 0.8, 1.1]), np.full(4, 0.5))
    assert omega(alike) == pytest.approx(float(alpha(alike, 100).value), abs=1e-7)
    assert omega(unlike) > alpha(unlike, 100).value + 0.01


@settings(max_examples=20)
@given(st.permutations(range(4)), st.floats(0.01, 100))
def test_order_and_unit_of_the_items_do_not_matter(order, unit):
    matrix = scale(np.array([0.5, 0.9, 1.4, 0.7]), np.array([0.3, 1.1, 0.8, 0.4]))
    other = unit * matrix[np.ix_(order, order)]
    assert alpha(other, 50).low == pytest.approx(float(alpha(matrix, 50).low))
    assert omega(other) == pytest.approx(omega(matrix), abs=1e-6)


def test_no_other_loadings_near_by_fit_better():
    rng = np.random.default_rng(3)
    matrix, _ = covariance(rng.normal(size=(40, 4)) + 0.8 * rng.normal(size=(40, 1)))
    loadings, unique = one_factor(matrix)

    def distance(of, left):
        implied = scale(of, left)
        return np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, matrix))

    best = distance(loadings, unique)
    for _ in range(200):
        step = rng.normal(scale=0.01, size=(2, 4))
        assert distance(loadings + step[0], unique * np.exp(step[1])) >= best


def test_items_that_say_the_same_hang_together_wholly():
    rows = np.repeat(np.array([[0], [1], [2], [4]]), 4, axis=1)
    matrix, n = covariance(rows)
    assert alpha(matrix, n).value == pytest.approx(1)
    assert omega(matrix) == pytest.approx(1, abs=0.005)
    np.testing.assert_allclose(item_rest(matrix), 1)


def test_too_little_to_say_is_nan():
    assert np.isnan(alpha([[1.0]], 50).value)
    assert np.isnan(alpha([[1.0, -1.0], [-1.0, 1.0]], 50).value)
    assert np.isnan(omega([[1.0, 0.5], [0.5, 1.0]]))
    still = np.diag([0.0, 1.0, 1.0])
    assert np.isnan(omega(still))
    assert np.isnan(item_rest(still)[0])
    nobody, n = covariance(np.empty((0, 3)))
    assert n == 0
    assert np.isnan(alpha(nobody, n).value)
    one = alpha(np.eye(3) + 1, 1)
    assert not np.isnan(one.value)
    assert np.isnan(one.low)


@pytest.mark.parametrize("matrix", [[1.0, 2.0], [[1.0, 2.0]], 3.0])
def test_a_matrix_that_is_not_square_is_refused(matrix):
    with pytest.raises(ValueError, match="square"):
        alpha(matrix, 10)


def test_rows_that_are_not_a_table_are_refused():
    with pytest.raises(ValueError, match="pupils by items"):
        covariance([1.0, 2.0])
