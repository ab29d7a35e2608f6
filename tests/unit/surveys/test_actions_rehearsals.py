"""Rehearsals: the whole lesson with play codes, and nothing of it anywhere afterwards."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from schools.keys import read_key
from schools.models import Authority, School
from surveys.actions.lessons import (
    book_lesson,
    close_lesson,
    close_overdue,
    extend_lesson,
    pause_lesson,
    reissue,
    reprint,
    start_lesson,
)
from surveys.actions.linkage import link_wave
from surveys.actions.rehearsals import book_rehearsal
from surveys.actions.responses import PageSave, finish, save_pages, take_seat
from surveys.actions.waves import close_wave
from surveys.frames import linked_fingerprints, roll_frame, wave_frame
from surveys.models import AccessCode, Edition, Lesson, Response, SealedPage, Wave
from surveys.progress import by_school
from surveys.refusal import Refused
from surveys.slips import Slip
from tests.classroom import ANSWERS, Classroom

DAY = date(2026, 3, 2)


def rehearse(room: Classroom, **changes: Any) -> tuple[Lesson, list[Slip]]:
    given = {
        "wave": room.wave,
        "school": room.school,
        "title": "Trying it out",
        "year_group": 8,
        "codes": 3,
        "held_on": DAY,
        "by": None,
    }
    return book_rehearsal(**(given | changes))


def play(slips: list[Slip], *, send: int) -> None:
    """Each code answers; the first `send` of them submit."""
    for number, slip in enumerate(slips):
        seat = take_seat(code=slip.code)
        save_pages(seat=seat, pages=[PageSave(page, 1, each) for page, each in ANSWERS.items()])
        if number < send:
            finish(seat=seat)


def in_full_swing(room: Classroom) -> tuple[Lesson, list[Slip]]:
    lesson, slips = rehearse(room)
    start_lesson(lesson=lesson, minutes=30, by=None)
    play(slips, send=2)
    return lesson, slips


def test_play_codes_belong_to_nobody(classroom: Classroom) -> None:
    lesson, slips = rehearse(classroom, codes=5)
    codes = lesson.codes.all()
    assert {(code.wave, code.pupil) for code in codes} == {(None, None)}
    assert len({slip.code for slip in slips}) == len(codes) == 5


@pytest.mark.parametrize(
    "changes",
    [{"codes": 0}, {"codes": 41}, {"year_group": 9}, {"edition": Edition.SHORT}],
)
def test_refused_rehearsals_leave_nothing(classroom: Classroom, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        rehearse(classroom, **changes)
    assert not Lesson.objects.filter(rehearsal=True).exists()


def test_only_a_school_of_the_wave_rehearses(classroom: Classroom, authority: Authority) -> None:
    other = School.objects.create(authority=authority, key="100002", name="Birch")
    with pytest.raises(Refused, match="does not take part"):
        rehearse(classroom, school=other)


def test_it_is_answered_like_a_lesson(classroom: Classroom) -> None:
    in_full_swing(classroom)
    played = Response.objects.filter(code__lesson__rehearsal=True)
    assert {response.wave for response in played} == {None}
    assert sorted(response.state for response in played) == ["started", "submitted", "submitted"]


def test_it_may_be_held_before_the_wave_opens(classroom: Classroom) -> None:
    Wave.objects.update(state=Wave.State.DRAFT)
    classroom.wave.refresh_from_db()
    in_full_swing(classroom)
    lesson = classroom.wave.lessons.get(rehearsal=False)
    pause_lesson(lesson=lesson, by=None)
    with pytest.raises(Refused, match="not open"):
        start_lesson(lesson=lesson, minutes=30, by=None)


def test_a_pupil_who_rehearsed_still_gets_a_code(classroom: Classroom) -> None:
    AccessCode.objects.all().delete()
    in_full_swing(classroom)
    _, slips = book_lesson(
        wave=classroom.wave,
        school=classroom.school,
        title="Real",
        year_group=8,
        held_on=DAY,
        by=None,
    )
    assert len(slips) == 4


def test_closing_deletes_what_was_played_and_nothing_else(classroom: Classroom) -> None:
    classroom.answer(0, ANSWERS)
    kept = set(SealedPage.objects.values_list("pk", flat=True))
    lesson, slips = in_full_swing(classroom)
    close_lesson(lesson=lesson, by=None)
    assert list(lesson.codes.all()) == []
    assert Response.objects.get().wave == classroom.wave
    assert set(SealedPage.objects.values_list("pk", flat=True)) == kept
    with pytest.raises(Refused, match="does not work"):
        take_seat(code=slips[0].code)


def test_closing_the_lesson_beside_it_leaves_it_alone(classroom: Classroom) -> None:
    lesson, _ = in_full_swing(classroom)
    close_lesson(lesson=classroom.lesson, by=None)
    assert Response.objects.filter(code__lesson=lesson).count() == 3


def test_nothing_of_it_is_counted_or_linked(classroom: Classroom) -> None:
    """A rehearsal in full swing while the wave is counted, closed and linked."""
    classroom.answer(0, ANSWERS)
    [before] = by_school(classroom.wave)
    in_full_swing(classroom)
    assert by_school(classroom.wave) == [before]
    close_wave(wave=classroom.wave, by=None)
    found = link_wave(wave=classroom.wave, by=None)
    assert sum(found.values()) == found["linked"] == 1
    classroom.wave.refresh_from_db()
    table = wave_frame(classroom.wave, private_key=read_key("ANALYSIS_PRIVATE_KEY")).table
    assert len(table) == 1
    assert sorted(roll_frame(classroom.wave)["status"]) == ["did_not"] * 3 + ["took_part"]
    assert len(list(linked_fingerprints(classroom.wave))) == len(ANSWERS)


def test_even_one_that_nobody_ended_reaches_no_results(classroom: Classroom) -> None:
    """Were a rehearsal still there at linkage, nothing of it would pass the door."""
    classroom.answer(0, ANSWERS)
    in_full_swing(classroom)
    Wave.objects.update(state=Wave.State.CLOSED)
    classroom.wave.refresh_from_db()
    assert sum(link_wave(wave=classroom.wave, by=None).values()) == 1
    classroom.wave.refresh_from_db()
    assert Response.objects.count() == 4
    table = wave_frame(classroom.wave, private_key=read_key("ANALYSIS_PRIVATE_KEY")).table
    assert len(table) == 1
    assert len(list(linked_fingerprints(classroom.wave))) == len(ANSWERS)


def test_closing_the_wave_ends_it(classroom: Classroom) -> None:
    lesson, _ = in_full_swing(classroom)
    close_wave(wave=classroom.wave, by=None)
    lesson.refresh_from_db()
    assert lesson.state == Lesson.State.CLOSED
    assert not Response.objects.exists()
    assert not AccessCode.objects.filter(lesson=lesson).exists()
    assert AccessCode.objects.filter(lesson=classroom.lesson).count() == 4


def test_one_that_ran_over_is_closed_and_deleted(classroom: Classroom) -> None:
    lesson, _ = in_full_swing(classroom)
    extend_lesson(lesson=lesson, minutes=1, by=None)
    with time_machine.travel(timezone.now() + timedelta(minutes=62), tick=False):
        close_overdue(by=None)
    assert not Response.objects.exists()


def test_one_that_was_never_started_is_forgotten_after_a_week(classroom: Classroom) -> None:
    today = timezone.localdate()
    lesson, _ = rehearse(classroom, held_on=today - timedelta(days=8))
    recent, _ = rehearse(classroom, held_on=today - timedelta(days=7))
    running, _ = rehearse(classroom, held_on=today - timedelta(days=8))
    start_lesson(lesson=running, minutes=30, by=None)
    assert close_overdue(by=None) == 1
    assert (lesson.codes.count(), recent.codes.count(), running.codes.count()) == (0, 3, 3)


def test_its_slips_are_not_replaced(classroom: Classroom) -> None:
    lesson, _ = rehearse(classroom)
    with pytest.raises(Refused, match="begin another"):
        reissue(code=lesson.codes.first(), by=None)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        reprint(lesson=lesson, by=None)
    assert lesson.codes.filter(replaced=False).count() == 3
