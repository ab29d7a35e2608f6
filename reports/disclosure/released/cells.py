"""The figures that may be shown: rounded, and labelled where a number would tell too much."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HeadlineCell:
    """Pupils meeting a threshold; count and percent are None where `label` stands for them."""

    n: int
    count: int | None
    percent: float | None
    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True)
class ScoreCell:
    """A scale's mean with its interval; the SD only where the base allows."""

    n: int
    mean: float
    sd: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """One answer's share in percent; None where `label` stands for it."""

    code: int
    percent: float | None
    label: str


@dataclass(frozen=True)
class AnswersCell:
    """Shares of the n who answered; `missing` are shares of all the group's pupils."""

    n: int
    shares: tuple[Share, ...]
    missing: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A school's group against the same group in all other schools.

    Headlines: value, difference and ends in percent and points, effect = difference in points.
    Scores: in the scale's unit, effect = Hedges' g by the borough's pupil SD.
    """

    n: int
    value: float
    against_n: int
    against: float
    difference: float
    low: float
    high: float
    p: float | None
    p_adjusted: float | None
    effect: float
    verdict: str | None


@dataclass(frozen=True)
class Elsewhere:
    """All other schools' pupils in a school's own mix of two demographics, from published cells.

    n: the school's answers in these mixes. percent, low, high: of the others, so weighted; the
    ends are None where nothing varies.
    """

    dims: tuple[str, ...]
    n: int
    percent: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Since:
    """A group's figure beside the same figure of the wave before.

    Headlines: values, difference and ends in percent and points, effect = difference in points.
    Scores: in the scale's unit, effect = the difference in SDs of the borough's pupils.
    schools: of the borough alone, how many took part both times; all figures are theirs.
    """

    n: int
    value: float
    before_n: int
    before: float
    difference: float
    low: float
    high: float
    p: float | None
    p_adjusted: float | None
    effect: float
    verdict: str | None
    schools: int | None = None


@dataclass(frozen=True)
class Hidden:
    """Nothing is shown, and why, in plain words."""

    reason: str


Cell = HeadlineCell | ScoreCell | AnswersCell
