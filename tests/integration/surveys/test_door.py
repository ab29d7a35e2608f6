"""The door: guesses find nothing, classes always come in, and a crowd comes in turns."""

import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from schools.models import Authority, School
from surveys import door
from surveys.actions.responses import take_seat
from surveys.codes import new_code
from surveys.guesses import AT_ONCE, Guesses
from surveys.line import Line
from surveys.models import Response
from surveys.refusal import Refused
from tests.classroom import Classroom, build_classroom

SCHOOL, NEIGHBOUR = "203.0.113.5", "198.51.100.7"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has its own door; the clock of its guesses stands still."""
    monkeypatch.setattr(door, "guesses", Guesses(clock=lambda: 0.0))
    monkeypatch.setattr(door, "line", Line(2))
    return


def try_code(client: Client, code: str, address: str = SCHOOL) -> int:
    return client.get(f"/go/{code}/", REMOTE_ADDR=address).status_code


def guess(times: int, address: str = SCHOOL, **headers: str) -> list[str]:
    """What becomes of random codes at the door itself: the words of the refusals."""
    request = RequestFactory().get("/go/", REMOTE_ADDR=address, **headers)
    refused = []
    for _ in range(times):
        code = new_code()
        with pytest.raises(Refused) as refusal:
            door.admitted(request, code, lambda code=code: take_seat(code=code))
        refused.append(refusal.value.code)
    return refused


def test_ten_thousand_guesses_find_no_code_and_are_limited(
    client: Client, classroom: Classroom
) -> None:
    assert guess(10_000) == ["unknown"] * AT_ONCE + ["many"] * (10_000 - AT_ONCE)
    assert try_code(client, new_code()) == 429
    assert not Response.objects.exists()


def test_a_class_of_three_hundred_behind_one_address_is_never_limited(
    client: Client, authority: Authority, school_a: School
) -> None:
    room = build_classroom(authority, school_a, pupils=300)
    assert try_code(client, room.slips[0].code) == 302
    guess(AT_ONCE + 1)  # somebody in the next room floods, from the same address
    assert try_code(client, new_code()) == 429
    assert [try_code(client, slip.code) for slip in room.slips] == [302] * 300
    assert Response.objects.count() == 300


def test_two_typing_mistakes_each_are_within_what_an_address_has(
    client: Client, authority: Authority, school_a: School
) -> None:
    room = build_classroom(authority, school_a, pupils=300)
    for slip in room.slips:
        assert guess(2) == ["unknown", "unknown"]
        assert try_code(client, slip.code) == 302


def test_a_flooder_cannot_reach_another_school(
    client: Client, classroom: Classroom, authority: Authority, school_b: School
) -> None:
    other = build_classroom(authority, school_b, key="autumn")
    try_code(client, classroom.slips[0].code)
    guess(AT_ONCE + 1)
    assert try_code(client, other.slips[0].code) == 429
    assert try_code(client, other.slips[0].code, NEIGHBOUR) == 302
    assert Response.objects.filter(wave=other.wave).count() == 1


def test_the_limit_is_said_kindly_and_the_code_kept(client: Client, classroom: Classroom) -> None:
    guess(AT_ONCE)
    code = classroom.slips[0].code
    response = client.post("/go/", {"code": code}, REMOTE_ADDR=SCHOOL)
    assert (response.status_code, response["retry-after"]) == (429, "60")
    assert "Please wait a minute" in response.content.decode()
    assert f'name="code" value="{code}"' in response.content.decode()


def test_the_address_is_the_proxys_word_only_where_there_is_one(
    db: None, settings: Settings
) -> None:
    for number in range(AT_ONCE):
        guess(1, HTTP_X_FORWARDED_FOR=f"10.0.0.{number % 250}")
    assert guess(1, HTTP_X_FORWARDED_FOR="10.9.9.9") == ["many"]  # a made-up header gains nothing
    settings.BEHIND_PROXY = True
    assert guess(1, HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.1") == ["unknown"]
    guess(AT_ONCE, HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.1")
    # The last one is the proxy's own.
    assert guess(1, HTTP_X_FORWARDED_FOR="10.8.8.8, 192.0.2.1") == ["many"]


def test_an_ipv6_network_is_one_address(db: None) -> None:
    for number in range(AT_ONCE):
        assert guess(1, f"2001:db8::{number:x}") == ["unknown"]
    assert guess(1, "2001:db8::ffff") == ["many"]
    assert guess(1, "2001:db8:0:1::1") == ["unknown"]


@pytest.mark.parametrize("broken", [False, True])
def test_no_log_holds_a_code(
    client: Client, classroom: Classroom, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    """A handler as the settings have it, with a slip's link that is refused or fails."""
    lines = io.StringIO()
    monkeypatch.setattr(logging.getLogger().handlers[0], "stream", lines)
    code = classroom.slips[0].code
    client.raise_request_exception = False
    if broken:
        monkeypatch.setattr(door, "client_address", lambda request: 1 / 0)
        assert try_code(client, code) == 500
    else:
        with door.line.place(), door.line.place():
            assert try_code(client, code) == 503
    assert "/go/" in lines.getvalue()
    assert code not in lines.getvalue()


def test_a_crowd_is_asked_to_come_again_with_its_code(client: Client, classroom: Classroom) -> None:
    code = classroom.slips[0].code
    with door.line.place(), door.line.place():
        response = client.post("/go/", {"code": code})
        text = response.content.decode()
        assert (response.status_code, response["retry-after"]) == (503, "3")
        assert re.search(rf'name="code" value="{code}"', text)
        assert "soon" in text
        assert not re.findall(r"<script(?![^>]* src=)|style=", text)
        again = client.post("/go/", {"code": code, "turn": "0"})
        assert 'data-turn="1"' in again.content.decode()
    assert not Response.objects.exists()
    assert client.post("/go/", {"code": code, "turn": "1"}).status_code == 302


def test_saves_do_not_stand_in_that_line(pupil: Client) -> None:
    with door.line.place(), door.line.place():
        body = {"page": "p01", "seq": 1, "answers": {"happy": 1}}
        response = pupil.post("/lesson/save/", body, content_type="application/json")
        assert response.status_code == 200
