"""Pupils like yours elsewhere: by hand, against Welch, and by drawing the rest again and again."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.stats.means import mean_interval, summarise, welch
from reports.stats.standardise import standardise


def sums(pupils):
    """(mix, value) pairs as cell sums."""
    found = defaultdict(lambda: [0.0, 0.0, 0.0])
    for mix, value in pupils:
        for power in range(3):
            found[mix][power] += value**power
    return {mix: tuple(each) for mix, each in found.items()}


def pupils(mixes):
    return st.lists(st.tuples(st.sampled_from(mixes), st.integers(0, 10)), min_size=2, max_size=30)


OWN = [("8F", 4.0), ("8F", 6), ("8F", 9), ("8M", 2), ("8M", 3), ("10F", 7)]
REST = [("8F", 5.0), ("8F", 7), ("8M", 1), ("8M", 5), ("8M", 6), ("10M", 50), ("10M", 20)]


def test_by_hand():
    """Mix 10F is nowhere else: five of six pupils are compared, three 8F and two 8M."""
    found = standardise(sums(OWN), sums(REST))
    assert found.covered == pytest.approx(5 / 6)
    assert (found.n, found.against_n) == (5, 5)
    assert found.value == pytest.approx((4 + 6 + 9 + 2 + 3) / 5)
    assert found.against == pytest.approx((3 * 6 + 2 * 4) / 5)
    # Variances 2 and 7 of two and three pupils.
    assert found.se == pytest.approx(np.sqrt(0.6**2 * 2 / 2 + 0.4**2 * 7 / 3))
    assert found.difference == pytest.approx(found.value - found.against)


@given(pupils(["a", "b", "c"]), pupils(["a", "b", "d"]))
def test_the_rest_is_the_mean_of_everybodys_likes(own, rest):
    """Slowly: every pupil of the school is set beside the mean of the same mix elsewhere."""
    elsewhere = defaultdict(list)
    for mix, value in rest:
        elsewhere[mix].append(value)
    likes = [np.mean(elsewhere[mix]) for mix, _ in own if mix in elsewhere]
    found = standardise(sums(own), sums(rest))
    assert found.covered == pytest.approx(len(likes) / len(own))
    assert found.n == len(likes)
    if likes:
        assert found.against == pytest.approx(np.mean(likes))
        assert found.value == pytest.approx(np.mean([v for mix, v in own if mix in elsewhere]))
    else:
        assert np.isnan([found.value, found.against, found.se, found.difference]).all()


@given(pupils(["a"]), pupils(["a"]))
def test_a_single_mix_is_welchs_test(own, rest):
    one, two = (np.array([value for _, value in each], dtype=float) for each in (own, rest))
    if one.std() == 0 and two.std() == 0:
        return
    found = standardise(sums(own), sums(rest), level=0.9)
    mine, theirs = (summarise(len(x), x.sum(), (x**2).sum()) for x in (one, two))
    expected = welch(mine, theirs, level=0.9)
    shown = (found.difference, found.difference_low, found.difference_high)
    assert shown == pytest.approx((expected.difference, expected.low, expected.high), abs=1e-9)
    if two.std() > 0:
        alone = mean_interval(theirs, level=0.9)
        assert (found.low, found.high) == pytest.approx((alone.low, alone.high), abs=1e-9)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """A rare mix weighs heavily and varies more; one mix has a single pupil elsewhere."""
    random = np.random.default_rng(8)
    truth = {"a": (5.0, 1.0), "b": (8.0, 3.0), "c": (2.0, 2.0), "d": (4.0, 2.0)}
    sizes = {"a": 60, "b": 6, "c": 30, "d": 1}
    own = {"a": (20, 100.0, 900), "b": (20, 160.0, 1500), "c": (8, 16.0, 80), "d": (2, 8.0, 34)}
    target = sum(n * truth[mix][0] for mix, (n, _, _) in own.items()) / 50
    tries, held = 1500, 0
    for _ in range(tries):
        drawn = {mix: random.normal(*truth[mix], sizes[mix]) for mix in truth}
        rest = {mix: (len(x), x.sum(), (x**2).sum()) for mix, x in drawn.items()}
        found = standardise(own, rest)
        held += found.low <= target <= found.high
    assert 0.93 <= held / tries <= 0.97


def test_a_difference_that_the_mix_explains_is_gone():
    """The school has more 10F, who score lower everywhere."""
    own = {"8F": (10, 60.0, 370.0), "10F": (30, 90.0, 300.0)}
    rest = {"8F": (300, 1800.0, 11100.0), "10F": (100, 300.0, 1000.0)}
    found = standardise(own, rest)
    raw = (60 + 90) / 40 - (1800 + 300) / 400
    assert raw == pytest.approx(-1.5)
    assert found.difference == pytest.approx(0)
    assert found.difference_low < 0 < found.difference_high


def test_a_lone_pupil_elsewhere_borrows_the_variance_of_the_others():
    rest = {"a": (3, 9.0, 35.0), "b": (1, 7.0, 49.0)}  # the variance of a is 4
    found = standardise({"a": (1, 1.0, 1.0), "b": (1, 1.0, 1.0)}, rest)
    assert found.se == pytest.approx(np.sqrt(0.25 * 4 / 3 + 0.25 * 4 / 1))
    # Satterthwaite: parts 1/3 and 1, both with the two degrees of freedom of a.
    df = (1 / 3 + 1) ** 2 / ((1 / 3) ** 2 / 2 + 1**2 / 2)
    assert found.high - found.against == pytest.approx(stats.t(df).ppf(0.975) * found.se)
    alone = standardise({"b": (2, 8.0, 34.0)}, rest)
    assert np.isnan([alone.se, alone.low, alone.difference_high]).all()
    assert alone.against == 7


def test_nothing_that_varies_gives_no_interval():
    found = standardise({"a": (5, 5.0, 5.0)}, {"a": (9, 9.0, 9.0)})
    assert found.difference == 0
    assert np.isnan([found.low, found.difference_low]).all()


def test_a_school_without_answers_is_refused():
    with pytest.raises(ValueError, match="no pupils who answered"):
        standardise({"a": (0, 0.0, 0.0)}, {"a": (3, 3.0, 5.0)})
