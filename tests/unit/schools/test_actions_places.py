"""Schools and areas from files."""

import pytest

from schools.actions import (
    import_area_memberships,
    import_areas,
    import_schools,
    set_up_authority,
)
from schools.models import Area, AreaMembership, AuditEntry, Authority, School
from schools.place_files import PlaceFileError

pytestmark = pytest.mark.django_db
SQUARE = [[[0.1, 51.5], [0.2, 51.5], [0.2, 51.6], [0.1, 51.5]]]


def feature(code: str, name: str = "A ward", **geometry: object) -> dict[str, object]:
    shape = {"type": "Polygon", "coordinates": SQUARE} | geometry
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": shape}


def areas(authority: Authority, *features: object, kind: str = "ward") -> dict[str, int]:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return import_areas(
        authority=authority, kind=kind, vintage="2025", collection=collection, by=None
    )


def schools(authority: Authority, text: str) -> dict[str, int]:
    return import_schools(authority=authority, content=text.encode(), by=None)


def members(authority: Authority, text: str) -> dict[str, int]:
    return import_area_memberships(
        authority=authority, vintage="2025", content=text.encode(), by=None
    )


def test_an_authority_is_set_up_once() -> None:
    first = set_up_authority(code="E09000099", name="Exampleham", by=None)
    again = set_up_authority(code="E09000099", name="Exampleham", by=None)
    renamed = set_up_authority(code="E09000099", name="New Exampleham", by=None)
    assert first == again == renamed
    assert Authority.objects.get().name == "New Exampleham"
    assert AuditEntry.objects.count() == 2


def test_schools(authority: Authority) -> None:
    text = "URN,Name,Estab\n100001,Ash,3114001\n100002,Birch,\n"
    assert schools(authority, text) == {"added": 2, "changed": 0, "unchanged": 0}
    text = text.replace("Birch", "Beech")
    assert schools(authority, text) == {"added": 0, "changed": 1, "unchanged": 1}
    assert School.objects.get(key="100002").name == "Beech"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a-c,Cedar,", "Row 3: a school needs a URN"),
        ("100003,,", "Row 3: a school needs a URN"),
        ("100003,Cedar,4001", "Row 3: Estab must be 7 digits"),
        ("100003,Cedar,3114001", "Row 3: another school has this Estab"),
        ("100009,Cedar,", "Row 3: the school belongs to another authority"),
        ("100003", "Row 3 has more or fewer cells"),
    ],
)
def test_schools_that_are_wrong_leave_nothing(
    authority: Authority, row: str, sentence: str
) -> None:
    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    School.objects.create(authority=other, key="100009", name="Far")
    with pytest.raises(PlaceFileError, match=sentence):
        schools(authority, f"URN,name,Estab\n100001,Ash,3114001\n{row}\n")
    assert not School.objects.filter(authority=authority).exists()


def test_areas_again_and_changed(authority: Authority) -> None:
    assert areas(authority, feature("W1"), feature("W2")) == {
        "added": 2,
        "changed": 0,
        "unchanged": 0,
    }
    assert areas(authority, feature("W1", "New name"), feature("W2"))["changed"] == 1
    assert Area.objects.get(code="W1").boundary == {"type": "Polygon", "coordinates": SQUARE}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (feature(""), "Feature 2 has no code"),
        (feature("W2", type="Point"), "Feature 2 is no polygon"),
        (feature("W2", coordinates=[[[551268, 182681]]]), "not in degrees"),
        (feature("W2", coordinates=[[[200, 51], [201, 51]]]), "not in degrees"),
        (feature("W2", coordinates=[]), "not in degrees"),
        (feature("W2", coordinates=[[["a", "b"]]]), "not in degrees"),
        (feature("W2", coordinates=SQUARE[0]), "ring that is not closed or no ring"),
        (feature("W2", coordinates=SQUARE[0][0]), "ring that is not closed or no ring"),
        (feature("W2", coordinates=[SQUARE[0][:3]]), "ring that is not closed or no ring"),
        (feature("W2", type="MultiPolygon"), "ring that is not closed or no ring"),
        (feature("W2", type="MultiPolygon", coordinates=[SQUARE, [[[0.1, 51.5]]]]), "not closed"),
        (feature("W1"), "twice"),
        ("nonsense", "Feature 2 has no properties"),
        ({"properties": {"code": "W2"}, "geometry": None}, "no geometry"),
    ],
)
def test_areas_that_are_wrong_leave_nothing(
    authority: Authority, wrong: object, sentence: str
) -> None:
    with pytest.raises(PlaceFileError, match=sentence):
        areas(authority, feature("W1"), wrong)
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    "shape",
    [
        {"coordinates": [SQUARE[0], SQUARE[0][::-1]]},
        {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]},
        {"coordinates": [[[x, y, 12.5] for x, y in SQUARE[0]]]},
    ],
)
def test_holes_parts_and_heights_are_kept(authority: Authority, shape: dict[str, object]) -> None:
    areas(authority, feature("W1", **shape))
    found = Area.objects.get().boundary
    assert found == {"type": "Polygon", **shape}


@pytest.mark.parametrize("collection", [None, [], {}, {"features": []}, {"features": "x"}])
def test_what_is_no_collection(authority: Authority, collection: object) -> None:
    with pytest.raises(PlaceFileError, match="no GeoJSON"):
        import_areas(
            authority=authority, kind="ward", vintage="2025", collection=collection, by=None
        )


def test_memberships_make_localities(authority: Authority) -> None:
    areas(authority, feature("W1"), feature("W2"))
    areas(authority, feature("L1"), kind="lsoa")
    text = "part,whole,whole_kind,whole_name\nW1,north,locality,North\nW2,north,locality,North\n"
    assert members(authority, text) == {"added": 2, "unchanged": 0}
    assert members(authority, text) == {"added": 0, "unchanged": 2}
    assert members(authority, "part,whole\nL1,W1\n") == {"added": 1, "unchanged": 0}
    north = Area.objects.get(kind="locality")
    assert north.name == "North"
    assert {pair.part.code for pair in AreaMembership.objects.filter(whole=north)} == {"W1", "W2"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("part,whole\nW1,W9\n", "Row 2: no area of the register"),
        ("part,whole\nW1,W2\n", "Row 2: a ward cannot lie in a ward"),
        ("part,whole,whole_kind,whole_name\nW1,n,county,N\n", "Row 2: whole_kind"),
        ("part\nW1\n", "no column whole"),
        ("", "empty|no column"),
        ('part,whole\n"W1', "cannot be read"),
    ],
)
def test_memberships_that_are_wrong(authority: Authority, text: str, sentence: str) -> None:
    areas(authority, feature("W1"), feature("W2"))
    with pytest.raises(PlaceFileError, match=sentence):
        members(authority, text)
    assert not AreaMembership.objects.exists()
