"""When a report may say "higher" or "lower"."""

from dataclasses import dataclass
from math import isnan
from typing import Literal

Verdict = Literal["higher", "lower", "same"]


@dataclass(frozen=True)
class VerdictRule:
    """The rule as data, stored with every release.

    alpha: on Benjamini-Hochberg p-values over one report's headlines and scores.
    min_effect: Hedges' g; school means differ by about 0.12 pupil SDs, so less than 0.1 is noise.
    min_points: percentage points, for headlines.
    min_base: pupils with a valid answer, below which no verdict is given.
    """

    name: str = "bh-with-floor"
    version: int = 1
    alpha: float = 0.05
    min_effect: float = 0.1
    min_points: float = 5.0
    min_base: int = 30


STANDARD = VerdictRule()


def verdict(
    p_adjusted: float, effect: float, unit: Literal["g", "points"], rule: VerdictRule = STANDARD
) -> Verdict:
    """One of three words: clear of chance and large enough, or else "same".

    Args:
        p_adjusted: the p-value adjusted over the report's family; NaN means no evidence.
        effect: Hedges' g, or the difference in percentage points, signed.
        unit: which of the two `effect` is.
    """
    floor = rule.min_effect if unit == "g" else rule.min_points
    if isnan(p_adjusted) or p_adjusted >= rule.alpha or abs(effect) < floor:
        return "same"
    return "higher" if effect > 0 else "lower"
