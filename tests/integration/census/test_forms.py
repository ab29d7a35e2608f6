"""Every form is drawn one way: label, hint and error belong to their input, and the page's summary
leads to each error."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from reports import ledger
from reports.models import Build
from schools.models import Authority, School
from tests import released
from tests.cast import Cast
from tests.classroom import Classroom, build_classroom, enrol
from tests.integration.conftest import client_of

pytestmark = pytest.mark.django_db
CONTROLS = {"input", "select", "textarea"}
VOID = {"input", "link", "meta", "img", "br", "hr"}


@dataclass
class Page(HTMLParser):
    """The parts of a page that forms are made of."""

    controls: list[dict[str, str]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    open: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {"tag": tag, **{name: value or "" for name, value in attrs}}
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "label":
            self.labels.add(given.get("for", ""))
        if tag == "a":
            self.links.add(given.get("href", ""))
        if tag in CONTROLS and given.get("type") != "hidden" and "readonly" not in given:
            self.controls.append(given)
            groups = [each for each in self.open if "--error" in each.get("class", "")]
            self.wrong |= {given.get("id", "")} if groups else set()
        if tag not in VOID:
            self.open.append(given)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()["tag"] == tag


def drawn(response: HttpResponse) -> Page:
    page = Page()
    page.feed(response.content.decode())
    assert page.open == []
    return page


def faults(page: Page) -> Iterator[str]:
    for each in page.controls:
        name = each.get("name", "?")
        if f"govuk-{each['tag']}" not in each.get("class", "").split():
            yield f"{name} does not look like the others"
        if each.get("id") not in page.labels:
            yield f"{name} has no label"
        if missing := set(each.get("aria-describedby", "").split()) - page.ids:
            yield f"{name} is described by nothing: {missing}"
        if (each.get("aria-invalid") == "true") != (each.get("id") in page.wrong):
            yield f"{name} is wrong for readers or for eyes alone"
        if each.get("id") in page.wrong and f"#{each.get('id')}" not in page.links:
            yield f"{name} is wrong and nothing leads there"


@pytest.fixture
def room(authority: Authority, school_a: School) -> Classroom:
    room = build_classroom(authority, school_a, started=False)
    room.wave.short_questionnaire = room.wave.questionnaire
    room.wave.save()
    enrol(authority, school_a, 2, 10)
    return room


@pytest.fixture
def build() -> Build:
    return released.store()


def test_forms_as_they_are_found(cast: Cast, room: Classroom, build: Build) -> None:
    teacher, lesson = client_of(cast.teacher_a), f"/lessons/{room.lesson.pk}/"
    shown = {
        "/log-in/": ["username", "password"],
        "/lessons/book/": ["wave", "group", "title", "held_on"],
        "/lessons/rehearse/": ["wave", "school", "year_group", "edition", "codes"],
        lesson: ["minutes", "seat", "edition", "held_on"],
        f"{lesson}paper/": ["edition", "language", "size"],
        "/results/oakmere-2026/ward/W0/": ["with"],
    }
    for address, names in shown.items():
        page = drawn(teacher.get(address))
        assert (address, list(faults(page)), page.wrong) == (address, [], set())
        assert (address, [each["name"] for each in page.controls]) == (address, names)


def test_what_is_typed_wrongly_is_said_beside_it_and_above_all(cast: Cast, room: Classroom) -> None:
    lesson = f"/lessons/{room.lesson.pk}/"
    teacher = client_of(cast.teacher_a)
    for address, sent, wrong, reason in (
        ("/lessons/book/", {"held_on": "soon"}, "title", "Name of the lesson: "),
        ("/lessons/rehearse/", {"codes": "0"}, "codes", "How many play codes?: "),
        (f"{lesson}start/", {"minutes": "long"}, "minutes", "the minutes as a whole number"),
        (f"{lesson}slips/one/", {"seat": "x"}, "seat", "choose whose slip is lost"),
        (f"{lesson}slips/catch-up/", {"held_on": ""}, "held_on", "the date of the catch-up lesson"),
    ):
        response = teacher.post(address, sent)
        assert response.status_code == 422
        page = drawn(response)
        assert list(faults(page)) == []
        named = {each["name"] for each in page.controls if each.get("id") in page.wrong}
        assert wrong in named
        text = response.content.decode()
        assert text.count("There is a problem") == 1
        assert "<title>Error: " in text
        assert reason in text


def test_what_was_typed_is_still_there(cast: Cast, room: Classroom) -> None:
    sent = {"title": "A <b>lesson", "held_on": "soon"}
    page = drawn(client_of(cast.teacher_a).post("/lessons/book/", sent))
    values = {each["name"]: each.get("value") for each in page.controls}
    assert (values["title"], values["held_on"]) == ("A <b>lesson", "soon")


def test_a_release_without_a_note_asks_for_it(cast: Cast, build: Build) -> None:
    build.wave.publication.delete()
    ledger.store(build, b"", beside=ledger.Held(), key=bytes(32))
    releaser = client_of(cast.releaser_1)
    response = releaser.post(f"/builds/{build.pk}/publish/", {"note": " "})
    page = drawn(response)
    assert (response.status_code, list(faults(page)), page.wrong) == (422, [], {"id_note"})
    assert "Say in a sentence what is released." in response.content.decode()
    assert not build.publication_events.exists()


def test_signing_in_wrongly(cast: Cast, client: Client) -> None:
    response = client.post("/log-in/", {"username": "", "password": "x"})
    page = drawn(response)
    assert list(faults(page)) == []
    assert page.wrong == {"id_username"}
    assert "#id_username" in page.links
