"""The open data set: whole, described, open to everybody, and without a school."""

import csv
import hashlib
import io
import json
import re
from datetime import UTC, datetime
from html import unescape
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import Settings

from reports.models import Build, PublicationEvent
from schools.models import Area
from tests import released

DATA = "/results/oakmere-2026/data/"


def package(client: Client) -> dict:
    return client.get(f"{DATA}datapackage.json").json()


def rows(client: Client, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(DATA + name).content.decode())))


def test_the_package_describes_every_file_to_the_byte(build: Build, client: Client) -> None:
    found = package(client)
    assert found["id"] == str(build.pk)
    assert found["licenses"][0]["name"] == "OGL-UK-3.0"
    assert "Made-up data" in found["description"]
    paths = [each["path"] for each in found["resources"]]
    assert paths == [
        "results.csv", "measures.csv", "answers.csv", "places.csv", "not-shown.csv",
        "areas.geojson",
    ]  # fmt: skip
    for each in found["resources"]:
        content = client.get(DATA + each["path"]).content
        assert each["bytes"] == len(content)
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if each["path"].endswith(".csv"):
            header = content.decode().splitlines()[0].split(",")
            assert [field["name"] for field in each["schema"]["fields"]] == header
            assert all(field["description"] for field in each["schema"]["fields"])


def test_columns_hold_what_their_types_say(build: Build, client: Client) -> None:
    readers = {"integer": int, "number": float, "string": str, "boolean": ["true", "false"].index}
    for each in package(client)["resources"]:
        for field in each.get("schema", {}).get("fields", ()):
            for row in rows(client, each["path"]):
                if row[field["name"]]:
                    readers[field["type"]](row[field["name"]])


def test_every_key_has_its_words(build: Build, client: Client) -> None:
    results = rows(client, "results.csv")
    # The question about the pupils themselves is no topic of results.
    measures = {row["measure"] for row in rows(client, "measures.csv")} | {"q.gender"}
    assert {row["measure"] for row in results} <= measures
    answers = {(row["measure"], row["answer"]) for row in rows(client, "answers.csv")}
    coded = {(r["measure"], r["answer"]) for r in results if r["answer"].isdigit()}
    assert {pair for pair in coded if pair[0] != "q.gender"} <= answers
    places = {(row["place_kind"], row["place"]): row for row in rows(client, "places.csv")}
    assert {(row["place_kind"], row["place"]) for row in results} == set(places)
    assert places["locality", "north"]["name"] == "North Oakmere"
    calm = next(r for r in rows(client, "measures.csv") if r["measure"] == "calm_often")
    assert (calm["words"], calm["threshold"]) == ("Pupils who felt calm often or always", ">=3")


def test_what_is_not_shown_has_a_reason_and_no_row(build: Build, client: Client) -> None:
    cube, seen = released.small_cube(), 0
    for row in rows(client, "not-shown.csv"):
        assert row["reason"]
        place = f"{row['place_kind']}:{row['place']}"
        dims = set(filter(None, row["split_by"].split("+")))
        groups = [g for g in cube.groups if g.place.id == place and set(g.values) == dims]
        if row["measure"] == "all":
            assert not groups
        for group in groups:
            assert row["measure"] not in cube.cells.get(group.id, {})
            seen += 1
    assert seen


def test_the_page_lists_files_columns_licence_and_corrections(build: Build, client: Client) -> None:
    event = PublicationEvent.objects.create(
        wave=build.wave, build=build, kind="correction", note="A <late> school is counted."
    )
    PublicationEvent.objects.update(at=datetime(2026, 7, 3, 10, tzinfo=UTC))
    page = unescape(client.get(DATA).content.decode())
    for each in package(client)["resources"]:
        assert f'href="{DATA}{each["path"]}"' in page
        assert each["hash"].removeprefix("sha256:") in page
    for words in ("Open Government Licence v3.0", event.note, "3 July 2026", str(build.pk)):
        assert words in page
    assert "Eligible for free school meals: yes, no, or all" in page
    assert package(client)["releases"] == [
        {
            "day": "2026-07-03",
            "kind": "Correction",
            "note": "A <late> school is counted.",
            "release": str(build.pk),
        }
    ]
    assert f'href="{DATA}"' in client.get("/results/oakmere-2026/").content.decode()


def test_boundaries_keep_their_attribution(
    build: Build, client: Client, settings: Settings
) -> None:
    settings.BOUNDARY_ATTRIBUTION = "Contains OS data © Crown copyright."
    assert "Made-up" in client.get(f"{DATA}areas.geojson").json()["attribution"]
    build.wave.made_up = False
    build.wave.save()
    assert client.get(f"{DATA}areas.geojson").json()["attribution"] == settings.BOUNDARY_ATTRIBUTION
    assert {"title": settings.BOUNDARY_ATTRIBUTION} in package(client)["sources"]
    assert settings.BOUNDARY_ATTRIBUTION in client.get(DATA).content.decode()


def test_without_boundaries_there_is_no_map(build: Build, client: Client) -> None:
    Area.objects.update(boundary=None)
    assert client.get(f"{DATA}areas.geojson").status_code == 404
    assert "areas.geojson" not in json.dumps(package(client))
    assert "areas.geojson" not in client.get(DATA).content.decode()


BOOK = "/results/oakmere-2026/table.xlsx"
FILES = ("", "datapackage.json", "results.csv", "areas.geojson", "not-shown.csv")


def text(content: bytes) -> str:
    """The words of a page, a file, or all parts of a spreadsheet."""
    if content[:2] != b"PK":
        return content.decode()
    with ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize("address", [*(DATA + name for name in FILES), BOOK])
def test_no_school_and_nothing_before_publication(
    build: Build, client: Client, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    said = text(response.content)
    assert not re.search(r"\b10000[1-5]\b", said)
    assert not [school for school in released.SCHOOLS.values() if school in unescape(said)]
    build.wave.publication.delete()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["school.csv", "datapackage.csv", "100001.csv"])
def test_nothing_else_is_there(build: Build, client: Client, name: str) -> None:
    assert client.get(DATA + name).status_code == 404


def test_who_has_a_file_is_told_so(build: Build, client: Client) -> None:
    first = client.get(f"{DATA}results.csv")
    again = client.get(f"{DATA}results.csv", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
