"""Charts for the page: accessible SVG, styled by the classes of site.css alone.

Bars and dots use percentages of the width and no viewBox, so that text keeps its size on a
phone and on a wide screen; only a map is scaled. Colours, fonts and patterns follow the
reader's forced colours and the printer through CSS; there is never a `style` attribute.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, singledispatch
from itertools import count

from reports.charts import Chart, svg_dumbbells, svg_funnels, svg_trends
from reports.charts.bars import Extent, StackedBars
from reports.charts.dots import DotAgainstLine, DotRow
from reports.charts.geometry import Shape, label_spot, project
from reports.charts.icons import ACROSS, IconArray, IconPanel
from reports.charts.maps import Choropleth, MapArea
from reports.charts.markup import Markup, coordinate, percent, tag, words
from reports.charts.svg_parts import (
    BAR,
    DARK_TONES,
    GAP,
    LETTERS,
    LINE,
    MAP_WIDTH,
    badge,
    entry,
    fill,
    frame,
    hidden_text,
    key_list,
    label,
    mark,
    swatch,
    withheld,
)
from reports.charts.words import WITHHELD

NARROWEST = 9  # percent: a slimmer segment has no room for its number
MAP_TEXT = 13  # units of room that a number on the map needs
ICON = 16  # pixels from one dot of an array to the next: two arrays fit beside each other


@dataclass(frozen=True)
class Figure:
    """What a page shows of a chart: the picture, its key and the same numbers."""

    key: str
    title: str
    note: str
    legend: Markup
    picture: Markup
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure(chart: Chart) -> Figure:
    headers, rows = chart.table()
    return Figure(chart.key, chart.title, chart.note, legend(chart), render(chart), headers, rows)


@singledispatch
def render(chart: Chart) -> Markup:
    """The picture. Raises TypeError for a description that has no drawing here."""
    raise TypeError(f"no drawing for {type(chart).__name__}")


@singledispatch
def legend(chart: Chart) -> Markup:
    """The key as a list that wraps: it stands beside the SVG, which cannot wrap text."""
    raise TypeError(f"no legend for {type(chart).__name__}")


render.register(svg_dumbbells.picture)
render.register(svg_funnels.picture)
render.register(svg_trends.picture)
legend.register(svg_dumbbells.legend)
legend.register(svg_funnels.legend)
legend.register(svg_trends.legend)


# Stacked bars


@render.register
def _bars(chart: StackedBars) -> Markup:
    parts: list[Markup] = []
    order, y = count(), 0.0
    for row in chart.rows:
        lines = textwrap.wrap(row.label, LETTERS)
        parts.append(label(lines, y))
        y += len(lines) * LINE + 4
        parts += [segment(chart, piece, y, next(order)) for piece in chart.extents(row)]
        parts.append(tag("rect", class_="frame", y=y, width="100%", height=BAR))
        y += BAR + GAP
    tones = (*chart.tones().values(), *withheld(shares(chart)))
    return frame(chart, y - GAP + 2, *parts, tones=tones)


def shares(chart: StackedBars) -> Iterator[float | None]:
    return (segment.percent for row in chart.rows for segment in row.segments)


def segment(chart: StackedBars, piece: Extent, y: float, index: int) -> Markup:
    place = {"x": percent(piece.start), "width": percent(piece.width)}
    box = tag("rect", **fill(chart, piece.tone), **place, y=y, height=BAR)
    if piece.tone == "withheld":
        inside = badge(WITHHELD, y)
    elif piece.width >= NARROWEST:
        inside = inner_number(chart, piece, y)
    else:
        inside = Markup()
    return mark(piece.segment.text, index, box, inside)


def inner_number(chart: StackedBars, piece: Extent, y: float) -> Markup:
    middle = percent(piece.start + piece.width / 2)
    shown = words(chart.show(piece.segment.percent))
    kind = "inner " + ("light" if piece.tone in DARK_TONES else "halo" if "n" in piece.tone else "")
    return tag("text", shown, class_=kind.strip(), x=middle, y=y + BAR / 2 + 5)


@legend.register
def _bars_legend(chart: StackedBars) -> Markup:
    entries = [swatch(chart, tone, text) for text, tone in chart.tones().items()]
    entries += [swatch(chart, tone, WITHHELD) for tone in withheld(shares(chart))]
    return key_list(entries)


# Dots against a line


@render.register
def _dots(chart: DotAgainstLine) -> Markup:
    parts: list[Markup] = []
    y = 0.0
    for index, row in enumerate(chart.rows):
        lines, number_line = row_label(chart, row)
        parts.append(label(lines, y))
        if row.value is not None:
            shown = words(chart.show(row.value))
            parts.append(hidden_text(shown, "value", x="100%", y=y + 15 + number_line * LINE))
        y += max(len(lines), number_line + 1) * LINE + 4
        parts.append(dot_row(chart, row, y, index))
        y += BAR + GAP
    tones = withheld(row.value for row in chart.rows)
    return frame(chart, y + LINE - GAP, *parts, *axis(chart, y - GAP + 2), tones=tones)


def row_label(chart: DotAgainstLine, row: DotRow) -> tuple[list[str], int]:
    """A label's lines, and on which of them its number stands: of one with a sign, which may have
    a word behind it, the last with so much room."""
    lines = textwrap.wrap(row.label, LETTERS - 6)
    if not chart.signed or row.value is None:
        return lines, 0
    letters = len(lines[-1]) + len(chart.show(row.value))
    return lines, len(lines) - (letters <= LETTERS - 8)


def dot_row(chart: DotAgainstLine, row: DotRow, y: float, index: int) -> Markup:
    track = tag("rect", class_="track", y=y, width="100%", height=BAR)
    if row.value is None or row.low is None or row.high is None:
        cover = tag("rect", **fill(chart, "withheld"), y=y, width="100%", height=BAR)
        return mark(row.text, index, track, cover, badge(WITHHELD, y))
    low, value, high = (chart.position(v) for v in (row.low, row.value, row.high))
    return mark(
        row.text,
        index,
        track,
        band(chart, "up", low, value, y),
        band(chart, "down", value, high, y),
        reference(chart, row, y),
        tag("circle", class_="dot", cx=percent(value), cy=y + BAR / 2, r=7),
    )


def band(chart: DotAgainstLine, way: str, start: float, end: float, y: float) -> Markup:
    """Half of the interval; two halves, because the value is rarely in the middle of it."""
    paint = f"url(#{chart.key}-{way})"
    place = {"x": percent(start), "width": percent(end - start)}
    return tag("rect", class_="band", fill=paint, **place, y=y + 5, height=BAR - 10)


def reference(chart: DotAgainstLine, row: DotRow, y: float) -> Markup:
    if row.reference is None:
        return Markup()
    x = percent(chart.position(row.reference))
    return tag("line", class_="reference", x1=x, x2=x, y1=y - 2, y2=y + BAR + 2)


def axis(chart: DotAgainstLine, y: float) -> tuple[Markup, ...]:
    return _ticks(tuple(chart.ticks()), y)


@lru_cache(maxsize=256)  # the same under every chart of a report
def _ticks(ticks: tuple[tuple[float, str], ...], y: float) -> tuple[Markup, ...]:
    return tuple(
        hidden_text(words(text), f"tick {anchor}", x=percent(position), y=y + 12)
        for (position, text), anchor in zip(ticks, ("start", "middle", "end"), strict=True)
    )


@legend.register
def _dots_legend(chart: DotAgainstLine) -> Markup:
    names = [chart.value_label, chart.band_label]
    if any(row.reference is not None for row in chart.rows):
        names.append(chart.reference_label)
    hatched = withheld(row.value for row in chart.rows)
    return key_list([*_dot_entries(*names), *(swatch(chart, tone, WITHHELD) for tone in hatched)])


@lru_cache(maxsize=256)  # the same over every chart of a report
def _dot_entries(*names: str) -> tuple[Markup, ...]:
    """The dot, its band, and where there is one the line."""
    dot = tag("circle", class_="dot", cx=11, cy=9, r=7)
    soft = tag("rect", class_="band soft", y=3, width=22, height=12)
    line = tag("line", class_="reference", x1=11, x2=11, y1=0, y2=18)
    return tuple(map(entry, (dot, soft, line), names))


# Icon arrays


@render.register
def _icons(chart: IconArray) -> Markup:
    room = 100 / len(chart.panels)
    panels = (icon_panel(chart, each, i, percent(i * room)) for i, each in enumerate(chart.panels))
    return frame(chart, 2 * LINE + ACROSS * ICON, *panels)


def icon_panel(chart: IconArray, panel: IconPanel, index: int, x: str) -> Markup:
    size = ACROSS * ICON
    top = label([panel.label, "" if panel.percent is None else chart.show(panel.percent)], 0)
    if panel.percent is None:
        cover = tag("rect", **fill(chart, "withheld"), y=2 * LINE, width=size, height=size)
        return tag("svg", top, mark(panel.text, index, cover), x=x, overflow="visible")
    dots = (
        tag("circle", class_=icon(full), cx=(i + 0.5) * ICON, cy=2 * LINE + (j + 0.5) * ICON, r=6)
        for i, j, full in panel.icons()
    )
    return tag("svg", top, mark(panel.text, index, *dots), x=x, overflow="visible")


def icon(full: bool) -> str:
    return "icon" if full else "icon empty"


@legend.register
def _icons_legend(chart: IconArray) -> Markup:
    entries = [
        entry(tag("circle", class_=icon(full), cx=11, cy=9, r=6), said)
        for full, said in ((True, chart.full_label), (False, chart.empty_label))
    ]
    if any(panel.percent is None for panel in chart.panels):
        entries.append(swatch(chart, "withheld", WITHHELD))
    return key_list(entries)


# Maps


@render.register
def _map(chart: Choropleth) -> Markup:
    areas = chart.ordered()
    flat = project([area.geometry for area in areas], MAP_WIDTH)
    pairs = zip(areas, flat.shapes, strict=True)
    shapes = [area_mark(chart, area, shape, i) for i, (area, shape) in enumerate(pairs)]
    tones = withheld(area.value for area in areas)
    return frame(chart, flat.height, *shapes, tones=tones, view=flat)


def area_mark(chart: Choropleth, area: MapArea, shape: Shape, index: int) -> Markup:
    tone = chart.tone(area)
    d = "".join(path(ring) for ring in shape)
    outline = tag("path", **fill(chart, tone), fill_rule="evenodd", d=d)
    (x, y), room = label_spot(shape)
    if area.value is None or room < MAP_TEXT:
        return mark(area.text, index, outline)
    kind = "inner light" if tone in DARK_TONES else "inner"
    shown = words(chart.show(area.value).removesuffix(chart.unit))
    return mark(area.text, index, outline, tag("text", shown, class_=kind, x=x, y=y + 4))


def path(ring: Sequence[tuple[float, float]]) -> str:
    """A closed ring in relative steps of a tenth; steps that round to nothing are left out.

    Each step starts from where the last rounded one ended, so that errors cannot add up.
    """
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    (x, y), steps = tenths[0], []
    for to_x, to_y in tenths[1:]:
        if (to_x, to_y) != (x, y):
            steps.append(pair(to_x - x, to_y - y))
            x, y = to_x, to_y
    return f"M{pair(*tenths[0])}l{' '.join(steps)}z"


def pair(x: int, y: int) -> str:
    second = coordinate(y / 10)
    return coordinate(x / 10) + ("" if second.startswith("-") else " ") + second


@legend.register
def _map_legend(chart: Choropleth) -> Markup:
    return key_list([swatch(chart, tone, text) for tone, text in chart.legend()])
