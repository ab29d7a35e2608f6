"""Each wave draws the wards that its pupils were placed by, and no others."""

import importlib.util
import re
from datetime import date
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from reports import queries
from reports.actions.builds import request_build
from reports.models import Build, ReleasedPlace
from schools.actions import state_same_areas
from schools.models import Area, Authority
from surveys.models import Wave
from tests import released
from tests.cast import Cast
from tests.waves import borough, collected_wave

NEW, OLD = "oakmere-2026", "oakmere-2024"
TOPIC = "?topic=sleep_topic"


def page(client: Client, wave: str, address: str = TOPIC) -> str:
    response = client.get(f"/results/{wave}/{address}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def ward(build: Build, code: str, vintage: str, boundary: Any, name: str = "") -> Area:
    return Area.objects.create(
        authority=build.wave.authority, kind="ward", code=code, vintage=vintage,
        name=name or f"{code} of {vintage}", boundary=boundary,
    )  # fmt: skip


@pytest.fixture
def new(build: Build) -> Build:
    """Wards W0 to W4 of 2025, squares of a grid."""
    Build.objects.update(vintage="2025")
    build.refresh_from_db()
    return build


@pytest.fixture
def old(new: Build) -> Build:
    """Two years before: W0 as it is, W1 to W3 in other places, and X9 that is no more."""
    build = released.store(OLD)
    Wave.objects.filter(key=OLD).update(
        name="Summer 2024", opens_on=date(2024, 5, 1), closes_on=date(2024, 7, 1)
    )
    ward(build, "W0", "2023", released.square(0, 0), "Fen ward")
    for number in (1, 2, 3):
        ward(build, f"W{number}", "2023", released.square(number + 4, 7))
    ward(build, "X9", "2023", released.square(3, 0), "Xylo ward")
    Build.objects.filter(pk=build.pk).update(vintage="2023")
    return Build.objects.get(pk=build.pk)


def paths(text: str) -> dict[str, str]:
    """The outline of each ward on the map of sleep, by its name."""
    drawn = text[text.index('aria-labelledby="c-wards-enough-sleep-title"') :]
    found = re.findall(
        r'aria-label="([^"]*)"><path [^>]*d="([^"]+)"', drawn[: drawn.index("</svg>")]
    )
    return dict(found)


def named(text: str, name: str) -> str:
    return next(d for said, d in paths(text).items() if name in said)


def test_two_waves_each_draw_their_own_wards(new: Build, old: Build, client: Client) -> None:
    today, before = page(client, NEW), page(client, OLD)
    assert len(paths(today)) == len(paths(before)) == 5
    assert named(today, "Hill ward") != named(before, "Hill ward")
    assert "Xylo ward" in before
    assert "Xylo ward" not in today
    assert "Jay ward" in today
    assert "Jay ward" not in before
    for text, vintage in ((today, "2025"), (before, "2023")):
        assert f"Ward boundaries of {vintage}." in text
        assert text.count("Ward boundaries of") == 1
    for wave, vintage in ((NEW, "2025"), (OLD, "2023")):
        assert f"Ward boundaries of {vintage}." in page(client, wave, "")


def test_new_boundaries_change_nothing_of_what_is_published(new: Build, client: Client) -> None:
    """Of the time of the lessons, with the same codes, and one more: loaded after the release."""
    addresses = ("", TOPIC, "data/areas.geojson", "data/datapackage.json", "data/", "ward/W0/")
    before = [page(client, NEW, address) for address in addresses]
    for number in range(6):
        ward(new, f"W{number}", "2026", released.square(number, 9), f"New {number}")
    assert [page(client, NEW, address) for address in addresses] == before
    assert "New " not in "".join(before)


@pytest.mark.parametrize(
    ("codes", "vintage", "shown"),
    [
        ("W0 W1 W2 W3", "2026", "2026"),  # of the time of the lessons
        ("W0 W1 W2 W3", "2027", "2025"),  # nobody could be placed by these
        ("W0 W1 W2", "2026", "2025"),  # not all that is published
    ],
)
def test_a_build_that_does_not_say_has_the_newest_of_its_time_with_all_its_wards(
    build: Build, client: Client, codes: str, vintage: str, shown: str
) -> None:
    for code in codes.split():
        ward(build, code, vintage, released.square(0, 3))
    assert f"Ward boundaries of {shown}." in page(client, NEW)


def test_where_no_vintage_has_all_wards_there_is_a_list_and_no_map(
    build: Build, client: Client
) -> None:
    Area.objects.filter(code="W2").delete()
    ward(build, "W2", "2027", released.square(0, 3))
    text = page(client, NEW)
    assert "c-wards-enough-sleep" not in text
    row = text[text.index("/ward/W2/") :][:200]
    assert re.search(r"<td>\d+%</td>", row)
    assert client.get(f"/results/{NEW}/data/areas.geojson").status_code == 404


def test_a_ward_without_a_boundary_stands_in_the_list_and_not_on_the_map(
    new: Build, client: Client
) -> None:
    Area.objects.filter(code="W0").update(boundary=None)
    text = page(client, NEW)
    assert len(paths(text)) == 4
    assert not [said for said in paths(text) if "Fen ward" in said]
    assert ">Fen ward</a>" in text
    keys = [each["id"] for each in geojson(client, NEW)["features"]]
    assert keys
    assert "W0" not in keys


def geojson(client: Client, wave: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/results/{wave}/data/areas.geojson").json()
    return found


def test_open_data_says_of_which_vintage_its_boundaries_are(
    new: Build, old: Build, client: Client
) -> None:
    for wave, vintage in ((NEW, "2025"), (OLD, "2023")):
        found = geojson(client, wave)
        assert found["vintage"] == vintage
        assert {each["properties"]["vintage"] for each in found["features"]} == {vintage}
        package = client.get(f"/results/{wave}/data/datapackage.json").json()
        told = {each["path"]: each.get("vintage") for each in package["resources"]}
        assert told["areas.geojson"] == vintage
        assert told["results.csv"] is None
        assert f"<dd>Of {vintage}. " in page(client, wave, "data/")
    shapes = [
        {each["id"]: each["geometry"] for each in geojson(client, wave)["features"]}
        for wave in (NEW, OLD)
    ]
    assert shapes[0]["W0"] == shapes[1]["W0"]
    assert shapes[0]["W2"] != shapes[1]["W2"]


def test_a_locality_is_drawn_only_as_it_stood_then(new: Build, client: Client) -> None:
    for vintage, column in (("2023", 5), ("2025", 6)):
        Area.objects.create(
            authority=new.wave.authority, kind="locality", code="north", vintage=vintage,
            name="North", boundary=released.square(column, 5),
        )  # fmt: skip
    found = {each["id"]: each["geometry"] for each in geojson(client, NEW)["features"]}
    west = min(x for x, _ in found["north"]["coordinates"][0])
    assert west == pytest.approx(0.1 + 0.06)
    Area.objects.filter(kind="locality", vintage="2025").delete()
    assert "north" not in [each["id"] for each in geojson(client, NEW)["features"]]


def test_an_area_leads_to_itself_in_other_waves_and_to_no_other(
    new: Build, old: Build, client: Client
) -> None:
    fen = page(client, NEW, "ward/W0/")
    assert f'<a href="/results/{OLD}/ward/W0/">Summer 2024</a>' in fen
    assert f'<a href="/results/{NEW}/ward/W0/">Summer 2026</a>' in page(client, OLD, "ward/W0/")
    hill = page(client, NEW, "ward/W2/")
    assert f"/results/{OLD}/ward/W2/" not in hill
    assert (
        "That wave has the ward boundaries of 2023, this one those of 2025, and this ward" in hill
    )
    borough = page(client, NEW, f"borough/{released.BOROUGH}/")
    assert f'<a href="/results/{OLD}/borough/{released.BOROUGH}/">Summer 2024</a>' in borough


def test_the_council_may_say_that_an_area_is_the_same(
    new: Build, old: Build, client: Client
) -> None:
    address = f"/results/{NEW}/ward/W3/"
    mark = client.get(address)["ETag"]
    state_same_areas(
        authority=new.wave.authority, earlier="2023", later="2025",
        content=b"earlier,later\nX9,W4\nW2,W3\n", by=None,
    )  # fmt: skip
    again = client.get(address, headers={"If-None-Match": mark})
    assert again.status_code == 200
    assert f'<a href="/results/{OLD}/ward/W2/">Summer 2024</a>' in again.content.decode()
    assert queries.same_area(old, "ward", "X9", new) == "W4"
    assert queries.same_area(new, "ward", "W1", new) == "W1"


def test_an_area_without_figures_there_and_a_wave_whose_wards_nobody_knows(
    new: Build, old: Build, client: Client
) -> None:
    ReleasedPlace.objects.filter(build=old, key="W0").delete()
    assert "Summer 2024. Too few answers to show there." in page(client, NEW, "ward/W0/")
    Build.objects.filter(pk=old.pk).update(vintage="")
    Area.objects.filter(vintage="2023", code="W3").delete()
    Area.objects.filter(vintage="2025", code="W3").delete()
    assert "It is not known whether this ward is the same area there." in page(
        client, NEW, "ward/W0/"
    )


def test_other_councils_and_waves_that_are_not_published_are_no_other_waves(
    new: Build, old: Build, client: Client
) -> None:
    old.wave.publication.delete()
    assert "in other waves" not in page(client, NEW, "ward/W0/")
    elsewhere = Authority.objects.create(code="E09000098", name="Elsewhere")
    third = released.store("third")
    Wave.objects.filter(pk=third.wave_id).update(authority=elsewhere)
    assert "in other waves" not in page(client, NEW, "ward/W0/")


def test_a_page_is_out_of_date_when_another_wave_is_published(
    new: Build, client: Client, cast: Cast
) -> None:
    from reports.models import PublicationEvent

    address = f"/results/{NEW}/ward/W0/"
    mark = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    build = released.store(OLD)
    PublicationEvent.objects.create(wave=build.wave, build=build, note="First figures.")
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 200


def test_a_build_keeps_the_vintage_that_its_wave_had(db: None, keys: object) -> None:
    authority, schools = borough()
    wave = collected_wave(authority, schools, pupils=2)
    for vintage in ("2023", "2025"):
        Area.objects.create(
            authority=authority, kind="ward", code="W1", name="One", vintage=vintage
        )
    wave.vintage = "2023"
    wave.save()
    first = request_build(wave=wave, by=None)
    Area.objects.create(authority=authority, kind="ward", code="W1", name="One", vintage="2026")
    assert request_build(wave=wave, by=None) == first
    wave.vintage = "2025"
    wave.save()
    second = request_build(wave=wave, by=None)
    first.refresh_from_db()
    assert (first.vintage, second.vintage) == ("2023", "2025")


def test_builds_of_before_are_given_the_wards_that_they_drew(build: Build) -> None:
    for code in ("W0", "W1", "W2", "W3", "W4"):
        ward(build, code, "2027", released.square(0, 3))
    for code in ("W0", "W1"):
        ward(build, code, "2026", released.square(0, 3))
    empty = Build.objects.create(wave=build.wave, input_key="2" * 64)
    migration().write_down(apps, None)
    build.refresh_from_db()
    empty.refresh_from_db()
    assert (build.vintage, empty.vintage) == ("2025", "")


def migration() -> ModuleType:
    folder = Path(__file__).parents[3] / "reports/migrations"
    (file,) = folder.glob("*_vintage.py")
    spec = importlib.util.spec_from_file_location("vintage", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
