"""Dumbbells and funnels on paper; `paper.render` knows both."""

from collections.abc import Iterator, Sequence

from reports.charts.dumbbells import DumbbellRow, Dumbbells
from reports.charts.funnels import Funnel
from reports.charts.marks import Area, Dot, Mark, Picture, Point, Stroke, Text
from reports.charts.palette import GREY, INK, NAVY, PLUM, WHITE
from reports.charts.paper_parts import (
    AGAINST,
    BAR,
    GAP,
    LINE,
    SIZE,
    SMALL,
    TRACK,
    Sample,
    corners,
    dot_sample,
    key,
    label,
    ticks,
)

HEIGHT = 150  # the field of a funnel
INSET = 14  # room for the sample before a group's name

# Dumbbells


def dumbbells(chart: Dumbbells, width: float) -> Picture:
    """Both groups named with their shares, above the line between them."""
    samples = [(dot_sample, chart.one_label), (diamond_sample, chart.two_label)]
    marks, y = key(samples, width)
    for row in chart.rows:
        for bell, sample in ((row.one, Dot), (row.two, diamond)):
            marks.append(sample(5, y - SIZE + 3))
            lines, y = label(chart.bell_words(bell), y, width - INSET, left=INSET)
            marks += lines
        marks += dumbbell(row, y, width)
        y -= BAR + 2
        marks.append(Text(chart.gap_words(row), 0, y - SIZE, SIZE, INK))
        y -= LINE + GAP
    return Picture(width, 5 - y, (*marks, *ticks(chart, y - 2, width)))


def dumbbell(row: DumbbellRow, y: float, width: float) -> Iterator[Mark]:
    one, two = (bell.value * width / 100 for bell in (row.one, row.two))
    middle = y - BAR / 2
    yield Area([corners(0, y, width, BAR)], TRACK)
    yield Stroke(((one, middle), (two, middle)), GREY, 2.5)
    # The second lies under the first where both are the same.
    yield diamond(two, middle)
    yield Dot(one, middle)


def diamond_sample(x: float, y: float) -> Iterator[Mark]:
    yield diamond(x + 7, y - 4.5)


def diamond(x: float, y: float) -> Area:
    return Area([[(x, y + 5), (x + 5, y), (x, y - 5), (x - 5, y)]], WHITE, PLUM, 1.6)


# Funnels

Look = tuple[str, float, tuple[float, ...]]
INNER: Look = (NAVY, 0.8, (2.0, 2.0))
OUTER: Look = (NAVY, 1.2, ())


def funnel(chart: Funnel, width: float) -> Picture:
    """The average, the limits and the schools in a field, with the ends of both axes."""
    marks, y = key(funnel_samples(chart), width)
    top = y - LINE
    marks.append(Area([corners(0, top, width, HEIGHT)], TRACK))
    for points, look in curves(chart):
        marks.append(Stroke([spot(chart, n, value, top, width) for n, value in points], *look))
    marks += [Dot(*spot(chart, p.n, p.value or 0, top, width)) for p in chart.drawn()]
    marks += axes(chart, top, width)
    return Picture(width, HEIGHT + LINE + 2 - top, tuple(marks))


def curves(chart: Funnel) -> Iterator[tuple[Sequence[tuple[int, float]], Look]]:
    """(answers, percent) along each line, and how it looks."""
    for end in (0, 1):
        yield [(limit.n, limit.outer[end]) for limit in chart.limits], OUTER
    for end in (0, 1):
        yield [(limit.n, limit.inner[end]) for limit in chart.limits], INNER
    yield [(limit.n, chart.average) for limit in (chart.limits[0], chart.limits[-1])], AGAINST


def funnel_samples(chart: Funnel) -> list[tuple[Sample, str]]:
    return [
        (dot_sample, chart.point_heading),
        (line_sample(AGAINST), chart.average_label),
        (line_sample(INNER), chart.inner_label),
        (line_sample(OUTER), chart.outer_label),
    ]


def line_sample(look: Look) -> Sample:
    return lambda x, y: [Stroke(((x, y - 4.5), (x + 14, y - 4.5)), *look)]


def spot(chart: Funnel, n: float, value: float, top: float, width: float) -> Point:
    return chart.across(n) * width / 100, top - HEIGHT * (1 - chart.up(value) / 100)


def axes(chart: Funnel, top: float, width: float) -> Iterator[Text]:
    below = top - HEIGHT - SMALL - 2
    first, last = chart.limits[0].n, chart.limits[-1].n
    written = (
        (f"{chart.ceiling:g}%", 2, top + 3, "start"),
        ("0%", 2, top - HEIGHT + 3, "start"),
        (f"{first:,}", 0, below, "start"),
        ("Number of answers", width / 2, below, "middle"),
        (f"{last:,}", width, below, "end"),
    )
    for words, x, y, anchor in written:
        yield Text(words, x, y, SMALL, GREY, anchor=anchor)
