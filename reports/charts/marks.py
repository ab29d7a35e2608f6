"""What a chart on paper is made of: a few marks that write themselves onto a page.

Straight to the page's operators: `reportlab.graphics` checks and copies every attribute of every
line, which took two thirds of the time of a whole report. Measures are points; y runs up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from reports import fonts
from reports.charts.palette import GREY, NAVY, WHITE, blend, channels

Point = tuple[float, float]
Line = tuple[Point, Point]
Rings = Sequence[Sequence[Point]]

SLICES = 16  # of a fading band: PDF viewers differ over gradients, not over rectangles
FADE = tuple(blend("#e9edf2", NAVY, 0.6 * (i + 1) / SLICES) for i in range(SLICES))
ROUND = 0.5523  # of the radius: how far the handles of a circle's four curves reach


class Mark(Protocol):
    def draw(self, canvas: Any) -> None:
        """Write the mark onto a ReportLab canvas."""


@dataclass(frozen=True)
class Text:
    """One line; `anchor` says which part of it stands at x: start, middle or end."""

    words: str
    x: float
    y: float
    size: float
    colour: str
    bold: bool = False
    anchor: str = "start"

    @property
    def left(self) -> float:
        """Where the first letter begins."""
        return self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.room

    @property
    def room(self) -> float:
        """How wide the line is."""
        return width_of(self.words, self.size, bold=self.bold)

    def draw(self, canvas: Any) -> None:
        canvas.setFont(fonts.BOLD if self.bold else fonts.REGULAR, self.size)
        canvas.addLiteral(f"{_rgb(self.colour)} rg")
        canvas.drawString(self.left, self.y, self.words)


@dataclass(frozen=True)
class Area:
    """Rings filled with one colour and edged with another; None leaves it out."""

    rings: Rings
    fill: str | None
    edge: str | None = None
    weight: float = 0.6  # of the edge

    def draw(self, canvas: Any) -> None:
        paint = {(True, False): "f*", (False, True): "S", (True, True): "B*"}
        how = paint[self.fill is not None, self.edge is not None]
        fill = f"{_rgb(self.fill)} rg " if self.fill else ""
        edge = f"{_rgb(self.edge)} RG {self.weight:g} w " if self.edge else ""
        canvas.addLiteral(f"{fill}{edge}{_path(self.rings)} {how}")


@dataclass(frozen=True)
class Hatch:
    """White with grey lines on it, cut to the rings: what is not an answer."""

    rings: Rings
    lines: Sequence[Line]

    def draw(self, canvas: Any) -> None:
        lines = " ".join(f"{_pair(start)} m {_pair(end)} l" for start, end in self.lines)
        rings = _path(self.rings)
        canvas.addLiteral(f"q {_rgb(WHITE)} rg {rings} f* {rings} W* n")
        canvas.addLiteral(f"{_rgb(GREY)} RG 0.5 w {lines} S Q")


@dataclass(frozen=True)
class Fade:
    """From the faint end of an interval to the full colour at the value.

    Both lie along x, or along y if it is `upright`; across them it is `breadth` from `edge` on.
    """

    end: float
    value: float
    edge: float
    breadth: float
    upright: bool = False

    def slices(self) -> Iterator[tuple[float, float, float, float, str]]:
        """(left, bottom, width, height, colour) of each step, from the end to the value."""
        step = (self.value - self.end) / SLICES
        for i, colour in enumerate(FADE):
            start = min(self.end + i * step, self.end + (i + 1) * step)
            if self.upright:
                yield self.edge, start, self.breadth, abs(step), colour
            else:
                yield start, self.edge, abs(step), self.breadth, colour

    def draw(self, canvas: Any) -> None:
        for left, bottom, width, height, colour in self.slices():
            box = f"{left:.2f} {bottom:.2f} {width:.2f} {height:.2f}"
            canvas.addLiteral(f"{_rgb(colour)} rg {box} re f")


@dataclass(frozen=True)
class Dot:
    """A disc with an edge."""

    x: float
    y: float
    radius: float = 4
    fill: str = NAVY
    edge: str = WHITE
    weight: float = 1  # of the edge

    def draw(self, canvas: Any) -> None:
        paint = f"{_rgb(self.fill)} rg {_rgb(self.edge)} RG {self.weight:g} w"
        canvas.addLiteral(f"{paint} {_circle(self.x, self.y, self.radius)} B")


@dataclass(frozen=True)
class Cushion:
    """A box with round corners and an edge; x and y are its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    bend: float  # radius of the corners
    fill: str
    edge: str
    weight: float = 1

    def draw(self, canvas: Any) -> None:
        canvas.addLiteral(f"{_rgb(self.fill)} rg {_rgb(self.edge)} RG {self.weight:g} w")
        canvas.roundRect(self.x, self.y, self.width, self.height, self.bend, stroke=1, fill=1)


@dataclass(frozen=True)
class Stroke:
    """An open line through points. `dashes`: lengths of line and space by turns."""

    points: Sequence[Point]
    colour: str
    weight: float
    dashes: tuple[float, ...] = ()

    def draw(self, canvas: Any) -> None:
        dashes = " ".join(f"{each:g}" for each in self.dashes)
        look = f"{_rgb(self.colour)} RG {self.weight:g} w [{dashes}] 0 d"
        line = f"{_pair(self.points[0])} m {_along(self.points[1:])}"
        canvas.addLiteral(f"q {look} {line} S Q")


@dataclass(frozen=True)
class Placed:
    """Marks with their origin moved to x and y, and drawn `scale` times as large."""

    marks: Sequence[Mark]
    x: float
    y: float
    scale: float = 1

    def draw(self, canvas: Any) -> None:
        canvas.saveState()
        canvas.transform(self.scale, 0, 0, self.scale, self.x, self.y)
        for mark in self.marks:
            mark.draw(canvas)
        canvas.restoreState()


@dataclass(frozen=True)
class Picture:
    """A finished chart, drawn with its lower left corner at the canvas's origin.

    The marks stand below zero, from the top down.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]

    def draw(self, canvas: Any) -> None:
        Placed(self.marks, 0, self.height).draw(canvas)


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Points that a line takes."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    fonts.register()
    return float(stringWidth(words, fonts.BOLD if bold else fonts.REGULAR, size))


@lru_cache(maxsize=64)
def _rgb(colour: str) -> str:
    return " ".join(f"{channel / 255:.3f}" for channel in channels(colour))


def _pair(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def _path(rings: Rings) -> str:
    return " ".join(f"{_pair(first)} m {_along(rest)} h" for first, *rest in rings)


def _along(points: Sequence[Point]) -> str:
    return " ".join(f"{_pair(point)} l" for point in points)


def _circle(x: float, y: float, r: float) -> str:
    k = ROUND * r
    quarters = (
        ((x + r, y + k), (x + k, y + r), (x, y + r)),
        ((x - k, y + r), (x - r, y + k), (x - r, y)),
        ((x - r, y - k), (x - k, y - r), (x, y - r)),
        ((x + k, y - r), (x + r, y - k), (x + r, y)),
    )
    curves = (f"{_pair(one)} {_pair(two)} {_pair(end)} c" for one, two, end in quarters)
    return f"{_pair((x + r, y))} m {' '.join(curves)} h"
