"""Charts for the PDF: the same descriptions as marks on paper.

Only `marks` and the fonts it embeds know ReportLab. Measures are points. Everything stands from
the top down (y below zero); the finished picture lifts it to its place.
"""

from collections.abc import Iterator
from functools import singledispatch

from reports.charts import Chart, paper_pairs, paper_trends
from reports.charts.bars import Extent, StackedBars
from reports.charts.dots import DotAgainstLine, DotRow
from reports.charts.geometry import Shape, label_spot, project
from reports.charts.icons import ACROSS, IconArray, IconPanel
from reports.charts.maps import Choropleth, MapArea
from reports.charts.marks import Area, Dot, Fade, Mark, Picture, Point, Text, width_of
from reports.charts.palette import GREY, INK, NAVY, WHITE, blend
from reports.charts.paper_parts import (
    BAR,
    GAP,
    LINE,
    SIZE,
    SMALL,
    TRACK,
    Sample,
    against,
    badge,
    box,
    box_sample,
    corners,
    dot_sample,
    ink,
    key,
    label,
    painted,
    ticks,
)
from reports.charts.words import WITHHELD

MAP_SHARE = 0.6  # of the width: a map as wide as the page would fill it
ICON = 11  # from one dot of an array to the next


def alternative(chart: Chart) -> str:
    """The words that stand for the picture in a tagged PDF."""
    return " ".join((chart.title, *chart.sentences()))


@singledispatch
def render(chart: Chart, width: float) -> Picture:
    """A picture `width` points wide, with its key. TypeError for an unknown description."""
    raise TypeError(f"no drawing for {type(chart).__name__}")


render.register(paper_pairs.dumbbells)
render.register(paper_pairs.funnel)
render.register(paper_trends.trends)


# Stacked bars


@render.register
def _bars(chart: StackedBars, width: float) -> Picture:
    marks, y = key(bar_samples(chart), width)
    for row in chart.rows:
        lines, y = label(row.label, y, width)
        marks += lines
        for piece in chart.extents(row):
            marks += segment(chart, piece, y, width)
        y -= BAR + GAP
    return Picture(width, GAP - y, tuple(marks))


def bar_samples(chart: StackedBars) -> list[tuple[Sample, str]]:
    samples = [(box_sample(tone), words) for words, tone in chart.tones().items()]
    if any(s.percent is None for row in chart.rows for s in row.segments):
        samples.append((box_sample("withheld"), WITHHELD))
    return samples


def segment(chart: StackedBars, piece: Extent, y: float, width: float) -> Iterator[Mark]:
    x, room = piece.start * width / 100, piece.width * width / 100
    middle = x + room / 2
    yield from box(piece.tone, x, y, room, BAR)
    if piece.tone == "withheld":
        yield from badge(WITHHELD, middle, y)
    elif room >= (32 if piece.tone.startswith("n") else 22):
        shown = chart.show(piece.segment.percent)
        if piece.tone.startswith("n"):
            yield from badge(shown, middle, y)
        else:
            yield Text(shown, middle, y - 10.5, SIZE, ink(piece.tone), anchor="middle")


# Dots against a line


@render.register
def _dots(chart: DotAgainstLine, width: float) -> Picture:
    marks, y = key(dot_samples(chart), width)
    for row in chart.rows:
        lines, below = label(row.label, y, width - number_room(chart, 45))
        marks += lines
        if row.value is not None:
            shown = chart.show(row.value)
            marks.append(Text(shown, width, y - SIZE, SIZE, INK, bold=True, anchor="end"))
        marks += dot_row(chart, row, below, width)
        y = below - BAR - GAP
    y += GAP - 2
    marks += ticks(chart, y - SMALL, width)
    return Picture(width, LINE - y, tuple(marks))


def number_room(chart: DotAgainstLine, usual: float) -> float:
    """What the numbers at the end of the rows take: with a sign, they may have a word behind."""
    return width_of(chart.longest(), SIZE, bold=True) + 10 if chart.signed else usual


