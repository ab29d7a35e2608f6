"""One figure as a picture to share: a sentence, and a hundred people of whom some are filled.

Filled and hollow differ without colour too. Measures are points, one to a pixel of the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Group, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from reports import fonts
from reports.charts.palette import GREY, INK, NAVY, WHITE
from reports.charts.slides import MARGIN, Words, blank, lines

SHAPES = {"wide": (1200, 630), "square": (1080, 1080)}
SIZES = (42, 38, 34, 30, 27, 24, 21)  # of the sentence: the largest that fits
GAP = 48
FOOT = 84  # for the source, and what is made up


@dataclass(frozen=True)
class Picture:
    """`filled` of a hundred people; `around.caption` says of whom and of what."""

    sentence: str
    filled: int
    around: Words

    @property
    def alternative(self) -> str:
        """The words that stand for the picture where it is posted."""
        crowd = f"A hundred figures of people, {self.filled} of them filled in."
        parts = (self.sentence, crowd, self.around.warning, self.around.source)
        return " ".join(filter(None, parts))


def draw(picture: Picture, shape: str) -> Drawing:
    """The picture, "wide" beside its sentence or "square" below it. KeyError for another shape."""
    fonts.register()
    width, height = map(float, SHAPES[shape])
    drawing = blank(width, height, bool(picture.around.warning))
    top = lines(drawing, picture.around.caption, height - MARGIN - 4, 24, colour=GREY) - 16
    room = top - FOOT - 16
    if shape == "wide":
        drawing.add(_placed(picture, room, MARGIN, FOOT + 16))
        left = MARGIN + room + GAP
        _sentence(drawing, picture.sentence, left, width - MARGIN - left, top, room)
    else:
        words = room * 0.3
        side = room - words - 16
        _sentence(drawing, picture.sentence, MARGIN, width - 2 * MARGIN, top, words)
        drawing.add(_placed(picture, side, (width - side) / 2, FOOT + 16))
    _foot(drawing, picture.around)
    return drawing


def _sentence(
    drawing: Drawing, words: str, left: float, width: float, top: float, room: float
) -> None:
    """As large as it fits into its room."""
    for size in SIZES:
        wrapped = simpleSplit(words, fonts.BOLD, size, width)
        if len(wrapped) * size * 1.3 <= room:
            break
    lines(drawing, words, top, size, left=left, width=width, bold=True, colour=INK)


def _foot(drawing: Drawing, around: Words) -> None:
    top = FOOT - 4.0
    if around.warning:
        top = lines(drawing, around.warning, top, 17, bold=True, colour=INK)
    lines(drawing, around.source, top, 17, colour=GREY)


def _placed(picture: Picture, side: float, x: float, y: float) -> Group:
    crowd = Group(*_people(picture.filled, side))
    crowd.translate(x, y)
    return crowd


def _people(filled: int, side: float) -> Iterator[Group]:
    """Ten rows of ten from the top left, in a square with its corner at nought."""
    step = side / 10
    for number in range(100):
        row, column = divmod(number, 10)
        yield _person(number < filled, (column + 0.5) * step, side - (row + 1) * step, step)


def _person(full: bool, middle: float, y: float, step: float) -> Group:
    """A head and shoulders, `step` high with the space around it."""
    look = {
        "fillColor": HexColor(NAVY if full else WHITE),
        "strokeColor": HexColor(NAVY),
        "strokeWidth": step * 0.035,
    }
    wide, high, bend = step * 0.52, step * 0.42, step * 0.2
    body = Rect(middle - wide / 2, y + step * 0.06, wide, high, rx=bend, ry=bend, **look)
    return Group(body, Circle(middle, y + step * 0.7, step * 0.17, **look))
