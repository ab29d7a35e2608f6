"""Trends on paper; `paper.render` knows them. Panels stand abreast where they have room."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.charts.labels import CAPITAL
from reports.charts.marks import Area, Dot, Fade, Mark, Picture, Point, Stroke, Text, width_of
from reports.charts.palette import GREY, INK, NAVY, WHITE, blend
from reports.charts.paper_parts import (
    GAP,
    LINE,
    SIZE,
    SMALL,
    TRACK,
    Sample,
    box,
    box_sample,
    corners,
    key,
    wrapped,
)
from reports.charts.plots import INSET, Look, Plot, stretches, widest
from reports.charts.trends import Moment, Trend, Trends
from reports.charts.words import WITHHELD

HEIGHT, LOW = 130, 84  # of the field: of one panel, and of several
BAND, RADIUS, WEIGHT = 9, 3.5, 1.4
BETWEEN = 20  # two panels of a row


def room(words: str, size: float, bold: bool) -> float:
    return width_of(words, size, bold=bold)


LOOK = Look(number=SIZE, small=SMALL, line=9.5, band=BAND, room=room)


def trends(chart: Trends, width: float, *, abreast: int = 2) -> Picture:
    """At most so many panels `abreast`: two on a page, more where it is wide and low."""
    marks, y = key(samples(chart), width)
    columns, plot = laid_out(chart, width, abreast)
    for start in range(0, len(chart.panels), columns):
        row = chart.panels[start : start + columns]
        names = [wrapped(panel.label, plot.width) for panel in row]
        top = y - max(map(len, names)) * LINE - 2
        for number, (panel, name) in enumerate(zip(row, names, strict=True)):
            left = number * (plot.width + BETWEEN)
            marks += heading(name, left, top)
            marks += panel_marks(plot, panel, (left + plot.margin, top))
        y = top - plot.height - plot.depth - GAP - 3
    return Picture(width, GAP + 5 - y, tuple(marks))


def laid_out(chart: Trends, width: float, abreast: int) -> tuple[int, Plot]:
    """(columns, the plot of each): no more of them than the rows need."""
    for most in range(min(abreast, len(chart.panels)), 0, -1):
        rows = math.ceil(len(chart.panels) / most)
        columns = math.ceil(len(chart.panels) / rows)
        plot = plot_of(chart, (width - (columns - 1) * BETWEEN) / columns)
        if roomy(plot):
            break
    return columns, plot


def plot_of(chart: Trends, width: float) -> Plot:
    height = HEIGHT if len(chart.panels) == 1 else LOW
    margin = LOOK.clear + LOOK.number_room(widest(chart)) + INSET
    return Plot(chart, LOOK, width, height, margin)


def roomy(plot: Plot) -> bool:
    """Whether a number has room between two moments, and their dates have it under them."""
    steps = pairwise(map(plot.x, plot.chart.moments))
    return min(after - before for before, after in steps) >= plot.margin and plot.one_lane


def samples(chart: Trends) -> list[tuple[Sample, str]]:
    soft = blend(WHITE, NAVY, 0.35)
    found: list[tuple[Sample, str]] = [
        (line_sample, chart.measured),
        (lambda x, y: [Area([corners(x + 2.5, y, BAND, 9)], soft)], chart.band_label),
    ]
    if chart.has_hidden:
        found.append((box_sample("withheld"), WITHHELD))
    return found


def line_sample(x: float, y: float) -> Iterator[Mark]:
    yield Stroke(((x, y - 4.5), (x + 14, y - 4.5)), NAVY, WEIGHT)
    yield Dot(x + 7, y - 4.5, RADIUS)


def heading(lines: Sequence[str], left: float, bottom: float) -> Iterator[Text]:
    """The name of a panel, ending just above it."""
    for number, words in enumerate(reversed(lines)):
        yield Text(words, left, bottom + 4.5 + number * LINE, SIZE, INK)


def panel_marks(plot: Plot, panel: Trend, at: Point) -> Iterator[Mark]:
    """Field, bands, line and numbers; `at` is where the first moment meets the ceiling."""
    left, top = at
    yield Area([corners(left - plot.margin, top, plot.width, plot.height)], TRACK)
    if plot.chart.crosses_zero:
        zero, edge = top - plot.y(0), left - plot.margin
        yield Stroke(((edge, zero), (edge + plot.width, zero)), GREY, 0.6)
    for moment in panel.moments:
        yield from band(plot, moment, at)
    for start, end in stretches(panel):
        yield Stroke((spot(plot, start, at), spot(plot, end, at)), NAVY, WEIGHT)
    yield from numbers(plot, panel, at)
    for tick in plot.ticks():
        yield Text(tick.words, left + tick.x, top - tick.base, SMALL, GREY)
    for moment, words, base in plot.date_bases():
        yield Text(words, left + plot.x(moment), top - base, SMALL, GREY, anchor="middle")


def band(plot: Plot, moment: Moment, at: Point) -> Iterator[Mark]:
    """Or a hatch as high as the field: the figure may be anywhere."""
    left, top = at[0] + plot.x(moment) - BAND / 2, at[1]
    if moment.value is None or moment.low is None or moment.high is None:
        yield from box("withheld", left, top, BAND, plot.height)
        return
    for end in (moment.low, moment.high):
        yield Fade(top - plot.y(end), top - plot.y(moment.value), left, BAND, upright=True)


def numbers(plot: Plot, panel: Trend, at: Point) -> Iterator[Mark]:
    """Each dot with its number; on a plain ground where that stands over the band."""
    for moment, place in plot.numbers(panel):
        x, y = spot(plot, moment, at)
        yield Dot(x, y, RADIUS)
        if place is None:
            continue
        shown = plot.chart.short(moment.value or 0)
        written = Text(
            shown, x + place.across, y - place.down, SIZE, INK, bold=True, anchor=place.anchor
        )
        if place.anchor == "middle":
            high = CAPITAL * SIZE + 2
            ground = corners(written.left - 1, written.y + high - 1, written.room + 2, high)
            yield Area([ground], TRACK)
        yield written


def spot(plot: Plot, moment: Moment, at: Point) -> Point:
    x, y = plot.dot(moment)
    return at[0] + x, at[1] - y
