"""Means, Welch's test and Hedges' g against figures computed by R and metafor.

R 4.2.2 with metafor 3.8.1: `escalc("SMD", m1i, sd1i, n1i, m2i, sd2i, n2i, vtype = "LS")` for g, and
`t.test` (Welch) from the same means and SDs. The mean of api00 in apisrs of survey 4.1.1:
`confint(svymean(~api00, design), df = degf(design))` for the simple random sample.
"""

import numpy as np
import pytest

from reports.stats.means import hedges_g, mean_interval, pooled_sd, summarise, summary, welch

COLUMNS = "m1 sd1 n1 m2 sd2 n2 cohen_d hedges_g g_lo g_hi t df p lo hi"
CASES = [
    (
        22.4,
        4.9,
        85,
        23.5,
        5.1,
        2202,
        -0.215991764619948,
        -0.215920861116954,
        -0.432663381340515,
        0.000821659106606865,
        -2.02773132199426,
        91.1660077981955,
        0.0455068758323589,
        -2.17753983209336,
        -0.022460167906639,
    ),
    (
        23.1,
        5.2,
        150,
        23.5,
        5.1,
        2137,
        -0.0783303038536239,
        -0.0783045904059673,
        -0.24387170456199,
        0.0872625237500551,
        -0.91183161836418,
        169.745669582521,
        0.363150500219047,
        -1.26596598373202,
        0.465965983732022,
    ),
    (
        6.2,
        2.4,
        12,
        6.9,
        2.3,
        2275,
        -0.304282760764199,
        -0.304182874022328,
        -0.871534467304964,
        0.263168719260308,
        -1.00792456487494,
        11.1068319727881,
        0.334944721826048,
        -2.22678439789763,
        0.82678439789763,
    ),
    (
        17,
        7.1,
        240,
        15.5,
        6.9,
        2047,
        0.216725746639187,
        0.216654602192302,
        0.0827810469123826,
        0.350528157472221,
        3.10551622440925,
        294.438915366019,
        0.00208450685591278,
        0.549407527882548,
        2.45059247211745,
    ),
    (
        21,
        5,
        10,
        21,
        5,
        12,
        0,
        0,
        -0.839206440907474,
        0.839206440907474,
        0,
        19.2898550724638,
        1,
        -4.47634397938108,
        4.47634397938108,
    ),
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]} beside {case[3]}")
def case(request):
    return dict(zip(COLUMNS.split(), request.param, strict=True))


def both(case):
    return tuple(summary(case[f"n{i}"], case[f"m{i}"], case[f"sd{i}"]) for i in (1, 2))


def test_hedges_g_is_that_of_metafor(case):
    one, two = both(case)
    g = hedges_g(one, two)
    expected = (case["hedges_g"], case["g_lo"], case["g_hi"])
    assert (g.value, g.low, g.high) == pytest.approx(expected, abs=1e-9)
    assert (one.mean - two.mean) / pooled_sd(one, two) == pytest.approx(case["cohen_d"], abs=1e-9)


def test_welch_is_that_of_r(case):
    found = welch(*both(case))
    shown = (found.t, found.df, found.p, found.low, found.high)
    assert shown == pytest.approx([case[k] for k in ("t", "df", "p", "lo", "hi")], rel=1e-9)


def test_g_by_a_given_ruler_scales_with_it(case):
    one, two = both(case)
    assert hedges_g(one, two, sd=10.0).value == pytest.approx(2 * hedges_g(one, two, sd=20.0).value)


def test_mean_interval_is_that_of_r():
    # 200 of 6,194 schools, variance 17682.42...; R's interval holds the finite population
    # correction, so the SD given here holds it too.
    sd = np.sqrt(17682.4248994975 * (1 - 200 / 6194))
    found = mean_interval(summary(200, 656.585, sd))
    assert (found.low, found.high) == pytest.approx((638.344950092127, 674.825049907873), abs=1e-9)


def test_sums_give_the_mean_and_sd_of_the_values():
    values = np.array([3.0, 4.0, 4.0, 9.0])
    found = summarise(4, values.sum(), (values**2).sum())
    assert (found.mean, found.sd) == pytest.approx((values.mean(), values.std(ddof=1)))


def test_one_pupil_has_no_spread():
    assert np.isnan(summarise(1, 5, 25).sd)
    assert np.isnan(summarise(0, 0, 0).mean)
