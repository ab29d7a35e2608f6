"""Where words stand in a picture of lines: clear of the lines, of marks and of one another.

Pure geometry, for every back-end: x runs right and y runs DOWN, in the back-end's own units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

Point = tuple[float, float]

CAPITAL = 0.75  # of the size: how high a digit is
NEAR = 2  # what is nearer than this touches
LIFT = 4  # between a dot's height and a number above or below it
DOT = 4  # how far a dot reaches
APART = 6  # between two dates

# What a number costs. Rather over its own band than where it might be another dot's; rather none
# than one that covers something.
OVER_ITS_OWN, ASTRAY, LEFT_OUT = 15, 30, 500
COST = attrgetter("cost")


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def crossed(self, start: Point, end: Point) -> bool:
        """Whether a line passes, that runs to the right."""
        left, right = max(self.left, start[0]), min(self.right, end[0])
        slope = (end[1] - start[1]) / (end[0] - start[0])
        high, low = sorted(start[1] + slope * (x - start[0]) for x in (left, right))
        return left < right and high < self.bottom and low > self.top


@dataclass(frozen=True)
class Spot:
    """Where a number stands from its dot: `anchor` of its base line at `across` and `down`."""

    anchor: str
    across: float
    down: float

    def box(self, dot: Point, room: float, size: float) -> Box:
        left = dot[0] + self.across - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * room
        base = dot[1] + self.down
        return Box(left, base - CAPITAL * size, left + room, base)


@dataclass(frozen=True)
class Ground:
    """What numbers share a panel with.

    bounds: what they may not leave. taken: what they may not cover. bands: what they had better
    not; the first are those of the dots. clear: from the middle of a dot to beside its band.
    """

    bounds: Box
    taken: Sequence[Box]
    bands: Sequence[Box]
    clear: float


def spots(size: float, clear: float, *, hollow: bool) -> tuple[Spot, ...]:
    """Where a number may stand, the best place first: beside the band at the height of the dot,
    then where a line leaves room, then over the band, of a `hollow` in the line under it."""
    high = CAPITAL * size
    level, above, below, aloft, deep = high / 2, -LIFT, high + LIFT, -high, 2 * high
    over, under = Spot("middle", 0, -clear), Spot("middle", 0, clear + high)
    return (
        Spot("start", clear, level),
        Spot("end", -clear, level),
        Spot("start", clear, above),
        Spot("start", clear, below),
        Spot("end", -clear, above),
        Spot("end", -clear, below),
        *((under, over) if hollow else (over, under)),
        Spot("start", clear, aloft),
        Spot("start", clear, deep),
        Spot("end", -clear, aloft),
        Spot("end", -clear, deep),
    )


def is_hollow(dot: Point, lines: Sequence[tuple[Point, Point]]) -> bool:
    """Whether the lines from a dot rise more than they fall."""
    ends = [end for line in lines if dot in line for end in line]
    return sum(dot[1] - y for _, y in ends) > 0


class Way(NamedTuple):
    """Spots for the dots so far, what they cost, and the room that they take."""

    cost: float
    spots: tuple[Spot | None, ...]
    boxes: tuple[Box, ...]

    def onward(self, cost: float, spot: Spot | None, *box: Box) -> "Way":
        return Way(self.cost + cost, (*self.spots, spot), (*self.boxes, *box))


def place(
    dots: Sequence[Point], lines: Sequence[tuple[Point, Point]], rooms: Sequence[float],
    size: float, ground: Ground,
) -> tuple[Spot | None, ...]:  # fmt: skip
    """A spot for each dot's number, `rooms` wide; None where it would cover something anywhere.

    Dots run from left to right. The cheapest way through all of them, found from one to the next:
    of all the ways that end in the same spot only the cheapest goes on.
    """
    ways = [Way(0, (), ())]
    for number, (dot, room) in enumerate(zip(dots, rooms, strict=True)):
        longer = [min(ways, key=COST).onward(LEFT_OUT, None)]
        for rank, spot in enumerate(spots(size, ground.clear, hollow=is_hollow(dot, lines))):
            box = spot.box(dot, room, size)
            near = box.grown(NEAR)
            free = [way for way in ways if not any(map(near.meets, way.boxes))]
            if free and not _covers(near, number, dots, lines, ground):
                longer.append(
                    min(free, key=COST).onward(
                        rank + _strays(near, number, dots, ground), spot, box
                    )
                )
        ways = longer
    return min(ways, key=COST).spots


def _covers(
    box: Box, number: int, dots: Sequence[Point], lines: Sequence[tuple[Point, Point]],
    ground: Ground,
) -> bool:  # fmt: skip
    others = (dot for i, dot in enumerate(dots) if i != number)
    return (
        not ground.bounds.holds(box)
        or any(map(box.meets, ground.taken))
        or any(box.crossed(*line) for line in lines)
        or any(box.meets(Box(x, y, x, y).grown(DOT)) for x, y in others)
    )


def _strays(box: Box, number: int, dots: Sequence[Point], ground: Ground) -> float:
    """What a number costs that is not clear of bands, or could be read as another dot's."""
    over = {i for i, band in enumerate(ground.bands) if box.meets(band)}
    far = 1.5 * ground.clear
    near = {i for i, (x, _) in enumerate(dots) if box.left - x < far and x - box.right < far}
    return ASTRAY * len((over | near) - {number}) + OVER_ITS_OWN * (number in over)


def lanes(middles: Sequence[float], rooms: Sequence[float]) -> list[int]:
    """On which line each word stands, the first being 0: the highest where it touches none."""
    ends: list[float] = []
    chosen = []
    for middle, room in zip(middles, rooms, strict=True):
        start = middle - room / 2
        free = [lane for lane, end in enumerate(ends) if end + APART <= start]
        lane = free[0] if free else len(ends)
        ends[lane : lane + 1] = [start + room]
        chosen.append(lane)
    return chosen
