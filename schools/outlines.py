"""Are two boundaries the same? Whichever way their rings run and wherever they begin. No Django."""

from collections.abc import Mapping, Sequence
from typing import Any

DIGITS = 6  # of a degree: a tenth of a metre

Point = tuple[float, float]
Ring = tuple[Point, ...]
Outline = frozenset[tuple[Ring, frozenset[Ring]]]


def outline(geometry: Mapping[str, Any]) -> Outline:
    """The same for every way of writing a Polygon or MultiPolygon: each part with its holes."""
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return frozenset((_ring(rings[0]), frozenset(map(_ring, rings[1:]))) for rings in polygons)


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    """From its least corner, in whichever direction reads first."""
    corners = [(round(point[0], DIGITS), round(point[1], DIGITS)) for point in points]
    ring = [corner for at, corner in enumerate(corners) if corner != corners[at - 1]]
    start = ring.index(min(ring)) if ring else 0
    onward = ring[start:] + ring[:start]
    return min(tuple(onward), tuple(onward[:1] + onward[:0:-1]))
