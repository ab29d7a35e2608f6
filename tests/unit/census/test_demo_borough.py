"""The made-up map: wards that fill the borough, without gap or overlap."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest

from census.demo.borough import CENTRE, KM, LOCALITIES, Borough, Ward, make_borough
from census.demo.size import SEED


@pytest.fixture(scope="module")
def borough() -> Borough:
    return make_borough(SEED)


def area(ring) -> float:
    """Signed, in square degrees: below zero for a clockwise ring (shoelace formula)."""
    return math.fsum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def holds(ring, x: float, y: float) -> bool:
    """Even-odd rule."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def rings(collection: dict) -> dict[str, list]:
    return {
        feature["properties"]["code"]: feature["geometry"]["coordinates"][0]
        for feature in collection["features"]
    }


def test_twenty_wards_in_three_localities(borough: Borough) -> None:
    assert len(borough.wards) == len({w.code for w in borough.wards}) == 20
    assert len({w.name for w in borough.wards}) == 20
    assert {w.locality for w in borough.wards} == set(LOCALITIES)


def test_rings_are_closed_clockwise_and_near_the_centre(borough: Borough) -> None:
    for ward in borough.wards:
        assert ward.ring[0] == ward.ring[-1]
        assert area(ward.ring) < 0
        for x, y in ward.ring:
            assert math.hypot((x - CENTRE[0]) / KM[0], (y - CENTRE[1]) / KM[1]) < 9
            assert (round(x, 6), round(y, 6)) == (x, y)


def test_wards_add_up_to_their_localities(borough: Borough) -> None:
    for code, ring in rings(borough.localities_geojson()).items():
        parts = math.fsum(area(w.ring) for w in borough.wards if w.locality == code)
        assert area(ring) == pytest.approx(parts, rel=1e-12)


def test_each_inner_edge_belongs_to_exactly_two_wards(borough: Borough) -> None:
    edges = [edge for ward in borough.wards for edge in pairwise(ward.ring)]
    assert len(edges) == len(set(edges))
    outer = [(a, b) for a, b in edges if (b, a) not in set(edges)]
    # The outer edges form one ring, so what is not shared is the borough's own outline.
    following = dict(outer)
    assert len(following) == len(outer)
    ring = [outer[0][0]]
    for _ in outer:
        ring.append(following[ring[-1]])
    assert ring[0] == ring[-1]
    assert len(set(ring)) == len(outer)


def test_any_point_lies_in_one_ward_at_most(borough: Borough) -> None:
    rng = np.random.default_rng(1)
    inside = 0
    for east, north in rng.uniform(-8, 8, (800, 2)):
        x, y = CENTRE[0] + east * KM[0], CENTRE[1] + north * KM[1]
        found = sum(holds(ward.ring, x, y) for ward in borough.wards)
        assert found <= 1
        if math.hypot(east / 6.2, north / 7.4) < 0.95:
            assert found == 1, "a gap between wards"
            inside += 1
    assert inside > 300


def test_a_ward_holds_its_centre(borough: Borough) -> None:
    def centre(ward: Ward) -> tuple[float, float]:
        return CENTRE[0] + ward.centre[0] * KM[0], CENTRE[1] + ward.centre[1] * KM[1]

    assert all(holds(ward.ring, *centre(ward)) for ward in borough.wards)


def test_the_membership_list_names_each_ward_once(borough: Borough) -> None:
    header, *lines = borough.memberships_csv().decode().splitlines()
    assert header == "part,whole,whole_kind,whole_name"
    assert [line.split(",")[0] for line in lines] == [w.code for w in borough.wards]


def test_the_same_seed_gives_the_same_map(borough: Borough) -> None:
    again = make_borough(SEED)
    assert json.dumps(again.wards_geojson()) == json.dumps(borough.wards_geojson())
    assert make_borough(SEED + 1).wards != borough.wards
