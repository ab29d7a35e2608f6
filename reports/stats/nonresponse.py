"""Who is missing: coverage, response by group, what those missing could change, weights or not."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from reports.stats.design import Design
from reports.stats.estimation import Column, linear_means
from reports.stats.proportions import Floats, Interval, wilson


@dataclass(frozen=True)
class Coverage:
    """Pupils who answered, beside three numbers that each say "all" in another way."""

    answered: int
    year_groups: int
    rolls: int
    opted_out: int

    def __post_init__(self) -> None:
        """Refuse numbers that do not lie within each other.

        Raises:
            ValueError: more answered than could, or more on the rolls than in the year groups.
        """
        inside = (0, self.answered, self.rolls - self.opted_out, self.rolls, self.year_groups)
        if self.opted_out < 0 or list(inside) != sorted(inside):
            raise ValueError("answered, after opt-outs, rolls and year groups must grow in turn")

    @property
    def of_year_groups(self) -> float:
        """Of all pupils of these year groups in the authority; NaN where there are none."""
        return _share(self.answered, self.year_groups)

    @property
    def of_rolls(self) -> float:
        """Of the rolls of the schools that took part."""
        return _share(self.answered, self.rolls)

    @property
    def after_opt_outs(self) -> float:
        """Of those on the rolls whom nobody opted out."""
        return _share(self.answered, self.rolls - self.opted_out)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


@dataclass(frozen=True)
class Response:
    """Response of groups (G,): pupils on the roll, who answered, the share with its interval."""

    names: tuple[str, ...]
    roll: Floats
    answered: Floats
    share: Interval


def response(groups: Mapping[str, tuple[int, int]], level: float = 0.95) -> Response:
    """Response by group, from (answered, on roll), with Wilson's interval.

    The interval reads response as chance, pupil by pupil; where whole classes are missing, the
    truth is wider.

    Raises:
        ValueError: more answered than are on the roll.
    """
    counts = np.array(list(groups.values()), dtype=float).reshape(-1, 2)
    answered, roll = counts.T
    if (answered > roll).any() or (answered < 0).any():
        raise ValueError("a group has more answers than pupils on the roll")
    return Response(tuple(groups), roll, answered, wilson(answered, roll, level))


def share_of_roll(yes: ArrayLike, n: ArrayLike, roll: ArrayLike, level: float = 0.95) -> Interval:
    """The share that the whole roll would give, if who is missing were chance; as fractions.

    The score interval for a draw without replacement: nothing is left to chance once all answer.
    Source: Wilson (1927) with Cochran's (1977, Sampling Techniques, section 3.6) finite factor.

    Raises:
        ValueError: more answers than pupils on the roll.
    """
    x, base, whole = (np.asarray(each, dtype=float) for each in (yes, n, roll))
    if (base > whole).any():
        raise ValueError("more answers than pupils on the roll")
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(whole > 1, (whole - base) / (whole - 1), 0.0)
        squared = ndtri(0.5 + level / 2) ** 2 * left
        share = x / base
        middle = (x + squared / 2) / (base + squared)
        half = np.sqrt(squared * (base * share * (1 - share) + squared / 4)) / (base + squared)
    return Interval(share, np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0))


def margin_for_nonresponse(share: Interval, response_rate: ArrayLike, apart: float) -> Interval:
    """The interval of a share, wider by what those missing could change; as fractions.

    A share among r who answered is off by (1 - r) times its distance from the share of those
    missing. That distance is at most `apart`, and their share lies between 0 and 1: with
    apart = 1 nothing is supposed at all.
    Source: Cochran (1977), Sampling Techniques, section 13.2; Manski (1989), J. Human Resources 24.

    Raises:
        ValueError: a response rate or a distance outside 0 to 1.
    """
    rate = np.asarray(response_rate, dtype=float)
    if not ((rate >= 0) & (rate <= 1)).all() or not 0 <= apart <= 1:
        raise ValueError("response and distance are fractions between 0 and 1")
    low = share.low - (1 - rate) * np.minimum(apart, share.low)
    high = share.high + (1 - rate) * np.minimum(apart, 1 - share.high)
    return Interval(share.value, low, high)


@dataclass(frozen=True)
class SideBySide:
    """Means (D,) with weights and without, and what the weights change, with its error."""

    names: tuple[str, ...]
    unweighted: Floats
    weighted: Floats
    difference: Floats
    se: Floats


def side_by_side(design: Design, columns: Mapping[str, Column]) -> SideBySide:
    """What the weights of a design change. Both means are of the same pupils, so they covary.

    Rows without a weight count in neither. Source: DuMouchel and Duncan (1983), JASA 78.
    """
    plain = Design((design.weights > 0).astype(float), design.stages)
    without, with_them = linear_means(plain, columns), linear_means(design, columns)
    spread = np.diag(design.covariance(with_them.parts - without.parts))
    difference = with_them.value - without.value
    se = np.sqrt(np.maximum(spread, 0.0))
    return SideBySide(tuple(columns), without.value, with_them.value, difference, se)
