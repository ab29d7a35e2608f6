"""Funnels for the page. Curves are drawn in a box that stretches; dots and words are not."""

from collections.abc import Iterator, Sequence

from reports.charts.funnels import Funnel, FunnelPoint
from reports.charts.markup import Markup, coordinate, percent, tag, words
from reports.charts.svg_parts import LINE, entry, frame, hidden_text, key_list, mark

HEIGHT = 260  # pixels
TOP = LINE  # room for the words at the top of the axis


def picture(chart: Funnel) -> Markup:
    marks = [dot(chart, point, i) for i, point in enumerate(chart.drawn())]
    return frame(chart, TOP + HEIGHT + 2 * LINE, field(chart), *marks, *axes(chart))


def field(chart: Funnel) -> Markup:
    """The average and the limits; lines keep their width however the box is stretched."""
    ground = tag("rect", class_="track", width=100, height=100)
    curves = [
        line(kind, [(limit.n, getattr(limit, side)[end]) for limit in chart.limits], chart)
        for kind, side in (("limit outer", "outer"), ("limit", "inner"))
        for end in (0, 1)
    ]
    sizes = (chart.limits[0].n, chart.limits[-1].n)
    middle = line("reference", [(n, chart.average) for n in sizes], chart)
    return tag(
        "svg",
        ground,
        *curves,
        middle,
        y=TOP,
        width="100%",
        height=HEIGHT,
        view_box="0 0 100 100",
        preserveAspectRatio="none",
    )


def line(kind: str, points: Sequence[tuple[int, float]], chart: Funnel) -> Markup:
    pairs = (f"{coordinate(chart.across(n))} {coordinate(100 - chart.up(v))}" for n, v in points)
    return tag("path", class_=f"{kind} even", d=f"M{'L'.join(pairs)}")


def dot(chart: Funnel, point: FunnelPoint, index: int) -> Markup:
    y = TOP + HEIGHT * (1 - chart.up(point.value or 0) / 100)
    return mark(
        point.text, index, tag("circle", class_="dot", cx=percent(chart.across(point.n)), cy=y, r=7)
    )


def axes(chart: Funnel) -> Iterator[Markup]:
    below = TOP + HEIGHT + LINE - 4
    for value, y in ((chart.ceiling, TOP - 5), (0.0, TOP + HEIGHT - 5)):
        yield hidden_text(words(f"{value:g}%"), "tick start", x="4", y=y)
    first, last = chart.limits[0].n, chart.limits[-1].n
    for n, anchor, x in ((first, "start", "0%"), (last, "end", "100%")):
        yield hidden_text(words(f"{n:,}"), f"tick {anchor}", x=x, y=below)
    yield hidden_text(words("Number of answers"), "tick middle", x="50%", y=below)


def legend(chart: Funnel) -> Markup:
    across = {"x1": 0, "x2": 22, "y1": 9, "y2": 9}
    return key_list(
        [
            entry(tag("circle", class_="dot", cx=11, cy=9, r=7), chart.point_heading),
            entry(tag("line", class_="reference", **across), chart.average_label),
            entry(tag("line", class_="limit", **across), chart.inner_label),
            entry(tag("line", class_="limit outer", **across), chart.outer_label),
        ]
    )
