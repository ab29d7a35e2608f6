"""Change between waves against R's and published figures.

R's own example of pairs, `t.test(Pair(extra.1, extra.2) ~ 1, data = sleep.wide)` (Student's sleep
data, printed to 4-7 figures). Pairs of shares: Newcombe (1998c), table II; Altman et al. (2000),
Statistics with Confidence, table 6.2; Bentur et al. as worked by Fagerland, Lydersen and Laake
(2013, 2014): Newcombe's interval, exact and mid-p values of McNemar's test, printed to 3-4 figures.
"""

import numpy as np
import pytest

from reports.stats.change import linked_mean, linked_share
from reports.stats.means import summary

FIRST = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SECOND = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])

# both, before only, after only, neither; low, high; unit of the last printed figure
PAIRS = [
    (36, 2, 12, 0, 0.0569, 0.3404, 1e-4),
    (14, 0, 5, 22, 0.011, 0.226, 1e-3),
    (1, 7, 1, 12, -0.507, -0.026, 1e-3),
]


def test_pairs_of_means_are_those_of_r():
    gap = FIRST - SECOND
    found = linked_mean(summary(len(gap), gap.mean(), gap.std(ddof=1)))
    assert found.t == pytest.approx(-4.0621, abs=5e-5)
    assert found.df == 9
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    ends = (found.difference.low, found.difference.high)
    assert ends == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)
    assert found.difference.value == pytest.approx(-1.58)


@pytest.mark.parametrize(("both", "before", "after", "neither", "low", "high", "unit"), PAIRS)
def test_pairs_of_shares_have_the_published_interval(both, before, after, neither, low, high, unit):
    found = linked_share(both, before, after, neither).difference
    assert (found.low, found.high) == pytest.approx((low, high), abs=unit)


def test_pairs_of_shares_have_the_published_p_values():
    found = linked_share(1, 7, 1, 12)
    assert found.exact_p == pytest.approx(0.0703, abs=5e-5)
    assert found.mid_p == pytest.approx(0.0391, abs=5e-5)
