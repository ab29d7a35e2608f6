"""Charts as ReportLab shapes, for slides and pictures: the same descriptions once more.

Only this module and the fonts it embeds know ReportLab; import it where a PDF is made, not
at the top of anything that Django loads at start. Measures are points. Everything is drawn
from the top down (y below zero) and lifted to its place at the end.
"""

from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from reports import fonts
from reports.charts import Chart
from reports.charts.bars import Extent, StackedBars
from reports.charts.dots import DotAgainstLine, DotRow
from reports.charts.geometry import Shape, label_spot, project
from reports.charts.maps import Choropleth, MapArea
from reports.charts.palette import GREY, INK, NAVY, PLUM, RAMP, RULE, WHITE, blend, edge_on, is_dark
from reports.charts.words import WITHHELD

SIZE, SMALL, LINE = 8.5, 7.5, 11.5
BAR, GAP = 15, 9
SLICES = 24  # of a fading band: PDF viewers differ over gradients, not over rectangles
MAP_SHARE = 0.6  # of the width: a map as wide as the page would fill it


def alternative(chart: Chart) -> str:
    """The words that stand for the picture in a tagged PDF."""
    return " ".join((chart.title, *chart.sentences()))


@singledispatch
def render(chart: Chart, width: float) -> Drawing:
    """A drawing `width` points wide, with its key. TypeError for an unknown description."""
    raise TypeError(f"no drawing for {type(chart).__name__}")


# Stacked bars


@render.register
def _bars(chart: StackedBars, width: float) -> Drawing:
    samples = [(box_sample(tone), text) for text, tone in chart.tones().items()]
    if any(s.percent is None for row in chart.rows for s in row.segments):
        samples.append((box_sample("withheld"), WITHHELD))
    parts, y = key(samples, width)
    for row in chart.rows:
        shapes, y = label(row.label, y, width)
        parts += shapes
        parts += [segment(chart, piece, y, width) for piece in chart.extents(row)]
        y -= BAR + GAP
    return lifted(parts, width, GAP - y)


def segment(chart: StackedBars, piece: Extent, y: float, width: float) -> Group:
    x, room = piece.start * width / 100, piece.width * width / 100
    group = Group(box(piece.tone, x, y, room, BAR))
    if piece.tone == "withheld":
        group.add(badge(WITHHELD, x + room / 2, y))
    elif room >= (32 if piece.tone.startswith("n") else 22):
        shown = chart.show(piece.segment.percent)
        middle = x + room / 2
        if piece.tone.startswith("n"):
            group.add(badge(shown, middle, y))
        else:
            group.add(text(shown, middle, y - 10.5, colour=ink(piece.tone), anchor="middle"))
    return group


# Dots against a line


@render.register
def _dots(chart: DotAgainstLine, width: float) -> Drawing:
    parts, y = key(dot_samples(chart), width)
    for row in chart.rows:
        shapes, below = label(row.label, y, width - 45)
        parts += shapes
        if row.value is not None:
            shown = chart.show(row.value)
            parts.append(text(shown, width, y - SIZE, bold=True, anchor="end"))
        parts.append(dot_row(chart, row, below, width))
        y = below - BAR - GAP
    y += GAP - 2
    for (position, words), anchor in zip(chart.ticks(), ("start", "middle", "end"), strict=True):
        at = position * width / 100
        parts.append(text(words, at, y - SMALL, size=SMALL, colour=GREY, anchor=anchor))
    return lifted(parts, width, LINE - y)


def dot_samples(chart: DotAgainstLine) -> list[tuple[Group, str]]:
    soft = Rect(0, -8, 14, 7, fillColor=HexColor(blend(WHITE, NAVY, 0.35)), strokeColor=None)
    samples = [(Group(dot(7, -4.5)), chart.value_label), (Group(soft), chart.band_label)]
    if any(row.reference is not None for row in chart.rows):
        samples.append((Group(upright(7, 0, -9)), chart.reference_label))
    if any(row.value is None for row in chart.rows):
        samples.append((box_sample("withheld"), WITHHELD))
    return samples


def dot_row(chart: DotAgainstLine, row: DotRow, y: float, width: float) -> Group:
    if row.value is None or row.low is None or row.high is None:
        return Group(box("withheld", 0, y, width, BAR), badge(WITHHELD, width / 2, y))
    low, value, high = (chart.position(v) * width / 100 for v in (row.low, row.value, row.high))
    track = Rect(0, y - BAR, width, BAR, fillColor=HexColor("#f3f4f5"), strokeColor=None)
    group = Group(track, *band(low, value, y), *band(high, value, y))
    if row.reference is not None:
        group.add(upright(chart.position(row.reference) * width / 100, y + 1, y - BAR - 1))
    group.add(dot(value, y - BAR / 2))
    return group


def band(end: float, value: float, y: float) -> Iterable[Rect]:
    """From the faint end of the interval to the full colour at the value."""
    step = (value - end) / SLICES
    for i in range(SLICES):
        colour = HexColor(blend("#e9edf2", NAVY, 0.6 * (i + 1) / SLICES))
        left = min(end + i * step, end + (i + 1) * step)
        yield Rect(left, y - BAR + 3, abs(step), BAR - 6, fillColor=colour, strokeColor=None)


def dot(x: float, y: float) -> Circle:
    return Circle(x, y, 4, fillColor=HexColor(NAVY), strokeColor=HexColor(WHITE), strokeWidth=1)


