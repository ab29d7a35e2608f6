"""Entry by an adult: who gets in, what the pages say, what is kept, and what is left behind."""

import pytest
from django.http import HttpResponse
from django.test import Client

from surveys.actions.lessons import pause_lesson
from surveys.models import AccessCode, Response
from tests.classroom import ANSWERS, Classroom

BANNER = "Entered by an adult."


def enter(browser: Client, code: str, way: str = "assisted") -> HttpResponse:
    return browser.post("/go/helper/", {"code": code, "way": way})


def shows_banner(browser: Client, address: str) -> bool:
    """Whether the banner stands on the page to be read, and not only in its source."""
    text = browser.get(address).content.decode()
    assert BANNER in text
    line = next(line for line in text.splitlines() if BANNER in line)
    return "hidden" not in line.split(">")[0]


@pytest.mark.parametrize("way", ["assisted", "paper"])
def test_an_adult_answers_for_a_pupil(client: Client, classroom: Classroom, way: str) -> None:
    response = enter(client, classroom.slips[0].code.lower(), way)
    assert response["location"] == "/lesson/"
    # The form is printed in the questionnaire's own order.
    kept = Response.objects.get()
    assert (kept.entered, kept.rotation) == (way, 0)
    assert shows_banner(client, "/lesson/")
    assert shows_banner(client, "/lesson/p01/")
    assert shows_banner(client, "/lesson/stop/")
    for page, answers in ANSWERS.items():
        client.post(f"/lesson/{page}/", {**answers, "seq": "1", "go": "next"})
    assert shows_banner(client, "/lesson/finish/")
    client.post("/lesson/finish/")
    kept = Response.objects.get()
    assert (kept.state, kept.entered, kept.resume_wrap) == ("submitted", way, None)
    assert client.get("/lesson/p01/").status_code == 403
    seats = [value.value for name, value in client.cookies.items() if name.startswith("seat")]
    assert set(seats) <= {"", "ended"}


def test_a_pupil_sees_no_banner(pupil: Client) -> None:
    assert not shows_banner(pupil, "/lesson/p01/")
    assert Response.objects.get().entered == "pupil"


def test_an_adult_who_comes_to_help_in_the_middle(client: Client, classroom: Classroom) -> None:
    classroom.answer(0, {"p01": {"happy": 1}}, send=False)
    enter(client, classroom.slips[0].code)
    assert Response.objects.get().entered == "assisted"
    assert b"checked" in client.get("/lesson/p01/").content


def test_a_paper_form_does_not_open_what_a_pupil_answered_on_a_screen(
    client: Client, classroom: Classroom
) -> None:
    classroom.answer(0, {"p01": {"happy": 1}}, send=False)
    response = enter(client, classroom.slips[0].code, "paper")
    assert response.status_code == 400
    assert b"what is there is private" in response.content
    assert Response.objects.get().entered == "pupil"
    assert client.get("/lesson/p01/").status_code == 403


def test_typing_in_a_paper_form_may_be_gone_on_with(client: Client, classroom: Classroom) -> None:
    enter(client, classroom.slips[0].code, "paper")
    client.post("/lesson/p01/", {"happy": "2", "seq": "1", "go": "next"})
    later = Client()
    assert enter(later, classroom.slips[0].code, "paper").status_code == 302
    assert b"checked" in later.get("/lesson/p01/").content


@pytest.mark.parametrize("way", ["assisted", "paper"])
def test_without_the_code_nobody_gets_in(client: Client, classroom: Classroom, way: str) -> None:
    response = enter(client, "222 222 2222", way)
    assert response.status_code == 403
    assert b"That code does not work" in response.content
    assert b"222 222 2222" in response.content  # nothing typed is lost
    assert client.get("/lesson/").status_code == 403
    assert not Response.objects.exists()


def test_how_must_be_said(client: Client, classroom: Classroom) -> None:
    for way in ("", "pupil", "ASSISTED"):
        response = enter(client, classroom.slips[0].code, way)
        assert response.status_code == 400
        assert b"Say how you help." in response.content
    assert not Response.objects.exists()


def test_a_paper_form_waits_for_a_lesson_that_is_open(client: Client, classroom: Classroom) -> None:
    pause_lesson(lesson=classroom.lesson, by=None)
    assert enter(client, classroom.slips[0].code, "paper").status_code == 409
    assert not Response.objects.exists()


def test_the_code_of_a_pupil_who_opted_out_does_not_work(
    client: Client, classroom: Classroom
) -> None:
    pupil = AccessCode.objects.get(pupil=classroom.pupils[0]).pupil
    pupil.opted_out_on, pupil.opted_out_by = "2026-03-01", "parent"
    pupil.save()
    assert enter(client, classroom.slips[0].code, "paper").status_code == 403


def test_the_page_is_in_english_whatever_the_pupil_reads(client: Client, db: None) -> None:
    client.cookies["language"] = "ar"
    text = client.get("/go/helper/").content.decode()
    assert '<html lang="en-GB" dir="ltr"' in text
    assert "You help a pupil to answer" in text
