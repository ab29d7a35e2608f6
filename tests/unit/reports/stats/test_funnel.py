import numpy as np
import pytest

from reports.stats.funnel import CONTROL, limits


def test_schools_that_are_all_the_same_lie_within_as_often_as_the_limits_say():
    rng = np.random.default_rng(1)
    n = rng.integers(80, 400, 20_000)
    share = rng.binomial(n, 0.35) / n
    for level, tolerance in ((0.95, 0.01), (CONTROL, 0.002)):
        inside = limits(0.35, n, level)
        within = (inside.low <= share) & (share <= inside.high)
        assert within.mean() == pytest.approx(level, abs=tolerance)


def test_the_funnel_narrows_with_the_root_of_the_pupils_and_stays_a_share():
    found = limits(0.5, [100, 400])
    np.testing.assert_allclose(np.diff(found.high - found.value), -(found.high[0] - 0.5) / 2)
    assert limits(0.02, 5).low == 0
    assert limits(0.98, 5).high == 1


def test_nobody_has_no_limits():
    assert np.isnan(limits(0.5, 0).low)
    assert np.isnan(limits(0.0, 0).high)


@pytest.mark.parametrize("average", [-0.1, 55.4])
def test_per_cent_are_refused(average):
    with pytest.raises(ValueError, match="from 0 to 1"):
        limits(average, 10)
