"""Who is missing, against counts by hand and definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.stats.design import Design, Draw
from reports.stats.estimation import Column, means
from reports.stats.nonresponse import (
    Coverage,
    margin_for_nonresponse,
    response,
    share_of_roll,
    side_by_side,
)
from reports.stats.proportions import Interval, wilson


def test_coverage_three_ways():
    found = Coverage(answered=2287, year_groups=6350, rolls=2600, opted_out=60)
    shown = (found.of_year_groups, found.of_rolls, found.after_opt_outs)
    assert shown == pytest.approx((2287 / 6350, 2287 / 2600, 2287 / 2540))


def test_coverage_of_nobody_is_not_known():
    assert np.isnan(Coverage(0, 10, 0, 0).of_rolls)


@pytest.mark.parametrize(
    "numbers", [(11, 20, 10, 0), (9, 20, 10, 2), (5, 9, 10, 0), (5, 20, 10, -1), (-1, 20, 10, 0)]
)
def test_coverage_that_cannot_be(numbers):
    with pytest.raises(ValueError, match="must grow in turn"):
        Coverage(*numbers)


def test_response_by_group():
    found = response({"girls": (90, 100), "boys": (60, 120)})
    assert found.names == ("girls", "boys")
    assert found.share.value == pytest.approx([0.9, 0.5])
    alone = wilson(60, 120)
    assert (found.share.low[1], found.share.high[1]) == (alone.low, alone.high)
    assert response({}).names == ()
    with pytest.raises(ValueError, match="more answers than pupils"):
        response({"girls": (101, 100)})


@given(st.integers(0, 30), st.integers(1, 30), st.integers(2, 60))
def test_ends_for_the_roll_are_where_the_score_test_turns(yes, others, missing):
    n, roll = yes + others, yes + others + missing
    found = share_of_roll(yes, n, roll)
    for end in (found.low, found.high):
        error = np.sqrt(end * (1 - end) / n * (roll - n) / (roll - 1))
        assert abs(found.value - end) == pytest.approx(1.959963984540054 * error, abs=1e-9)


def test_a_roll_without_end_is_wilsons_and_a_full_roll_leaves_nothing_to_chance():
    wide, plain = share_of_roll(30, 80, 1e12), wilson(30, 80)
    assert (wide.low, wide.high) == pytest.approx((plain.low, plain.high))
    full = share_of_roll([30, 1], [80, 1], [80, 1])
    assert full.low == pytest.approx([30 / 80, 1])
    assert full.high == pytest.approx([30 / 80, 1])
    with pytest.raises(ValueError, match="more answers than"):
        share_of_roll(1, 3, 2)


@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8))
def test_with_nothing_supposed_the_margin_holds_whatever_those_missing_would_say(yes, no, missing):
    """Every answer that those missing could give, and both extremes are reached."""
    n = yes + no
    if not n:
        return
    share = Interval(*[np.array(yes / n)] * 3)
    found = margin_for_nonresponse(share, n / (n + missing), apart=1.0)
    possible = [(yes + more) / (n + missing) for more in range(missing + 1)]
    assert (found.low, found.high) == pytest.approx((min(possible), max(possible)))


def test_a_smaller_distance_gives_a_smaller_margin():
    share = wilson(40, 80)
    found = margin_for_nonresponse(share, 0.8, apart=0.1)
    assert (found.low, found.high) == pytest.approx((share.low - 0.02, share.high + 0.02))
    same = margin_for_nonresponse(share, 1.0, apart=1.0)
    assert (same.low, same.high) == (share.low, share.high)


@pytest.mark.parametrize(("rate", "apart"), [(1.2, 0.1), (-0.1, 0.1), (0.5, 1.5), (np.nan, 0.1)])
def test_a_margin_that_cannot_be(rate, apart):
    with pytest.raises(ValueError, match="fractions between 0 and 1"):
        margin_for_nonresponse(wilson(4, 8), rate, apart)


def weighted(school, weights, values):
    design = Design.of(Draw(school), weights=weights)
    return design, {"y": Column.of_values(values)}


def test_what_weights_change_has_the_error_of_the_jackknife():
    random = np.random.default_rng(2)
    school = np.repeat(np.arange(30), 20)
    weights = random.uniform(0.4, 2.5, 600)
    values = random.normal(size=30)[school] + 0.5 * weights + random.normal(size=600)
    found = side_by_side(*weighted(school, weights, values))
    assert found.unweighted[0] == pytest.approx(values.mean())
    assert found.weighted[0] == pytest.approx(np.average(values, weights=weights))
    assert found.difference[0] == pytest.approx(found.weighted[0] - found.unweighted[0])
    kept = [school != k for k in range(30)]
    without = np.array([np.average(values[k], weights=weights[k]) - values[k].mean() for k in kept])
    jackknife = np.sqrt(29 / 30 * ((without - found.difference[0]) ** 2).sum())
    assert found.se[0] == pytest.approx(jackknife, rel=0.05)
    # Both means are of the same pupils: their difference is far surer than either.
    assert found.se[0] < means(*weighted(school, weights, values)).se[0] / 3


def test_equal_weights_change_nothing():
    found = side_by_side(*weighted(list("aabbcc"), [2.5] * 6, [1.0, 5, 3, 8, 2, 2]))
    assert (found.difference[0], found.se[0]) == pytest.approx((0, 0), abs=1e-12)


def test_rows_without_weight_count_in_neither():
    found = side_by_side(*weighted(list("aabb"), [0.0, 1, 2, 1], [100.0, 1, 4, 6]))
    assert found.unweighted[0] == pytest.approx(11 / 3)
