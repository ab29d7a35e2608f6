from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from reports.stats.proportions import exact
from reports.stats.risk import (
    cohens_h,
    log_odds_ratio,
    log_risk_ratio,
    relative_rate_index,
    relative_rate_index_exact,
    risk_difference,
)

ROUNDS = 800


def drawn(p1, n1, p2, n2, seed=3):
    rng = np.random.default_rng(seed)
    return rng.binomial(n1, p1, ROUNDS), n1, rng.binomial(n2, p2, ROUNDS), n2


@pytest.mark.parametrize(
    ("measure", "truth"),
    [
        (risk_difference, 0.1),
        (log_risk_ratio, np.log(1.5)),
        (log_odds_ratio, np.log(0.3 / 0.7 / 0.25)),
    ],
)
def test_estimates_scatter_as_their_variance_says(measure, truth):
    found = measure(*drawn(0.3, 200, 0.2, 900))
    assert found.value.mean() == pytest.approx(truth, abs=0.02)
    assert found.variance.mean() == pytest.approx(found.value.var(), rel=0.12)
    bounds = found.interval()
    assert ((bounds.low <= truth) & (truth <= bounds.high)).mean() == pytest.approx(0.95, abs=0.025)
    assert (found.interval(0.8).low > bounds.low).all()


def test_half_a_pupil_is_added_where_a_cell_is_empty_and_nowhere_else():
    ratio = log_risk_ratio([0, 5, 5], [10, 10, 10], [4, 0, 4], [20, 20, 20])
    np.testing.assert_allclose(
        np.exp(ratio.value), [(0.5 / 11) / (4.5 / 21), (5.5 / 11) / (0.5 / 21), 0.5 / 0.2]
    )
    odds = log_odds_ratio([10, 5], [10, 10], [4, 4], [20, 20])
    np.testing.assert_allclose(np.exp(odds.value), [10.5 / 0.5 / (4.5 / 16.5), 1 / (4 / 16)])
    assert odds.variance[0] == pytest.approx(1 / 10.5 + 2 + 1 / 4.5 + 1 / 16.5)
    assert risk_difference(0, 10, 4, 20).value == pytest.approx(-0.2)


@pytest.mark.parametrize("index", [relative_rate_index, relative_rate_index_exact])
def test_the_index_where_a_group_has_nobody_to_count(index):
    found = index([0, 3, 0], [10, 10, 10], [4, 0, 0], [20, 20, 20])
    np.testing.assert_array_equal(found.value, [0, np.inf, np.nan])
    np.testing.assert_array_equal(found.low[[0, 2]], [0, 0])
    np.testing.assert_array_equal(found.high[[1, 2]], [np.inf, np.inf])
    assert 0 < found.high[0] < np.inf
    assert found.low[1] > 0


@pytest.mark.parametrize("index", [relative_rate_index, relative_rate_index_exact])
def test_the_index_turned_round_is_one_over_it(index):
    there, back = index(12, 40, 300, 2000), index(300, 2000, 12, 40)
    assert back.value == pytest.approx(1 / there.value)
    assert (back.low, back.high) == pytest.approx((1 / there.high, 1 / there.low))


@pytest.mark.parametrize("index", [relative_rate_index, relative_rate_index_exact])
def test_the_index_covers_the_truth_at_least_as_often_as_it_says(index):
    found = index(*drawn(0.06, 150, 0.03, 800))
    assert ((found.low <= 2) & (found.high >= 2)).mean() > 0.93
    assert (index(6, 150, 9, 800, level=0.8).low > index(6, 150, 9, 800).low).all()


def test_exact_ends_leave_the_tails_that_they_say():
    x, n, y, m = 6, 150, 9, 800
    found = relative_rate_index_exact(x, n, y, m)
    for ratio, tail in (
        (found.low, lambda p: binom.sf(x - 1, x + y, p)),
        (found.high, lambda p: binom.cdf(x, x + y, p)),
    ):
        share = ratio * n / (ratio * n + m)
        assert tail(share) == pytest.approx(0.025)


def test_exact_share_leaves_the_tails_that_it_says_for_all_small_groups():
    for n, x in product(range(1, 13), range(13)):
        if x > n:
            continue
        found = exact(x, n, level=0.9)
        if x > 0:
            assert binom.sf(x - 1, n, found.low) == pytest.approx(0.05)
        else:
            assert found.low == 0
        if x < n:
            assert binom.cdf(x, n, found.high) == pytest.approx(0.05)
        else:
            assert found.high == 1


@pytest.mark.parametrize(
    "measure",
    [
        lambda *t: risk_difference(*t).value,
        lambda *t: log_risk_ratio(*t).value,
        lambda *t: log_odds_ratio(*t).value,
        lambda *t: relative_rate_index(*t).low,
        lambda *t: relative_rate_index_exact(*t).high,
        cohens_h,
    ],
)
def test_a_group_of_nobody_says_nothing(measure):
    assert np.isnan(measure(0, 0, 3, 10))
    assert np.isnan(measure(3, 10, 0, 0))


@pytest.mark.parametrize("table", [(5, 4, 1, 2), (-1, 4, 1, 2), (1, 4, 3, 2), (1, 4, -1, 2)])
def test_more_counted_than_there_are_is_refused(table):
    with pytest.raises(ValueError, match="fewer pupils"):
        risk_difference(*table)


def test_steps_of_h_are_as_easy_to_see_at_the_ends_as_in_the_middle():
    assert cohens_h(5, 10, 5, 10) == 0
    assert cohens_h(10, 10, 0, 10) == pytest.approx(np.pi)
    x, n, y, m = drawn(0.05, 2000, 0.05, 2000)
    assert cohens_h(x, n, y, m).var() == pytest.approx(1 / n + 1 / m, rel=0.12)
