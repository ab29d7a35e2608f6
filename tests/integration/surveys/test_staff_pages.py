"""Staff pages: the right person, the wrong school, a stranger; and what the console does."""

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from schools.models import AuditEntry
from surveys.actions.linkage import link_wave
from surveys.actions.responses import stop, take_seat
from surveys.actions.waves import close_wave
from surveys.codes import normalised
from surveys.models import AccessCode, Lesson, Response, Wave
from tests.cast import Cast
from tests.classroom import ANSWERS, Classroom, enrol

TEACHING = {"teacher_a", "lead_a"}
BOOKING = {*TEACHING, "lead_b"}
WAVES = {"data_team"}

# Address (with {lesson} and {wave}), who gets in.
PAGES = [
    ("/lessons/", BOOKING),
    ("/lessons/book/", BOOKING),
    ("/lessons/{lesson}/", TEACHING),
    ("/lessons/{lesson}/counts/", TEACHING),
    ("/waves/", WAVES),
    ("/waves/{wave}/", WAVES),
]
DEEDS = [
    ("/lessons/{lesson}/start/", TEACHING),
    ("/lessons/{lesson}/pause/", TEACHING),
    ("/lessons/{lesson}/extend/", TEACHING),
    ("/lessons/{lesson}/close/", TEACHING),
    ("/lessons/{lesson}/slips/again/", TEACHING),
    ("/lessons/{lesson}/slips/one/", TEACHING),
    ("/lessons/{lesson}/slips/catch-up/", TEACHING),
    ("/waves/{wave}/open/", WAVES),
    ("/waves/{wave}/close/", WAVES),
    ("/waves/{wave}/link/", WAVES),
]


def as_(person: object) -> Client:
    client = Client()
    if person.is_authenticated:  # type: ignore[attr-defined]
        client.force_login(person)  # type: ignore[arg-type]
    return client


def at(room: Classroom, address: str) -> str:
    return address.format(lesson=room.lesson.pk, wave=room.wave.key)


@pytest.mark.parametrize(("address", "welcome"), PAGES)
def test_who_sees_a_page(classroom: Classroom, cast: Cast, address: str, welcome: set[str]) -> None:
    for name, person in cast.items():
        response = as_(person).get(at(classroom, address))
        if name == "stranger":
            assert response["location"].startswith("/log-in/"), name
        else:
            assert response.status_code == (200 if name in welcome else 404), name


@pytest.mark.parametrize(("address", "welcome"), DEEDS)
def test_who_may_do_a_thing(
    classroom: Classroom, cast: Cast, address: str, welcome: set[str]
) -> None:
    entries = AuditEntry.objects.count()
    for name, person in cast.items():
        if name in welcome:
            continue
        response = as_(person).post(at(classroom, address), {"minutes": "5"})
        if name == "stranger":
            assert response["location"].startswith("/log-in/"), name
        else:
            assert response.status_code == 404, name
    assert AuditEntry.objects.count() == entries
    for name in welcome:
        client = as_(getattr(cast, name))
        assert client.get(at(classroom, address)).status_code == 405
        assert client.post(at(classroom, address), {"minutes": "5"}).status_code in {200, 302}


def test_no_such_lesson_wave_or_deed(classroom: Classroom, cast: Cast) -> None:
    teacher, data_team = as_(cast.teacher_a), as_(cast.data_team)
    nowhere = "/lessons/00000000-0000-4000-8000-000000000000/"
    assert teacher.get(nowhere).status_code == 404
    assert teacher.post(at(classroom, "/lessons/{lesson}/destroy/")).status_code == 404
    assert teacher.post(at(classroom, "/lessons/{lesson}/slips/all/")).status_code == 404
    assert data_team.get("/waves/none/").status_code == 404
    assert data_team.post(at(classroom, "/waves/{wave}/destroy/")).status_code == 404


def test_a_teacher_sees_only_lessons_of_the_own_school(classroom: Classroom, cast: Cast) -> None:
    assert "Class lesson" in as_(cast.teacher_a).get("/lessons/").content.decode()
    assert "Class lesson" not in as_(cast.lead_b).get("/lessons/").content.decode()


def book(client: Client, room: Classroom, **changes: str) -> object:
    form = {
        "wave": str(room.wave.pk),
        "group": "100001|8|8B",
        "title": "Second lesson",
        "held_on": "2026-03-09",
    }
    return client.post("/lessons/book/", form | changes)


def codes_in(response: object) -> list[str]:
    assert response["content-type"] == "application/pdf"  # type: ignore[index]
    assert "no-store" in response["cache-control"]  # type: ignore[index]
    pages = PdfReader(io.BytesIO(response.content)).pages  # type: ignore[attr-defined]
    text = "\n".join(page.extract_text() for page in pages)
    return [
        normalised(each) for each in re.findall(r"\b\w{3} \w{3} \w{4}\b", text) if normalised(each)
    ]


def test_booking_answers_with_the_slips(classroom: Classroom, cast: Cast) -> None:
    enrol(classroom.school.authority, classroom.school, 2, first=5)
    response = book(as_(cast.teacher_a), classroom)
    codes = codes_in(response)
    assert len(codes) == 2
    lesson = Lesson.objects.get(title="Second lesson")
    assert lesson.booked_by == cast.teacher_a
    as_(cast.teacher_a).post(f"/lessons/{lesson.pk}/start/", {"minutes": "30"})
    for code in codes:
        take_seat(code=code)


