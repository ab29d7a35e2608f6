"""Trends with a band: one figure at every wave that asked, one panel a group.

Moments stand where they lie in time. The band fades towards the ends of the interval, as it does
beside a dot against a line; where a figure is not shown the line is broken.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from reports.charts.words import (
    Table,
    interval,
    number,
    require_interval,
    require_key,
    require_within,
    tick,
)

STEP = 10  # an axis begins and ends at a multiple of it


@dataclass(frozen=True)
class Moment:
    """One wave's figure. `label` says when ("June 2024"), `day` where that lies in time.

    day: the ordinal of the date. `low` and `high` bound the interval of `value`; all three None
    when withheld. `text` is a full sentence.
    """

    label: str
    day: int
    value: float | None
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True)
class Trend:
    """One panel: a group ("Girls", "Your pupils") and its figures, oldest first."""

    label: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Trends:
    """One panel, or several on one axis: small multiples. The axis runs from `floor` to `ceiling`.

    `signed`: numbers have their sign, for gaps and changes; a line is drawn at 0.
    Raises ValueError for a value off the axis, an interval without its value in it, fewer than
    two moments, moments that do not follow each other, or panels that differ in theirs.
    """

    key: str
    title: str
    panels: tuple[Trend, ...]
    value_label: str
    band_label: str = "Where we would expect it if we asked again"
    note: str = ""
    floor: float = 0.0
    ceiling: float = 100.0
    decimals: int = 0
    unit: str = "%"
    signed: bool = False
    panel_heading: str = "Group"

    def __post_init__(self) -> None:
        require_key(self.key)
        if len({self._when(panel) for panel in self.panels}) != 1:
            raise ValueError(f"chart {self.key}: every panel needs the same moments")
        days = [moment.day for moment in self.moments]
        if len(days) < 2 or days != sorted(set(days)):
            raise ValueError(f"chart {self.key}: two moments at least, each after the last")
        for panel in self.panels:
            for moment in panel.moments:
                name = f"{panel.label}, {moment.label}"
                for value in (moment.value, moment.low, moment.high):
                    require_within(name, value, self.floor, self.ceiling)
                require_interval(name, moment.value, moment.low, moment.high)

    @staticmethod
    def _when(panel: Trend) -> tuple[tuple[str, int], ...]:
        return tuple((moment.label, moment.day) for moment in panel.moments)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Those of the first panel; the others have the same days and labels."""
        return self.panels[0].moments

    @property
    def has_hidden(self) -> bool:
        return any(moment.value is None for panel in self.panels for moment in panel.moments)

    @property
    def crosses_zero(self) -> bool:
        """Whether 0 lies inside the axis and not at its end."""
        return self.floor < 0 < self.ceiling

    def across(self, moment: Moment) -> float:
        """Where a moment lies in time, 0 (the first) to 100 (the last)."""
        first, last = self.moments[0].day, self.moments[-1].day
        return (moment.day - first) / (last - first) * 100

    def position(self, value: float) -> float:
        """Where a value stands on the axis, 0 to 100 percent of its height from below."""
        return (value - self.floor) / (self.ceiling - self.floor) * 100

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """(position, words as drawn) of the two ends of the axis, and of 0 where it lies inside."""
        zero = (0.0,) if self.crosses_zero else ()
        values = (self.floor, *zero, self.ceiling)
        return tuple((self.position(v), tick(v, self._sign, self.signed)) for v in values)

    def sentences(self) -> tuple[str, ...]:
        """One sentence a mark, in the order in which the arrow keys visit them."""
        return tuple(moment.text for panel in self.panels for moment in panel.moments)

    def table(self) -> Table:
        """(headers, rows), all text: a row a panel, and of each moment its value and range."""
        times = [(moment.label, f"{moment.label}, likely range") for moment in self.moments]
        headers = (self.panel_heading, *(header for pair in times for header in pair))
        return headers, tuple((panel.label, *self._cells(panel)) for panel in self.panels)

    def _cells(self, panel: Trend) -> Iterable[str]:
        for moment in panel.moments:
            yield self.show(moment.value)
            yield self.range_words(moment)

    def range_words(self, moment: Moment) -> str:
        return interval(moment.low, moment.high, self.decimals, self.unit, signed=self.signed)

    def show(self, value: float | None) -> str:
        return number(value, self.decimals, self.unit, signed=self.signed)

    def short(self, value: float) -> str:
        """As at its dot: `+4`, and not `+4 points` a second time; `45%` as ever."""
        return number(value, self.decimals, self._sign, signed=self.signed)

    @property
    def measured(self) -> str:
        """What is measured, with a unit that is a word: the dots do not repeat it."""
        return f"{self.value_label}, in{self.unit}" if self._unit_is_word else self.value_label

    @property
    def _sign(self) -> str:
        return "" if self._unit_is_word else self.unit

    @property
    def _unit_is_word(self) -> bool:
        return self.unit.startswith(" ")


def axis_of(
    values: Iterable[float | None],
    least_span: float = 20,
    within: tuple[float, float] | None = (0, 100),
) -> tuple[float, float]:
    """(floor, ceiling): the multiples of ten around all values and ends of intervals.

    Args:
        values: None where nothing is shown.
        least_span: the axis is at least so wide, or chance would look like change.
        within: what the axis may not leave, multiples of ten; None: it may, and holds 0.
    """
    known = [value for value in values if value is not None]
    if within is None:
        known.append(0.0)
    least, most = within or (-math.inf, math.inf)
    low, high = min(known, default=least), max(known, default=most)
    floor = max(least, math.floor(low / STEP) * STEP)
    ceiling = min(most, math.ceil(high / STEP) * STEP)
    while ceiling - floor < least_span and (floor > least or ceiling < most):
        # To the side where a value stands nearer to the end, if there is room.
        below = low - floor <= ceiling - high
        if (below and floor > least) or ceiling >= most:
            floor -= STEP
        else:
            ceiling += STEP
    return float(floor), float(ceiling)
