"""A chart on a slide of its own, to be put into somebody's talk: 16:9, white, with its source.

The same marks as on paper, drawn larger, with the labels beside the bars: a slide is wide and
low. Measures are points; 960 x 540 is the slide of the usual programs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from reportlab.graphics.shapes import Drawing, Group, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from reports import fonts
from reports.charts import Chart, shapes
from reports.charts.bars import StackedBars
from reports.charts.dots import DotAgainstLine
from reports.charts.geometry import project
from reports.charts.maps import Choropleth
from reports.charts.palette import GREY, INK, NAVY, ORANGE, WHITE
from reports.charts.paper import alternative
from reports.charts.words import WITHHELD

WIDTH, HEIGHT, MARGIN = 960, 540, 40
ROOM = WIDTH - 2 * MARGIN
# A chart is drawn on the narrowest of these that holds it, and so as large as it fits.
SIZES = (330, 360, 390, 420, 460, 500, 550, 600, 660, 720, 800, 900, 1000)
LABELS = 0.4  # of the width
MAP_WIDTH, MAP_HEIGHT = 0.6, 0.34  # of the width


@dataclass(frozen=True)
class Words:
    """What stands around a chart. `caption`: whose figures. `warning`: "" unless made up."""

    caption: str
    source: str
    warning: str = ""


def slide(chart: Chart, around: Words) -> Drawing:
    """The whole slide."""
    fonts.register()
    drawing = blank(WIDTH, HEIGHT, bool(around.warning))
    drawing.add(shapes.text(around.caption, MARGIN, HEIGHT - MARGIN - 6, size=14, colour=GREY))
    top = lines(drawing, chart.title, HEIGHT - MARGIN - 18, 22, bold=True, colour=NAVY)
    bottom = foot(drawing, chart.note, around)
    room = top - 24 - bottom
    picture, scale = fitted(chart, room)
    spare = room - picture.height * scale
    group = Group(*picture.contents)
    group.translate(MARGIN, bottom + spare * 2 / 3)
    group.scale(scale, scale)
    drawing.add(group)
    return drawing


def description(chart: Chart, around: Words) -> str:
    """The words that stand for the picture."""
    parts = (around.caption, alternative(chart), chart.note, around.warning, around.source)
    return " ".join(part for part in parts if part)


def blank(width: float, height: float, made_up: bool) -> Drawing:
    """A white sheet, with a bar at the top where the figures are made up."""
    drawing = Drawing(width, height)
    drawing.add(Rect(0, 0, width, height, fillColor=HexColor(WHITE), strokeColor=None))
    if made_up:
        bar = Rect(0, height - 12, width, 12, fillColor=HexColor(ORANGE), strokeColor=None)
        drawing.add(bar)
    return drawing


def lines(
    drawing: Drawing,
    words: str,
    top: float,
    size: float,
    *,
    left: float = MARGIN,
    width: float | None = None,
    **look: Any,
) -> float:
    """Words that wrap, from `top` down; returns where they end."""
    face = fonts.BOLD if look.get("bold") else fonts.REGULAR
    wrapped = simpleSplit(words, face, size, width or drawing.width - 2 * MARGIN)
    for number, line in enumerate(wrapped, 1):
        drawing.add(shapes.text(line, left, top - number * size * 1.3, size=size, **look))
    return top - len(wrapped) * size * 1.3


def foot(drawing: Drawing, note: str, around: Words) -> float:
    """Note, warning and source at the bottom; returns where they begin."""
    wrapped = simpleSplit(note, fonts.REGULAR, 11, ROOM)
    top = MARGIN - 12 + 16 * (1 + bool(around.warning)) + 14.3 * len(wrapped)
    start = lines(drawing, note, top, 11, colour=GREY)
    if around.warning:
        start = lines(drawing, around.warning, start, 12, bold=True, colour=INK)
    lines(drawing, around.source, start, 12, colour=GREY)
    return top


def fitted(chart: Chart, room: float) -> tuple[Drawing, float]:
    """The chart as large as it may be in `room` points of height, and its scale."""
    for width in SIZES:
        picture = body(chart, width)
        scale = ROOM / width
        if picture.height * scale <= room:
            return picture, scale
    return picture, min(scale, room / picture.height)


@singledispatch
def body(chart: Chart, width: float) -> Drawing:
    """The chart alone, as on paper where a slide asks for nothing else."""
    return shapes.render(chart, width)


@body.register
def _bars(chart: StackedBars, width: float) -> Drawing:
    samples = [(shapes.box_sample(tone), text) for text, tone in chart.tones().items()]
    if any(s.percent is None for row in chart.rows for s in row.segments):
        samples.append((shapes.box_sample("withheld"), WITHHELD))

    def bar(number: int, room: float) -> Group:
        pieces = chart.extents(chart.rows[number])
        return Group(*(shapes.segment(chart, piece, 0, room) for piece in pieces))

    parts, y = _rows([row.label for row in chart.rows], bar, samples, width)
    return shapes.lifted(parts, width, -y)


@body.register
def _dots(chart: DotAgainstLine, width: float) -> Drawing:
    edge = 36  # for the number behind the track

    def track(number: int, room: float) -> Group:
        row = chart.rows[number]
        group = shapes.dot_row(chart, row, 0, room - edge)
        if row.value is not None:
            shown = chart.show(row.value)
            group.add(shapes.text(shown, room, -11, bold=True, anchor="end"))
        return group

    names = [row.label for row in chart.rows]
    parts, y = _rows(names, track, shapes.dot_samples(chart), width)
    left, room = width * LABELS, width * (1 - LABELS) - edge
    for (at, words), anchor in zip(chart.ticks(), ("start", "middle", "end"), strict=True):
        x = left + at * room / 100
        parts.append(shapes.text(words, x, y, size=shapes.SMALL, colour=GREY, anchor=anchor))
    return shapes.lifted(parts, width, 4 - y)


@body.register
def _map(chart: Choropleth, width: float) -> Drawing:
    """The map as high as a slide allows, its key beside it."""
    areas = chart.ordered()
    geometries = [area.geometry for area in areas]
    high = project(geometries, 1).height
    flat = project(geometries, min(width * MAP_WIDTH, width * MAP_HEIGHT / high))
    parts: list[Any] = []
    for area, shape in zip(areas, flat.shapes, strict=True):
        parts.append(shapes.area_shape(chart, area, shape))
    for number, (tone, words) in enumerate(chart.legend()):
        sample = shapes.box_sample(tone)
        sample.translate(flat.width + 24, -14 * number)
        label = shapes.text(words, flat.width + 42, -14 * number - 7.5, size=shapes.SMALL)
        parts += [sample, label]
    return shapes.lifted(parts, width, max(flat.height, 14 * len(chart.legend())))


def _rows(
    names: Sequence[str],
    bar: Callable[[int, float], Group],
    samples: Sequence[tuple[Group, str]],
    width: float,
) -> tuple[list[Any], float]:
    """Labels to the left of their bars under one key, and the height that is left below."""
    parts, y = shapes.key(samples, width)
    for number, name in enumerate(names):
        written, below = shapes.label(name, y - 2, width * LABELS - 8)
        drawn = bar(number, width * (1 - LABELS))
        drawn.translate(width * LABELS, y)
        parts += [*written, drawn]
        y = min(below, y - shapes.BAR) - shapes.GAP
    return parts, y
