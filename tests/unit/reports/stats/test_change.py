from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, ttest_1samp, ttest_rel

from reports.stats.change import (
    across_schools,
    between_differences,
    followed_mean,
    followed_share,
    linked_mean,
    linked_share,
    slope_across_schools,
)
from reports.stats.means import hedges_g, summary, welch
from reports.stats.proportions import Interval, difference, score_test, wilson


def sums(seed, schools=12, waves=2, change=0.0, apart=1.0):
    """Pupils of schools that differ, and whose years differ."""
    rng = np.random.default_rng(seed)
    n = rng.integers(20, 120, (schools, waves))
    level = 20 + apart * rng.normal(size=(schools, 1)) + 0.5 * rng.normal(size=(schools, waves))
    mean = level + change * np.arange(waves) + 5 * rng.normal(size=n.shape) / np.sqrt(n)
    return n, n * mean


def test_equal_schools_are_a_paired_t_test_of_their_means():
    n, totals = np.full((8, 2), 30), np.random.default_rng(1).normal(600, 40, (8, 2))
    found, slow = across_schools(n, totals), ttest_rel(totals[:, 1] / 30, totals[:, 0] / 30)
    assert found.t == pytest.approx(slow.statistic)
    assert found.p == pytest.approx(slow.pvalue)
    assert found.df == 7
    bounds = slow.confidence_interval()
    assert (found.difference.low, found.difference.high) == pytest.approx((bounds.low, bounds.high))


def test_unequal_schools_are_pupils_rows_linearised():
    rng = np.random.default_rng(2)
    school, wave = rng.integers(0, 6, 300), rng.integers(0, 2, 300)
    y = rng.normal(20, 5, 300) + school
    means = [y[wave == w].mean() for w in (0, 1)]
    influence = np.zeros(300)
    for w, sign in ((0, -1), (1, 1)):
        influence += np.where(wave == w, sign * (y - means[w]) / (wave == w).sum(), 0)
    parts = np.array([influence[school == s].sum() for s in range(6)])
    table = [(wave[school == s], y[school == s]) for s in range(6)]
    n = [[(w == k).sum() for k in (0, 1)] for w, _ in table]
    totals = [[a[w == k].sum() for k in (0, 1)] for w, a in table]
    found = across_schools(n, totals)
    assert found.difference.value == pytest.approx(means[1] - means[0])
    assert found.error == pytest.approx(np.sqrt(6 / 5 * ((parts - parts.mean()) ** 2).sum()))
    assert found.t == pytest.approx((means[1] - means[0]) / found.error)


def test_the_error_is_close_to_leaving_each_school_out():
    n, totals = sums(3, schools=40)
    gaps = np.array(
        [
            across_schools(np.delete(n, s, 0), np.delete(totals, s, 0)).difference.value
            for s in range(40)
        ]
    )
    jackknife = np.sqrt(39 / 40 * ((gaps - gaps.mean()) ** 2).sum())
    assert across_schools(n, totals).error == pytest.approx(jackknife, rel=0.05)


def test_it_covers_the_truth_as_often_as_it_says_though_schools_differ():
    covered = 0
    for seed in range(500):
        found = across_schools(*sums(seed, schools=15, change=0.4)).difference
        covered += found.low <= 0.4 <= found.high
    assert covered / 500 == pytest.approx(0.94, abs=0.03)


def test_only_schools_of_both_waves_count():
    n, totals = sums(4)
    more = np.vstack([n, [[50, 0], [0, 60]]]), np.vstack([totals, [[900, 0], [0, 700]]])
    assert across_schools(*more) == across_schools(n, totals)
    assert across_schools(*more).units == 12
    assert across_schools(*more).kind == "schools in both waves"


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(-20, 20), st.floats(0.1, 20), st.permutations(range(12)))
def test_order_unit_and_origin_do_not_matter(seed, origin, unit, order):
    n, totals = sums(seed)
    one, other = (
        across_schools(n, totals),
        across_schools(n[order], (unit * totals + origin * n)[order]),
    )
    assert other.difference.low == pytest.approx(unit * one.difference.low, abs=1e-6)
    assert other.p == pytest.approx(one.p, abs=1e-6)


def test_a_slope_of_two_waves_is_their_difference_over_the_time_between():
    n, totals = sums(5)
    change, slope = across_schools(n, totals), slope_across_schools(n, totals, [2023, 2025])
    assert slope.difference.value == pytest.approx(change.difference.value / 2)
    assert slope.p == pytest.approx(change.p)


def test_a_slope_is_the_least_squares_line_through_the_waves_means():
    n, totals = sums(6, waves=4, change=1.0)
    years = [2019, 2021, 2022, 2025]
    found = slope_across_schools(n, totals, years)
    line = np.polyfit(years, totals.sum(axis=0) / n.sum(axis=0), 1)
    assert found.difference.value == pytest.approx(line[0])
    even = slope_across_schools(np.full(n.shape, 10), 10 * totals / n, years)
    slopes = np.polyfit(years, (totals / n).T, 1)[0]
    assert even.p == pytest.approx(ttest_1samp(slopes, 0).pvalue)


def test_one_school_is_no_evidence():
    found = across_schools([[30, 40]], [[600, 840]])
    assert found.difference.value == pytest.approx(1)
    assert np.isnan([found.error, found.t, found.p, found.difference.low]).all()
    assert np.isnan(across_schools([[30, 0]], [[600, 0]]).difference.value)


