"""A pupil's pages without script: what is shown, saved, kept, and never said."""

import re

import pytest
from django.test import Client

from surveys.actions.lessons import close_lesson, pause_lesson, start_lesson
from surveys.actions.responses import open_seat
from surveys.codes import shown
from surveys.models import Response, SealedPage
from tests.classroom import Classroom

SEQ = re.compile(r'name="seq" value="(\d+)"')


def saved(room: Classroom, number: int = 0) -> dict[str, dict[str, object]]:
    return open_seat(room.seat(number)).answers_by_page()


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("shape", ["{}", " {} ", "{}\n"])
def test_the_code_as_people_type_it(client: Client, classroom: Classroom, shape: str) -> None:
    typed = shape.format(shown(classroom.slips[0].code).lower())
    response = client.post("/go/", {"code": typed})
    assert (response.status_code, response["location"]) == (302, "/lesson/")


def test_the_qr_takes_the_seat_and_the_code_leaves_the_address(
    client: Client, classroom: Classroom
) -> None:
    response = client.get(f"/go/{classroom.slips[0].code}/")
    assert (response.status_code, response["location"]) == (302, "/lesson/")
    assert client.get("/lesson/").status_code == 200


@pytest.mark.parametrize("code", ["", "2345678923", "<script>", "x" * 5000, "\0"])
def test_a_wrong_code_says_so(client: Client, classroom: Classroom, code: str) -> None:
    response = client.post("/go/", {"code": code})
    assert response.status_code == 403
    assert "There is a problem" in text(response)
    assert "<script>" not in text(response)
    assert "seat" not in response.cookies


def test_the_seat_is_the_only_thing_the_browser_gets(client: Client, classroom: Classroom) -> None:
    response = client.post("/go/", {"code": classroom.slips[0].code})
    tag = response.cookies["seat"].value
    assert set(response.cookies) <= {"seat", f"seat-{tag}", "screen", "csrftoken"}
    for seat in (response.cookies["seat"], response.cookies[f"seat-{tag}"]):
        assert (seat["httponly"], seat["samesite"], seat["path"]) == (True, "Lax", "/lesson/")
        assert seat["max-age"] == ""
        assert classroom.slips[0].code not in seat.value


def test_the_seat_cookie_is_secure_where_the_site_is(
    client: Client, classroom: Classroom, settings: object
) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]
    response = client.post("/go/", {"code": classroom.slips[0].code})
    seats = [cookie for name, cookie in response.cookies.items() if name.startswith("seat")]
    assert [cookie["secure"] for cookie in seats] == [True, True]


def test_no_session_and_no_account_is_touched(
    pupil: Client,
    django_assert_max_num_queries: object,
) -> None:
    with django_assert_max_num_queries(4) as queries:  # type: ignore[operator]
        response = pupil.get("/lesson/p01/")
    assert not [q for q in queries.captured_queries if "session" in q["sql"] or "user" in q["sql"]]
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize(
    "address",
    ["/go/", "/lesson/", "/lesson/p01/", "/lesson/stop/", "/lesson/done/"],
)
def test_nothing_is_kept_and_the_title_says_nothing(pupil: Client, address: str) -> None:
    response = pupil.get(address)
    assert response.status_code == 200
    assert "no-store" in response["cache-control"]
    assert "<title>Your lesson</title>" in text(response)
    assert not re.findall(r"<script(?![^>]* src=)|style=|onclick", text(response))
    files = set(re.findall(r'(?:src|href)="([^"]*\.(?:css|js))"', text(response)))
    assert "/static/census/pupil.css" in files
    assert [each for each in files if not re.match(r"/static/(census|surveys)/", each)] == []


