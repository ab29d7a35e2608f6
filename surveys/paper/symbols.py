"""The drawings of the short version on paper: read from the same file that screens show.

Of SVG it reads what that file uses: circles, and paths of lines, curves and half circles.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from reportlab.platypus.flowables import Flowable

SPRITE = Path(__file__).parents[1] / "static" / "surveys" / "symbols.svg"
SIDE = 64  # of every drawing's own square
SVG = "{http://www.w3.org/2000/svg}"

_COMMANDS = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBERS = re.compile(r"-?\d*\.?\d+")
# Radius and end point of an arc; its flags may stand without a space between.
_ARC = re.compile(r"(\d+) \d+ 0 [01] ?[01] ?(-?\d+)[ ,]*(-?\d+)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "a": 3, "z": 0}


@cache
def _symbols() -> dict[str, Any]:
    sprite = ElementTree.fromstring(SPRITE.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    return {str(symbol.get("id")): symbol for symbol in sprite.iter(f"{SVG}symbol")}


class Symbol(Flowable):
    """One drawing, as lines. Raises KeyError for a name that the file does not have."""

    def __init__(self, name: str, size: float) -> None:
        super().__init__()
        self.shapes = list(_symbols()[name])
        self.width = self.height = size

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.translate(0, self.height)
        canvas.scale(self.width / SIDE, -self.height / SIDE)
        canvas.setLineWidth(4)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for shape in self.shapes:
            if shape.tag == f"{SVG}circle":
                canvas.circle(*(float(shape.get(name)) for name in ("cx", "cy", "r")))
            else:
                canvas.drawPath(_Pen(canvas.beginPath()).trace(shape.get("d")))
        canvas.restoreState()


class _Pen:
    """Follows a path of an SVG on a path of ReportLab."""

    def __init__(self, path: Any) -> None:
        self.path = path
        self.x = self.y = 0.0
        self.handle = (0.0, 0.0)  # the last one of a curve, for a smooth curve that follows

    def trace(self, source: str) -> Any:
        for command, words in _COMMANDS.findall(source):
            found = _ARC.match(words).groups() if command in "aA" else _NUMBERS.findall(words)  # type: ignore[union-attr]
            numbers = [float(number) for number in found]
            takes = _TAKES[command.lower()]
            for start in range(0, len(numbers), takes or 1):
                self._follow(command, numbers[start : start + takes])
            if not takes:
                self.path.close()
        return self.path

    def _follow(self, command: str, numbers: list[float]) -> None:
        x, y = (self.x, self.y) if command.islower() else (0.0, 0.0)
        match command.lower():
            case "m":
                self._go(x + numbers[0], y + numbers[1], self.path.moveTo)
            case "l":
                self._go(x + numbers[0], y + numbers[1], self.path.lineTo)
            case "h":
                self._go(x + numbers[0], self.y, self.path.lineTo)
            case "v":
                self._go(self.x, y + numbers[0], self.path.lineTo)
            case "c":
                self._curve([value + (x, y)[n % 2] for n, value in enumerate(numbers)])
            case "s":
                mirrored = [2 * self.x - self.handle[0], 2 * self.y - self.handle[1]]
                self._curve(mirrored + [value + (x, y)[n % 2] for n, value in enumerate(numbers)])
            case "a":
                self._half_circle(numbers[0], x + numbers[1], y + numbers[2])

    def _go(self, x: float, y: float, draw: Any) -> None:
        draw(x, y)
        self.x, self.y = self.handle = (x, y)

    def _curve(self, points: list[float]) -> None:
        self.path.curveTo(*points)
        self.handle = (points[2], points[3])
        self.x, self.y = points[4], points[5]

    def _half_circle(self, radius: float, x: float, y: float) -> None:
        """Upwards over a finger's tip: one curve comes near enough."""
        up = radius * 4 / 3
        self._curve([self.x, self.y - up, x, y - up, x, y])
