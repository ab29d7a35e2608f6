"""The door with the short version, with rotated sections, and with signs and rehearsals beside."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from schools.keys import read_key
from schools.models import Authority, School
from surveys.actions.lessons import start_lesson
from surveys.actions.linkage import link_wave
from surveys.actions.responses import PageSave, finish, save_pages, take_seat
from surveys.actions.waves import adopt_questionnaire, close_wave, permit_stand_in_wording
from surveys.coding import NOT_ASKED, NOT_REACHED
from surveys.frames import (
    QUESTION,
    linked_fingerprints,
    quality_frame,
    roll_frame,
    wave_frame,
)
from surveys.models import AccessCode, Edition, Lesson, Response, SealedPage
from surveys.progress import by_school, linkage_report
from surveys.refusal import Refused
from surveys.sealing import code_digest
from surveys.signs import PAGE as ABOUT
from tests.classroom import ANSWERS, Classroom, build_classroom
from tests.tiny import tiny_document

SECTIONS = Path(__file__).resolve().parents[2] / "questionnaires" / "sections_rotate.json"
PLAY_CODE = "2222222222"
HIGHEST = UUID(int=2**128 - 1)


@pytest.fixture
def private_key(keys: object) -> bytes:
    return read_key("ANALYSIS_PRIVATE_KEY")


def link(room: Classroom) -> None:
    close_wave(wave=room.wave, by=None)
    link_wave(wave=room.wave, by=None)


def sign(room: Classroom, number: int, **signs: Any) -> None:
    save_pages(seat=room.seat(number), pages=[PageSave(ABOUT, 1, signs)])


@pytest.fixture
def short(classroom: Classroom) -> Classroom:
    """The second pupil of four has the short version: other questions, on pages named alike."""
    questionnaire = adopt_questionnaire(document=tiny_document(key="short"), by=None)
    permit_stand_in_wording(questionnaire=questionnaire, by=None)
    classroom.wave.short_questionnaire = questionnaire
    classroom.wave.save()
    code = AccessCode.objects.filter(pupil=classroom.pupils[1])
    code.update(edition=Edition.SHORT)
    classroom.answer(0, ANSWERS)
    classroom.answer(1, {"p01": {"happy": 4, "calm": 3}, "p02": {}, "p03": {"hopeful": 2}})
    link(classroom)
    return classroom


def test_each_edition_has_its_own_table(short: Classroom, private_key: bytes) -> None:
    full = wave_frame(short.wave, private_key=private_key)
    assert [int(code) for code in full.table["q.days"]] == [5]
    assert [int(code) for code in full.table["q.happy"]] == [1]
    other = wave_frame(short.wave, private_key=private_key, edition=Edition.SHORT)
    assert [int(code) for code in other.table["q.happy"]] == [4]
    assert list(other.table["mood"]) == [7.0]
    assert other.definition.key == "short"
    assert "q.days" not in other.table.columns


def test_quality_is_that_of_the_questions_asked(short: Classroom, private_key: bytes) -> None:
    frame = quality_frame(short.wave, private_key=private_key)
    found = {row["edition"]: row for row in frame.to_dict("records")}
    assert [found["full"][key] for key in ("asked", "answered", "skipped")] == [6, 6, 0]
    assert [found["short"][key] for key in ("asked", "answered", "skipped")] == [5, 3, 2]


def test_a_run_of_answers_follows_the_order_of_this_pupils_pages(
    authority: Authority, school: School, private_key: bytes
) -> None:
    document = json.loads(SECTIONS.read_text(encoding="utf-8"))
    room = build_classroom(authority, school, document=document)
    room.seat(0)
    Response.objects.update(rotation=1)
    # Asked as a, d, e, f, b: three times no. In the document's order e and f stand alone.
    answers = {"p01": {"a": 1}, "p02": {"b": 0}, "p04": {"d": 1}, "p05": {"e": 0}, "p06": {"f": 0}}
    room.answer(0, answers)
    link(room)
    assert list(quality_frame(room.wave, private_key=private_key)["longest_run"]) == [3]


def test_who_answers_the_short_version_takes_part(short: Classroom) -> None:
    frame = roll_frame(short.wave)
    taken = frame[frame["status"] == "took_part"]
    assert sorted(taken["edition"]) == ["full", "short"]
    assert linkage_report(short.wave)[0][:2] == ("Linked to the roll", 2)
    [school] = by_school(short.wave)
    assert (school.started, school.finished) == (2, 2)


def test_a_wave_without_a_short_version_has_no_table_of_it(
    classroom: Classroom, private_key: bytes
) -> None:
    link(classroom)
    with pytest.raises(Refused, match="short version"):
        wave_frame(classroom.wave, private_key=private_key, edition=Edition.SHORT)


def test_signs_are_no_answers_and_no_page_reached(classroom: Classroom, private_key: bytes) -> None:
    sign(classroom, 0, device="phone", seconds={"p01": 3})
    link(classroom)
    table = wave_frame(classroom.wave, private_key=private_key).table
    codes = {int(code) for key, code in table.iloc[0].items() if str(key).startswith(QUESTION)}
    assert codes == {NOT_REACHED, NOT_ASKED}


def test_signs_do_not_make_a_response_fuller(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two responses of one pupil: one page of answers and signs, against two pages."""
    with monkeypatch.context() as patch:
        # Were signs counted, the two would draw level and the higher identifier would win.
        patch.setattr("uuid.uuid4", lambda: HIGHEST)
        save_pages(seat=classroom.seat(0), pages=[PageSave("p01", 1, {})])
    sign(classroom, 0, device="phone")
    save_pages(seat=classroom.seat(1), pages=[PageSave("p01", 1, {}), PageSave("p03", 1, {})])
    AccessCode.objects.filter(pupil=classroom.pupils[0]).update(replaced=True)
    AccessCode.objects.filter(pupil=classroom.pupils[1]).update(pupil=classroom.pupils[0])
    link(classroom)
    assert Response.objects.get(pk=HIGHEST).link.outcome == "duplicate"


