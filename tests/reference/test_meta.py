"""Random effects of places against `rma(yi, vi, method = ...)` of metafor 3.8.1 (R 4.2.2).

yi and vi: the mean of MathAch in each of 160 schools (see test_schools) and its variance over n.
metafor stops its search at 1e-5 of a step, which leaves 4e-7 in the variance between schools.
"""

from pathlib import Path

import pandas as pd
import pytest

from reports.stats.meta import pool

SCHOOLS = pd.read_csv(Path(__file__).with_name("mathachieve_schools.csv"))

CASES = [
    ("DL", 12.6485042327624, 0.269221314310723, 10.63286380518),
    ("REML", 12.6529386136336, 0.249801775797364, 9.02322470749793),
    ("PM", 12.6533917646394, 0.248043530380615, 8.88347783336115),
]


def pooled(method):
    n, total, squares = SCHOOLS["n"], SCHOOLS["y"] / 1e3, SCHOOLS["y*y"] / 1e6
    return pool(total / n, (squares - total**2 / n) / (n - 1) / n, method)


@pytest.mark.parametrize(("method", "mean", "error", "between"), CASES)
def test_pooled_mean_is_that_of_metafor(method, mean, error, between):
    found = pooled(method)
    assert found.mean == pytest.approx(mean, rel=1e-9)
    assert found.error == pytest.approx(error, abs=1e-8)
    assert found.between == pytest.approx(between, abs=1e-6)


def test_heterogeneity_is_that_of_metafor():
    found = pooled("DL")
    assert found.between == pytest.approx(10.63286380518, rel=1e-9)
    assert found.q == pytest.approx(2268.61638389743, rel=1e-9)
    assert 100 * found.i2 == pytest.approx(92.9913227671026, rel=1e-9)