def test_a_whole_lesson(pupil: Client, classroom: Classroom) -> None:
    """Every page by its form, with a branch that opens and one that stays shut (Year 8)."""
    assert 'href="/lesson/p01/"' in text(pupil.get("/lesson/"))
    steps = [
        ("p01", {"happy": "1", "travels": "1"}, "/lesson/p02/"),
        ("p02", {"how": ["1", "3"]}, "/lesson/p03/"),
        ("p03", {"at_home": "60", "at_school": "40"}, "/lesson/p05/"),
        ("p05", {"days": "5"}, "/lesson/finish/"),
    ]
    for page, answers, onwards in steps:
        seq = SEQ.search(text(pupil.get(f"/lesson/{page}/")))
        assert seq is not None
        response = pupil.post(f"/lesson/{page}/", {**answers, "seq": seq[1], "go": "next"})
        assert (response.status_code, response["location"]) == (302, onwards)
    assert saved(classroom) == {
        "p01": {"happy": 1, "travels": 1},
        "p02": {"how": [1, 3]},
        "p03": {"at_home": 60, "at_school": 40},
        "p05": {"days": 5},
    }
    assert pupil.get("/lesson/finish/").status_code == 200
    response = pupil.post("/lesson/finish/")
    assert response["location"] == "/lesson/done/"
    assert response.cookies["seat"].value == ""
    assert "0800 1111" in text(pupil.get("/lesson/done/"))
    assert Response.objects.get().state == "submitted"
    assert pupil.get("/lesson/p01/").status_code == 403


def test_a_code_that_is_done_is_thanked_and_not_told_off(
    pupil: Client, classroom: Classroom
) -> None:
    pupil.post("/lesson/stop/", {"answers": "keep"})
    response = pupil.get(f"/go/{classroom.slips[0].code}/")
    assert response.status_code == 409
    assert "You have finished already. Thank you." in text(response)
    assert "There is a problem" not in text(response)


def test_saved_answers_are_shown_again(pupil: Client) -> None:
    pupil.post("/lesson/p01/", {"happy": "9", "seq": "1"})
    pupil.post("/lesson/p03/", {"at_home": "30", "at_school": "70", "seq": "1"})
    assert re.findall(r'id="([\w-]+)"[^>]* checked', text(pupil.get("/lesson/p01/"))) == ["happy-9"]
    assert 'value="30"' in text(pupil.get("/lesson/p03/"))


def test_where_i_am_is_said_in_parts(pupil: Client) -> None:
    assert "Part 1 of 3" in text(pupil.get("/lesson/p01/"))
    assert "Part 3 of 3" in text(pupil.get("/lesson/p05/"))


def test_going_back_saves_too(pupil: Client, classroom: Classroom) -> None:
    pupil.post("/lesson/p01/", {"travels": "2", "seq": "1"})
    response = pupil.post("/lesson/p03/", {"seq": "1", "go": "back"})
    assert response["location"] == "/lesson/p01/"
    assert pupil.post("/lesson/p01/", {"seq": "2", "go": "back"})["location"] == "/lesson/"
    assert saved(classroom) == {"p01": {}, "p03": {}}


def test_a_changed_answer_closes_the_branch_behind_it(pupil: Client) -> None:
    pupil.post("/lesson/p01/", {"travels": "1", "seq": "1"})
    assert pupil.get("/lesson/p02/").status_code == 200
    pupil.post("/lesson/p01/", {"travels": "2", "seq": "2"})
    assert pupil.get("/lesson/p02/")["location"] == "/lesson/p03/"


def test_a_page_for_another_year_is_not_shown(pupil: Client) -> None:
    assert pupil.get("/lesson/p04/")["location"] == "/lesson/p01/"
    assert pupil.get("/lesson/p99/").status_code == 404


def test_coming_back_goes_on_at_the_first_page_not_reached(
    pupil: Client, classroom: Classroom
) -> None:
    pupil.post("/lesson/p01/", {"travels": "2", "seq": "1"})
    again = Client()
    again.post("/go/", {"code": classroom.slips[0].code})
    assert 'href="/lesson/p03/"' in text(again.get("/lesson/"))


def test_a_mistake_is_said_and_nothing_typed_is_lost(pupil: Client, classroom: Classroom) -> None:
    response = pupil.post("/lesson/p03/", {"at_home": "60", "at_school": "30", "seq": "1"})
    assert response.status_code == 422
    assert "add up to 90" in text(response)
    assert 'href="#at_home"' in text(response)
    assert 'value="60"' in text(response)
    assert 'value="30"' in text(response)
    assert saved(classroom) == {}


