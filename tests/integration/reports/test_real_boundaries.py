"""Havering's wards of May 2025 beside a later vintage made of them, with every kind of change."""

import json
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reports.charts import Choropleth, MapArea, svg
from reports.open_data.areas import wound
from schools.actions import import_areas, state_same_areas
from schools.models import Area, Authority
from schools.vintages import same

Feature = dict[str, Any]
KEPT = 13


def made_anew(features: list[Feature]) -> tuple[list[Feature], dict[str, str]]:
    """The wards of 2027, and which of 2025 are the same, by code."""
    wards = deepcopy(features)
    kept, (hole, moved, recoded, split, one, two, gone) = wards[:KEPT], wards[KEPT:]
    for at, ward in enumerate(kept[:6]):  # the same ring from another corner, the other way round
        (ring,) = ward["geometry"]["coordinates"]
        turned = ring[at:-1] + ring[:at]
        ward["geometry"]["coordinates"] = [[*turned, turned[0]][:: (-1) ** at]]
    for ward in kept[6:8]:
        ward["geometry"] = multi(ward["geometry"]["coordinates"])
    middle = [hole["properties"][name] for name in ("LONG", "LAT")]
    hole["geometry"]["coordinates"].append(triangle(*middle))
    moved["geometry"]["coordinates"][0][1][0] += 0.0005
    recoded["properties"]["WD25CD"] = "E05990001"
    (ring,) = split["geometry"]["coordinates"]
    halves = [[*ring[0:20], ring[0]], [*ring[19:], ring[19]]]
    parts = [named(split, f"E0599000{n}", {"type": "Polygon", "coordinates": [half]})
             for n, half in enumerate(halves, start=2)]  # fmt: skip
    merged = multi(one["geometry"]["coordinates"], two["geometry"]["coordinates"])
    after = [*kept, hole, moved, recoded, *parts, named(one, "E05990004", merged)]
    assert gone not in after
    return after, {code(each): code(each) for each in kept}


def multi(*polygons: list[Any]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": list(polygons)}


def triangle(x: float, y: float, size: float = 0.002) -> list[list[float]]:
    return [[x, y], [x + size, y], [x, y + size], [x, y]]


def named(ward: Feature, key: str, geometry: dict[str, Any]) -> Feature:
    return {**ward, "properties": {"code": key, "name": key}, "geometry": geometry}


def code(ward: Feature) -> str:
    return str(ward["properties"]["WD25CD"])


@pytest.fixture
def havering(db: None, shared_data: Path) -> Authority:
    return Authority.objects.create(code="E09000016", name="Havering")


@pytest.fixture
def features(shared_data: Path) -> list[Feature]:
    content = json.loads((shared_data / "geo/havering_wards_2025.geojson").read_text())
    return sorted(content["features"], key=code)


def load(authority: Authority, vintage: str, wards: list[Feature]) -> None:
    collection = {"type": "FeatureCollection", "features": wards}
    import_areas(authority=authority, kind="ward", vintage=vintage, collection=collection, by=None)


def test_what_stayed_the_same_is_told_from_what_did_not(
    havering: Authority, features: list[Feature]
) -> None:
    after, expected = made_anew(features)
    load(havering, "2025", features)
    load(havering, "2027", after)
    found = same(havering, "2025", "2027")
    assert {key: there for (_, key), there in found.items()} == expected
    recoded = code(features[KEPT + 2])
    content = f"earlier,later\n{recoded},E05990001\n".encode()
    state_same_areas(authority=havering, earlier="2025", later="2027", content=content, by=None)
    assert same(havering, "2025", "2027")["ward", recoded] == "E05990001"


def test_both_vintages_can_be_drawn_and_given_away(
    havering: Authority, features: list[Feature]
) -> None:
    after, _ = made_anew(features)
    for vintage, wards in (("2025", features), ("2027", after)):
        load(havering, vintage, wards)
        areas = list(Area.objects.filter(vintage=vintage))
        assert len(areas) == len(wards)
        drawn = svg.render(
            Choropleth("wards", "Wards", tuple(map(map_area, areas)), (50,), "Share")
        )
        assert drawn.count('class="mark"') == len(wards)
        for area in areas:
            assert area.boundary is not None
            shape = wound(area.boundary)
            single = shape["type"] == "Polygon"
            for rings in [shape["coordinates"]] if single else shape["coordinates"]:
                assert [turned(ring) > 0 for ring in rings] == [True] + [False] * (len(rings) - 1)


def map_area(area: Area) -> MapArea:
    return MapArea(area.code, area.name, area.boundary or {}, 40.0, f"{area.name}: 40 in 100.")


def turned(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
