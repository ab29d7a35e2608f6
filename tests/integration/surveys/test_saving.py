"""The saving address against everything that could be sent to it: never a 5xx, never a part."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.actions.lessons import close_lesson
from surveys.actions.responses import finish, open_seat
from surveys.models import SealedPage
from tests.classroom import Classroom

GOOD = {"page": "p01", "seq": 1, "answers": {"happy": 1}}


def send(client: Client, body: Any) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/lesson/save/", content, content_type="application/json")


def test_one_page(pupil: Client, classroom: Classroom) -> None:
    response = send(pupil, GOOD)
    assert (response.status_code, response.json()) == (200, {"saved": [{"page": "p01", "seq": 1}]})
    assert "no-store" in response["cache-control"]
    assert open_seat(classroom.seat()).answers_by_page() == {"p01": {"happy": 1}}


def test_several_pages(pupil: Client, classroom: Classroom) -> None:
    pages = [GOOD, {"page": "p05", "seq": 4, "answers": {"days": 2}}]
    response = send(pupil, {"pages": pages})
    assert response.json() == {"saved": [{"page": "p01", "seq": 1}, {"page": "p05", "seq": 4}]}
    assert SealedPage.objects.count() == 2


def test_a_replay_is_answered_the_same_way(pupil: Client) -> None:
    assert send(pupil, GOOD).content == send(pupil, GOOD).content
    assert SealedPage.objects.count() == 1


def test_a_late_page_never_overwrites(pupil: Client, classroom: Classroom) -> None:
    send(pupil, GOOD | {"seq": 5, "answers": {"happy": 2}})
    assert send(pupil, GOOD).status_code == 200
    assert open_seat(classroom.seat()).answers_by_page() == {"p01": {"happy": 2}}


HOSTILE: dict[str, Any] = {
    "nothing": b"",
    "no json": b"{",
    "not text": b"\xff\xfe\x00",
    "a list": [GOOD],
    "a number": 7,
    "null": None,
    "deep": b"[" * 60_000,
    "deep objects": b'{"pages":' * 6_000,
    "a huge number": b'{"page":"p01","answers":{},"seq":' + b"9" * 5_000 + b"}",
    "not a number": b'{"page":"p01","seq":NaN,"answers":{}}',
    "no fields": {},
    "a field too many": GOOD | {"at": "12:00"},
    "a field too few": {"page": "p01", "seq": 1},
    "no such page": GOOD | {"page": "p99"},
    "page of a wrong type": GOOD | {"page": ["p01"]},
    "NUL in the page": GOOD | {"page": "p01\0"},
    "half a surrogate": GOOD | {"page": "\ud800"},
    "a seq of 0": GOOD | {"seq": 0},
    "a true seq": GOOD | {"seq": True},
    "a seq of text": GOOD | {"seq": "1"},
    "a seq beyond counting": GOOD | {"seq": 2**53},
    "answers of a wrong type": GOOD | {"answers": [["happy", 1]]},
    "an unknown question": GOOD | {"answers": {"upn": 1}},
    "a question of another page": GOOD | {"answers": {"days": 1}},
    "an unknown code": GOOD | {"answers": {"happy": 3}},
    "a true answer": GOOD | {"answers": {"happy": True}},
    "half an answer": GOOD | {"answers": {"happy": 1.0}},
    "text": GOOD | {"answers": {"happy": "1"}},
    "NUL in an answer": GOOD | {"answers": {"happy": "\0"}},
    "NUL in a question": GOOD | {"answers": {"happy\0": 1}},
    "a list for a choice": GOOD | {"answers": {"happy": [1]}},
    "ticks twice": {"page": "p02", "seq": 1, "answers": {"how": [1, 1]}},
    "nested ticks": {"page": "p02", "seq": 1, "answers": {"how": [[1]]}},
    "one half": {"page": "p03", "seq": 1, "answers": {"at_home": 50}},
    "not 100": {"page": "p03", "seq": 1, "answers": {"at_home": 50, "at_school": 51}},
    "no pages": {"pages": []},
    "too many pages": {"pages": [GOOD] * 101},
    "one bad page": {"pages": [GOOD, GOOD | {"page": "p05"}]},
    "pages of a wrong type": {"pages": {"p01": GOOD}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies(pupil: Client, name: str) -> None:
    response = send(pupil, HOSTILE[name])
    assert response.status_code == 400
    assert response.json()["error"] == "invalid"
    assert response.json()["reason"]
    assert not SealedPage.objects.exists()


def test_problems_are_listed(pupil: Client) -> None:
    answer = send(pupil, GOOD | {"answers": {"happy": 3, "travels": "x"}}).json()
    assert len(answer["problems"]) == 2


def test_a_megabyte_is_not_even_read(pupil: Client) -> None:
    response = send(pupil, GOOD | {"answers": {"happy": "x" * 1_000_000}})
    assert (response.status_code, response.json()["error"]) == (413, "too_large")
    assert not SealedPage.objects.exists()


def test_other_kinds_of_body(pupil: Client) -> None:
    response = pupil.post("/lesson/save/", {"page": "p01", "seq": "1", "answers": "{}"})
    assert response.status_code == 400
    assert pupil.get("/lesson/save/").status_code == 405


def test_after_sending(pupil: Client, classroom: Classroom) -> None:
    finish(seat=classroom.seat())
    response = send(pupil, GOOD)
    assert (response.status_code, response.json()["error"]) == (409, "finished")
    assert not SealedPage.objects.exists()


def test_to_a_closed_lesson(pupil: Client, classroom: Classroom) -> None:
    close_lesson(lesson=classroom.lesson, by=None)
    response = send(pupil, GOOD)
    assert (response.status_code, response.json()["error"]) == (409, "closed")
    assert not SealedPage.objects.exists()


def test_without_a_seat(client: Client, db: None) -> None:
    response = send(client, GOOD)
    assert (response.status_code, response.json()["error"]) == (403, "unknown")


def test_without_the_token(classroom: Classroom, pupil: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["seat"] = pupil.cookies["seat"].value
    assert send(strict, GOOD).status_code == 403
    assert not SealedPage.objects.exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["page", "seq", "answers", "pages", "happy", "p01"]), inner
        )
    ),
    max_leaves=12,
)


@given(body=JSON)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_body_breaks_it(pupil: Client, body: Any) -> None:
    assert send(pupil, body).status_code in {200, 400}
