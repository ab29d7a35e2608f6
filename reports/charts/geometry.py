"""From longitude and latitude to a flat picture, and where a label fits in a shape."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]
Shape = tuple[Ring, ...]


@dataclass(frozen=True)
class FlatMap:
    """Shapes in the order given; x runs right to `width`, y runs DOWN to `height`."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def rings_of(geometry: Mapping[str, Any]) -> Shape:
    """All rings of a GeoJSON Polygon or MultiPolygon, holes too (fill by the even-odd rule,
    which makes the direction of a ring irrelevant: official boundaries run clockwise).

    Raises ValueError for any other kind of geometry.
    """
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"cannot draw a geometry of type {geometry.get('type')!r}")
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return tuple(
        tuple((float(point[0]), float(point[1])) for point in ring)
        for polygon in polygons
        for ring in polygon
    )


def project(geometries: Sequence[Mapping[str, Any]], width: float) -> FlatMap:
    """Equirectangular, true to scale at the middle latitude: right to about 0.1 % over a
    borough. Fills `width`; the height follows."""
    shapes = [rings_of(geometry) for geometry in geometries]
    longitudes, latitudes = zip(
        *(p for shape in shapes for ring in shape for p in ring), strict=True
    )
    west, north = min(longitudes), max(latitudes)
    squeeze = math.cos(math.radians((north + min(latitudes)) / 2))
    scale = width / ((max(longitudes) - west) * squeeze)

    def flat(point: Point) -> Point:
        return (point[0] - west) * squeeze * scale, (north - point[1]) * scale

    moved = tuple(tuple(tuple(flat(p) for p in ring) for ring in shape) for shape in shapes)
    return FlatMap(width, (north - min(latitudes)) * scale, moved)


def label_spot(shape: Shape, half: float = 4, levels: int = 40) -> tuple[Point, float]:
    """(centre, room): where a line of text, `half` above and below its middle, has most room
    inside the shape, and how wide that room is (0 when it fits nowhere)."""
    heights = [y for ring in shape for _, y in ring]
    top, span = min(heights), max(heights) - min(heights)
    best: tuple[Point, float] = ((shape[0][0][0], top), 0.0)
    for level in range(levels):
        y = top + span * (level + 0.5) / levels
        room = stretches(shape, y)
        for edge in (y - half, y + half):
            room = overlaps(room, stretches(shape, edge))
        for left, right in room:
            if right - left > best[1]:
                best = (((left + right) / 2, y), right - left)
    return best


def overlaps(
    ones: list[tuple[float, float]], others: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The parts that stretches of one list share with stretches of the other."""
    pairs = ((max(a, c), min(b, d)) for a, b in ones for c, d in others)
    return [(left, right) for left, right in pairs if left < right]


def stretches(shape: Shape, y: float) -> list[tuple[float, float]]:
    """Where the horizontal line at `y` runs inside the shape, by the even-odd rule."""
    crossings = sorted(
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for ring in shape
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y0 <= y) != (y1 <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))
