"""What charts for the page share: the frame, fills and patterns, labels and the key."""

from collections.abc import Iterable, Iterator, Sequence

from reports.charts import Chart
from reports.charts.dots import DotAgainstLine
from reports.charts.geometry import FlatMap
from reports.charts.markup import Markup, coordinate, tag, words
from reports.charts.palette import RAMP, is_dark
from reports.charts.trends import Trends

LINE, BAR, GAP = 20, 30, 14  # pixels: a line of text, a bar, the space under it
LETTERS = 38  # of a label, on one line of the narrowest phone
MAP_WIDTH = 360
TILE = 6
TILES = {"n0": "M0 6L6 0", "n1": "M0 3H6", "n2": "M3 0V6", "withheld": "M0 0L6 6M0 6L6 0"}
DARK_TONES = frozenset(f"t{i}" for i, colour in enumerate(RAMP) if is_dark(colour))


def frame(
    chart: Chart,
    height: float,
    *parts: Markup,
    tones: Iterable[str] = (),
    view: FlatMap | None = None,
) -> Markup:
    """The `svg` element. Its title is the chart's; the marks inside are stops for the keys.

    Args:
        tones: the fills of the picture and of its key.
    """
    size: dict[str, str | float] = {"width": "100%", "height": height}
    if view is not None:
        size = {"view_box": f"-2 -2 {MAP_WIDTH + 4} {coordinate(height + 4)}"}
    return tag(
        "svg",
        tag("title", words(chart.title), id=f"{chart.key}-title"),
        tag("defs", *definitions(chart, tones)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart scaled" if view is not None else "chart",
        role="group",
        aria_labelledby=f"{chart.key}-title",
        **size,
    )


def withheld(values: Iterable[float | None]) -> tuple[str, ...]:
    """The tone of what is not shown, if anything is not."""
    return ("withheld",) if None in values else ()


def definitions(chart: Chart, tones: Iterable[str]) -> Iterator[Markup]:
    """Patterns and fading, under names of this chart's own: a page holds many charts."""
    for name in sorted(TILES.keys() & set(tones)):
        tile = tag("path", class_="hatch", d=TILES[name])
        ground = tag("rect", class_="ground", width=TILE, height=TILE)
        box: dict[str, str | float] = {
            "width": TILE,
            "height": TILE,
            "patternUnits": "userSpaceOnUse",
        }
        yield tag("pattern", ground, tile, id=f"{chart.key}-{name}", **box)
    if isinstance(chart, DotAgainstLine | Trends):
        along = {"x2": "0", "y2": "1"} if isinstance(chart, Trends) else {}
        for way, ends in (("up", ("faint", "full")), ("down", ("full", "faint"))):
            stops = (tag("stop", class_=c, offset=str(i)) for i, c in enumerate(ends))
            yield tag("linearGradient", *stops, id=f"{chart.key}-{way}", **along)


def fill(chart: Chart, tone: str) -> dict[str, str]:
    """A tint by its class; a pattern by its name, which CSS could not know."""
    if tone in TILES:
        return {"class_": "area patterned", "fill": f"url(#{chart.key}-{tone})"}
    return {"class_": f"area {tone}"}


def mark(sentence: str, index: int, *parts: Markup) -> Markup:
    """One stop for the arrow keys; the Tab key comes to the first and leaves from there."""
    stop = "0" if index == 0 else "-1"
    return tag("g", *parts, class_="mark", role="img", tabindex=stop, aria_label=sentence)


def label(lines: Sequence[str], y: float) -> Markup:
    spans = (words(line) for line in lines)
    rows = [hidden_text(s, "label", x="0", y=y + 15 + i * LINE) for i, s in enumerate(spans)]
    return Markup("".join(rows))


def badge(text: str, y: float) -> Markup:
    """Words on a plain ground: a pattern behind letters makes them hard to read."""
    half = len(text) * 4
    back = tag("rect", class_="ground", x="50%", y=y + 5, width=2 * half, height=BAR - 10)
    moved = tag("g", back, transform=f"translate(-{half} 0)")
    return Markup(moved + tag("text", words(text), class_="badge", x="50%", y=y + BAR / 2 + 5))


def hidden_text(text: Markup, kind: str, *, x: str, y: float) -> Markup:
    """Text to look at: readers hear the marks' sentences, which say the same."""
    return tag("text", text, class_=kind, x=x, y=y, aria_hidden="true")


def swatch(chart: Chart, tone: str, text: str) -> Markup:
    box = tag("rect", **fill(chart, tone), x=1, y=1, width=20, height=16)
    return entry(box, text)


def entry(sample: Markup, text: str) -> Markup:
    box: dict[str, str | float] = {
        "class_": "swatch",
        "width": 22,
        "height": 18,
        "aria_hidden": "true",
    }
    return tag("li", tag("svg", sample, **box), words(text))


def key_list(entries: Sequence[Markup]) -> Markup:
    return tag("ul", *entries, class_="chart-key")
