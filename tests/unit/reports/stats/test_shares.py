"""Intervals of shares where the truth is known or the shape is."""

import numpy as np
import pytest
from scipy import stats

from reports.stats.design import Design, Draw
from reports.stats.estimation import Column, means
from reports.stats.shares import METHODS, share_interval


def shares(yes, n, **columns):
    design = Design.of(Draw(np.arange(len(n))))
    return means(design, {"share": Column.of_counts(n, yes), **columns})


SOME = shares([3, 5, 2, 6, 1], [20, 25, 18, 30, 22])


@pytest.mark.parametrize("method", METHODS)
def test_the_share_lies_inside_and_a_surer_interval_is_wider(method):
    narrow, wide = share_interval(SOME, method, 0.8), share_interval(SOME, method, 0.99)
    assert wide.low[0] < narrow.low[0] < SOME.value[0] < narrow.high[0] < wide.high[0]


@pytest.mark.parametrize("method", METHODS)
def test_counting_the_others_turns_the_interval_round(method):
    n, yes = np.array([20, 25, 18, 30, 22]), np.array([3, 5, 2, 6, 1])
    found, turned = share_interval(SOME, method), share_interval(shares(n - yes, n), method)
    assert (turned.low[0], turned.high[0]) == pytest.approx((1 - found.high[0], 1 - found.low[0]))


@pytest.mark.parametrize("method", [each for each in METHODS if each != "mean"])
def test_ends_stay_between_nought_and_one(method):
    for yes in ([1, 0, 0], [6, 9, 9]):
        found = share_interval(shares(yes, [7, 9, 9]), method, 0.99)
        assert 0 <= found.low[0] < found.high[0] <= 1


def test_beta_is_clopper_and_pearson_for_pupils_drawn_singly():
    """With its own n: 200 pupils, 13 of them yes; the n - 1 of the error is set aside."""
    values = np.repeat([1.0, 0.0], [13, 187])
    found = means(
        Design.of(Draw(np.arange(200), population=np.full(200, 10**12))),
        {"share": Column.of_values(values)},
    )
    shown = share_interval(found, "beta")
    exact = stats.binomtest(13, 200).proportion_ci(0.95, "exact")
    assert (shown.low[0], shown.high[0]) == pytest.approx((exact.low, exact.high), abs=2e-4)


def test_logit_holds_the_truth_in_clusters():
    """Fifteen schools whose shares differ: 95 % intervals hold 8 % about as often as they say."""
    random = np.random.default_rng(5)
    tries, held = 600, 0
    n = np.full(15, 60)
    for _ in range(tries):
        shown = share_interval(shares(random.binomial(n, random.beta(4, 46, 15)), n))
        held += shown.low[0] <= 0.08 <= shown.high[0]
    assert 0.92 <= held / tries <= 0.975


@pytest.mark.parametrize("method", METHODS)
def test_none_and_all_tell_nothing_of_their_error(method):
    for yes in ([0, 0, 0], [5, 6, 7]):
        found = share_interval(shares(yes, [5, 6, 7]), method)
        assert np.isnan([found.low[0], found.high[0]]).all()


@pytest.mark.parametrize("method", METHODS)
def test_a_share_that_the_design_fixes_has_no_width(method):
    found = share_interval(shares([2, 3, 4], [4, 6, 8]), method)
    assert (found.low[0], found.high[0]) == (0.5, 0.5)


def test_several_shares_are_as_each_alone():
    together = shares([3, 5, 2], [9, 9, 9], other=Column.of_counts([9, 9, 9], [0, 1, 7]))
    for method in METHODS:
        found = share_interval(together, method)
        for place, yes in enumerate([[3, 5, 2], [0, 1, 7]]):
            alone = share_interval(shares(yes, [9, 9, 9]), method)
            ends = (alone.low[0], alone.high[0])
            assert (found.low[place], found.high[place]) == pytest.approx(ends, rel=1e-12)


def test_a_group_in_one_school_has_no_interval():
    design = Design.of(Draw(list("ab")))
    one = Column.of_counts([9, 9], [4, 3]).where([True, False])
    found = share_interval(means(design, {"share": one}))
    assert np.isnan([found.low[0], found.high[0]]).all()


@pytest.mark.parametrize("method", METHODS)
def test_a_group_in_one_school_of_each_stratum_has_no_interval(method):
    design = Design.of(Draw(list("abcd"), list("nnss")))
    one = Column.of_counts([9, 9, 9, 9], [4, 3, 5, 2]).where([True, False, True, False])
    found = share_interval(means(design, {"share": one}), method)
    assert np.isnan([found.low[0], found.high[0]]).all()


def test_arcsines_end_at_nought_and_do_not_turn_back():
    found = share_interval(shares([1, 0, 0], [6, 9, 9]), "asin", 0.99)
    assert found.low[0] == 0


def test_a_mean_is_no_share():
    found = means(Design.of(Draw(list("ab"))), {"y": Column.of_values([3.0, 4.0])})
    with pytest.raises(ValueError, match="between 0 and 1"):
        share_interval(found)
