"""The school worked by hand in docs/statistics.md: its figures are those of the functions."""

from pathlib import Path

import pytest

from reports.stats.adjust import benjamini_hochberg
from reports.stats.means import hedges_g, mean_interval, summarise, welch
from reports.stats.proportions import difference, score_test, wilson
from reports.stats.verdicts import shrunk, standardised, verdict

PAGE = " ".join(
    (Path(__file__).parents[2] / "docs/statistics.md").read_text("utf-8").replace("*", "").split()
)
OWN = summarise(85, 1904, 44667)
REST = summarise(2202, 51747, 1273303)
ALL = summarise(2287, 1904 + 51747, 44667 + 1273303)


def says(*figures: str) -> None:
    """Each stands in the text, with − for a sign as it is printed."""
    for figure in figures:
        assert figure.replace("-", "−") in PAGE, figure


def points(*shares: float) -> list[str]:
    return [f"{100 * share:.1f}" for share in shares]


def test_the_headline() -> None:
    own, rest = wilson(30, 85), wilson(1156, 2202)
    says("{} to {}".format(*points(float(own.low), float(own.high))))
    says("{} to {}".format(*points(float(rest.low), float(rest.high))), *points(1186 / 2287))
    gap = difference(30, 85, 1156, 2202)
    value, low, high = points(float(gap.value), float(gap.low), float(gap.high))
    says(
        f"{value} points",
        f"= {low}",
        f"= {high}",
    )
    says(f"p = {float(score_test(30, 85, 1156, 2202)):.4f}".replace("0.", "."))


def test_the_score() -> None:
    shown = mean_interval(OWN)
    says(f"{shown.value:.1f}, {shown.low:.1f} to {shown.high:.1f}", f"SD {OWN.sd:.2f}")
    says(f"mean {REST.mean:.1f}, SD {REST.sd:.2f}", f"{ALL.sd:.3f}")
    test = welch(OWN, REST)
    says(f"{test.df:.1f} degrees", f"p = {float(test.p):.4f}".replace("0.", ".", 1))
    says(f"{test.low:.1f} to", f"to {test.high:.2f}")
    says(f"g = {hedges_g(OWN, REST, ALL.sd).value:.2f}")


def test_adjustment_and_verdicts() -> None:
    p = [float(score_test(30, 85, 1156, 2202)), float(welch(OWN, REST).p), 0.012, 0.2, 0.47, 0.81]
    sleep, wellbeing, third, *others = benjamini_hochberg(p)
    says(f"{sleep:.4f}, {third:.4f}, {wellbeing:.4f}".replace("0.", "."))
    says("{:.3f}, {:.3f}, {:.2f}".format(*others).replace("0.", "."))
    assert verdict(sleep, -17.2, "points") == "lower"
    assert verdict(wellbeing, -0.2158, "g") == "same"


def test_what_stands_out() -> None:
    ruled = standardised(-17.2, 52.5)
    says(f"= {ruled:.2f}", f"so {shrunk(ruled, 85, 0.014):.2f}")
    assert f"{shrunk(1.0, 85, 0.014):.3f}"[1:] == ".547"


def test_the_figures_would_be_missed() -> None:
    with pytest.raises(AssertionError):
        says("-17.3 points")