@pytest.mark.parametrize(
    "data",
    [
        {"happy": "7"},
        {"happy": ["1", "2"]},
        {"happy": "\0"},
        {"unknown": "1"},
        {"happy": "1" * 10_000},
        {"happy": "é<b>"},
    ],
)
def test_odd_forms_store_nothing(
    pupil: Client, classroom: Classroom, data: dict[str, object]
) -> None:
    response = pupil.post("/lesson/p01/", {**data, "seq": "1"})
    assert response.status_code == 422
    assert "<b>" not in text(response)
    assert saved(classroom) == {}


@pytest.mark.parametrize("seq", ["", "-1", "x", "9" * 30, "²"])
def test_an_odd_number_in_a_form_does_not_lose_the_answers(
    pupil: Client, classroom: Classroom, seq: str
) -> None:
    assert pupil.post("/lesson/p01/", {"happy": "1", "seq": seq}).status_code == 302
    assert saved(classroom) == {"p01": {"happy": 1}}


def test_two_tabs_are_two_writers_to_one_response(pupil: Client, classroom: Classroom) -> None:
    for tab in ("1", "2"):
        pupil.post("/lesson/p01/", {"happy": tab, "seq": "1"})
    assert Response.objects.count() == 1
    assert saved(classroom) == {"p01": {"happy": 2}}


def test_a_pause_stores_what_was_sent_and_shows_no_question(
    pupil: Client, classroom: Classroom
) -> None:
    pause_lesson(lesson=classroom.lesson, by=None)
    response = pupil.post("/lesson/p01/", {"happy": "1", "seq": "1", "go": "next"})
    there = pupil.get(response["location"])
    assert (response.status_code, there.status_code) == (302, 409)
    assert "Try again" in text(there)
    assert "question" not in re.findall(r'class="(\w+)"', text(there))
    start_lesson(lesson=classroom.lesson, minutes=10, by=None)
    assert saved(classroom) == {"p01": {"happy": 1}}
    assert pupil.get(response["location"]).status_code == 200


def test_a_closed_lesson_takes_nothing(pupil: Client, classroom: Classroom) -> None:
    close_lesson(lesson=classroom.lesson, by=None)
    for address in ("/lesson/", "/lesson/p01/", "/lesson/finish/", "/lesson/stop/"):
        assert pupil.get(address).status_code == 409
        assert pupil.post(address, {"answers": "keep"}).status_code in {405, 409}
    assert not SealedPage.objects.exists()


@pytest.mark.parametrize(("choice", "pages"), [("keep", 1), ("delete", 0)])
def test_stopping(pupil: Client, choice: str, pages: int) -> None:
    response = pupil.post("/lesson/p01/", {"happy": "1", "seq": "1", "go": "stop"})
    assert response["location"] == "/lesson/stop/"
    assert pupil.post("/lesson/stop/").status_code == 200  # no choice yet: asked again
    assert SealedPage.objects.count() == 1
    assert pupil.post("/lesson/stop/", {"answers": choice})["location"] == "/lesson/done/"
    assert SealedPage.objects.count() == pages
    assert pupil.get("/lesson/").status_code == 403


def test_sending_before_the_end_leads_to_what_is_left(pupil: Client) -> None:
    pupil.post("/lesson/p01/", {"seq": "1"})
    assert pupil.post("/lesson/finish/")["location"] == "/lesson/p03/"
    assert Response.objects.get().state == "started"


@pytest.mark.parametrize("address", ["/lesson/", "/lesson/p01/", "/lesson/finish/"])
@pytest.mark.parametrize("cookie", [None, "", "nonsense", "e30:1:forged"])
def test_without_a_seat(client: Client, db: None, address: str, cookie: str | None) -> None:
    if cookie is not None:
        client.cookies["seat"] = "0123456789ab"
        client.cookies["seat-0123456789ab"] = cookie
    response = client.get(address)
    assert response.status_code == 403
    assert "enter your code again" in text(response)


def test_the_next_pupil_at_the_device_sees_nothing_of_the_first(
    pupil: Client, classroom: Classroom
) -> None:
    pupil.post("/lesson/p01/", {"happy": "1", "seq": "1"})
    pupil.post("/go/", {"code": classroom.slips[1].code})
    assert "checked" not in text(pupil.get("/lesson/p01/"))


def test_forms_need_their_token(classroom: Classroom) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/go/", {"code": classroom.slips[0].code}).status_code == 403
    assert Response.objects.count() == 0