def test_a_build_does_not_depend_on_signs(classroom: Classroom) -> None:
    classroom.answer(0, ANSWERS, send=False)
    classroom.answer(1, {"p01": {}}, send=False)
    sign(classroom, 2, device="phone")
    link(classroom)
    before = list(linked_fingerprints(classroom.wave))
    assert len(before) == len(ANSWERS) + 2  # the third pupil holds signs only, and took part
    SealedPage.objects.filter(page=ABOUT).delete()
    assert list(linked_fingerprints(classroom.wave)) == before
    Response.objects.update(edition=Edition.SHORT)
    assert list(linked_fingerprints(classroom.wave)) != before


def test_not_reached_follows_the_order_in_which_this_pupil_was_asked(
    authority: Authority, school: School, private_key: bytes
) -> None:
    document = json.loads(SECTIONS.read_text(encoding="utf-8"))
    room = build_classroom(authority, school, document=document)
    order = room.wave.questionnaire.definition.rotated(1)
    assert [page.key for page in order.pages][:3] == ["p01", "p04", "p05"]
    room.seat(0)
    Response.objects.update(rotation=1)
    # Red, the first section of the document, is the last of this pupil's turn.
    room.answer(0, {"p01": {"a": 1}, "p04": {}}, send=False)
    link(room)
    row = wave_frame(room.wave, private_key=private_key).table.iloc[0]
    found = {key: int(row[f"q.{key}"]) for key in ("a", "b", "c", "d", "e")}
    assert found == {"a": 1, "b": NOT_REACHED, "c": NOT_ASKED, "d": -1, "e": NOT_REACHED}


def test_a_rehearsal_is_nowhere(classroom: Classroom, private_key: bytes) -> None:
    classroom.answer(0, ANSWERS)
    [before] = by_school(classroom.wave)
    rehearse(classroom)
    assert Response.objects.count() == 2
    assert by_school(classroom.wave) == [before]
    close_wave(wave=classroom.wave, by=None)
    counts = link_wave(wave=classroom.wave, by=None)
    assert sum(counts.values()) == 1
    assert len(wave_frame(classroom.wave, private_key=private_key).table) == 1
    assert sum(roll_frame(classroom.wave)["status"] == "took_part") == 1
    assert len(list(linked_fingerprints(classroom.wave))) == len(ANSWERS)


def rehearse(room: Classroom) -> None:
    """One play code of a rehearsal, used to the end."""
    lesson = Lesson.objects.create(
        wave=room.wave,
        school=room.school,
        title="Rehearsal",
        year_group=8,
        held_on=room.lesson.held_on,
        rehearsal=True,
    )
    AccessCode.objects.create(lesson=lesson, digest=code_digest(PLAY_CODE, read_key("CODE_PEPPER")))
    start_lesson(lesson=lesson, minutes=30, by=None)
    seat = take_seat(code=PLAY_CODE)
    save_pages(seat=seat, pages=[PageSave(page, 1, each) for page, each in ANSWERS.items()])
    finish(seat=seat)
