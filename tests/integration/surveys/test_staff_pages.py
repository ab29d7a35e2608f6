"""Staff pages: the right person, the wrong school, a stranger; and what the console does."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from schools.models import AuditEntry, Authority, School
from surveys.actions.linkage import link_wave
from surveys.actions.responses import stop, take_seat
from surveys.actions.waves import close_wave
from surveys.codes import normalised, shown
from surveys.models import AccessCode, Lesson, Response, Wave
from tests.cast import Cast
from tests.classroom import ANSWERS, Classroom, build_classroom, enrol

TEACHING = {"teacher_a", "lead_a"}
BOOKING = {*TEACHING, "lead_b"}
WAVES = {"data_team"}

# Address (with {lesson} and {wave}), who gets in.
PAGES = [
    ("/lessons/", BOOKING),
    ("/lessons/book/", BOOKING),
    ("/lessons/rehearse/", BOOKING),
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
        # 422: it may be done, but not without the day or the slip.
        assert client.post(at(classroom, address), {"minutes": "5"}).status_code in {200, 302, 422}


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


def test_lessons_to_come_are_listed_before_those_that_are_over(
    cast: Cast, classroom: Classroom
) -> None:
    held = classroom.lesson
    days = {"Over": (-1, Lesson.State.CLOSED), "Later": (7, Lesson.State.PLANNED)}
    for title, (day, state) in days.items():
        date = held.held_on + timedelta(days=day)
        Lesson.objects.create(
            wave=held.wave, school=held.school, title=title, year_group=8, held_on=date, state=state
        )
    page = as_(cast.teacher_a).get("/lessons/").content.decode()
    listed = [page.index(f">{title}<") for title in (held.title, "Later", "Over")]
    assert listed == sorted(listed)


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


def counted(client: Client, room: Classroom) -> dict[str, object]:
    return client.get(at(room, "/lessons/{lesson}/counts/")).json()


def test_counts_for_the_script(authority: Authority, school_a: School, cast: Cast) -> None:
    room = build_classroom(authority, school_a, pupils=5)
    room.seat(0)
    room.answer(1, ANSWERS)
    room.answer(2, {"p01": {}}, send=False)
    said = counted(as_(cast.teacher_a), room)
    assert said.pop("time").startswith("Open until ")
    assert said == {
        "codes": 5,
        "not_started": 2,
        "connecting": 1,
        "under_way": 1,
        "finished": 1,
        "everyone_finished": False,
        "state": "Open",
        "everyone": "Not everyone has finished yet.",
        "still": "2 pupils have begun and not finished.",
    }


def test_of_a_few_slips_nothing_is_counted(classroom: Classroom, cast: Cast) -> None:
    """Whatever three of four pupils do, page and counts stay as they were."""
    client, address = as_(cast.teacher_a), at(classroom, "/lessons/{lesson}/")
    pages, said = set(), set()
    for deed in (
        lambda: None,
        lambda: classroom.seat(0),
        lambda: classroom.answer(1, ANSWERS),
        lambda: classroom.answer(2, {"p01": {}}, send=False),
    ):
        deed()
        page = client.get(address).content.decode()
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
        said.add(str(counted(client, classroom)))
    assert (len(pages), len(said)) == (1, 1)
    assert "Not everyone has finished yet." in pages.pop()


def test_the_console_says_when_the_time_is_over(classroom: Classroom, cast: Cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        said = counted(as_(cast.teacher_a), classroom)
    assert "The time is over" in said["time"]  # type: ignore[operator]


def test_the_console_tells_nobody_apart(authority: Authority, school_a: School, cast: Cast) -> None:
    """Whoever of the six has begun, the page is the same."""
    classroom = build_classroom(authority, school_a, pupils=6)
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


def test_a_slip_for_the_short_version_looks_like_any_other(
    classroom: Classroom, cast: Cast
) -> None:
    client, address = as_(cast.teacher_a), at(classroom, "/lessons/{lesson}/")
    assert "symbols" not in client.get(address).content.decode()
    classroom.wave.short_questionnaire = classroom.wave.questionnaire
    classroom.wave.save()
    assert "symbols" in client.get(address).content.decode()
    texts = []
    for edition in ("full", "short"):
        code = AccessCode.objects.get(pupil=classroom.pupils[2], replaced=False)
        response = client.post(f"{address}slips/one/", {"seat": str(code.pk), "edition": edition})
        [fresh] = codes_in(response)
        text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
        texts.append(text.replace(shown(fresh), ""))
        seat = take_seat(code=fresh)
        assert Response.objects.get(pk=seat.response).edition == edition
    assert texts[0] == texts[1]


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
        refused = client.post(address, {"held_on": wrong})
        assert refused.status_code == 422
        assert "Please give the date of the catch-up lesson." in refused.content.decode()
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


def test_the_waves_page_says_by_which_wards_pupils_are_placed(
    classroom: Classroom, cast: Cast
) -> None:
    client = as_(cast.data_team)
    assert "By the wards of" not in client.get("/waves/spring/").content.decode()
    Wave.objects.update(vintage="2025-05")
    assert "By the wards of 2025-05" in client.get("/waves/spring/").content.decode()


def test_a_wave_of_another_authority_is_not_there(classroom: Classroom, cast: Cast) -> None:
    close_wave(wave=classroom.wave, by=None)
    link_wave(wave=classroom.wave, by=None)
    stranger = cast.data_team
    stranger.memberships.all().delete()
    assert as_(stranger).get("/waves/spring/").status_code == 404


def rehearse(client: Client, room: Classroom, **changes: str) -> object:
    form = {
        "wave": str(room.wave.pk),
        "school": "100001",
        "year_group": "8",
        "edition": "full",
        "codes": "3",
    }
    return client.post("/lessons/rehearse/", form | changes)


def test_a_rehearsal_from_booking_to_closing(classroom: Classroom, cast: Cast) -> None:
    client = as_(cast.teacher_a)
    response = rehearse(client, classroom)
    codes = codes_in(response)
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()  # type: ignore[attr-defined]
    assert (len(codes), text.count("REHEARSAL")) == (3, 3)
    lesson = Lesson.objects.get(rehearsal=True)
    assert "Rehearsal" in client.get("/lessons/").content.decode()
    client.post(f"/lessons/{lesson.pk}/start/", {"minutes": "30"})
    pupil = Client()
    pupil.post("/go/", {"code": codes[0]})
    assert pupil.get("/lesson/state/").json()["lesson"] == "open"
    assert pupil.post("/lesson/p01/", {"seq": "1", "happy": "1"}).status_code == 302
    assert "This is a rehearsal" in client.get(f"/lessons/{lesson.pk}/").content.decode()
    assert client.get(f"/lessons/{lesson.pk}/counts/").json()["under_way"] == 1
    client.post(f"/lessons/{lesson.pk}/close/")
    assert not Response.objects.exists()
    assert "is deleted" in client.get(f"/lessons/{lesson.pk}/").content.decode()
    assert [e.action for e in AuditEntry.objects.filter(by=cast.teacher_a)] == [
        "rehearsal.booked",
        "lesson.open",
        "lesson.closed",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"codes": "0"},
        {"codes": "41"},
        {"codes": "many"},
        {"school": "100002"},
        {"year_group": "9"},
        {"edition": "short"},
        {"wave": "99"},
    ],
)
def test_a_refused_rehearsal_says_why(
    classroom: Classroom, cast: Cast, changes: dict[str, str]
) -> None:
    response = rehearse(as_(cast.teacher_a), classroom, **changes)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "There is a problem" in response.content.decode()  # type: ignore[attr-defined]
    assert not Lesson.objects.filter(rehearsal=True).exists()
