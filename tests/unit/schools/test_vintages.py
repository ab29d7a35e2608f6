"""Which areas belong together, which vintage was there at a time, and what stayed the same."""

from datetime import date

import pytest

from schools.actions import import_area_memberships, import_areas, state_same_areas
from schools.models import Area, AreaMembership, AuditEntry, Authority, SameArea
from schools.place_files import PlaceFileError
from schools.vintages import covering, in_order, localities, places, same

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)


def square(column: float, *, width: float = 1) -> dict[str, object]:
    west, east = 0.1 + 0.01 * column, 0.1 + 0.01 * (column + width)
    ring = [[west, 51.5], [west, 51.6], [east, 51.6], [east, 51.5], [west, 51.5]]
    return {"type": "Polygon", "coordinates": [ring]}


def wards(authority: Authority, vintage: str, **shapes: dict[str, object]) -> None:
    features = [
        {"type": "Feature", "properties": {"code": code, "name": code}, "geometry": shape}
        for code, shape in shapes.items()
    ]
    collection = {"type": "FeatureCollection", "features": features}
    import_areas(authority=authority, kind="ward", vintage=vintage, collection=collection, by=None)


def lists(authority: Authority, vintage: str, **members: str) -> None:
    """Localities by name: the codes of their wards, put apart by blanks."""
    rows = [
        f"{ward},{name},locality,{name} of {vintage}"
        for name, codes in members.items()
        for ward in codes.split()
    ]
    text = "\n".join(["part,whole,whole_kind,whole_name", *rows])
    import_area_memberships(authority=authority, vintage=vintage, content=text.encode(), by=None)


def stated(authority: Authority, *pairs: str) -> int:
    content = "\n".join(["earlier,later", *pairs]).encode()
    return state_same_areas(
        authority=authority, earlier="2023", later="2027", content=content, by=None
    )


@pytest.fixture
def town(authority: Authority) -> Authority:
    """2023: A B C D, A and B in the north. 2027: A as it was, B with another shape, C with a new
    code, D split in two, and a ward of B's former ground. F in the east is no more."""
    wards(authority, "2023", A=square(0), B=square(1), C=square(2), D=square(3), F=square(9))
    lists(authority, "2023", north="A B", south="C D", east="F")
    wards(
        authority, "2027",
        A=square(0), B=square(1, width=0.5), C2=square(2), D1=square(3, width=0.5),
        D2=square(3.5, width=0.5), E=square(1.5, width=0.5),
    )  # fmt: skip
    lists(authority, "2027", north="A B E", south="C2 D1 D2")
    return authority


def test_a_place_belongs_to_one_vintage(town: Authority) -> None:
    before, after = places(town, "2023"), places(town, "2027")
    assert {code for kind, code in before.areas if kind == "ward"} == set("ABCDF")
    assert after.areas["locality", "north"].name == "north of 2027"
    assert ("locality", "east") not in after.areas
    assert after.locality_of == {
        "A": "north", "B": "north", "E": "north", "C2": "south", "D1": "south", "D2": "south",
    }  # fmt: skip
    assert localities(town) == {
        "2023": frozenset({"north", "south", "east"}),
        "2027": frozenset({"north", "south"}),
    }


def test_a_home_is_placed_by_its_code_in_the_vintage_asked_for(town: Authority) -> None:
    old_a = Area.objects.get(code="A", vintage="2023")
    old_d = Area.objects.get(code="D")
    assert places(town, "2027").home(old_a) == {"ward": "A", "locality": "north"}
    assert places(town, "2027").home(old_d) == {"ward": "", "locality": ""}
    assert places(town, "2023").home(old_d) == {"ward": "D", "locality": "south"}
    assert places(town, "2023").home(None) == {"ward": "", "locality": ""}


def test_a_small_area_lies_in_one_ward_of_each_vintage(town: Authority) -> None:
    small = Area.objects.create(authority=town, kind="lsoa", code="L1", name="L1", vintage="2021")
    for vintage, ward in (("2023", "D"), ("2027", "D2")):
        content = f"part,whole\nL1,{ward}\n".encode()
        import_area_memberships(authority=town, vintage=vintage, content=content, by=None)
    assert places(town, "2023").home(small) == {"ward": "D", "locality": "south"}
    assert places(town, "2027").home(small) == {"ward": "D2", "locality": "south"}
    assert covering(town, ["L1"], ON) == "2023"


def test_another_authoritys_lists_place_nobody(town: Authority) -> None:
    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    assert places(other, "2023").areas == {}
    assert covering(other, [], ON) == ""


@pytest.mark.parametrize(
    ("codes", "on", "vintage"),
    [
        (["A", "B"], date(2026, 7, 1), "2023"),
        (["A", "B", ""], date(2027, 7, 1), "2027"),
        (["A", "D"], date(2027, 7, 1), "2023"),
        (["A", "D1"], date(2026, 7, 1), "2027"),
        (["A", "D", "D1"], date(2027, 7, 1), ""),
        ([], date(2020, 7, 1), "2023"),
    ],
)
def test_the_vintage_of_the_time_that_has_all_codes(
    town: Authority, codes: list[str], on: date, vintage: str
) -> None:
    assert covering(town, codes, on) == vintage


def test_a_month_counts_from_its_beginning() -> None:
    known = ["2027", "2025-05", "2025", "2026-12", "2026"]
    assert in_order(known, date(2026, 7, 17)) == ["2026", "2025-05", "2025", "2026-12", "2027"]


