import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from reports.stats.meta import pool

Y = np.array([0.1, 0.9, 0.4, -0.3, 1.4])
V = np.array([0.05, 0.2, 0.1, 0.08, 0.3])


def restricted(between):
    """Restricted likelihood by its definition, up to a constant."""
    weight = 1 / (V + between)
    mean = (weight * Y).sum() / weight.sum()
    left = (weight * (Y - mean) ** 2).sum()
    return -0.5 * (-np.log(weight).sum() + np.log(weight.sum()) + left)


def test_restricted_likelihood_is_at_its_highest():
    slow = minimize_scalar(lambda t: -restricted(t), bounds=(0, 5), options={"xatol": 1e-9})
    assert pool(Y, V).between == pytest.approx(slow.x, abs=1e-6)


def test_paule_and_mandel_explain_just_what_differs():
    found = pool(Y, V, "PM")
    weight = 1 / (V + found.between)
    assert (weight * (Y - found.mean) ** 2).sum() == pytest.approx(len(Y) - 1)
    assert found.error == pytest.approx(weight.sum() ** -0.5)


def test_equal_errors_have_the_closed_form():
    even = np.full(5, 0.05)
    for method in ("DL", "REML", "PM"):
        found = pool(Y, even, method)
        assert found.between == pytest.approx(Y.var(ddof=1) - 0.05)
        assert found.mean == pytest.approx(Y.mean())
        assert found.error == pytest.approx(np.sqrt(Y.var(ddof=1) / 5))
        assert found.i2 == pytest.approx(1 - 0.05 / Y.var(ddof=1))


@pytest.mark.parametrize("method", ["DL", "REML", "PM"])
def test_places_no_more_unlike_than_chance(method):
    found = pool([1.0, 1.1, 0.9], [0.5, 0.4, 0.6], method)
    assert found.between == found.i2 == 0
    assert pool([1.0, 1.0], [0.5, 0.4], method).mean == pytest.approx(1)


@pytest.mark.parametrize("method", ["DL", "REML", "PM"])
def test_the_variance_between_places_is_found(method):
    rng = np.random.default_rng(2)
    errors = rng.uniform(0.05, 0.5, 400)
    y = 3 + rng.normal(size=400) * np.sqrt(0.4 + errors)
    found = pool(y, errors, method)
    assert found.between == pytest.approx(0.4, abs=0.12)
    assert abs(found.mean - 3) < 3 * found.error


def test_one_very_sure_place_among_unsure_ones():
    found = pool([0.0, 30.0, -30.0], [1e-6, 1.0, 1.0])
    assert found.between == pytest.approx(900, rel=0.01)


@pytest.mark.parametrize(
    ("y", "v", "message"),
    [
        ([1.0], [1.0], "two or more"),
        ([1.0, 2.0], [1.0], "same length"),
        ([1.0, 2.0], [1.0, 0.0], "above nought"),
        ([1.0, 2.0], [1.0, np.nan], "above nought"),
    ],
)
def test_what_cannot_be_pooled_is_refused(y, v, message):
    with pytest.raises(ValueError, match=message):
        pool(y, v)
