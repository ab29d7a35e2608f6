"""A chart on a slide of its own, to be put into somebody's talk: 16:9, white, with its source.

The same marks as on paper, drawn larger, with the labels beside the bars: a slide is wide and
low. Measures are points; 960 x 540 is the slide of the usual programs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from reports.charts import Chart
from reports.charts.bars import StackedBars
from reports.charts.dots import DotAgainstLine
from reports.charts.geometry import project
from reports.charts.maps import Choropleth
from reports.charts.marks import Area, Mark, Picture, Placed, Text
from reports.charts.palette import GREY, INK, NAVY, ORANGE, WHITE
from reports.charts.paper import (
    alternative,
    area_marks,
    bar_samples,
    dot_row,
    dot_samples,
    number_room,
    render,
    segment,
)
from reports.charts.paper_parts import (
    BAR,
    GAP,
    SIZE,
    SMALL,
    Sample,
    box_sample,
    corners,
    key,
    label,
    ticks,
    wrapped,
)
from reports.charts.paper_trends import trends
from reports.charts.trends import Trends

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


def slide(chart: Chart, around: Words) -> Picture:
    """The whole slide."""
    caption = Text(around.caption, MARGIN, -MARGIN - 6, 14, GREY)
    title, top = lines(chart.title, -MARGIN - 18, 22, NAVY, bold=True)
    foot, bottom = footing(chart.note, around)
    room = top - 24 - bottom
    picture, scale = fitted(chart, room)
    spare = room - picture.height * scale
    placed = Placed(picture.marks, MARGIN, top - 24 - spare / 3, scale)
    ground = blank(WIDTH, HEIGHT, made_up=bool(around.warning))
    return Picture(WIDTH, HEIGHT, (*ground, caption, *title, *foot, placed))


def description(chart: Chart, around: Words) -> str:
    """The words that stand for the picture."""
    parts = (around.caption, alternative(chart), chart.note, around.warning, around.source)
    return " ".join(part for part in parts if part)


def blank(width: float, height: float, *, made_up: bool) -> Iterator[Mark]:
    """A white sheet, with a bar at the top where the figures are made up."""
    yield Area([corners(0, 0, width, height)], WHITE)
    if made_up:
        yield Area([corners(0, 0, width, 12)], ORANGE)


def lines(
    words: str,
    top: float,
    size: float,
    colour: str,
    *,
    left: float = MARGIN,
    width: float = ROOM,
    bold: bool = False,
) -> tuple[list[Text], float]:
    """Words that wrap, from `top` down, and where they end."""
    split = wrapped(words, width, size, bold=bold)
    high = size * 1.3
    rows = (Text(line, left, top - i * high, size, colour, bold) for i, line in enumerate(split, 1))
    return list(rows), top - len(split) * high


def footing(note: str, around: Words) -> tuple[list[Text], float]:
    """Note, warning and source at the bottom, and where they begin."""
    top = MARGIN - 12 + 16 * (1 + bool(around.warning)) + 14.3 * len(wrapped(note, ROOM, 11))
    said, end = lines(note, top - HEIGHT, 11, GREY)
    warned, end = lines(around.warning, end, 12, INK, bold=True)
    source, _ = lines(around.source, end, 12, GREY)
    return [*said, *warned, *source], top - HEIGHT


def fitted(chart: Chart, room: float) -> tuple[Picture, float]:
    """The chart as large as it may be in `room` points of height, and its scale."""
    for width in SIZES:
        picture = body(chart, width)
        scale = ROOM / width
        if picture.height * scale <= room:
            return picture, scale
    return picture, min(scale, room / picture.height)


@singledispatch
def body(chart: Chart, width: float) -> Picture:
    """The chart alone, as on paper where a slide asks for nothing else."""
    return render(chart, width)


@body.register
def _bars(chart: StackedBars, width: float) -> Picture:
    def bar(number: int, room: float) -> Iterator[Mark]:
        for piece in chart.extents(chart.rows[number]):
            yield from segment(chart, piece, 0, room)

    marks, y = _rows([row.label for row in chart.rows], bar, bar_samples(chart), width)
    return Picture(width, -y, tuple(marks))


@body.register
def _dots(chart: DotAgainstLine, width: float) -> Picture:
    edge = number_room(chart, 36)  # behind the track

    def track(number: int, room: float) -> Iterator[Mark]:
        row = chart.rows[number]
        yield from dot_row(chart, row, 0, room - edge)
        if row.value is not None:
            yield Text(chart.show(row.value), room, -11, SIZE, INK, bold=True, anchor="end")

    names = [row.label for row in chart.rows]
    marks, y = _rows(names, track, dot_samples(chart), width)
    axis = tuple(ticks(chart, 0, width * (1 - LABELS) - edge))
    return Picture(width, 4 - y, (*marks, Placed(axis, width * LABELS, y)))


@body.register
def _map(chart: Choropleth, width: float) -> Picture:
    """The map as high as a slide allows, its key beside it."""
    areas = chart.ordered()
    geometries = [area.geometry for area in areas]
    high = project(geometries, 1).height
    flat = project(geometries, min(width * MAP_WIDTH, width * MAP_HEIGHT / high))
    marks: list[Mark] = []
    for area, shape in zip(areas, flat.shapes, strict=True):
        marks += area_marks(chart, area, shape, (0, 0))
    for number, (tone, words) in enumerate(chart.legend()):
        y = -14 * number
        marks += box_sample(tone)(flat.width + 24, y)
        marks.append(Text(words, flat.width + 42, y - 7.5, SMALL, INK))
    return Picture(width, max(flat.height, 14 * len(chart.legend())), tuple(marks))


@body.register
def _trends(chart: Trends, width: float) -> Picture:
    return trends(chart, width, abreast=4)


def _rows(
    names: Sequence[str],
    bar: Callable[[int, float], Iterable[Mark]],
    samples: Sequence[tuple[Sample, str]],
    width: float,
) -> tuple[list[Mark], float]:
    """Labels to the left of their bars under one key, and the height that is left below."""
    marks, y = key(samples, width)
    for number, name in enumerate(names):
        written, below = label(name, y - 2, width * LABELS - 8)
        drawn = tuple(bar(number, width * (1 - LABELS)))
        marks += [*written, Placed(drawn, width * LABELS, y)]
        y = min(below, y - BAR) - GAP
    return marks, y