def test_the_same_code_and_boundary_and_nothing_else(town: Authority) -> None:
    assert same(town, "2023", "2027") == {("ward", "A"): "A"}
    assert same(town, "2027", "2023") == {("ward", "A"): "A"}


def test_a_vintage_is_the_same_as_itself(town: Authority) -> None:
    found = same(town, "2027", "2027")
    assert found["ward", "E"] == "E"
    assert found["locality", "north"] == "north"


def test_the_council_may_say_so(town: Authority) -> None:
    assert stated(town, "C,C2", "north,north") == 2
    expected = {("ward", "A"): "A", ("ward", "C"): "C2", ("locality", "north"): "north"}
    assert same(town, "2023", "2027") == expected
    assert same(town, "2027", "2023")["ward", "C2"] == "C"
    assert AuditEntry.objects.get(action="same_areas.stated").details["pairs"] == 2
    assert stated(town) == 0
    assert same(town, "2023", "2027") == {("ward", "A"): "A"}


def test_a_locality_is_the_same_where_its_wards_are(town: Authority) -> None:
    """D1 and D2 are D, but no ward alone is: the south stays another until the council says so."""
    wards(town, "2025", A=square(0), B=square(1), C3=square(2), D=square(3))
    lists(town, "2025", north="A B", south="C3 D")
    assert same(town, "2023", "2025")["locality", "north"] == "north"
    assert ("locality", "south") not in same(town, "2023", "2025")
    before, after = (Area.objects.get(code=code) for code in ("C", "C3"))
    SameArea.objects.create(earlier=before, later=after)
    assert same(town, "2023", "2025")["locality", "south"] == "south"


def test_a_locality_with_boundaries_is_the_same_where_these_are(authority: Authority) -> None:
    for vintage, shape in (("2023", square(0)), ("2025", square(0)), ("2027", square(1))):
        wards(authority, vintage, A=square(5))
        Area.objects.create(
            authority=authority, kind="locality", code="north", name="N", vintage=vintage,
            boundary=shape,
        )  # fmt: skip
        lists(authority, vintage, north="A")
    assert same(authority, "2023", "2025")["locality", "north"] == "north"
    assert ("locality", "north") not in same(authority, "2023", "2027")


def test_a_locality_of_two_lists_proves_nothing_by_itself(town: Authority) -> None:
    """As lists were kept once: one row, whose wards are others now."""
    north = Area.objects.get(code="north", vintage="2023")
    AreaMembership.objects.filter(whole__code="north", vintage="2027").update(whole=north)
    Area.objects.filter(code="north", vintage="2027").delete()
    assert places(town, "2027").areas["locality", "north"] == north
    assert ("locality", "north") not in same(town, "2023", "2027")


def test_what_is_the_same_as_a_third_is_the_same(town: Authority) -> None:
    wards(town, "2025", A=square(0), C3=square(2))
    pairs = (("C", "2023", "C3", "2025"), ("C3", "2025", "C2", "2027"))
    for earlier, before, later, after in pairs:
        content = f"earlier,later\n{earlier},{later}\n".encode()
        state_same_areas(authority=town, earlier=before, later=after, content=content, by=None)
    assert same(town, "2023", "2027")["ward", "C"] == "C2"
    assert same(town, "2027", "2023")["ward", "C2"] == "C"


def test_a_ward_without_a_boundary_is_not_known_to_be_the_same(town: Authority) -> None:
    Area.objects.filter(code="A", vintage="2027").update(boundary=None)
    assert same(town, "2023", "2027") == {}
    stated(town, "A,A")
    assert same(town, "2023", "2027") == {("ward", "A"): "A"}


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        (("C,C9",), "Row 2: 2027 has no area with the code C9"),
        (("C2,C2",), "Row 2: 2023 has no area with the code C2"),
        (("C,north",), "Row 2: a ward is no locality"),
        (("C,C2", "D,C2"), "Row 3: C2 is another area of that vintage already"),
        (("D,D1", "D,D2"), "Row 3: D is another area of that vintage already"),
        (("A,C2",), "Row 2: A is another area of that vintage already"),
        (("C,A",), "Row 2: A is another area of that vintage already"),
    ],
)
def test_what_cannot_be_leaves_all_as_it_was(
    town: Authority, pairs: tuple[str, ...], reason: str
) -> None:
    stated(town, "C,C2")
    with pytest.raises(PlaceFileError, match=reason):
        stated(town, *pairs)
    assert same(town, "2023", "2027")["ward", "C"] == "C2"
    assert SameArea.objects.count() == 1


@pytest.mark.parametrize("vintage", ["", "May 2025", "25", "2025-13", "2025-5", "2025-05-01"])
def test_a_vintage_that_could_not_be_put_in_order_is_refused(
    authority: Authority, vintage: str
) -> None:
    with pytest.raises(PlaceFileError, match="such as 2025 or 2025-05"):
        wards(authority, vintage, A=square(0))
    with pytest.raises(PlaceFileError, match="such as 2025 or 2025-05"):
        lists(authority, vintage, north="A")


def test_a_list_is_of_the_areas_of_its_time(town: Authority) -> None:
    """Loaded again after the new wards: the old list still speaks of the old ones."""
    lists(town, "2023", south="A")
    pair = AreaMembership.objects.get(vintage="2023", part__code="A", whole__code="south")
    assert (pair.part.vintage, pair.whole.vintage) == ("2023", "2023")
