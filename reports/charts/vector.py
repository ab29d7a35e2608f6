"""ReportLab drawings as SVG files: with words for those who do not see, and no `style`.

ReportLab's own writer puts its paint into `style` attributes, which our pages' policy forbids, and
gives the picture neither a title nor a description. Only what `paper` and its kin draw is known
here: shapes moved and scaled, never turned.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, NamedTuple

from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Group,
    Line,
    Path,
    Polygon,
    PolyLine,
    Rect,
    String,
)
from reportlab.lib.colors import Color

from reports.charts.markup import Markup, tag, words

# Verdana has the widths of DejaVu Sans, and stands on machines that lack it.
FONTS = "DejaVu Sans, Verdana, sans-serif"


class Frame(NamedTuple):
    """From a shape's own units to the picture's: scaled, then moved; y runs down there."""

    scale: float
    x: float
    y: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.x + self.scale * x, self.y - self.scale * y

    def within(self, transform: tuple[float, ...]) -> "Frame":
        scale, turned, skewed, _, x, y = transform
        if turned or skewed:
            raise ValueError("this writer does not turn shapes")
        left, top = self.point(x, y)
        return Frame(self.scale * scale, left, top)


def to_svg(drawing: Drawing, title: str, description: str) -> bytes:
    """The drawing as a file. TypeError for a shape that is not known here."""
    names = count()
    frame = Frame(1, 0, drawing.height)
    return tag(
        "svg",
        tag("title", words(title)),
        tag("desc", words(description)),
        *_all(drawing.contents, frame, names),
        xmlns="http://www.w3.org/2000/svg",
        view_box=f"0 0 {drawing.width:g} {drawing.height:g}",
        width=drawing.width,
        height=drawing.height,
        font_family=FONTS,
        role="img",
    ).encode()


def _all(shapes: Iterable[Any], frame: Frame, names: "count[int]") -> Iterator[Markup]:
    """Shapes in order; what comes after a clipping path is cut to it."""
    rest = iter(shapes)
    for shape in rest:
        yield _shape(shape, frame, names)
        if getattr(shape, "isClipPath", 0):
            name = f"k{next(names)}"
            cut = tag("path", d=_path(shape, frame), clip_rule="evenodd")
            yield tag("clipPath", cut, id=name)
            yield tag("g", *_all(rest, frame, names), clip_path=f"url(#{name})")


def _shape(shape: Any, frame: Frame, names: "count[int]") -> Markup:
    match shape:
        case Group():
            inner = frame.within(shape.transform)
            return Markup("".join(_all(shape.contents, inner, names)))
        case Path() | Polygon() | PolyLine():
            return _corners(shape, frame)
        case Rect():
            x, y = frame.point(shape.x, shape.y + shape.height)
            size = {"width": shape.width * frame.scale, "height": shape.height * frame.scale}
            round_ = {"rx": shape.rx * frame.scale} if shape.rx else {}
            return tag("rect", x=x, y=y, **size, **round_, **_paint(shape, frame))
        case Circle():
            x, y = frame.point(shape.cx, shape.cy)
            return tag("circle", cx=x, cy=y, r=shape.r * frame.scale, **_paint(shape, frame))
        case Line():
            (x1, y1), (x2, y2) = frame.point(shape.x1, shape.y1), frame.point(shape.x2, shape.y2)
            return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **_stroke(shape, frame))
        case String():
            return _text(shape, frame)
    raise TypeError(f"no SVG for {type(shape).__name__}")


def _corners(shape: Any, frame: Frame) -> Markup:
    if isinstance(shape, Path):
        return tag("path", d=_path(shape, frame), fill_rule="evenodd", **_paint(shape, frame))
    pairs = zip(shape.points[::2], shape.points[1::2], strict=True)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame.point(*pair) for pair in pairs))
    if isinstance(shape, Polygon):
        return tag("polygon", points=points, **_paint(shape, frame))
    return tag("polyline", points=points, fill="none", **_stroke(shape, frame))


def _text(shape: String, frame: Frame) -> Markup:
    x, y = frame.point(shape.x, shape.y)
    look: dict[str, str | float] = {"font_size": shape.fontSize * frame.scale}
    if shape.fontName.endswith("Bold"):
        look["font_weight"] = "bold"
    if shape.textAnchor != "start":
        look["text_anchor"] = shape.textAnchor
    return tag("text", words(shape.text), x=x, y=y, **look, fill=_colour(shape.fillColor))


def _path(shape: Path, frame: Frame) -> str:
    """Straight lines only: operators 0 move, 1 line, 3 close."""
    points = iter(zip(shape.points[::2], shape.points[1::2], strict=True))
    steps = []
    for operator in shape.operators:
        if operator == 3:
            steps.append("z")
        else:
            x, y = frame.point(*next(points))
            steps.append(f"{'ML'[operator]}{x:.1f} {y:.1f}")
    return "".join(steps)


def _paint(shape: Any, frame: Frame) -> dict[str, str | float]:
    return {"fill": _colour(shape.fillColor), **_stroke(shape, frame)}


def _stroke(shape: Any, frame: Frame) -> dict[str, str | float]:
    if shape.strokeColor is None:
        return {}
    width = shape.strokeWidth * frame.scale
    look: dict[str, str | float] = {"stroke": _colour(shape.strokeColor), "stroke_width": width}
    if shape.strokeDashArray:
        dashes = (f"{each * frame.scale:.1f}" for each in shape.strokeDashArray)
        look["stroke_dasharray"] = " ".join(dashes)
    return look


def _colour(colour: Color | None) -> str:
    return "none" if colour is None else f"#{colour.hexval()[2:]}"
