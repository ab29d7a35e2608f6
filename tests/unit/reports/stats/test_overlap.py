import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student
from scipy.stats import ttest_ind

from reports.stats.means import summary, welch
from reports.stats.overlap import against_all, error_against_all, rest_of, share_against_all
from reports.stats.proportions import difference, score_test


def of(pupils):
    return summary(len(pupils), pupils.mean(), pupils.std(ddof=1))


def town(seed=1, school=40, others=160):
    rng = np.random.default_rng(seed)
    return rng.normal(21, 5, school), rng.normal(23, 5, others)


@given(st.integers(0, 10_000), st.integers(2, 30), st.integers(2, 30))
def test_the_rest_is_found_from_the_whole(seed, school, others):
    mine, theirs = town(seed, school, others)
    rest = rest_of(of(mine), of(np.concatenate([mine, theirs])))
    assert (rest.n, rest.mean, rest.sd) == pytest.approx(
        (others, theirs.mean(), theirs.std(ddof=1))
    )


def test_the_p_value_is_the_same_against_the_rest_and_against_all_with_the_overlap_counted():
    mine, theirs = town()
    everybody = np.concatenate([mine, theirs])
    against_rest = ttest_ind(mine, theirs)
    left = np.concatenate([mine - mine.mean(), theirs - theirs.mean()])
    sigma = np.sqrt((left**2).sum() / (len(everybody) - 2))
    t = (mine.mean() - everybody.mean()) / error_against_all(sigma, len(mine), len(everybody))
    assert t == pytest.approx(against_rest.statistic)
    p = 2 * student.sf(abs(t), len(everybody) - 2)
    assert p == pytest.approx(against_rest.pvalue)


def test_against_all_is_the_plain_difference_with_the_p_value_of_the_rest():
    mine, theirs = town()
    rest, shown = welch(of(mine), of(theirs)), against_all(of(mine), of(theirs))
    assert shown.difference == pytest.approx(mine.mean() - np.concatenate([mine, theirs]).mean())
    assert (shown.p, shown.t, shown.df) == (rest.p, rest.t, rest.df)
    assert shown.high - shown.low == pytest.approx(0.8 * (rest.high - rest.low))
    assert against_all(of(mine), of(theirs), level=0.8).low > shown.low
    wide, narrow = (share_against_all(30, 100, 120, 300, level) for level in (0.95, 0.8))
    assert narrow.low > wide.low


def test_a_share_against_all():
    found, rest = share_against_all(30, 100, 120, 300), difference(30, 100, 120, 300)
    assert found.value == pytest.approx(30 / 100 - 150 / 400)
    assert found.low == pytest.approx(0.75 * rest.low)
    assert found.high == pytest.approx(0.75 * rest.high)
    assert (found.high < 0) == (score_test(30, 100, 120, 300) < 0.05)


def test_schools_scatter_about_all_as_the_error_says_and_less_than_without_the_overlap():
    rng = np.random.default_rng(4)
    pupils = rng.normal(0, 5, (20_000, 50))
    gap = pupils[:, :20].mean(axis=1) - pupils.mean(axis=1)
    assert gap.std() == pytest.approx(float(error_against_all(5, 20, 50)), rel=0.02)
    assert error_against_all(5, 20, 50) < 5 * np.sqrt(1 / 20 + 1 / 50)


def test_a_school_that_is_all_there_is():
    assert error_against_all(5, 20, 20) == 0
    assert np.isnan(rest_of(summary(20, 3, 1), summary(20, 3, 1)).mean)
    one = rest_of(of(np.array([1.0, 2.0])), of(np.array([1.0, 2.0, 6.0])))
    assert one.mean == pytest.approx(6)
    assert np.isnan(one.sd)


def test_a_part_larger_than_the_whole_is_refused():
    with pytest.raises(ValueError, match="larger than the whole"):
        rest_of(summary(21, 3, 1), summary(20, 3, 1))
    with pytest.raises(ValueError, match="larger than the whole"):
        error_against_all(1, 21, 20)
