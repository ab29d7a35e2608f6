"""The first page tells each person what is due for them, and nobody what is another's."""

import hashlib
import re
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import ledger
from reports.actions import releases
from reports.models import Build, Publication, PublicationEvent, QualityRecord
from schools.keys import read_key
from schools.models import AuditEntry, Authority, Membership, Role, RollImport, School, User
from surveys.actions.lessons import book_lesson
from surveys.actions.linkage import link_wave
from surveys.actions.waves import (
    adopt_questionnaire,
    close_wave,
    open_wave,
    permit_stand_in_wording,
    set_up_wave,
)
from surveys.models import Lesson, Wave
from tests import released
from tests.cast import Cast
from tests.classroom import ANSWERS, DOCUMENT, Classroom, build_classroom, enrol
from tests.integration.conftest import client_of

pytestmark = pytest.mark.django_db
ITEM = re.compile(r'<li class="govuk-task-list__item.*?</li>', re.DOTALL)
QUERIES = 36  # of somebody with every role
NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.get_fixed_timezone(0))

Line = tuple[str, str, str]


@pytest.fixture(autouse=True)
def _clock() -> Any:
    """The day of the classroom's lesson."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def room(authority: Authority, school_a: School) -> Classroom:
    return build_classroom(authority, school_a, pupils=6)


@pytest.fixture
def build(cast: Cast, school_b: School) -> Build:
    """A published build in which schools A and B have reports."""
    found = released.store()
    PublicationEvent.objects.create(wave=found.wave, build=found, note="First figures.")
    return found


def page(person: object) -> str:
    answer = client_of(person).get("/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def due(person: object) -> list[Line]:
    """(what, state, where it leads) of every line, in order."""
    return [_line(each) for each in ITEM.findall(page(person))]


def _line(markup: str) -> Line:
    link = re.search(r'href="([^"]*)"', markup)
    what = re.search(r"<(?:a|div)(?: [^>]*task-list__link[^>]*)?>([^<]+)</", markup)
    state = re.search(r"<strong[^>]*>([^<]+)<", markup)
    assert what
    return what[1], state[1] if state else "", link[1] if link else ""


def whats(person: object) -> list[str]:
    return [what for what, _, _ in due(person)]


def test_signed_out_visitors_see_what_is_published(build: Build, room: Classroom) -> None:
    text = page(None)
    assert "Summer 2026" in text
    assert "Your work" not in text
    assert "Wave spring" not in text
    assert not ITEM.search(text)


def test_an_account_without_grants_is_told_so(room: Classroom, build: Build) -> None:
    nobody = User.objects.create_user("new@example.org", name="New")
    assert "Nothing has been granted" in page(nobody)
    assert due(nobody) == []


# Lessons


def lesson(room: Classroom, title: str, days: int, state: str, **more: Any) -> Lesson:
    day = NOON.date() + timedelta(days=days)
    return Lesson.objects.create(
        wave=room.wave,
        school=room.school,
        title=title,
        year_group=8,
        held_on=day,
        state=state,
        **more,
    )


def test_a_teacher_is_told_of_lessons_by_their_state(cast: Cast, room: Classroom) -> None:
    states = Lesson.State
    today = lesson(room, "Later today", 0, states.PLANNED)
    lesson(room, "Tomorrow", 1, states.PLANNED)
    lesson(room, "Over", -1, states.CLOSED)
    lesson(room, "Last week", -7, states.PLANNED)
    paused = lesson(room, "Interrupted", -1, states.PAUSED, closes_at=NOON + timedelta(hours=1))
    ended = NOON - timedelta(minutes=5)
    left = lesson(room, "Forgotten", -1, states.OPEN, closes_at=ended)
    lesson(room, "Play", -1, states.PLANNED, rehearsal=True)
    at = {each.title: f"/lessons/{each.pk}/" for each in (room.lesson, today, paused, left)}
    found = due(cast.teacher_a)
    assert found[:-1] == [
        ("Forgotten", "Left open", at["Forgotten"]),
        ("Class lesson", "Open", at["Class lesson"]),
        ("Interrupted", "Paused", at["Interrupted"]),
        ("Later today", "Today", at["Later today"]),
    ]
    assert found[-1][:2] == ("Last week was not held on 23 February 2026", "Not held")
    assert "Its time was over at 11:55 on 2 March 2026. Please close it." in page(cast.teacher_a)


def test_many_lessons_not_held_are_one_line(cast: Cast, room: Classroom) -> None:
    for number in range(3):
        lesson(room, f"Missed {number}", -1, Lesson.State.PLANNED)
    assert due(cast.teacher_a)[-1] == (
        "3 lessons were not held on their day",
        "Not held",
        "/lessons/",
    )


def test_classes_without_a_lesson_are_to_be_booked_until_they_have_one(
    cast: Cast, room: Classroom, school_a: School
) -> None:
    assert "To book" not in [state for _, state, _ in due(cast.teacher_a)]
    enrol(school_a.authority, school_a, 3, 10)
    enrol(school_a.authority, school_a, 3, 9)  # not a year of this wave
    said = ("One class has no lesson yet in Wave spring", "To book", "/lessons/book/")
    assert said in due(cast.teacher_a)
    # The whole hint, so no other class. A token of the page holds any two letters now and then.
    assert ">10B. It closes on 1 July 2026.<" in page(cast.teacher_a)
    book = {"wave": room.wave.pk, "group": "100001|10|10B", "title": "Ten", "held_on": "2026-03-09"}
    client_of(cast.teacher_a).post("/lessons/book/", book)
    assert said not in due(cast.teacher_a)


def test_booking_is_pressing_when_the_wave_closes_soon(
    cast: Cast, room: Classroom, school_a: School
) -> None:
    enrol(school_a.authority, school_a, 3, 10)
    lesson(room, "Last week", -7, Lesson.State.PLANNED)
    assert [state for _, state, _ in due(cast.teacher_a)] == ["Open", "Not held", "To book"]
    with time_machine.travel(NOON.replace(month=6, day=28), tick=False):
        found = [state for _, state, _ in due(cast.teacher_a)]
    assert found == ["Left open", "To book", "Not held"]


def test_another_school_and_another_role_learn_nothing_of_it(
    cast: Cast, room: Classroom, school_a: School
) -> None:
    enrol(school_a.authority, school_a, 3, 10)
    for name, person in cast.items():
        known = "Class lesson" in page(person) or "no lesson yet" in page(person)
        assert (name, known) == (name, name in {"teacher_a", "lead_a"})
    elsewhere = ("lead_b", "public_health", "administrator", "releaser_1", "stranger")
    assert not [name for name in elsewhere if "Wave spring" in page(getattr(cast, name))]


# Where a school stands


def test_a_lead_sees_how_far_the_school_is_in_counts_only(
    cast: Cast, room: Classroom, school_a: School
) -> None:
    RollImport.objects.create(authority=school_a.authority)
    for number in (0, 1):
        room.answer(number, ANSWERS)
    room.seat(2)
    text = page(cast.lead_a)
    assert "2 of 6 slips finished or stopped, in one lesson. Open until 1 July 2026." in text
    assert "6 in Year 8. The council’s roll was last taken in on 2 March 2026." in text
    assert "slips" not in page(cast.teacher_a)
    assert "slips" not in page(cast.lead_b)


def test_a_lesson_too_small_to_be_counted_is_in_no_sum(
    cast: Cast, authority: Authority, school_a: School
) -> None:
    small = build_classroom(authority, school_a, pupils=4)
    before = page(cast.lead_a)
    assert "No lesson is counted yet." in before
    small.answer(0, ANSWERS)
    assert page(cast.lead_a).partition("<main")[2] == before.partition("<main")[2]


def test_a_lead_without_a_roll_is_told_so(cast: Cast, school_a: School) -> None:
    assert "The council has taken in no roll yet." in page(cast.lead_a)


# Waves and builds


def draft(authority: Authority, school: School, **more: Any) -> Wave:
    given = {"opens_on": date(2026, 3, 1), "closes_on": date(2026, 7, 1), **more}
    return set_up_wave(
        authority=authority,
        key="draft",
        name="The draft",
        questionnaire=adopt_questionnaire(document=DOCUMENT, by=None),
        schools=[school],
        year_groups=[8],
        by=None,
        **given,
    )


def states(person: object) -> list[tuple[str, str]]:
    return [(what, state) for what, state, _ in due(person)]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, ("Open The draft", "In preparation")),
        ({"opens_on": date(2026, 4, 1)}, ("Open The draft", "In preparation")),
        ({"source": Wave.Source.FILE}, ("Take in the responses of The draft", "In preparation")),
    ],
)
def test_a_draft_is_to_be_opened(
    cast: Cast, authority: Authority, school_a: School, more: dict[str, Any], line: tuple[str, str]
) -> None:
    draft(authority, school_a, **more)
    assert line in states(cast.data_team)
    assert not ITEM.search(page(cast.analyst))


def test_the_data_team_goes_with_a_wave_from_opening_to_the_build(
    cast: Cast, room: Classroom, authority: Authority
) -> None:
    person, wave = cast.data_team, room.wave
    assert states(person)[0] == ("There is no roll yet for Wave spring", "No roll")
    taken_in = RollImport.objects.create(authority=authority)
    room.answer(0, ANSWERS)
    assert states(person) == [("Wave spring is open", "Open")]
    text = page(person)
    assert "Its school has begun; 1 of 6 pupils on the roll have finished or stopped." in text
    assert "It closes on 1 July 2026." in text
    assert '<th scope="row">Ash</th><td class="number">6</td>' in text
    RollImport.objects.filter(pk=taken_in.pk).update(at=NOON - timedelta(days=3))
    assert ("The roll is older than Wave spring", "Old roll") in states(person)
    with time_machine.travel(NOON.replace(month=7, day=3), tick=False):
        assert ("Wave spring is open", "Over time") not in states(person)
        assert ("Close Wave spring", "Over time") in states(person)
    RollImport.objects.filter(pk=taken_in.pk).update(at=NOON)
    close_wave(wave=wave, by=None)
    assert due(person) == [("Link Wave spring to the roll", "Closed", "/waves/spring/")]
    link_wave(wave=wave, by=None)
    assert due(person) == [("Build the reports of Wave spring", "Linked", "/builds/")]


def made(wave: Wave, state: str, answers: str = "a") -> Build:
    """A build in a state, certified beside what is public by now as counting leaves it."""
    mark = ledger.mark(wave, hashlib.sha256(answers.encode()).hexdigest())
    found = Build.objects.create(wave=wave, input_key=mark, state=state)
    key = read_key("RELEASE_KEY")
    ledger.store(found, b"", beside=ledger.held(wave, key), key=key)
    return found


@pytest.fixture
def linked(room: Classroom, authority: Authority) -> Wave:
    RollImport.objects.create(authority=authority)
    close_wave(wave=room.wave, by=None)
    link_wave(wave=room.wave, by=None)
    return room.wave


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (Build.State.OPENING, ("Wave spring is being built", "Opening answers")),
        (Build.State.RENDERING, ("Wave spring is being built", "Writing reports")),
        (Build.State.FAILED, ("The build of Wave spring failed", "Failed")),
        (Build.State.COMPLETE, ("Wave spring waits for its release", "Complete")),
    ],
)
def test_a_build_is_told_by_its_state(
    cast: Cast, linked: Wave, state: str, line: tuple[str, str]
) -> None:
    found = made(linked, state)
    assert due(cast.data_team) == [(*line, f"/builds/{found.pk}/")]


def test_a_release_goes_from_approval_to_approval_to_publication(cast: Cast, linked: Wave) -> None:
    first, second = cast.releaser_1, cast.releaser_2
    assert due(first) == []
    build = made(linked, Build.State.COMPLETE)
    address = f"/builds/{build.pk}/"
    asked = ("Approve Wave spring", "To approve", address)
    assert due(first) == due(second) == [asked]
    releases.approve(build=build, by=first)
    assert due(first) == [("Wave spring waits for a second approval", "Complete", address)]
    assert due(second) == [asked]
    releases.approve(build=build, by=second)
    assert due(first) == due(second) == [("Publish Wave spring", "Approved", address)]
    releases.publish(build=build, by=first, note="First figures.")
    assert due(first) == due(second) == due(cast.data_team) == []
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        made(linked, Build.State.FAILED, "b")
        assert due(first) == []
        assert whats(cast.data_team) == ["The build of Wave spring failed"]


def test_a_release_that_was_taken_back_waits_for_nobody(cast: Cast, linked: Wave) -> None:
    people = (cast.releaser_1, cast.releaser_2)
    builds = []
    for hour, answers in enumerate("ab"):
        with time_machine.travel(NOON + timedelta(hours=hour), tick=False):
            builds.append(made(linked, Build.State.COMPLETE, answers))
        for person in people:
            releases.approve(build=builds[-1], by=person)
        releases.publish(build=builds[-1], by=people[0], note="Figures.")
    releases.publish(build=builds[0], by=people[0], note="Back.")
    assert [due(person) for person in (*people, cast.data_team)] == [[], [], []]


def test_a_build_that_can_no_longer_be_published_is_to_be_built_again(
    cast: Cast, linked: Wave
) -> None:
    earlier = made(linked, Build.State.COMPLETE, "a")
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        late = made(linked, Build.State.COMPLETE, "b")
    for person in (cast.releaser_1, cast.releaser_2):
        releases.approve(build=earlier, by=person)
    releases.publish(build=earlier, by=cast.releaser_1, note="First.")
    assert states(cast.data_team) == [("Build the reports of Wave spring", "Out of date")]
    assert due(cast.releaser_1) == []
    assert late.pk != earlier.pk


# What has not been opened


def test_a_report_is_unread_until_it_was_opened(cast: Cast, build: Build) -> None:
    address = "/reports/oakmere-2026/100001/"
    line = ("Report of Ash: Summer 2026", "Not opened", address)
    assert due(cast.lead_a) == [line]
    assert "First release of 2 March 2026." in page(cast.lead_a)
    # Another's look is not this person's.
    client_of(cast.analyst).get(address)
    assert due(cast.lead_a) == [line]
    client_of(cast.lead_a).get(address)
    assert due(cast.lead_a) == []
    assert whats(cast.lead_b) == ["Report of Birch: Summer 2026"]
    assert due(cast.teacher_a) == []
    assert due(cast.releaser_1) == []


def test_a_correction_is_unread_again(cast: Cast, build: Build) -> None:
    client_of(cast.lead_a).get("/reports/oakmere-2026/100001/")
    later = Build.objects.create(
        wave=build.wave, input_key="1" * 64, state=Build.State.COMPLETE, rules=build.rules
    )
    for place in build.places.all():
        place.pk, place.build = None, later
        place.save()
    Publication.objects.filter(wave=build.wave).update(build=later)
    kind = PublicationEvent.Kind.CORRECTION
    PublicationEvent.objects.create(wave=build.wave, build=later, kind=kind, note="Late school.")
    assert whats(cast.lead_a) == ["Report of Ash: Summer 2026"]
    assert "Correction of 2 March 2026." in page(cast.lead_a)


def test_nothing_is_unread_before_it_is_published(cast: Cast, build: Build) -> None:
    build.wave.publication.delete()
    assert [name for name, person in cast.items() if "Summer 2026" in page(person)] == []


def test_officers_are_told_of_new_figures_until_they_looked(cast: Cast, build: Build) -> None:
    QualityRecord.objects.create(build=build, document={"sections": []}, sha256="0" * 64)
    borough = ("New figures: Summer 2026", "New", "/borough/oakmere-2026/")
    reports = ("5 school reports not opened yet: Summer 2026", "Not opened", "#school-reports")
    quality = ("How Summer 2026 was answered", "New", f"/builds/{build.pk}/quality/")
    assert due(cast.analyst) == [borough, reports, quality]
    report = ("Report of Ash: Summer 2026", "Not opened", "/reports/oakmere-2026/100001/")
    assert due(cast.public_health) == [borough, report]
    for _, _, address in (borough, quality):
        assert client_of(cast.analyst).get(address).status_code == 200
    assert due(cast.analyst) == [reports]
    for key in ("100001", "100002", "100003"):
        client_of(cast.analyst).get(f"/reports/oakmere-2026/{key}/table.csv")
    assert 'id="school-reports"' in page(cast.analyst)
    left = [f"Report of {name}: Summer 2026" for name in ("Damson School", "Elm School")]
    assert AuditEntry.objects.filter(by=cast.analyst, action="school_report.seen").count() == 3
    assert whats(cast.analyst) == left


# Accounts


def test_an_administrator_is_told_of_grants_that_end(
    cast: Cast, authority: Authority, school_a: School
) -> None:
    mine = Membership.objects.filter(user=cast.lead_a)
    for days, told in ((31, False), (30, True), (0, True), (-1, False)):
        mine.update(expires_on=NOON.date() + timedelta(days=days))
        assert bool(due(cast.administrator)) == told
    mine.update(expires_on=date(2026, 3, 20))
    assert due(cast.administrator) == [("Lead A: School lead, Ash", "Ends soon", "")]
    assert "The last day is 20 March 2026." in page(cast.administrator)
    for name in ("lead_a", "lead_b", "data_team", "analyst", "stranger"):
        assert "Ends soon" not in page(getattr(cast, name))
    elsewhere = Authority.objects.create(code="E09000098", name="Elsewhere")
    Membership.objects.filter(user=cast.administrator).update(authority=elsewhere)
    assert due(cast.administrator) == []


# Everybody


def test_somebody_with_several_roles_sees_all_theirs_the_most_urgent_first(
    cast: Cast, room: Classroom, build: Build, authority: Authority, school_b: School
) -> None:
    RollImport.objects.create(authority=authority)
    person = cast.lead_b
    for role in (Role.DATA_TEAM, Role.ADMINISTRATOR):
        Membership.objects.create(user=person, role=role, authority=authority)
    Membership.objects.create(
        user=person, role=Role.TEACHER, authority=authority, school=room.school
    )
    Membership.objects.filter(user=cast.lead_a).update(expires_on=date(2026, 3, 20))
    assert whats(person) == [
        "Class lesson",
        "Report of Birch: Summer 2026",
        "Lead A: School lead, Ash",
        "Wave spring is open",
    ]


def test_people_of_another_authority_learn_nothing(
    cast: Cast, room: Classroom, build: Build
) -> None:
    elsewhere = Authority.objects.create(code="E09000098", name="Elsewhere")
    Membership.objects.filter(school=None).update(authority=elsewhere)
    for name in ("data_team", "analyst", "releaser_1", "administrator"):
        person = getattr(cast, name)
        assert (name, due(person)) == (name, [])
        assert "Wave spring" not in page(person)


def council(authority: Authority, number: int) -> list[School]:
    """Schools with a lesson that runs, a class to book, and a report each, in one wave."""
    keys = range(700_000, 700_000 + number)
    schools = [
        School.objects.create(authority=authority, key=str(key), name=f"School {key}")
        for key in keys
    ]
    questionnaire = adopt_questionnaire(document=DOCUMENT, by=None)
    permit_stand_in_wording(questionnaire=questionnaire, by=None)
    wave = set_up_wave(
        authority=authority,
        key="large",
        name="The large wave",
        questionnaire=questionnaire,
        schools=schools,
        year_groups=[8, 10],
        opens_on=date(2026, 3, 1),
        closes_on=date(2026, 7, 1),
        by=None,
    )
    open_wave(wave=wave, by=None)
    build = released.store("large-2025")
    place = build.places.get(kind="school", key="100001")
    for school in schools:
        enrol(authority, school, 2, 8)
        enrol(authority, school, 2, 10)
        book_lesson(
            wave=wave, school=school, title="Eight", year_group=8, held_on=NOON.date(), by=None
        )
        place.pk, place.key, place.name = None, school.key, school.name
        place.save()
    return schools


def everything(authority: Authority, schools: list[School]) -> User:
    person = User.objects.create_user("all@example.org", name="All")
    for role in (Role.DATA_TEAM, Role.ANALYST, Role.RELEASER, Role.ADMINISTRATOR):
        Membership.objects.create(user=person, role=role, authority=authority)
    for school in schools:
        for role in (Role.TEACHER, Role.SCHOOL_LEAD):
            Membership.objects.create(user=person, role=role, authority=authority, school=school)
    return person


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_asks_as_little_of_a_large_council_as_of_a_small_one(
    authority: Authority, number: int
) -> None:
    schools = council(authority, number)
    person = everything(authority, schools)
    client = client_of(person)
    with CaptureQueriesContext(connection) as asked:
        text = client.get("/").content.decode()
    assert text.count("School 7000") > number  # the lessons, the table and the reports
    assert len(asked) == QUERIES
    said = " ".join(each["sql"] for each in asked.captured_queries)
    # Pupils are counted by the database; no row of one comes here, and no answer.
    assert "pseudonym" not in said
    assert "surveys_sealedpage" not in said
