"""Reliability against psych and lavaan, from sums of the `bfi` items (psychTools 2.2.9).

R 4.2.2 with psych 2.2.9: `alpha(x)` with `total`, `alpha.drop` and `item.stats`, over complete rows
and over pairs; `alpha.ci(alpha, n.obs, n.var)` for Feldt's interval. Omega, loadings and unique
variances: lavaan 0.6.14, `cfa("f =~ ...", std.lv = TRUE, estimator = "ML")`. Items named with a
minus in psych's keys are taken with a minus here.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from reports.stats.reliability import (
    alpha,
    alpha_without,
    from_sums,
    item_rest,
    omega,
    one_factor,
)


@dataclass(frozen=True)
class Scale:
    """Sums over complete rows (products: lower triangle by rows) and what R found from them."""

    n: int
    totals: list[int]
    products: list[list[int]]
    alpha: float
    interval: tuple[float, float]
    standardised: float
    without: list[float]
    item_rest: list[float]
    omega: float
    loadings: list[float]
    unique: list[float]


SCALES = {
    "agree": Scale(
        n=2709,
        totals=[-6535, 12996, 12459, 12684, 12329],
        products=[
            [21107],
            [-29822, 66094],
            [-28724, 61793, 61909],
            [-29759, 62437, 60237, 65372],
            [-28865, 60705, 58954, 59284, 60421],
        ],
        alpha=0.703755894375,
        interval=(0.68574463505, 0.721035962796),
        standardised=0.713501552635,
        without=[0.717972056565, 0.618481211773, 0.600753814422, 0.68694474154, 0.644622304222],
        item_rest=[0.31140130058, 0.563015475492, 0.588773078677, 0.394793680111, 0.487240867629],
        omega=0.712128965485,
        loadings=[0.52833674753, 0.774114139571, 0.993512247682, 0.717343355914, 0.791072144012],
        unique=[1.69296317039, 0.784187206057, 0.714164429656, 1.69411181184, 0.965259316084],
    ),
    "conscientious": Scale(
        n=2707,
        totals=[12207, 11813, 11637, -6915, -8956],
        products=[
            [59197],
            [55167, 56275],
            [53833, 52421, 54521],
            [-29595, -28280, -28085, 22775],
            [-39007, -37336, -36567, 25762, 36800],
        ],
        alpha=0.72927720317,
        interval=(0.712811398859, 0.745074314439),
        standardised=0.732724333327,
        without=[0.696035127243, 0.676709950134, 0.691356453604, 0.656202701908, 0.693584532253],
        item_rest=[0.455302448664, 0.506663982506, 0.467533409471, 0.557093498895, 0.478029802056],
        omega=0.733022335494,
        loadings=[0.682553496643, 0.808413105558, 0.713158715829, 0.926825699905, 0.954182411723],
        unique=[1.06737110125, 1.09179073232, 1.15199804724, 1.0289568601, 1.73801646782],
    ),
    "extraversion": Scale(
        n=2713,
        totals=[-8062, -8531, 10852, 11994, 11987],
        products=[
            [31184],
            [28680, 33831],
            [-30335, -31899, 48368],
            [-32930, -34441, 50215, 58816],
            [-33855, -35496, 49826, 54667, 57809],
        ],
        alpha=0.76093263947,
        interval=(0.746408597561, 0.774867484781),
        standardised=0.76096410343,
        without=[0.725427963693, 0.688381707844, 0.727913660091, 0.700589188974, 0.742360911656],
        item_rest=[0.513496886521, 0.606406936434, 0.50084167743, 0.577889575745, 0.454633130889],
        omega=0.767333576226,
        loadings=[0.992004848367, 1.17292223276, 0.773697522307, 1.0116164754, 0.692005413095],
        unique=[1.67969875116, 1.20639881648, 1.22962637113, 1.11127716355, 1.30740175366],
    ),
    "neuroticism": Scale(
        n=2694,
        totals=[7897, 9452, 8666, 8593, 8010],
        products=[
            [29813],
            [32270, 39436],
            [29172, 33993, 34774],
            [27845, 32672, 31154, 34073],
            [26069, 30452, 28758, 28281, 30900],
        ],
        alpha=0.813303143161,
        interval=(0.801919990508, 0.82422292281),
        standardised=0.814072065651,
        without=[0.757307514515, 0.762678098026, 0.754865352443, 0.794558722108, 0.811613634383],
        item_rest=[0.666285806232, 0.650902055755, 0.672947088259, 0.542148997952, 0.486729437298],
        omega=0.812844368237,
        loadings=[1.28646881079, 1.22490865247, 1.14691196291, 0.871541647439, 0.813470542489],
        unique=[0.818751935718, 0.828218425042, 1.24487464164, 1.71408726626, 1.96784338312],
    ),
    "openness": Scale(
        n=2726,
        totals=[13136, -7360, 12100, 13352, -6771],
        products=[
            [66766],
            [-34413, 26518],
            [59776, -31280, 57768],
            [64988, -35638, 60039, 69432],
            [-31659, 20100, -28673, -32379, 21603],
        ],
        alpha=0.602546428577,
        interval=(0.578458818375, 0.62565916313),
        standardised=0.608951166837,
        without=[0.535852620216, 0.565869660237, 0.500335414761, 0.613589210851, 0.515790662858],
        item_rest=[0.38905356488, 0.340122600104, 0.4519518794, 0.219923339322, 0.415707099121],
        omega=0.610374113861,
        loadings=[0.615668879677, 0.701174365904, 0.791879798802, 0.357244475933, 0.685266833376],
        unique=[0.892587158527, 1.94655841093, 0.86201990731, 1.35207268374, 1.28565016838],
    ),
}

# Covariances over pairs (lower triangle by rows); alpha, item-rest, alpha without each item
PAIRWISE = [
    (
        [
            [1.98172388496],
            [0.560225113749, 1.37363069675],
            [0.485841314114, 0.741629027461, 1.69477082413],
            [0.305074709395, 0.582148334663, 0.696134951314, 2.18931288626],
            [0.321240974079, 0.576094732869, 0.828038484938, 0.573723643958, 1.58385270175],
        ],
        0.703018446057,
        [0.308417739522, 0.563615163764, 0.587004589505, 0.394444086578, 0.488565135826],
        [0.718517357027, 0.617180037047, 0.600259578765, 0.685805652338, 0.642952960071],
    ),
    (
        [
            [1.54094125151],
            [0.699717026019, 1.73803761975],
            [0.491419386356, 0.60369895574, 1.66036577],
            [0.579955455571, 0.688188384228, 0.596873855014, 1.8909498093],
            [0.503460306004, 0.63997370203, 0.714015916339, 1.06752749873, 2.65214861577],
        ],
        0.726734972927,
        [0.450241690167, 0.504564708857, 0.464204849967, 0.552546650304, 0.477469199265],
        [0.694000419164, 0.673571457358, 0.688734101754, 0.653825570965, 0.689724930759],
    ),
    (
        [
            [2.66181006186],
            [1.22462324615, 2.57670015715],
            [0.719065612332, 0.825598259608, 1.82984807446],
            [0.995949239697, 1.2046545464, 0.826274092932, 2.12435696408],
            [0.657576588295, 0.799670991165, 0.692095539366, 0.614866371235, 1.78160486276],
        ],
        0.761732820298,
        [0.51627291686, 0.605368837196, 0.504572548705, 0.577993965763, 0.454244598535],
        [0.725654718461, 0.690180375301, 0.727914188747, 0.701888496552, 0.743632732336],
    ),
    (
        [
            [2.46778173483],
            [1.69688635288, 2.32850383844],
            [1.40084182698, 1.34338801074, 2.56929508373],
            [0.982957559066, 0.937996672386, 1.3074020994, 2.46391129317],
            [0.961022212205, 0.866818677506, 1.11235403502, 1.01026364572, 2.62001935987],
        ],
        0.813962949917,
        [0.667205708467, 0.652616249275, 0.674816710435, 0.542800129783, 0.486482406146],
        [0.758137913895, 0.763232651917, 0.755342806007, 0.7953499088, 0.812602178256],
    ),
    (
        [
            [1.27583866031],
            [0.377773119886, 2.44970027561],
            [0.544525401879, 0.499718794378, 1.49059953039],
            [0.246331380193, 0.130547840511, 0.289512383667, 1.49145264666],
            [0.357857884504, 0.674725005889, 0.501615112221, 0.289278359412, 1.76347516445],
        ],
        0.60017251482,
        [0.390679429905, 0.332119544879, 0.450534238317, 0.217942690493, 0.416210506039],
        [0.531593512502, 0.567227508228, 0.49736135038, 0.611481056532, 0.511657590067],
    ),
]


def whole(lower: list[list[float]]) -> np.ndarray:
    matrix = np.array([row + [0] * (5 - len(row)) for row in lower])
    return matrix + np.tril(matrix, -1).T


def covariance(scale: Scale) -> np.ndarray:
    return from_sums(scale.n, scale.totals, whole(scale.products))


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_alpha_and_its_interval_are_those_of_psych(scale):
    matrix = covariance(scale)
    found = alpha(matrix, scale.n)
    assert found.value == pytest.approx(scale.alpha, abs=1e-9)
    assert (found.low, found.high) == pytest.approx(scale.interval, abs=1e-9)
    np.testing.assert_allclose(alpha_without(matrix), scale.without, atol=1e-9)
    np.testing.assert_allclose(item_rest(matrix), scale.item_rest, atol=1e-9)


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_standardised_alpha_is_alpha_of_the_correlations(scale):
    matrix = covariance(scale)
    sd = np.sqrt(np.diag(matrix))
    found = alpha(matrix / np.outer(sd, sd), scale.n).value
    assert found == pytest.approx(scale.standardised, abs=1e-9)


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_one_factor_is_that_of_lavaan(scale):
    """lavaan stops where the slope of the likelihood is 1e-6, ours where it is 1e-9: hence 5e-6."""
    matrix = covariance(scale)
    assert omega(matrix) == pytest.approx(scale.omega, abs=1e-6)
    loadings, unique = one_factor(matrix * (scale.n - 1) / scale.n)
    np.testing.assert_allclose(loadings, scale.loadings, atol=5e-6)
    np.testing.assert_allclose(unique, scale.unique, atol=5e-6)


@pytest.mark.parametrize(("lower", "value", "rest", "without"), PAIRWISE)
def test_covariances_over_pairs_give_the_same_as_psych(lower, value, rest, without):
    matrix = whole(lower)
    assert alpha(matrix, 2).value == pytest.approx(value, abs=1e-9)
    np.testing.assert_allclose(item_rest(matrix), rest, atol=1e-9)
    np.testing.assert_allclose(alpha_without(matrix), without, atol=1e-9)
