"""Dumbbells and funnels for the PDF: the same descriptions as vector drawings."""

from typing import Any

from reportlab.graphics.shapes import Drawing, Group, Line, Polygon, PolyLine, Rect
from reportlab.lib.colors import HexColor

from reports.charts.dumbbells import Bell, DumbbellRow, Dumbbells
from reports.charts.funnels import Funnel, FunnelPoint
from reports.charts.palette import GREY, NAVY, PLUM, WHITE
from reports.charts.shapes import BAR, GAP, LINE, SIZE, SMALL, dot, key, label, lifted, render, text

TRACK = HexColor("#f3f4f5")
HEIGHT = 150  # points: the field of a funnel

# Dumbbells


@render.register
def _dumbbells(chart: Dumbbells, width: float) -> Drawing:
    samples = [
        (Group(dot(7, -4.5)), chart.one_label),
        (Group(diamond(7, -4.5)), chart.two_label),
    ]
    parts, y = key(samples, width)
    for row in chart.rows:
        for bell, sample in ((row.one, dot), (row.two, diamond)):
            shapes, y = named(chart, bell, sample, y, width)
            parts += shapes
        parts.append(dumbbell(row, y, width))
        y -= BAR + 2
        parts.append(text(chart.gap_words(row), 0, y - SIZE))
        y -= LINE + GAP
    for (position, words), anchor in zip(chart.ticks(), ("start", "middle", "end"), strict=True):
        at = position * width / 100
        parts.append(text(words, at, y - 2, size=SMALL, colour=GREY, anchor=anchor))
    return lifted(parts, width, 5 - y)


def named(
    chart: Dumbbells, bell: Bell, sample: Any, y: float, width: float
) -> tuple[list[Any], float]:
    shapes, below = label(chart.bell_words(bell), y, width - 14)
    moved = Group(*shapes)
    moved.translate(14, 0)
    return [sample(5, y - SIZE + 3), moved], below


def dumbbell(row: DumbbellRow, y: float, width: float) -> Group:
    one, two = (bell.value * width / 100 for bell in (row.one, row.two))
    middle = y - BAR / 2
    return Group(
        Rect(0, y - BAR, width, BAR, fillColor=TRACK, strokeColor=None),
        Line(one, middle, two, middle, strokeColor=HexColor(GREY), strokeWidth=2.5),
        diamond(two, middle),
        dot(one, middle),
    )


def diamond(x: float, y: float) -> Polygon:
    corners = [x, y + 5, x + 5, y, x, y - 5, x - 5, y]
    return Polygon(corners, fillColor=HexColor(WHITE), strokeColor=HexColor(PLUM), strokeWidth=1.6)


# Funnels


@render.register
def _funnel(chart: Funnel, width: float) -> Drawing:
    parts, y = key(funnel_samples(chart), width)
    top = y - LINE
    parts.append(Rect(0, top - HEIGHT, width, HEIGHT, fillColor=TRACK, strokeColor=None))
    parts += [
        curve(
            chart,
            [(limit.n, getattr(limit, side)[end]) for limit in chart.limits],
            side,
            top,
            width,
        )
        for side in ("outer", "inner")
        for end in (0, 1)
    ]
    sizes = (chart.limits[0].n, chart.limits[-1].n)
    parts.append(curve(chart, [(n, chart.average) for n in sizes], "average", top, width))
    parts += [dot(*spot(chart, point, top, width)) for point in chart.drawn()]
    parts += axes(chart, top, width)
    return lifted(parts, width, HEIGHT + LINE + 2 - top)


LINES: dict[str, dict[str, Any]] = {
    "average": {"strokeColor": HexColor(PLUM), "strokeWidth": 1.5, "strokeDashArray": [3, 2]},
    "inner": {"strokeColor": HexColor(NAVY), "strokeWidth": 0.8, "strokeDashArray": [2, 2]},
    "outer": {"strokeColor": HexColor(NAVY), "strokeWidth": 1.2},
}


def funnel_samples(chart: Funnel) -> list[tuple[Group, str]]:
    words = (chart.average_label, chart.inner_label, chart.outer_label)
    lines = [Group(Line(0, -4.5, 14, -4.5, **LINES[kind])) for kind in LINES]
    return [
        (Group(dot(7, -4.5)), chart.point_heading),
        *zip(lines, words, strict=True),
    ]


def curve(
    chart: Funnel, points: list[tuple[int, float]], kind: str, top: float, width: float
) -> PolyLine:
    flat = [
        each
        for n, value in points
        for each in (chart.across(n) * width / 100, top - HEIGHT * (1 - chart.up(value) / 100))
    ]
    return PolyLine(flat, **LINES[kind])


def spot(chart: Funnel, point: FunnelPoint, top: float, width: float) -> tuple[float, float]:
    height = HEIGHT * (1 - chart.up(point.value or 0) / 100)
    return chart.across(point.n) * width / 100, top - height


def axes(chart: Funnel, top: float, width: float) -> list[Any]:
    below = top - HEIGHT - SMALL - 2
    first, last = chart.limits[0].n, chart.limits[-1].n
    written = (
        (f"{chart.ceiling:g}%", 2, top + 3, "start"),
        ("0%", 2, top - HEIGHT + 3, "start"),
        (f"{first:,}", 0, below, "start"),
        ("Number of answers", width / 2, below, "middle"),
        (f"{last:,}", width, below, "end"),
    )
    return [text(w, x, y, size=SMALL, colour=GREY, anchor=anchor) for w, x, y, anchor in written]
