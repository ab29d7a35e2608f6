"""Pictures of marks as SVG files: with words for those who do not see, and no `style`.

Our pages' policy forbids `style`, so paint stands in attributes. In a file y runs down.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import count

from reports.charts.marks import (
    Area,
    Cushion,
    Dot,
    Fade,
    Hatch,
    Mark,
    Picture,
    Placed,
    Point,
    Rings,
    Stroke,
    Text,
)
from reports.charts.markup import Markup, coordinate, tag, words
from reports.charts.palette import GREY, WHITE

# Verdana has the widths of DejaVu Sans, and stands on machines that lack it.
FONTS = "DejaVu Sans, Verdana, sans-serif"


@dataclass(frozen=True)
class Frame:
    """From a mark's own units to the file's: scaled, then moved. `names` numbers the cuts."""

    names: Iterator[int]
    scale: float = 1
    x: float = 0
    y: float = 0

    def point(self, x: float, y: float) -> Point:
        return self.x + self.scale * x, self.y - self.scale * y

    def within(self, placed: Placed) -> "Frame":
        """The frame of what is placed in this one."""
        x, y = self.point(placed.x, placed.y)
        return replace(self, scale=self.scale * placed.scale, x=x, y=y)

    def path(self, rings: Rings) -> str:
        return "".join(f"M{self.along(ring)}z" for ring in rings)

    def along(self, points: Iterable[Point]) -> str:
        moved = (self.point(*point) for point in points)
        return "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in moved)

    def edge(self, colour: str, weight: float) -> dict[str, str | float]:
        return {"stroke": colour, "stroke_width": weight * self.scale}


def to_svg(picture: Picture, title: str, description: str) -> bytes:
    """The picture as a file. TypeError for a mark that is not known here."""
    return tag(
        "svg",
        tag("title", words(title)),
        tag("desc", words(description)),
        *_all(picture.marks, Frame(count())),
        xmlns="http://www.w3.org/2000/svg",
        view_box=f"0 0 {picture.width:g} {picture.height:g}",
        width=picture.width,
        height=picture.height,
        font_family=FONTS,
        role="img",
    ).encode()


def _all(marks: Iterable[Mark], frame: Frame) -> Markup:
    return Markup("".join(_written(mark, frame) for mark in marks))


@singledispatch
def _written(mark: Mark, frame: Frame) -> Markup:
    raise TypeError(f"no SVG for {type(mark).__name__}")


@_written.register
def _placed(mark: Placed, frame: Frame) -> Markup:
    return _all(mark.marks, frame.within(mark))


@_written.register
def _text(mark: Text, frame: Frame) -> Markup:
    x, y = frame.point(mark.x, mark.y)
    look: dict[str, str | float] = {"font_size": mark.size * frame.scale}
    if mark.bold:
        look["font_weight"] = "bold"
    if mark.anchor != "start":
        look["text_anchor"] = mark.anchor
    return tag("text", words(mark.words), x=x, y=y, **look, fill=mark.colour)


@_written.register
def _area(mark: Area, frame: Frame) -> Markup:
    edge = frame.edge(mark.edge, mark.weight) if mark.edge else {}
    fill = mark.fill or "none"
    return tag("path", d=frame.path(mark.rings), fill_rule="evenodd", fill=fill, **edge)


@_written.register
def _hatch(mark: Hatch, frame: Frame) -> Markup:
    """White, and the lines cut to the rings."""
    name, rings = f"k{next(frame.names)}", frame.path(mark.rings)
    cut = tag("path", d=rings, clip_rule="evenodd")
    lines = "".join(f"M{frame.along(line)}" for line in mark.lines)
    return Markup(
        tag("path", d=rings, fill_rule="evenodd", fill=WHITE)
        + tag("clipPath", cut, id=name)
        + tag("g", tag("path", d=lines, **frame.edge(GREY, 0.5)), clip_path=f"url(#{name})")
    )


@_written.register
def _fade(mark: Fade, frame: Frame) -> Markup:
    return Markup(
        "".join(
            _box(left, bottom, width, height, frame, fill=colour)
            for left, bottom, width, height, colour in mark.slices()
        )
    )


@_written.register
def _dot(mark: Dot, frame: Frame) -> Markup:
    x, y = frame.point(mark.x, mark.y)
    edge = frame.edge(mark.edge, mark.weight)
    return tag("circle", cx=x, cy=y, r=mark.radius * frame.scale, fill=mark.fill, **edge)


@_written.register
def _cushion(mark: Cushion, frame: Frame) -> Markup:
    look = {"fill": mark.fill, **frame.edge(mark.edge, mark.weight)}
    round_ = mark.bend * frame.scale
    return _box(mark.x, mark.y, mark.width, mark.height, frame, rx=round_, **look)


@_written.register
def _stroke(mark: Stroke, frame: Frame) -> Markup:
    look = frame.edge(mark.colour, mark.weight)
    if mark.dashes:
        look["stroke_dasharray"] = " ".join(coordinate(d * frame.scale) for d in mark.dashes)
    return tag("path", d=f"M{frame.along(mark.points)}", fill="none", **look)


def _box(
    x: float, y: float, width: float, height: float, frame: Frame, **look: str | float
) -> Markup:
    left, top = frame.point(x, y + height)
    size = {"width": width * frame.scale, "height": height * frame.scale}
    return tag("rect", x=left, y=top, **size, **look)
