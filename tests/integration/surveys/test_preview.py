"""All questions to read: for those who run lessons, those who manage the wave, and parents."""

import html
import re

from django.test import Client

from schools.models import School
from surveys.actions.waves import close_wave, permit_scale
from surveys.models import QuestionnaireVersion, ScalePermission, Wave
from tests.cast import Cast
from tests.classroom import DOCUMENT, Classroom
from tests.integration.conftest import client_of

READERS = {"teacher_a", "lead_a", "data_team"}


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def link(client: Client) -> str:
    [found] = re.findall(
        r"http://testserver(/questions/[^\"<]+)\"", page(client, "/preview/spring/")
    )
    return found


def test_who_reads_it(classroom: Classroom, cast: Cast) -> None:
    for name, person in cast.items():
        response = client_of(person).get("/preview/spring/")
        if name == "stranger":
            assert response["location"].startswith("/log-in/"), name
        else:
            assert response.status_code == (200 if name in READERS else 404), name


def test_every_question_and_answer_stands_on_it(classroom: Classroom, cast: Cast) -> None:
    text = page(client_of(cast.teacher_a), "/preview/spring/")
    for item in DOCUMENT["items"]:
        assert item["text"] in text
    for label in ("Yes", "No", "Prefer not to say", "Bus", "Train", "Bike"):
        assert f"<li>{label}</li>" in text
    assert "<li>A number from 0 to 100</li>" in text
    assert "<li>0 … 7</li>" in text
    assert text.count("Only in Year 10.") == 1
    assert text.count("Not everybody is asked this.") == 1
    assert "<form" not in text.split("<main")[1]


def test_a_parent_needs_no_log_in(classroom: Classroom, cast: Cast) -> None:
    response = Client().get(link(client_of(cast.teacher_a)))
    text = html.unescape(response.content.decode())
    assert all(item["text"] in text for item in DOCUMENT["items"])
    assert "tell the school before the lesson" in text
    assert response["x-robots-tag"] == "noindex"
    assert "no-store" in response["cache-control"]
    assert "<form" not in text
    assert not response.cookies


def test_nothing_can_be_sent_to_it(classroom: Classroom, cast: Cast) -> None:
    address = link(client_of(cast.teacher_a))
    assert Client().post(address, {"happy": "1"}).status_code == 405
    assert client_of(cast.teacher_a).post("/preview/spring/", {"happy": "1"}).status_code == 405


def test_another_link_is_not_there(classroom: Classroom, cast: Cast) -> None:
    address = link(client_of(cast.teacher_a))
    signature = address.rstrip("/")[-1]
    forged = f"{address.rstrip('/')[:-1]}{'A' if signature != 'A' else 'B'}/"
    assert Client().get(forged).status_code == 404
    assert Client().get("/questions/spring/").status_code == 404


def test_the_link_ends_with_the_wave(classroom: Classroom, cast: Cast) -> None:
    address = link(client_of(cast.teacher_a))
    assert Client().get(address).status_code == 200
    close_wave(wave=classroom.wave, by=None)
    assert Client().get(address).status_code == 404
    assert "/questions/" not in page(client_of(cast.teacher_a), "/preview/spring/")


def test_a_draft_says_that_it_can_change(classroom: Classroom, cast: Cast) -> None:
    Wave.objects.update(state=Wave.State.DRAFT)
    assert "can still change" in page(client_of(cast.teacher_a), "/preview/spring/")
    assert "can still change" in page(Client(), link(client_of(cast.teacher_a)))


def test_parents_see_wording_only_when_its_use_is_recorded(
    classroom: Classroom, cast: Cast
) -> None:
    staff, version = client_of(cast.teacher_a), with_scale(classroom)
    parents = link(staff)
    assert "Are you happy?" in page(staff, "/preview/spring/")
    text = page(Client(), parents)
    assert "Are you happy?" not in text
    assert text.count("is not settled yet") == 1
    permit_scale(
        questionnaire=version,
        scale="mood_scale",
        kind=ScalePermission.Kind.LICENSED,
        holder="The Holder",
        reference="L-77",
        by=None,
    )
    text = page(Client(), parents)
    assert "Are you happy?" in text
    assert "The Holder, L-77" in text


def with_scale(room: Classroom) -> QuestionnaireVersion:
    """The same questionnaire, with one question in a scale that nobody has permitted."""
    scale = {
        "key": "mood_scale",
        "title": "Mood",
        "method": "sum",
        "parts": ["happy"],
        "direction": "higher_better",
        "range": [1, 2],
        "licence": {"holder": "The Holder", "terms": "Ask", "permission_needed": True},
        "citation": "Nobody 2026",
        "wording": {"status": "stand-in", "note": "x"},
    }
    version = QuestionnaireVersion.objects.create(
        key="tiny",
        version="2",
        title="Tiny",
        document={**DOCUMENT, "version": "2", "scales": [scale]},
    )
    Wave.objects.update(questionnaire=version)
    return version


def test_no_such_wave_or_language(classroom: Classroom, cast: Cast, school_b: School) -> None:
    teacher = client_of(cast.teacher_a)
    assert teacher.get("/preview/autumn/").status_code == 404
    assert teacher.get("/preview/spring/xx/").status_code == 404
    assert Client().get(f"{link(teacher)}xx/").status_code == 404
