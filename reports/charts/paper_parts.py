"""What charts on paper share: key, labels, boxes with their tints and hatches.

Measures are points. Everything stands from the top down (y below zero).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from reports.charts.dots import DotAgainstLine
from reports.charts.dumbbells import Dumbbells
from reports.charts.marks import Area, Dot, Hatch, Line, Mark, Point, Rings, Stroke, Text, width_of
from reports.charts.palette import GREY, INK, PLUM, RAMP, WHITE, edge_on, is_dark

SIZE, SMALL, LINE = 8.5, 7.5, 11.5
BAR, GAP = 15, 9
TRACK = "#f3f4f5"
STEP = 4  # from one line of a hatch to the next
AGAINST = (PLUM, 1.5, (3.0, 2.0))  # colour, weight and dashes of what a value is held against

Sample = Callable[[float, float], Iterable[Mark]]


def key(samples: Iterable[tuple[Sample, str]], width: float) -> tuple[list[Mark], float]:
    """The key in lines that wrap, and the height at which the chart may begin."""
    marks: list[Mark] = []
    x, y = 0.0, 0.0
    for sample, words in samples:
        room = 18 + width_of(words, SMALL) + 12
        if x and x + room > width:
            x, y = 0.0, y - LINE - 1
        marks += [*sample(x, y), Text(words, x + 18, y - 7.5, SMALL, INK)]
        x += room
    return marks, y - LINE - 5


def label(words: str, y: float, width: float, *, left: float = 0) -> tuple[list[Text], float]:
    """Words that wrap from y down, and where the next may begin."""
    lines = wrapped(words, width)
    marks = [Text(line, left, y - SIZE - i * LINE, SIZE, INK) for i, line in enumerate(lines)]
    return marks, y - len(lines) * LINE - 1


def ticks(chart: DotAgainstLine | Dumbbells, y: float, width: float) -> Iterator[Text]:
    """The ends and the middle of the axis, on a line at y."""
    for (position, words), anchor in zip(chart.ticks(), ("start", "middle", "end"), strict=True):
        yield Text(words, position * width / 100, y, SMALL, GREY, anchor=anchor)


def wrapped(words: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Lines of at most `width` points; a word that is wider stands alone."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".lstrip()
        if line and width_of(longer, size, bold=bold) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def badge(words: str, middle: float, y: float) -> Iterator[Mark]:
    """Words on a plain ground, so that the pattern behind them does not cross the letters."""
    room = width_of(words, SIZE) + 6
    yield Area([corners(middle - room / 2, y - 1.5, room, 12)], WHITE)
    yield Text(words, middle, y - 10.5, SIZE, INK, anchor="middle")


def ink(tone: str) -> str:
    return WHITE if tone.startswith("t") and is_dark(RAMP[int(tone[1:])]) else INK


def box_sample(tone: str) -> Sample:
    return lambda x, y: box(tone, x, y, 14, 9)


def box(tone: str, x: float, y: float, width: float, height: float) -> Iterator[Mark]:
    return painted(tone, [corners(x, y, width, height)])


def dot_sample(x: float, y: float) -> Iterator[Mark]:
    yield Dot(x + 7, y - 4.5)


def against(x: float, top: float, bottom: float) -> Stroke:
    """The dashed line that a value is held against."""
    return Stroke(((x, top), (x, bottom)), *AGAINST)


def corners(x: float, y: float, width: float, height: float) -> list[Point]:
    """The box whose upper left corner is given."""
    return [(x, y), (x + width, y), (x + width, y - height), (x, y - height)]


def painted(tone: str, rings: Rings) -> Iterator[Mark]:
    """Rings filled with a tint, or with the lines that say "not an answer"."""
    if tone.startswith("t"):
        colour = RAMP[int(tone[1:])]
        yield Area(rings, colour, edge_on(colour))
        return
    yield Hatch(rings, tuple(hatching(tone, [point for ring in rings for point in ring])))
    yield Area(rings, None, GREY)


def hatching(tone: str, points: Sequence[Point]) -> Iterator[Line]:
    """Lines across the box around the points; the hatch is cut to the shape."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    for direction in HATCHES[tone]:
        yield from direction(left, bottom, right, top)


def rising(left: float, bottom: float, right: float, top: float) -> Iterator[Line]:
    run = abs(top - bottom)
    return (((x, bottom), (x + run, top)) for x in steps(left - run, right))


def falling(left: float, bottom: float, right: float, top: float) -> Iterator[Line]:
    return rising(left, top, right, bottom)


def level(left: float, bottom: float, right: float, top: float) -> Iterator[Line]:
    return (((left, y), (right, y)) for y in steps(bottom, top))


def upright(left: float, bottom: float, right: float, top: float) -> Iterator[Line]:
    return (((x, bottom), (x, top)) for x in steps(left, right))


def steps(start: float, end: float) -> Iterator[float]:
    return (start + i * STEP for i in range(int((end - start) / STEP) + 1))


HATCHES = {"n0": (rising,), "n1": (level,), "n2": (upright,), "withheld": (rising, falling)}
