"""Boundaries as GeoJSON has them: the same corners, outer rings anticlockwise, holes clockwise."""

from itertools import pairwise

import pytest

from reports.open_data.areas import wound

RING = [[0.1, 51.5], [0.1, 51.6], [0.2, 51.6], [0.2, 51.5], [0.1, 51.5]]  # clockwise
HOLE = [[0.13, 51.53], [0.15, 51.53], [0.15, 51.55], [0.13, 51.53]]  # anticlockwise
ISLE = [[0.3, 51.5], [0.4, 51.6], [0.3, 51.6], [0.3, 51.5]]  # anticlockwise


def area(ring: list[list[float]]) -> float:
    """Above zero for a ring that runs anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


@pytest.mark.parametrize("turn", [1, -1])
def test_rings_run_by_the_right_hand_rule(turn: int) -> None:
    ring, hole, isle = RING[::turn], HOLE[::turn], ISLE[::turn]
    (outer, inner) = wound({"type": "Polygon", "coordinates": [ring, hole]})["coordinates"]
    assert area(outer) > 0 > area(inner)
    assert outer in (RING, RING[::-1])
    assert inner in (HOLE, HOLE[::-1])
    parts = wound({"type": "MultiPolygon", "coordinates": [[ring, hole], [isle]]})["coordinates"]
    assert [[area(each) > 0 for each in rings] for rings in parts] == [[True, False], [True]]


def test_what_was_loaded_is_left_as_it_was() -> None:
    shape = {"type": "Polygon", "coordinates": [RING]}
    turned = wound(shape)
    assert turned == {"type": "Polygon", "coordinates": [RING[::-1]]}
    assert wound(turned) == turned
    assert shape["coordinates"] == [RING]
