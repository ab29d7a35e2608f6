"""Models of schools against lme4 1.1.31 and multilevel 2.7 of R 4.2.2.

`lmer(MathAch ~ 1 + (1 | School), REML = TRUE)` (and `REML = FALSE`), with `SES + Sex + Minority`,
and with `MEANSES` besides; `ranef(fit, condVar = TRUE)`. `ICC1(aov(MathAch ~ School))`, `ICC2`.
`lmer(Yield ~ 1 + (1 | Batch), Dyestuff)`. mathachieve_schools.csv holds sums of each of the 160
schools (scores and SES in thousandths, so that all are whole numbers) beside what lme4 found.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reports.stats.schools import one_way, products, random_intercept

SCHOOLS = pd.read_csv(Path(__file__).with_name("mathachieve_schools.csv"))
UNITS = {"one": 1, "mean_ses": 1000, "ses": 1000, "female": 1, "minority": 1, "y": 1000}

# columns, the column of its BLUPs, between, within, ICC, log likelihood, coefficients, their errors
RESTRICTED = {
    "null": (
        ["one", "y"],
        "null",
        8.61402483714869,
        39.1483218909986,
        0.180351792305722,
        -23558.3967417747,
        [12.6369738114473],
        [0.244393560813943],
    ),
    "adjusted": (
        ["one", "ses", "female", "minority", "y"],
        "adj",
        3.67364841731801,
        35.9090020017326,
        0.0928095612200322,
        -23197.1924928783,
        [14.1145108837588, 2.08942393989112, -1.22979436418524, -2.96147187513304],
        [0.197028287917823, 0.10570579590662, 0.162708501587667, 0.205755441958344],
    ),
    "adjusted with context": (
        ["one", "ses", "female", "minority", "mean_ses", "y"],
        "adjctx",
        2.44322786922283,
        35.8998251623981,
        0.0637202224665818,
        -23170.7007736926,
        [
            14.0481883876882,
            1.92632627672204,
            -1.21784793669994,
            -2.73061013218304,
            2.88188632278314,
        ],
        [
            0.175811634521576,
            0.108458468171876,
            0.160852616706794,
            0.203436824378556,
            0.367609819893428,
        ],
    ),
}


def sum_of(one: str, two: str) -> np.ndarray:
    """Sum of the product of two columns, in units, from the file."""
    if "mean_ses" in (one, two):  # the same for all pupils of a school
        other = two if one == "mean_ses" else one
        return SCHOOLS["mean_ses"] / 1000 * sum_of("one", other)
    if one == two and UNITS[one] == 1:
        return sum_of("one", one) if one != "one" else SCHOOLS["n"].to_numpy(float)
    name = next(n for n in (f"{one}*{two}", f"{two}*{one}", two, one) if n in SCHOOLS)
    return SCHOOLS[name].to_numpy(float) / UNITS[one] / UNITS[two]


def of(columns: list[str]) -> np.ndarray:
    return np.stack([np.stack([sum_of(a, b) for b in columns], -1) for a in columns], -2)


@pytest.fixture(scope="module")
def summaries() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n, mean = sum_of("one", "one"), sum_of("one", "y") / sum_of("one", "one")
    return n, mean, sum_of("y", "y") - n * mean**2


@pytest.mark.parametrize("case", RESTRICTED.values(), ids=RESTRICTED)
def test_restricted_likelihood_is_that_of_lme4(case):
    columns, blup, between, within, icc, likelihood, coefficients, errors = case
    found = random_intercept(of(columns))
    assert found.between == pytest.approx(between, rel=1e-6)
    assert found.within == pytest.approx(within, rel=1e-6)
    assert found.icc.value == pytest.approx(icc, abs=1e-6)
    assert found.log_likelihood == pytest.approx(likelihood, rel=1e-9)
    np.testing.assert_allclose(found.coefficients, coefficients, atol=1e-6)
    np.testing.assert_allclose(found.errors, errors, atol=1e-6)
    np.testing.assert_allclose(found.effects, SCHOOLS[f"blup_{blup}"], atol=1e-6)
    np.testing.assert_allclose(found.spread, SCHOOLS[f"sd_{blup}"], atol=1e-6)


def test_plain_likelihood_is_that_of_lme4(summaries):
    found = random_intercept(products(*summaries), reml=False)
    assert found.between == pytest.approx(8.55346428298752, rel=1e-6)
    assert found.within == pytest.approx(39.1483996221934, rel=1e-6)
    assert found.icc.value == pytest.approx(0.17931090281901, abs=1e-6)
    assert found.coefficients == pytest.approx([12.6370697821191], abs=1e-6)
    assert found.errors == pytest.approx([0.243617134873759], abs=1e-6)
    assert found.log_likelihood == pytest.approx(-23557.9051122589, rel=1e-9)


def test_number_mean_and_sum_of_squares_are_enough(summaries):
    found, whole = random_intercept(products(*summaries)), random_intercept(of(["one", "y"]))
    assert found.between == pytest.approx(whole.between, rel=1e-9)
    np.testing.assert_allclose(found.effects, whole.effects, atol=1e-9)


def test_analysis_of_variance_is_that_of_multilevel(summaries):
    found = one_way(*summaries)
    assert found.icc == pytest.approx(0.173538324718762, abs=1e-9)
    assert found.icc_of_means == pytest.approx(0.904116291322283, abs=1e-9)
    assert found.between == pytest.approx(408.219856584974, rel=1e-9)
    assert found.within == pytest.approx(39.141633805253, rel=1e-9)
    assert found.typical_size == pytest.approx(44.8866900382085, rel=1e-9)


# Davies (1947), Statistical Methods in Research and Production: six batches of five
DYESTUFF = np.array(
    [
        [1545, 1440, 1440, 1520, 1580],
        [1540, 1555, 1490, 1560, 1495],
        [1595, 1550, 1605, 1510, 1560],
        [1445, 1440, 1595, 1465, 1545],
        [1595, 1630, 1515, 1635, 1625],
        [1520, 1455, 1450, 1480, 1445],
    ]
)


def test_dyestuff_is_that_of_lme4():
    mean = DYESTUFF.mean(axis=1)
    within = ((DYESTUFF - mean[:, None]) ** 2).sum(axis=1)
    found = random_intercept(products(np.full(6, 5), mean, within))
    assert found.between == pytest.approx(1764.0500064271, rel=1e-6)
    assert found.within == pytest.approx(2451.24999860715, rel=1e-6)
    assert found.icc.value == pytest.approx(0.418487415918282, abs=1e-6)
    assert found.coefficients == pytest.approx([1527.5])
    assert found.errors == pytest.approx([19.3834121787528], rel=1e-6)
    assert found.log_likelihood == pytest.approx(-159.827138421129, rel=1e-9)
