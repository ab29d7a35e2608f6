"""The saving address against everything that could be sent to it: never a 5xx, never a part."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from schools.models import Authority, School
from surveys.actions.lessons import close_lesson, pause_lesson, start_lesson
from surveys.actions.responses import finish, open_seat
from surveys.models import Response, SealedPage, Translation
from tests.classroom import Classroom, build_classroom

GOOD = {"page": "p01", "seq": 1, "answers": {"happy": 1}}


def send(client: Client, body: Any, *, seat: str = "") -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"X-Seat": seat} if seat else {}
    return client.post("/lesson/save/", content, content_type="application/json", headers=headers)


def saved(room: Classroom, number: int = 0) -> dict[str, Any]:
    return open_seat(room.seat(number)).answers_by_page()


def state(client: Client) -> Any:
    return client.get("/lesson/state/").json()


def test_one_page(pupil: Client, classroom: Classroom) -> None:
    response = send(pupil, GOOD)
    assert response.status_code == 200
    assert response.json() == {
        "saved": [{"page": "p01", "seq": 1}],
        "lesson": "open",
        "ended": False,
    }
    assert "no-store" in response["cache-control"]
    assert open_seat(classroom.seat()).answers_by_page() == {"p01": {"happy": 1}}


def test_several_pages(pupil: Client, classroom: Classroom) -> None:
    pages = [GOOD, {"page": "p05", "seq": 4, "answers": {"days": 2}}]
    response = send(pupil, {"pages": pages})
    saved = [{"page": "p01", "seq": 1}, {"page": "p05", "seq": 4}]
    assert response.json()["saved"] == saved
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


@pytest.mark.parametrize(
    ("site", "status"),
    [(None, 200), ("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)],
)
def test_no_token_is_needed_and_no_other_site_can_save(
    classroom: Classroom, pupil: Client, site: str | None, status: int
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = pupil.cookies
    headers = {"Sec-Fetch-Site": site} if site else {}
    response = strict.post(
        "/lesson/save/", json.dumps(GOOD), content_type="application/json", headers=headers
    )
    assert response.status_code == status
    assert SealedPage.objects.exists() == (status == 200)


def test_a_form_of_another_site_cannot_look_like_json(pupil: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; a=b"):
        response = pupil.post("/lesson/save/", json.dumps(GOOD), content_type=kind)
        assert response.status_code == 400
    assert not SealedPage.objects.exists()


@pytest.mark.parametrize(("end", "state"), [("send", "submitted"), ("keep", "stopped")])
def test_the_end_comes_with_the_last_pages(pupil: Client, end: str, state: str) -> None:
    tag = pupil.cookies["seat"].value
    response = send(pupil, {"pages": [GOOD], "end": end})
    assert (response.status_code, response.json()["ended"]) == (200, True)
    assert (Response.objects.get().state, SealedPage.objects.count()) == (state, 1)
    assert pupil.cookies["seat"].value == ""  # the next one at the device finds no seat
    assert len(pupil.cookies[f"seat-{tag}"].value) < 10  # and no key
    # Its acknowledgement may have been lost: who asks again hears that it has ended.
    again = send(pupil, {"pages": [GOOD], "end": end}, seat=tag)
    assert (again.status_code, again.json()["error"]) == (409, "finished")


def test_an_end_may_come_alone(pupil: Client) -> None:
    send(pupil, GOOD)
    assert send(pupil, {"pages": [], "end": "delete"}).json()["ended"]
    assert not SealedPage.objects.exists()


def test_answers_of_an_earlier_pupil_still_arrive(pupil: Client, classroom: Classroom) -> None:
    first = pupil.cookies["seat"].value
    pupil.post("/go/", {"code": classroom.slips[1].code})
    second = pupil.cookies["seat"].value
    assert first != second
    assert send(pupil, GOOD | {"answers": {"happy": 2}}, seat=first).status_code == 200
    assert send(pupil, GOOD).status_code == 200
    assert saved(classroom, 0) == {"p01": {"happy": 2}}
    assert saved(classroom, 1) == {"p01": {"happy": 1}}
    # The end of the first does not take the seat of the second away.
    send(pupil, {"pages": [], "end": "send"}, seat=first)
    assert pupil.get("/lesson/state/").json()["seat"] == second


@pytest.mark.parametrize("tag", ["0" * 12, "x", "../seat", "é" * 12])
def test_a_seat_that_is_not_here(pupil: Client, tag: str) -> None:
    response = send(pupil, GOOD, seat=tag)
    assert (response.status_code, response.json()["error"]) == (403, "unknown")
    assert not SealedPage.objects.exists()


def test_a_browser_holds_a_dozen_seats_and_drops_the_oldest(
    authority: Authority, school_a: School, client: Client
) -> None:
    room = build_classroom(authority, school_a, pupils=15)
    begun = timezone.now()
    for number, slip in enumerate(room.slips):
        with time_machine.travel(begun + timedelta(seconds=number), tick=False):
            client.post("/go/", {"code": slip.code})
            client.get("/lesson/state/")
    held = {n for n, cookie in client.cookies.items() if n.startswith("seat") and cookie.value}
    tags = [room.seat(number).tag for number in range(15)]
    assert held == {"seat", *(f"seat-{tag}" for tag in tags[3:])}
    header = "; ".join(f"{name}={client.cookies[name].value}" for name in held)
    assert len(header) < 4096  # gunicorn refuses a header above 8,190 bytes


def test_during_a_pause_and_after_the_time(pupil: Client, classroom: Classroom) -> None:
    pause_lesson(lesson=classroom.lesson, by=None)
    assert send(pupil, GOOD).json()["lesson"] == "paused"
    assert pupil.get("/lesson/state/").json()["lesson"] == "paused"
    start_lesson(lesson=classroom.lesson, minutes=1, by=None)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert send(pupil, GOOD | {"seq": 2}).json()["lesson"] == "over"


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [("connection refused", 503, "later"), ("database or disk is full", 507, "full")],
)
def test_a_database_in_trouble_says_so_and_acknowledges_nothing(
    pupil: Client, monkeypatch: pytest.MonkeyPatch, words: str, status: int, code: str
) -> None:
    def broken(*args: object) -> None:
        raise OperationalError(words)

    monkeypatch.setattr("surveys.actions.responses.saving.write_pages", broken)
    response = send(pupil, GOOD)
    assert (response.status_code, response.json()["error"]) == (status, code)
    page = pupil.post("/lesson/p01/", {"happy": "1", "seq": "1"})
    assert page.status_code == status
    assert '<input type="hidden" name="happy" value="1">' in page.content.decode()


def test_a_save_in_the_whole_request_takes_four_queries(
    pupil: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    send(pupil, GOOD)
    with django_assert_num_queries(4) as queries:
        send(pupil, {"pages": [GOOD | {"seq": 2}, {"page": "p05", "seq": 3, "answers": {}}]})
    own = [query["sql"].split()[0] for query in queries.captured_queries]
    assert own == ["SAVEPOINT", "SELECT", "INSERT", "RELEASE"]  # outside tests: BEGIN and COMMIT


def test_the_state_is_enough_to_go_on(pupil: Client, classroom: Classroom) -> None:
    send(pupil, {"pages": [GOOD, {"page": "about", "seq": 2, "answers": {"waits": 1}}]})
    response = pupil.get("/lesson/state/")
    assert "no-store" in response["cache-control"]
    seat = classroom.seat()
    assert response.json() == {
        "seat": seat.tag,
        "back": hashlib.sha256(f"{seat.tag} {classroom.slips[0].code[-4:]}".encode()).hexdigest(),
        "edition": "full",
        "mark": classroom.wave.questionnaire.fingerprint[:16],
        "year_group": 8,
        "rotation": 0,
        "languages": [{"code": "en-GB", "name": "English", "draft": False}],
        "entered": "pupil",
        "lesson": "open",
        "about": {"seq": 2, "answers": {"waits": 1}},
        "pages": {"p01": {"seq": 1, "answers": {"happy": 1}}},
    }


def test_the_state_names_languages_and_drafts(pupil: Client, classroom: Classroom) -> None:
    for language, checked in (("cy", ""), ("ar", "A. Speaker")):
        Translation.objects.create(
            questionnaire=classroom.wave.questionnaire,
            language=language,
            document={},
            checked_by=checked,
        )
    found = {each["code"]: each["draft"] for each in state(pupil)["languages"]}
    assert found == {"en-GB": False, "cy": True, "ar": False}


def test_the_state_of_nobody(client: Client, db: None) -> None:
    response = client.get("/lesson/state/")
    assert (response.status_code, response.json()["error"]) == (403, "unknown")


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
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_breaks_it(pupil: Client, body: Any) -> None:
    assert send(pupil, body).status_code in {200, 400}