def upright(x: float, top: float, bottom: float) -> Line:
    return Line(
        x, top, x, bottom, strokeColor=HexColor(PLUM), strokeWidth=1.5, strokeDashArray=[3, 2]
    )


# Maps


@render.register
def _map(chart: Choropleth, width: float) -> Drawing:
    samples = [(box_sample(tone), words) for tone, words in chart.legend()]
    parts, y = key(samples, width)
    areas = chart.ordered()
    flat = project([area.geometry for area in areas], width * MAP_SHARE)
    picture = Group(*(area_shape(chart, a, s) for a, s in zip(areas, flat.shapes, strict=True)))
    picture.translate(width * (1 - MAP_SHARE) / 2, y)
    return lifted([*parts, picture], width, flat.height - y + 2)


def area_shape(chart: Choropleth, area: MapArea, shape: Shape) -> Group:
    tone = chart.tone(area)
    group = painted(tone, [[(x, -y) for x, y in ring] for ring in shape])
    (x, y), room = label_spot(shape, half=3.5)
    if area.value is not None and room >= 11:
        shown = chart.show(area.value).removesuffix(chart.unit)
        group.add(text(shown, x, -y - 2.5, size=SMALL, colour=ink(tone), anchor="middle"))
    return group


# What all marks share


def lifted(parts: Sequence[Any], width: float, height: float) -> Drawing:
    fonts.register()
    group = Group(*parts)
    group.translate(0, height)
    drawing = Drawing(width, height)
    drawing.add(group)
    return drawing


def key(samples: Iterable[tuple[Group, str]], width: float) -> tuple[list[Any], float]:
    """The key in lines that wrap, and the height at which the chart may begin."""
    fonts.register()
    parts: list[Any] = []
    x, y = 0.0, 0.0
    for sample, words in samples:
        room = 18 + stringWidth(words, fonts.REGULAR, SMALL) + 12
        if x and x + room > width:
            x, y = 0.0, y - LINE - 1
        sample.translate(x, y)
        parts += [sample, text(words, x + 18, y - 7.5, size=SMALL)]
        x += room
    return parts, y - LINE - 5


def label(words: str, y: float, width: float) -> tuple[list[String], float]:
    lines = simpleSplit(words, fonts.REGULAR, SIZE, width)
    shapes = [text(line, 0, y - SIZE - i * LINE) for i, line in enumerate(lines)]
    return shapes, y - len(lines) * LINE - 1


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float = SIZE,
    colour: str = INK,
    bold: bool = False,
    anchor: str = "start",
) -> String:
    face = fonts.BOLD if bold else fonts.REGULAR
    return String(
        x, y, words, fontName=face, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor
    )


def badge(words: str, middle: float, y: float) -> Group:
    """Words on a plain ground, so that the pattern behind them does not cross the letters."""
    half = stringWidth(words, fonts.REGULAR, SIZE) / 2 + 3
    ground = Rect(
        middle - half, y - 13.5, 2 * half, 12, fillColor=HexColor(WHITE), strokeColor=None
    )
    return Group(ground, text(words, middle, y - 10.5, anchor="middle"))


def ink(tone: str) -> str:
    return WHITE if tone.startswith("t") and is_dark(RAMP[int(tone[1:])]) else INK


def box_sample(tone: str) -> Group:
    return box(tone, 0, 0, 14, 9)


def box(tone: str, x: float, y: float, width: float, height: float) -> Group:
    corners = [(x, y), (x + width, y), (x + width, y - height), (x, y - height)]
    return painted(tone, [corners])


def painted(tone: str, rings: Sequence[Sequence[tuple[float, float]]]) -> Group:
    """Rings filled with a tint, or with the lines that say "not an answer"."""
    if tone.startswith("t"):
        colour = RAMP[int(tone[1:])]
        return Group(outline(rings, fillColor=HexColor(colour), edge=edge_on(colour)))
    clip = outline(rings, fillColor=HexColor(WHITE), isClipPath=1)
    inside = Group(clip, *hatching(tone, [point for ring in rings for point in ring]))
    return Group(inside, outline(rings, fillColor=None, edge=GREY))


def outline(
    rings: Sequence[Sequence[tuple[float, float]]], *, edge: str = RULE, **paint: Any
) -> Path:
    path = Path(strokeColor=HexColor(edge), strokeWidth=0.6, fillMode=0, **paint)
    for ring in rings:
        path.moveTo(*ring[0])
        for point in ring[1:]:
            path.lineTo(*point)
        path.closePath()
    return path


SLOPES = {"n0": ((1, 1),), "n1": ((1, 0),), "n2": ((0, 1),), "withheld": ((1, 1), (1, -1))}


def hatching(tone: str, points: Sequence[tuple[float, float]], step: float = 4) -> Iterable[Line]:
    """Lines across the box around the points; the caller clips them to the shape."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    reach = (right - left) + (top - bottom)
    for dx, dy in SLOPES[tone]:
        for i in range(int(reach / step) + 1):
            # Along the left edge and then along the bottom (or the top, for falling lines).
            x, y = left + i * step, (bottom if dy >= 0 else top)
            if dx and dy:
                x -= top - bottom
            elif dx:
                x, y = left, bottom + i * step
            ends = (x + dx * reach, y + dy * reach)
            yield Line(x, y, *ends, strokeColor=HexColor(GREY), strokeWidth=0.5)


# Drawings in a file of their own, which needs what stands above.
from reports.charts import paper_pairs  # noqa: E402, F401