@pytest.mark.parametrize(
    "changes",
    [
        {},  # nobody left without a code
        {"group": "100002|8|8B"},
        {"group": "100001|8|8Z"},
        {"group": "nonsense"},
        {"wave": "99"},
        {"title": ""},
        {"held_on": "31 February"},
    ],
)
def test_a_refused_booking_says_why(
    classroom: Classroom, cast: Cast, changes: dict[str, str]
) -> None:
    response = book(as_(cast.teacher_a), classroom, **changes)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "There is a problem" in response.content.decode()  # type: ignore[attr-defined]
    assert Lesson.objects.count() == 1


def test_the_console_runs_a_lesson(classroom: Classroom, cast: Cast) -> None:
    client, lesson = as_(cast.teacher_a), classroom.lesson
    for deed, data, state in [
        ("pause", {}, "paused"),
        ("start", {"minutes": "20"}, "open"),
        ("extend", {"minutes": "10"}, "open"),
        ("close", {}, "closed"),
    ]:
        response = client.post(f"/lessons/{lesson.pk}/{deed}/", data, follow=True)
        assert response.status_code == 200
        lesson.refresh_from_db()
        assert lesson.state == state
    actions = AuditEntry.objects.filter(by=cast.teacher_a).values_list("action", flat=True)
    assert list(actions) == ["lesson.paused", "lesson.open", "lesson.open", "lesson.closed"]


@pytest.mark.parametrize("minutes", ["", "0", "-5", "1e3", "999", "²", "5.5"])
def test_odd_minutes_are_refused_in_words(classroom: Classroom, cast: Cast, minutes: str) -> None:
    before = Lesson.objects.get().closes_at
    response = as_(cast.teacher_a).post(
        at(classroom, "/lessons/{lesson}/extend/"), {"minutes": minutes}, follow=True
    )
    assert "minutes" in response.content.decode()
    assert 'role="alert"' in response.content.decode()
    assert Lesson.objects.get().closes_at == before


def test_counts_for_the_script(classroom: Classroom, cast: Cast) -> None:
    classroom.seat(0)
    classroom.answer(1, ANSWERS)
    answer = as_(cast.teacher_a).get(at(classroom, "/lessons/{lesson}/counts/")).json()
    assert answer == {
        "codes": 4,
        "not_started": 2,
        "under_way": 1,
        "finished": 1,
        "state": "Open",
    }


def test_the_console_tells_nobody_apart(classroom: Classroom, cast: Cast) -> None:
    """Whoever of the four has begun, the page is the same but for the counts' own words."""
    client, address = as_(cast.teacher_a), at(classroom, "/lessons/{lesson}/")
    pages = set()
    for number in (0, 1):
        Response.objects.all().delete()
        classroom.seat(number)
        page = client.get(address).content.decode()
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert len(pages) == 1


def test_one_lost_slip(classroom: Classroom, cast: Cast) -> None:
    code = AccessCode.objects.get(pupil=classroom.pupils[2])
    response = as_(cast.teacher_a).post(
        at(classroom, "/lessons/{lesson}/slips/one/"), {"seat": str(code.pk)}
    )
    [fresh] = codes_in(response)
    take_seat(code=fresh)
    assert AuditEntry.objects.filter(action="code.reissued", by=cast.teacher_a).count() == 1


@pytest.mark.parametrize("seat", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_no_slip_for_nobody(classroom: Classroom, cast: Cast, seat: str) -> None:
    address = at(classroom, "/lessons/{lesson}/slips/one/")
    response = as_(cast.teacher_a).post(address, {"seat": seat}, follow=True)
    assert "choose whose slip is lost" in response.content.decode()
    assert AccessCode.objects.filter(replaced=True).count() == 0


def test_catch_up_and_sheet_anew(classroom: Classroom, cast: Cast) -> None:
    client = as_(cast.teacher_a)
    classroom.seat(0)
    assert len(codes_in(client.post(at(classroom, "/lessons/{lesson}/slips/again/")))) == 3
    address = at(classroom, "/lessons/{lesson}/slips/catch-up/")
    assert len(codes_in(client.post(address, {"held_on": "2026-03-10"}))) == 3
    for wrong in ("", "2026-02-31", "soon"):
        assert client.post(address, {"held_on": wrong}).status_code == 302
    assert Lesson.objects.count() == 2


def test_the_data_team_runs_a_wave(classroom: Classroom, cast: Cast) -> None:
    client = as_(cast.data_team)
    classroom.answer(0, ANSWERS)
    stop(seat=classroom.seat(1), keep=False)
    page = client.get("/waves/spring/").content.decode()
    cells = re.findall(r'<td class="number">(\d+)</td>', page)
    assert cells == ["4", "0", "1", "4", "2", "2"]
    client.post("/waves/spring/close/")
    client.post("/waves/spring/link/")
    assert Wave.objects.get().state == Wave.State.LINKED
    page = client.get("/waves/spring/").content.decode()
    assert re.findall(r'<td class="number">(\d+)</td>', page)[6:] == ["1", "0", "1", "0", "0"]


def test_a_refusal_is_said_on_the_waves_page(classroom: Classroom, cast: Cast) -> None:
    response = as_(cast.data_team).post("/waves/spring/link/", follow=True)
    assert "Close the wave before" in response.content.decode()


def test_a_wave_of_another_authority_is_not_there(classroom: Classroom, cast: Cast) -> None:
    close_wave(wave=classroom.wave, by=None)
    link_wave(wave=classroom.wave, by=None)
    stranger = cast.data_team
    stranger.memberships.all().delete()
    assert as_(stranger).get("/waves/spring/").status_code == 404