def dot_samples(chart: DotAgainstLine) -> list[tuple[Sample, str]]:
    soft = blend(WHITE, NAVY, 0.35)
    samples: list[tuple[Sample, str]] = [
        (dot_sample, chart.value_label),
        (lambda x, y: [Area([corners(x, y - 1, 14, 7)], soft)], chart.band_label),
    ]
    if any(row.reference is not None for row in chart.rows):
        samples.append((lambda x, y: [against(x + 7, y, y - 9)], chart.reference_label))
    if any(row.value is None for row in chart.rows):
        samples.append((box_sample("withheld"), WITHHELD))
    return samples


def dot_row(chart: DotAgainstLine, row: DotRow, y: float, width: float) -> Iterator[Mark]:
    if row.value is None or row.low is None or row.high is None:
        yield from box("withheld", 0, y, width, BAR)
        yield from badge(WITHHELD, width / 2, y)
        return
    low, value, high = (chart.position(v) * width / 100 for v in (row.low, row.value, row.high))
    yield Area([corners(0, y, width, BAR)], TRACK)
    for end in (low, high):
        yield Fade(end, value, y - BAR + 3, BAR - 6)
    if row.reference is not None:
        yield against(chart.position(row.reference) * width / 100, y + 1, y - BAR - 1)
    yield Dot(value, y - BAR / 2)


# Icon arrays


@render.register
def _icons(chart: IconArray, width: float) -> Picture:
    samples: list[tuple[Sample, str]] = [
        (lambda x, y: [icon(x + 7, y - 4.5, full=True)], chart.full_label),
        (lambda x, y: [icon(x + 7, y - 4.5, full=False)], chart.empty_label),
    ]
    marks, y = key(samples, width)
    room = width / len(chart.panels)
    for i, panel in enumerate(chart.panels):
        marks += icon_panel(chart, panel, (i * room, y))
    return Picture(width, 2 * LINE + ACROSS * ICON - y, tuple(marks))


def icon_panel(chart: IconArray, panel: IconPanel, at: Point) -> Iterator[Mark]:
    x, y = at
    yield Text(panel.label, x, y - SIZE, SIZE, INK)
    if panel.percent is None:
        yield from box("withheld", x, y - 2 * LINE, ACROSS * ICON, ACROSS * ICON)
        yield from badge(WITHHELD, x + ACROSS * ICON / 2, y - 2 * LINE - ACROSS * ICON / 2)
        return
    yield Text(chart.show(panel.percent), x, y - LINE - SIZE, SIZE, INK, bold=True)
    for column, row, full in panel.icons():
        middle = (x + (column + 0.5) * ICON, y - 2 * LINE - (row + 0.5) * ICON - 2)
        yield icon(*middle, full=full)


def icon(x: float, y: float, *, full: bool) -> Dot:
    return Dot(x, y, 3.6, fill=NAVY if full else WHITE, edge=NAVY if full else GREY)


# Maps


@render.register
def _map(chart: Choropleth, width: float) -> Picture:
    samples = [(box_sample(tone), words) for tone, words in chart.legend()]
    marks, y = key(samples, width)
    areas = chart.ordered()
    flat = project([area.geometry for area in areas], width * MAP_SHARE)
    at = (width * (1 - MAP_SHARE) / 2, y)
    for area, shape in zip(areas, flat.shapes, strict=True):
        marks += area_marks(chart, area, shape, at)
    return Picture(width, flat.height - y + 2, tuple(marks))


def area_marks(chart: Choropleth, area: MapArea, shape: Shape, at: Point) -> Iterator[Mark]:
    left, top = at
    tone = chart.tone(area)
    yield from painted(tone, [[(left + x, top - y) for x, y in ring] for ring in shape])
    (x, y), room = label_spot(shape, half=3.5)
    if area.value is not None and room >= 11:
        shown = chart.show(area.value).removesuffix(chart.unit)
        yield Text(shown, left + x, top - y - 2.5, SMALL, ink(tone), anchor="middle")
