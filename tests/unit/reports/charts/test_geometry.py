import json
import math
from pathlib import Path

import pytest

from reports.charts.geometry import label_spot, project, rings_of, stretches
from reports.charts.svg import path

WARDS = Path(__file__).resolve().parents[5] / "shared/data/geo/havering_wards_2025.geojson"


def polygon(*points: tuple[float, float]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[list(p) for p in points]]}


def test_north_is_up_and_a_square_on_the_ground_is_square() -> None:
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    flat = project([polygon((10, 59.5), (10, 60.5), (12, 60.5), (12, 59.5))], 100)
    assert flat.height == pytest.approx(100)
    south_west, north_west = flat.shapes[0][0][:2]
    assert south_west == pytest.approx((0, 100))
    assert north_west == pytest.approx((0, 0))


def test_shapes_share_one_scale() -> None:
    flat = project([polygon((0, 0), (0, 1), (1, 1)), polygon((3, 0), (3, 1), (4, 1))], 400)
    assert flat.shapes[1][0][0][0] - flat.shapes[0][0][0][0] == pytest.approx(300)


def test_holes_and_islands_are_kept() -> None:
    ring = [[0, 0], [0, 1], [1, 1]]
    assert len(rings_of({"type": "MultiPolygon", "coordinates": [[ring, ring], [ring]]})) == 3
    with pytest.raises(ValueError, match="Point"):
        rings_of({"type": "Point", "coordinates": [0, 0]})


def test_a_line_across_a_shape_leaves_out_its_hole() -> None:
    outer = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    hole = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0))
    assert stretches((outer, hole), 5) == [(0, 4), (6, 10)]
    assert stretches((outer, hole), 11) == []


@pytest.mark.parametrize("turn", [1, -1])
def test_rings_may_run_either_way(turn: int) -> None:
    """Official boundaries run clockwise, RFC 7946 has them the other way."""
    outer = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)][::turn]
    hole = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)]
    for inner in (hole, hole[::-1]):
        assert stretches((tuple(outer), tuple(inner)), 5) == [(0, 4), (6, 10)]
    shape = [[list(point) for point in ring] for ring in (outer, hole)]
    (flat,) = project([{"type": "Polygon", "coordinates": shape}], 100).shapes
    assert len(flat) == 2
    assert label_spot(flat)[1] > 0


def test_an_island_of_a_ward_is_on_the_same_scale() -> None:
    """Two squares a degree apart, as one ward of two parts: 300 wide, each 100."""
    parts = [[[[w, 0], [w, 1], [w + 1, 1], [w + 1, 0], [w, 0]]] for w in (0, 2)]
    (flat,) = project([{"type": "MultiPolygon", "coordinates": parts}], 300).shapes
    assert [min(x for x, _ in ring) for ring in flat] == pytest.approx([0, 200])
    assert stretches(flat, 50) == [pytest.approx((0, 100)), pytest.approx((200, 300))]


def test_a_label_goes_where_a_whole_line_of_text_fits() -> None:
    """An L: the foot is wide enough but too thin for the text, the stem is thick enough."""
    shape = (((0.0, 0.0), (20.0, 0.0), (20.0, 36.0), (60.0, 36.0), (60.0, 40.0), (0.0, 40.0)),)
    (x, y), room = label_spot(shape, half=4)
    assert (x, room) == (10, 20)
    assert 4 <= y <= 36
    assert label_spot(shape, half=1)[1] == 60


def test_a_ring_is_written_in_tenths_without_drift_or_empty_steps() -> None:
    thirds = [(i / 3, 0.0) for i in range(31)]
    written = path([(0.0, 0.0), (0.01, 0.01), *thirds, (10.0, 5.0)])
    assert written.startswith("M0 0l")
    steps = written.removeprefix("M0 0l").removesuffix("z").split(" ")
    across = [float(x) for x in steps[::2]]
    assert math.isclose(sum(across), 10, abs_tol=1e-9)
    assert ("0", "0") not in list(zip(steps[::2], steps[1::2], strict=True))


def test_real_wards_all_have_room_for_their_number() -> None:
    if not WARDS.exists():
        pytest.skip(f"real boundaries are not here: {WARDS}")
    features = json.loads(WARDS.read_text())["features"]
    flat = project([feature["geometry"] for feature in features], 360)
    assert len(flat.shapes) == 20
    # Havering is about 15.4 km wide and 20.3 km high.
    assert flat.height / flat.width == pytest.approx(1.2, abs=0.2)
    assert min(label_spot(shape)[1] for shape in flat.shapes) >= 13
