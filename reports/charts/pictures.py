"""One figure as a picture to share: a sentence, and a hundred people of whom some are filled.

Filled and hollow differ without colour too. Measures are points, one to a pixel of the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts.marks import Cushion, Dot, Mark, Picture, Placed, Text
from reports.charts.palette import GREY, INK, NAVY, WHITE
from reports.charts.paper_parts import wrapped
from reports.charts.slides import MARGIN, Words, blank, lines

SHAPES = {"wide": (1200, 630), "square": (1080, 1080)}
SIZES = (42, 38, 34, 30, 27, 24, 21)  # of the sentence: the largest that fits
GAP = 48
FOOT = 84  # for the source, and what is made up


@dataclass(frozen=True)
class Crowd:
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


def draw(crowd: Crowd, shape: str) -> Picture:
    """The picture, "wide" beside its sentence or "square" below it. KeyError for another shape."""
    width, height = map(float, SHAPES[shape])
    around, room = crowd.around, width - 2 * MARGIN
    caption, top = lines(around.caption, -MARGIN - 4, 24, GREY, width=room)
    parts = _wide if shape == "wide" else _square
    return Picture(
        width,
        height,
        (
            *blank(width, height, made_up=bool(around.warning)),
            *caption,
            *parts(crowd, top - 16, width, height),
            *_foot(around, FOOT - 4 - height, room),
        ),
    )


def _wide(crowd: Crowd, top: float, width: float, height: float) -> Iterator[Mark]:
    side = height + top - FOOT - 16
    left = MARGIN + side + GAP
    yield Placed(tuple(_people(crowd.filled, side)), MARGIN, top)
    yield from _sentence(crowd.sentence, left, width - MARGIN - left, top, side)


def _square(crowd: Crowd, top: float, width: float, height: float) -> Iterator[Mark]:
    room = height + top - FOOT - 16
    words = room * 0.3
    side = room - words - 16
    yield from _sentence(crowd.sentence, MARGIN, width - 2 * MARGIN, top, words)
    yield Placed(tuple(_people(crowd.filled, side)), (width - side) / 2, top - words - 16)


def _sentence(words: str, left: float, width: float, top: float, room: float) -> list[Text]:
    """As large as it fits into its room."""
    for size in SIZES:
        if len(wrapped(words, width, size, bold=True)) * size * 1.3 <= room:
            break
    return lines(words, top, size, INK, left=left, width=width, bold=True)[0]


def _foot(around: Words, top: float, width: float) -> list[Text]:
    warned, top = lines(around.warning, top, 17, INK, width=width, bold=True)
    return [*warned, *lines(around.source, top, 17, GREY, width=width)[0]]


def _people(filled: int, side: float) -> Iterator[Mark]:
    """Ten rows of ten in a square, from its upper left corner at nought."""
    step = side / 10
    for number in range(100):
        row, column = divmod(number, 10)
        yield from _person(number < filled, (column + 0.5) * step, -(row + 1) * step, step)


def _person(full: bool, middle: float, y: float, step: float) -> Iterator[Mark]:
    """A head and shoulders, `step` high with the space around it."""
    fill, edge = NAVY if full else WHITE, step * 0.035
    wide, high, bend = step * 0.52, step * 0.42, step * 0.2
    yield Cushion(middle - wide / 2, y + step * 0.06, wide, high, bend, fill, NAVY, edge)
    yield Dot(middle, y + step * 0.7, step * 0.17, fill, NAVY, edge)
