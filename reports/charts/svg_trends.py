"""Trends for the page: each panel a drawing of its own, which the page sets beside each other.

Two stand in a row where they have room, so the page lays them out and wraps their names; what
stands inside is placed for the narrowest room, and only has more of it elsewhere.
"""

from collections.abc import Iterator
from itertools import count

from reports.charts.labels import Spot
from reports.charts.markup import Markup, percent, tag, words
from reports.charts.plots import Look, Plot, stretches, widest
from reports.charts.svg_parts import definitions, entry, fill, hidden_text, key_list, mark, swatch
from reports.charts.trends import Moment, Trend, Trends
from reports.charts.words import WITHHELD

HEIGHT, LOW = 180, 128  # pixels of the field: of one panel, and of several
NARROW, SLIM = 288, 136  # of a panel on the narrowest phone: alone in its row, and one of two
BAND, RADIUS, REACH = 14, 5, 28
# A letter's share of its size in a wide font: which one the reader has is not known here.
LETTER, BOLD = 0.65, 0.8
# Pixels before the first and after the last moment, by the letters of the longest number. In
# charts.css too, for the drawing lies between them.
MARGINS = {3: 48, 4: 59, 5: 70, 6: 82}


def room(text: str, size: float, bold: bool) -> float:
    return len(text) * size * (BOLD if bold else LETTER)


LOOK = Look(number=14, small=13, line=16, band=BAND, room=room)


def picture(chart: Trends) -> Markup:
    plot = plot_of(chart, SLIM)
    slim = is_slim(plot)
    if not slim:
        plot = plot_of(chart, NARROW)
    order = count()
    panels = [panel_box(plot, each, order, first=i == 0) for i, each in enumerate(chart.panels)]
    kind = "chart-panels slim" if slim else "chart-panels"
    return tag("div", *panels, class_=kind, role="group", aria_label=chart.title)


def plot_of(chart: Trends, width: float) -> Plot:
    height = HEIGHT if len(chart.panels) == 1 else LOW
    return Plot(chart, LOOK, width, height, MARGINS[letters(chart)])


def letters(chart: Trends) -> int:
    return min(max(len(widest(chart)), min(MARGINS)), max(MARGINS))


def is_slim(plot: Plot) -> bool:
    """Whether two such panels may stand beside each other on a phone: before and after."""
    chart = plot.chart
    short = letters(chart) == min(MARGINS) and plot.one_lane
    return short and len(chart.panels) > 1 and len(chart.moments) == 2


def panel_box(plot: Plot, panel: Trend, order: Iterator[int], *, first: bool) -> Markup:
    """The name of a panel, which readers hear as that of its group, and the drawing."""
    tones = ("withheld",) if plot.chart.has_hidden else ()
    shapes = (
        *([tag("defs", *definitions(plot.chart, tones))] if first else []),
        *field(plot),
        bands(plot, panel),
        *lines(plot, panel),
        *marks(plot, panel, order),
        *axes(plot),
    )
    drawing = tag(
        "svg",
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart plot letters-{letters(plot.chart)}",
        height=plot.height + plot.depth,
        role="group",
        aria_label=panel.label,
    )
    name = tag("p", words(panel.label), class_="panel-label", aria_hidden="true")
    return tag("div", name, drawing, class_="chart-panel")


def field(plot: Plot) -> Iterator[Markup]:
    yield from across("track", 0, plot.height, plot)
    if plot.chart.crosses_zero:
        yield from across("zero", plot.y(0) - 0.5, 1, plot)


def across(kind: str, y: float, height: float, plot: Plot) -> Iterator[Markup]:
    """From edge to edge: the run, which stretches, and the margins, which do not."""
    box = {"y": y, "height": height}
    yield tag("rect", class_=kind, x=-plot.margin, width=plot.margin, **box)
    yield tag("rect", class_=kind, width="100%", **box)
    after = tag("rect", class_=kind, width=plot.margin, **box)
    yield tag("svg", after, x="100%", overflow="visible", aria_hidden="true")


def bands(plot: Plot, panel: Trend) -> Markup:
    halves = [half for moment in panel.moments for half in band(plot, moment)]
    return tag("g", *halves, transform=aside(-BAND / 2))


def band(plot: Plot, moment: Moment) -> Iterator[Markup]:
    """Half of the interval above and half below; the value is rarely in the middle of it."""
    if moment.value is None or moment.low is None or moment.high is None:
        return
    high, value, low = map(plot.y, (moment.high, moment.value, moment.low))
    for way, top, bottom in (("up", high, value), ("down", value, low)):
        paint = f"url(#{plot.chart.key}-{way})"
        size = {"y": top, "width": BAND, "height": bottom - top}
        yield tag("rect", class_="band", fill=paint, x=x(plot, moment), **size)


def lines(plot: Plot, panel: Trend) -> Iterator[Markup]:
    for start, end in stretches(panel):
        heights = {"y1": plot.dot(start)[1], "y2": plot.dot(end)[1]}
        yield tag("line", class_="trend", x1=x(plot, start), x2=x(plot, end), **heights)


def marks(plot: Plot, panel: Trend, order: Iterator[int]) -> Iterator[Markup]:
    spots = dict(plot.numbers(panel))
    for moment in panel.moments:
        shapes = dot(plot, moment, spots[moment]) if moment in spots else [patch(plot, moment)]
        yield mark(moment.text, next(order), *shapes)


def dot(plot: Plot, moment: Moment, spot: Spot | None) -> Iterator[Markup]:
    """With a reach that a finger finds, as high as the band."""
    high, value, low = (plot.y(v or 0) for v in (moment.high, moment.value, moment.low))
    top, bottom = min(high, value - REACH / 2), max(low, value + REACH / 2)
    at, size = x(plot, moment), {"y": top, "width": REACH, "height": bottom - top}
    yield tag("rect", class_="reach", x=at, **size, transform=aside(-REACH / 2))
    yield tag("circle", class_="dot", cx=at, cy=value, r=RADIUS)
    if spot is not None:
        shown = words(plot.chart.short(moment.value or 0))
        look = {"class_": f"point {spot.anchor}", "transform": aside(spot.across)}
        yield tag("text", shown, **look, x=at, y=value + spot.down)


def patch(plot: Plot, moment: Moment) -> Markup:
    """As high as the field: the figure may be anywhere."""
    look = {**fill(plot.chart, "withheld"), "transform": aside(-BAND / 2)}
    return tag("rect", **look, x=x(plot, moment), width=BAND, height=plot.height)


def aside(pixels: float) -> str:
    """From a place in percent of the width, which cannot be added to."""
    return f"translate({pixels:g} 0)"


def axes(plot: Plot) -> Iterator[Markup]:
    for each in plot.ticks():
        yield hidden_text(words(each.words), "tick", x=f"{each.x:g}", y=each.base)
    for moment, date, base in plot.date_bases():
        yield hidden_text(words(date), "tick middle", x=x(plot, moment), y=base)


def x(plot: Plot, moment: Moment) -> str:
    return percent(plot.chart.across(moment))


def legend(chart: Trends) -> Markup:
    line = tag("line", class_="trend", x1=0, x2=22, y1=9, y2=9)
    full = tag("circle", class_="dot", cx=11, cy=9, r=RADIUS)
    soft = tag("rect", class_="band soft", x=4, width=BAND, height=18)
    entries = [entry(Markup(line + full), chart.measured), entry(soft, chart.band_label)]
    if chart.has_hidden:
        entries.append(swatch(chart, "withheld", WITHHELD))
    return key_list(entries)
