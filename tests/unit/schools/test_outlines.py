"""A boundary is the same however it is written, and another where a corner has moved."""

import pytest

from schools.outlines import outline

RING = [[0.1, 51.5], [0.1, 51.6], [0.2, 51.6], [0.2, 51.5], [0.1, 51.5]]  # clockwise
HOLE = [[0.13, 51.53], [0.15, 51.53], [0.15, 51.55], [0.13, 51.53]]
ISLE = [[0.3, 51.5], [0.3, 51.6], [0.4, 51.6], [0.3, 51.5]]


def polygon(*rings: list[list[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def multi(*polygons: list[list[list[float]]]) -> dict[str, object]:
    return {"type": "MultiPolygon", "coordinates": list(polygons)}


def begun_at(ring: list[list[float]], corner: int) -> list[list[float]]:
    turned = ring[corner:-1] + ring[:corner]
    return [*turned, turned[0]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (polygon(RING), polygon(RING[::-1])),
        (polygon(RING), polygon(begun_at(RING, 2))),
        (polygon(RING), polygon(begun_at(RING, 3)[::-1])),
        (polygon(RING), multi([RING])),
        (polygon(RING, HOLE), polygon(RING[::-1], HOLE[::-1])),
        (multi([RING, HOLE], [ISLE]), multi([ISLE], [begun_at(RING, 1), HOLE])),
        # Written with more digits, with a corner twice, or with a height.
        (polygon(RING), polygon([[x + 2e-8, y] for x, y in RING])),
        (polygon(RING), polygon([RING[0], *RING])),
        (polygon(RING), polygon([[x, y, 12.0] for x, y in RING])),
    ],
)
def test_the_same(one: dict[str, object], other: dict[str, object]) -> None:
    assert outline(one) == outline(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (polygon(RING), polygon([[x + 1e-4, y] for x, y in RING])),
        (polygon(RING), polygon([*RING[:2], [0.2001, 51.6], *RING[3:]])),
        (polygon(RING), polygon(RING, HOLE)),
        (polygon(RING), multi([RING], [ISLE])),
        # An island in a hole is not the hole of an island.
        (multi([RING, HOLE], [ISLE]), multi([RING], [ISLE, HOLE])),
        (multi([RING], [HOLE]), polygon(RING, HOLE)),
    ],
)
def test_not_the_same(one: dict[str, object], other: dict[str, object]) -> None:
    assert outline(one) != outline(other)
