"""The verdicts' promise to an ordinary school, on a short run with a fixed seed."""

import numpy as np
import pytest

from benchmarks.verdicts import SIZES, headlines, no_differences, power, real_differences, scores


@pytest.fixture(scope="module")
def any_flag() -> dict[str, float]:
    """2,000 ordinary schools: three standard errors are 1.5 points at 5 %, 2.3 at 87 %."""
    return no_differences(200, seed=1)


def test_an_ordinary_school_is_seldom_flagged(any_flag: dict[str, float]) -> None:
    # Independent and nothing true: the chance of any flag is alpha (Benjamini and Hochberg, 1995).
    assert any_flag["BH"] == pytest.approx(0.05, abs=0.015)
    assert 0.03 < any_flag["BH with the floor"] <= any_flag["BH"]


def test_the_other_rules_flag_nearly_everybody(any_flag: dict[str, float]) -> None:
    assert any_flag["95 % each"] == pytest.approx(1 - 0.95**40, abs=0.023)
    assert any_flag["one SD of schools"] > 0.99


def test_what_is_flagged_is_there_and_on_the_right_side() -> None:
    found = real_differences(4, seed=1)
    ours, each = found["BH with the floor"], found["95 % each"]
    assert ours.negligible < 5 < each.negligible
    assert ours.wrong < 1 < each.wrong
    assert ours.found > 60
    assert ours.ordinary < 2.5


def test_power_grows_with_school_and_difference() -> None:
    small, large = power(40, 0.3, "g", repeats=200), power(228, 0.3, "g", repeats=200)
    assert small < 0.2
    assert 0.75 < large < 0.95
    assert power(228, 10, "points", 200) > power(228, 5, "points", 200)
    assert power(228, -0.3, "g", repeats=200) == pytest.approx(large, abs=0.1)


def test_drawn_schools_are_compared_with_the_rest() -> None:
    """p and effect of one draw again from its parts, the slow way."""
    dice = np.random.default_rng(3)
    drawn = headlines(np.full((1, len(SIZES), 1), 0.3), dice)
    met = drawn.mean[0, :, 0] * SIZES
    rest = (met.sum() - met[2]) / (SIZES.sum() - SIZES[2])
    assert drawn.effect[0, 2, 0] == pytest.approx(100 * (met[2] / SIZES[2] - rest))
    away = np.zeros((1, len(SIZES), 500))
    away[:, 4] = 1.0
    rest_of_it = scores(away, dice).effect[0, 0].mean()  # the fifth school is in the others' mean
    assert rest_of_it == pytest.approx(-SIZES[4] / (SIZES.sum() - SIZES[0]), abs=0.02)
    assert scores(away, dice).effect[0, 4].mean() == pytest.approx(1.0, abs=0.02)
