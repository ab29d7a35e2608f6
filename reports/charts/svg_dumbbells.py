"""Dumbbells for the page: two marks and the line between them, named above it."""

import textwrap

from reports.charts.dumbbells import DumbbellRow, Dumbbells
from reports.charts.markup import Markup, percent, tag, words
from reports.charts.svg_parts import (
    BAR,
    GAP,
    LETTERS,
    LINE,
    entry,
    frame,
    hidden_text,
    key_list,
    label,
    mark,
)

INSET = 24  # pixels: room for the sample before a group's name


def picture(chart: Dumbbells) -> Markup:
    parts: list[Markup] = []
    y = 0.0
    for index, row in enumerate(chart.rows):
        shapes, y = names(chart, row, y)
        parts += [*shapes, dumbbell(row, y + 4, index)]
        y += BAR + 8
        parts.append(label([chart.gap_words(row)], y))
        y += LINE + GAP
    for (position, text), anchor in zip(chart.ticks(), ("start", "middle", "end"), strict=True):
        place = percent(position)
        parts.append(hidden_text(words(text), f"tick {anchor}", x=place, y=y + 6))
    return frame(chart, y + LINE - 6, *parts)


def names(chart: Dumbbells, row: DumbbellRow, y: float) -> tuple[list[Markup], float]:
    """Both groups with their shares, each behind its own kind of mark."""
    parts: list[Markup] = []
    for bell, shape in ((row.one, disc), (row.two, diamond)):
        parts.append(shape("9", y + 9))
        lines = textwrap.wrap(chart.bell_words(bell), LETTERS - 3)
        moved = (words(line) for line in lines)
        parts += [
            hidden_text(line, "label", x=f"{INSET}", y=y + 15 + i * LINE)
            for i, line in enumerate(moved)
        ]
        y += len(lines) * LINE
    return parts, y


def dumbbell(row: DumbbellRow, y: float, index: int) -> Markup:
    middle = y + BAR / 2
    one, two = percent(row.one.value), percent(row.two.value)
    return mark(
        row.text,
        index,
        tag("rect", class_="track", y=y, width="100%", height=BAR),
        tag("line", class_="bar-between", x1=one, x2=two, y1=middle, y2=middle),
        # The second lies under the first where both are the same.
        diamond(two, middle),
        disc(one, middle),
    )


def disc(x: str, y: float) -> Markup:
    return tag("circle", class_="dot", cx=x, cy=y, r=7)


def diamond(x: str, y: float) -> Markup:
    """An inner `svg` stands at a share of the width, which a path could not."""
    shape = tag("path", class_="diamond", d="M0-9L9 0L0 9L-9 0z")
    return tag("svg", shape, x=x, y=y, overflow="visible")


def legend(chart: Dumbbells) -> Markup:
    return key_list(
        [entry(disc("11", 9), chart.one_label), entry(diamond("11", 9), chart.two_label)]
    )
