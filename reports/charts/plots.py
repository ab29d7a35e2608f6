"""The plot of one panel of a trend, in the units of a back-end: x runs right, y runs DOWN.

Both back-ends ask here where moments, values, dates and numbers stand, so they cannot disagree.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reports.charts.labels import CAPITAL, Box, Ground, Point, Spot, lanes, place
from reports.charts.trends import Moment, Trend, Trends

INSET = 3  # from the edge of the field to the words of the axis
BESIDE = 5  # from a band to the number beside it
SPILL = 6  # over the edges of the field, which names and dates leave free
MONTHS = {
    name: name[:3]
    for name in (
        "January", "February", "March", "April", "June", "July",
        "August", "September", "October", "November", "December",
    )
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Sizes in a back-end's units. room: how wide words are, of a size, bold or not."""

    number: float
    small: float
    line: float
    band: float
    room: Callable[[str, float, bool], float]

    @property
    def clear(self) -> float:
        """From the middle of a dot to its number."""
        return self.band / 2 + BESIDE

    def number_room(self, words: str) -> float:
        return self.room(words, self.number, True)

    def small_room(self, words: str) -> float:
        return self.room(words, self.small, False)


@dataclass(frozen=True)
class Tick:
    """Words of the axis, and where their base line starts."""

    words: str
    x: float
    base: float


@dataclass(frozen=True)
class Plot:
    """`width` from edge to edge, `height` from ceiling to floor.

    margin: from an edge to the first and the last moment, which lie at 0 and at `run`.
    """

    chart: Trends
    look: Look
    width: float
    height: float
    margin: float

    @property
    def run(self) -> float:
        return self.width - 2 * self.margin

    def x(self, moment: Moment) -> float:
        return self.chart.across(moment) * self.run / 100

    def y(self, value: float) -> float:
        return self.height * (1 - self.chart.position(value) / 100)

    def dot(self, moment: Moment) -> Point:
        """Where a shown moment's dot stands."""
        return self.x(moment), self.y(moment.value or 0)

    def ticks(self) -> Iterator[Tick]:
        """Just inside the field, beside the height that they name."""
        for position, words in self.chart.ticks():
            y = self.height * (1 - position / 100)
            base = y + INSET + CAPITAL * self.look.small if position > 50 else y - INSET
            yield Tick(words, INSET - self.margin, base)

    @cached_property
    def dates(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """(lines, lane) of each moment's label, a lane being as high as the longest of them.

        The first way of writing them that has room under the dots; by turns deeper if none has.
        """
        for written in self._ways():
            lanes = self._lanes(written)
            if not any(lanes) and not self._overhang(written):
                break
        return tuple(zip(written, lanes, strict=True))

    def _ways(self) -> Iterator[list[tuple[str, ...]]]:
        """On one line, a word a line, and with short names of months."""
        labels = [moment.label for moment in self.chart.moments]
        yield [(label,) for label in labels]
        yield [tuple(label.split()) for label in labels]
        yield [tuple(MONTHS.get(word, word) for word in label.split()) for label in labels]

    def _lanes(self, written: list[tuple[str, ...]]) -> list[int]:
        middles = [self.x(moment) for moment in self.chart.moments]
        return lanes(middles, [self._wide(lines) for lines in written])

    def _overhang(self, written: list[tuple[str, ...]]) -> bool:
        return max(map(self._wide, (written[0], written[-1]))) > 2 * self.margin

    def _wide(self, lines: tuple[str, ...]) -> float:
        return max(map(self.look.small_room, lines), default=0)

    @property
    def one_lane(self) -> bool:
        return not any(lane for _, lane in self.dates)

    @property
    def lane(self) -> float:
        """The height of a lane of dates."""
        return max(len(lines) for lines, _ in self.dates) * self.look.line

    @property
    def depth(self) -> float:
        """What the dates take under the field."""
        return (1 + max(lane for _, lane in self.dates)) * self.lane

    def date_bases(self) -> Iterator[tuple[Moment, str, float]]:
        """(moment, words, base line) of every line of every date."""
        for moment, (lines, lane) in zip(self.chart.moments, self.dates, strict=True):
            for number, words in enumerate(lines, 1):
                yield moment, words, self.height + lane * self.lane + number * self.look.line

    def numbers(self, panel: Trend) -> Iterator[tuple[Moment, Spot | None]]:
        """The shown moments and where the number of each stands from its dot."""
        shown = [moment for moment in panel.moments if moment.value is not None]
        lines = [(self.dot(start), self.dot(end)) for start, end in stretches(panel)]
        rooms = [self.look.number_room(self.chart.short(m.value or 0)) for m in shown]
        dots = [self.dot(moment) for moment in shown]
        spots = place(dots, lines, rooms, self.look.number, self._ground(panel))
        return zip(shown, spots, strict=True)

    def _ground(self, panel: Trend) -> Ground:
        half, small = self.look.band / 2, self.look.small
        ticks = [
            Box(t.x, t.base - CAPITAL * small, t.x + self.look.small_room(t.words), t.base)
            for t in self.ticks()
        ]
        columns = [(self.x(moment), moment) for moment in panel.moments]
        patches = [Box(x - half, 0, x + half, self.height) for x, m in columns if m.value is None]
        bands = [
            Box(x - half, self.y(m.high or 0), x + half, self.y(m.low or 0))
            for x, m in columns
            if m.value is not None
        ]
        if self.chart.crosses_zero:
            zero = Box(-self.margin, self.y(0), self.run + self.margin, self.y(0))
            bands.append(zero.grown(INSET))
        bounds = Box(-self.margin, -SPILL, self.run + self.margin, self.height + SPILL)
        return Ground(bounds, [*ticks, *patches], bands, self.look.clear)


def stretches(panel: Trend) -> Iterator[tuple[Moment, Moment]]:
    """From moment to moment; none to or from one that is not shown."""
    for start, end in pairwise(panel.moments):
        if start.value is not None and end.value is not None:
            yield start, end


def widest(chart: Trends) -> str:
    """The longest number that stands beside a dot or at the axis."""
    shown = [
        chart.short(moment.value)
        for panel in chart.panels
        for moment in panel.moments
        if moment.value is not None
    ]
    return max([*shown, *(words for _, words in chart.ticks())], key=len)