@pytest.mark.parametrize(
    ("n", "when", "message"),
    [
        (np.ones((3, 2)), [1, 1], "two different times"),
        (np.ones((3, 2)), [1, 2, 3], "one time a wave"),
        (np.ones(3), [1], "schools by waves"),
    ],
)
def test_waves_that_do_not_fit_are_refused(n, when, message):
    with pytest.raises(ValueError, match=message):
        slope_across_schools(n, n, when)


def test_linked_pupils_are_a_paired_t_test():
    rng = np.random.default_rng(7)
    before = rng.normal(20, 5, 60)
    after = 0.6 * before + rng.normal(8.5, 4, 60)
    gap = after - before
    found = linked_mean(summary(60, gap.mean(), gap.std(ddof=1)), level=0.9)
    slow = ttest_rel(after, before)
    assert (found.t, found.df, found.p) == pytest.approx((slow.statistic, 59, slow.pvalue))
    bounds = slow.confidence_interval(0.9)
    assert (found.difference.low, found.difference.high) == pytest.approx((bounds.low, bounds.high))
    assert found.kind == "linked pupils"
    assert np.isnan(linked_mean(summary(1, 2.0, np.nan)).p)


def test_mcnemar_is_the_sum_of_the_binomial_for_all_small_tables():
    for fewer, more in product(range(9), repeat=2):
        changed = fewer + more
        chance = binom.pmf(np.arange(changed + 1), changed, 0.5)
        distance = np.abs(np.arange(changed + 1) - changed / 2)
        seen = abs(fewer - changed / 2)
        found = linked_share(4, fewer, more, 5)
        assert found.exact_p == pytest.approx(chance[distance >= seen - 1e-9].sum())
        same = chance[np.abs(distance - seen) < 1e-9].sum()
        expected = chance[distance > seen + 1e-9].sum() + same * (0.5 if fewer != more else 1)
        assert found.mid_p == pytest.approx(expected)


def test_more_who_meet_it_after_than_before_is_a_rise():
    found = linked_share(30, 10, 25, 35)
    assert found.difference.value == pytest.approx(0.15)
    assert 0 < found.difference.low < 0.15 < found.difference.high
    assert found.units == 100
    back = linked_share(30, 25, 10, 35)
    assert back.difference.low == pytest.approx(-found.difference.high)
    up, down = (
        linked_share(30, *moved, 35, level=0.8).difference for moved in ((10, 25), (25, 10))
    )
    assert up.low == pytest.approx(-down.high)
    assert up.low > found.difference.low


def test_the_interval_of_a_linked_share_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(8)
    tables = rng.multinomial(60, [0.3, 0.1, 0.2, 0.4], 1000)
    found = [linked_share(*map(int, table)).difference for table in tables]
    covered = np.mean([bounds.low <= 0.1 <= bounds.high for bounds in found])
    assert 0.94 <= covered <= 0.985


def test_nobody_changed_or_nobody_linked():
    still = linked_share(10, 0, 0, 10)
    assert still.difference.value == 0
    assert still.exact_p == still.mid_p == 1
    assert -0.1 < still.difference.low < 0 < still.difference.high
    assert np.isnan(linked_share(0, 0, 0, 0).difference.value)
    assert linked_share(10, 0, 0, 0).difference.high > 0
    with pytest.raises(ValueError, match="below nought"):
        linked_share(1, -1, 1, 1)


def test_linked_and_unlinked_are_compared_at_the_first_wave():
    linked, unlinked = summary(200, 22.1, 4.8), summary(90, 20.9, 5.3)
    found = followed_mean(linked, unlinked)
    assert found.kind == "linked against unlinked"
    assert found.difference.value == pytest.approx(1.2)
    assert found.p == pytest.approx(float(welch(linked, unlinked).p))
    assert found.effect == hedges_g(linked, unlinked)
    share = followed_share(60, 200, 40, 90)
    assert share.difference == difference(60, 200, 40, 90)
    assert share.p == pytest.approx(float(score_test(60, 200, 40, 90)))
    assert np.isnan(share.effect.value)


def test_a_gap_from_wave_to_wave_is_newcombes_method_where_gaps_are_shares():
    found = between_differences(wilson(80, 160), wilson(40, 150))
    known = difference(80, 160, 40, 150)
    assert (found.value, found.low, found.high) == (known.value, known.low, known.high)


def test_a_gap_from_wave_to_wave_leans_as_its_parts_do():
    after = Interval(*(np.asarray(x) for x in (0.20, 0.17, 0.24)))
    before = Interval(*(np.asarray(x) for x in (0.05, -0.07, 0.10)))
    found = between_differences(after, before)
    assert found.value == pytest.approx(0.15)
    assert found.value - found.low == pytest.approx((0.03**2 + 0.05**2) ** 0.5)
    assert found.high - found.value == pytest.approx((0.04**2 + 0.12**2) ** 0.5)


def test_a_gap_from_wave_to_wave_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(8)
    n, shares = np.array([160, 150, 170, 140]), np.array([0.5, 0.3, 0.45, 0.35])
    x = rng.binomial(n, shares, (4000, 4)).T
    gaps = (difference(x[i], n[i], x[i + 1], n[i + 1]) for i in (0, 2))
    found = between_differences(*gaps)
    inside = (found.low <= 0.1) & (found.high >= 0.1)  # 0.2 then, 0.1 less now
    assert inside.mean() == pytest.approx(0.95, abs=0.01)
