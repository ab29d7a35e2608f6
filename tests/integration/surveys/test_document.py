"""The document and the worker as the server gives them: to whom, how kept, what they hold."""

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client

from surveys.models import QuestionnaireVersion
from tests.cast import Cast
from tests.classroom import DOCUMENT, Classroom


@pytest.fixture
def address(pupil: Client) -> str:
    found = re.search(r'data-document="([^"]+)"', pupil.get("/lesson/").content.decode())
    assert found is not None
    return found[1]


def unpacked(response: Any) -> str:
    return gzip.decompress(response.content).decode()


def test_the_address_says_nothing_but_which_version(address: str) -> None:
    version = QuestionnaireVersion.objects.get()
    mark = re.fullmatch(r"/lesson/all/([0-9a-f]{16})-en-GB/\?[0-9a-f]{12}", address)
    assert mark is not None
    assert version.fingerprint.startswith(mark[1])


def test_a_pupil_gets_it_compressed_and_may_keep_it(pupil: Client, address: str) -> None:
    response = pupil.get(address, headers={"accept-encoding": "gzip, br"})
    assert response.status_code == 200
    assert response["content-encoding"] == "gzip"
    assert response["cache-control"] == "private, max-age=31536000, immutable"
    assert response["vary"] == "Accept-Encoding"
    assert not response.cookies
    text = unpacked(response)
    for page in DOCUMENT["pages"]:
        assert f'data-page="{page["key"]}" hidden' in text
    for item in DOCUMENT["items"]:
        assert item["text"] in text


def test_it_is_plain_for_who_does_not_unpack(pupil: Client, address: str) -> None:
    response = pupil.get(address)
    assert "content-encoding" not in response
    assert "Are you happy?" in response.content.decode()


def test_an_address_of_other_content_is_not_kept(pupil: Client, address: str) -> None:
    for old in (address.partition("?")[0], address[:-1] + ("0" if address[-1] != "0" else "1")):
        assert pupil.get(old)["cache-control"] == "private, no-cache"


def test_it_is_the_same_for_every_pupil_and_holds_no_token(
    pupil: Client, classroom: Classroom, address: str
) -> None:
    other = Client()
    other.post("/go/", {"code": classroom.slips[1].code})
    pages = [client.get(address).content.decode() for client in (pupil, other)]
    assert pages[0] == pages[1]
    assert "csrf" not in pages[0]
    assert not re.findall(r"<script(?![^>]*( src=|application/json))|style=|onclick", pages[0])


@pytest.mark.parametrize("cookie", [None, "e30:1:forged"])
def test_a_stranger_finds_nothing(client: Client, address: str, cookie: str | None) -> None:
    stranger = Client()
    if cookie:
        stranger.cookies["seat"] = "0" * 12
        stranger.cookies[f"seat-{'0' * 12}"] = cookie
    assert stranger.get(address).status_code == 404


def test_staff_may_look(cast: Cast, address: str) -> None:
    client = Client()
    client.force_login(cast.teacher_a)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "place", ["0000000000000000-en-GB", "{mark}-cy", "{mark}-ar", "{mark}-xx", "{mark}-en-GBx"]
)
def test_what_is_not_there(pupil: Client, address: str, place: str) -> None:
    mark = address.split("/")[3][:16]
    assert pupil.get(f"/lesson/all/{place.format(mark=mark)}/").status_code == 404


def test_the_routes_come_with_it(pupil: Client, address: str) -> None:
    text = pupil.get(address).content.decode()
    block = re.search(r'<script id="routes" type="application/json">(.+?)</script>', text)
    assert block is not None
    routes = json.loads(block[1])
    assert routes["mark"] == address.split("/")[3][:16]
    assert [page["key"] for page in routes["pages"]] == ["p01", "p02", "p03", "p04", "p05"]


def test_the_worker_keeps_to_the_pupils_area(client: Client, db: None) -> None:
    response = client.get("/lesson/worker.js")
    assert response.status_code == 200
    assert response["content-type"].startswith("text/javascript")
    assert "no-store" in response["cache-control"]
    shell = re.search(r"const SHELL = (\[.*\]);", response.content.decode())
    assert shell is not None
    kept = json.loads(shell[1])
    assert "/static/surveys/lesson/app.js" in kept
    for name in kept:
        assert client.get(name).status_code == 200, name


def test_stopping_is_not_held_back_by_a_number_that_does_not_fit(pupil: Client) -> None:
    data = {"at_home": "60", "at_school": "30", "seq": "1", "go": "stop"}
    assert pupil.post("/lesson/p03/", data)["location"] == "/lesson/stop/"
