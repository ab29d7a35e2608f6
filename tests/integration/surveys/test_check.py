"""The check before a lesson, and the other activity: for everybody, and nothing is kept."""

import html
import io
import json
import re
import wave
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.other_task import PARTS

SENSITIVE = re.compile(
    r"drug|alcohol|vap|smok|sex|self.?harm|suicid|bull|anonym|wellbeing|mental", re.IGNORECASE
)


def save(client: Client, body: Any, **extra: str) -> Any:
    given = {"content_type": "application/json", **extra}
    return client.post("/check/save/", body if isinstance(body, str) else json.dumps(body), **given)


PAGE = {"page": "p01", "seq": 3, "answers": {"sample": 1}}


@pytest.mark.parametrize("address", ["/check/", "/check/page/", "/check/sound/", "/lesson-task/"])
def test_no_log_in_and_no_question_to_the_database(db: None, client: Client, address: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
    assert (response.status_code, len(queries)) == (200, 0)


def test_a_save_is_answered_like_a_lessons_and_not_kept(db: None, client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = save(client, {"pages": [PAGE]}).json()
    assert answer == {"saved": [{"page": "p01", "seq": 3}], "cookie": False}
    assert save(client, PAGE).json()["cookie"] is True
    assert len(queries) == 0


@pytest.mark.parametrize(
    ("body", "extra", "status"),
    [
        ("nonsense", {}, 400),
        ({"pages": []}, {}, 400),
        (PAGE, {"content_type": "text/plain"}, 400),
        (PAGE, {"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"pages": [PAGE], "more": "x" * 70_000}, {}, 413),
    ],
)
def test_what_a_lesson_refuses_is_refused_here(
    client: Client, body: Any, extra: dict[str, str], status: int
) -> None:
    assert save(client, body, **extra).status_code == status


def test_the_sound_is_a_sound(client: Client) -> None:
    response = client.get("/check/sound/")
    assert response["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(response.content)) as sound:
        assert 0.1 < sound.getnframes() / sound.getframerate() < 2


def test_it_names_the_exact_host(client: Client) -> None:
    page = client.get("/check/", headers={"host": "localhost"}).content.decode()
    assert "<code>localhost</code>" in page
    assert "testserver" not in page


def main_of(client: Client, address: str) -> str:
    page = html.unescape(client.get(address).content.decode())
    return page.split("<main")[1].split("</main")[0]


def test_no_word_that_a_filter_could_stumble_over(client: Client) -> None:
    tasks = [f"/lesson-task/{n + 1}/" for n in range(len(PARTS))]
    for address in ("/check/", "/check/page/", *tasks):
        assert SENSITIVE.findall(main_of(client, address)) == [], address


def test_the_other_task_sends_nothing(client: Client) -> None:
    for number, part in enumerate(PARTS, start=1):
        response = client.get(f"/lesson-task/{number}/")
        main = main_of(client, f"/lesson-task/{number}/")
        assert str(part.title) in main
        assert "<form" not in main
        assert not response.cookies
    assert client.post("/lesson-task/", {"writing": "x"}).status_code == 405
    for nowhere in ("0", str(len(PARTS) + 1)):
        assert client.get(f"/lesson-task/{nowhere}/").status_code == 404
