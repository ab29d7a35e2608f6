"""Booking, codes, and what closing destroys."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from schools.models import AuditEntry, Authority, RollPupil, School
from surveys.actions.lessons import (
    book_lesson,
    catch_up,
    close_lesson,
    close_overdue,
    extend_lesson,
    pause_lesson,
    reissue,
    reprint,
    start_lesson,
)
from surveys.actions.responses import open_seat, take_seat
from surveys.actions.waves import close_wave
from surveys.models import AccessCode, Edition, Lesson, Response, Wave
from surveys.refusal import Refused
from tests.classroom import ANSWERS, Classroom, build_classroom, enrol

DAY = date(2026, 3, 9)


def book(room: Classroom, **changes: object) -> tuple[Lesson, list[str]]:
    given = {"title": "Later", "year_group": 8, "held_on": DAY, "by": None} | changes
    lesson, slips = book_lesson(wave=room.wave, school=room.school, **given)  # type: ignore[arg-type]
    return lesson, sorted(slip.place_in_class for slip in slips)


def opt_out(pupil: RollPupil) -> None:
    pupil.opted_out_on, pupil.opted_out_by = DAY, "parent"
    pupil.save()


def test_everybody_in_the_class_gets_one_code(classroom: Classroom) -> None:
    assert [slip.place_in_class for slip in classroom.slips] == [
        f"8B, number {number}" for number in (1, 2, 3, 4)
    ]
    assert len({slip.code for slip in classroom.slips}) == 4


def test_slips_come_in_random_order(authority: Authority, school: School) -> None:
    """Neither by class list nor the same twice: by chance one time in 20 factorial."""
    enrol(authority, school, 20)
    room = build_classroom(authority, school, pupils=0)
    orders = [[slip.place_in_class for slip in reprint(lesson=room.lesson, by=None)] for _ in "12"]
    by_list = [pupil.place_in_class for pupil in RollPupil.objects.order_by("class_number")]
    assert orders[0] != orders[1]
    assert by_list not in orders
    assert sorted(orders[0]) == sorted(orders[1]) == sorted(by_list)


def test_codes_are_not_stored(classroom: Classroom) -> None:
    stored = str(list(AccessCode.objects.values()))
    assert not [slip for slip in classroom.slips if slip.code in stored]


def test_no_code_for_those_who_opted_out_or_left(classroom: Classroom) -> None:
    new = enrol(classroom.school.authority, classroom.school, 3, first=5)
    opt_out(new[0])
    new[1].left_on = DAY
    new[1].save()
    assert book(classroom)[1] == ["8B, number 7"]


def test_a_pupil_holds_one_live_code_a_wave(classroom: Classroom) -> None:
    with pytest.raises(Refused, match="nobody on the roll"):
        book(classroom)


def test_a_replaced_code_of_another_wave_does_not_count(
    classroom: Classroom, authority: Authority
) -> None:
    other = Wave.objects.get(pk=classroom.wave.pk)
    other.pk, other.key = None, "autumn"
    other.save()
    other.schools.set([classroom.school])
    lesson = Lesson.objects.create(
        wave=other, school=classroom.school, title="x", year_group=8, held_on=DAY
    )
    AccessCode.objects.create(
        wave=other, lesson=lesson, pupil=classroom.pupils[0], digest="f" * 64, replaced=True
    )
    _, slips = book_lesson(
        wave=other, school=classroom.school, title="y", year_group=8, held_on=DAY, by=None
    )
    assert len(slips) == 4


def test_one_class_of_the_year(classroom: Classroom) -> None:
    _, other = enrol(classroom.school.authority, classroom.school, 2, first=8)
    other.class_name = "8C"
    other.save()
    assert book(classroom, class_name="8C")[1] == ["8C, number 9"]


@pytest.mark.parametrize("changes", [{"year_group": 9}, {"class_name": "10Z"}])
def test_refused_bookings_leave_nothing(classroom: Classroom, changes: dict[str, object]) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        book(classroom, **changes)
    assert Lesson.objects.count() == 1
    assert AuditEntry.objects.count() == before


def test_a_school_outside_the_wave_cannot_book(classroom: Classroom, authority: Authority) -> None:
    other = School.objects.create(authority=authority, key="100002", name="Birch")
    with pytest.raises(Refused, match="does not take part"):
        book_lesson(
            wave=classroom.wave, school=other, title="x", year_group=8, held_on=DAY, by=None
        )


def test_start_pause_go_on(classroom: Classroom) -> None:
    lesson = classroom.lesson
    assert lesson.accepts_starts
    pause_lesson(lesson=lesson, by=None)
    assert not lesson.accepts_starts
    start_lesson(lesson=lesson, minutes=5, by=None)
    assert lesson.accepts_starts


def test_time_runs_out_and_can_be_extended(classroom: Classroom) -> None:
    lesson = classroom.lesson
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert not lesson.accepts_starts
        extend_lesson(lesson=lesson, minutes=10, by=None)
        assert lesson.accepts_starts


@pytest.mark.parametrize("minutes", [0, -1, 241])
def test_odd_minutes(classroom: Classroom, minutes: int) -> None:
    with pytest.raises(Refused, match="1 to 240"):
        extend_lesson(lesson=classroom.lesson, minutes=minutes, by=None)


def test_a_closed_lesson_stays_closed(classroom: Classroom) -> None:
    close_lesson(lesson=classroom.lesson, by=None)
    for act in (
        lambda: start_lesson(lesson=classroom.lesson, minutes=5, by=None),
        lambda: extend_lesson(lesson=classroom.lesson, minutes=5, by=None),
        lambda: pause_lesson(lesson=classroom.lesson, by=None),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


def test_a_lesson_starts_only_in_an_open_wave(classroom: Classroom) -> None:
    close_wave(wave=classroom.wave, by=None)
    classroom.lesson.refresh_from_db()
    with pytest.raises(Refused, match="not open"):
        start_lesson(lesson=classroom.lesson, minutes=5, by=None)


def test_closing_a_lesson_destroys_what_could_resume_it(classroom: Classroom) -> None:
    seat = classroom.seat()
    close_lesson(lesson=classroom.lesson, by=None)
    assert Response.objects.get().resume_wrap is None
    # Even if somebody set the state back: the key is gone for good.
    Lesson.objects.update(state=Lesson.State.OPEN)
    with pytest.raises(Refused, match="not open"):
        open_seat(seat)


def test_closing_a_wave_destroys_it_in_every_lesson(classroom: Classroom) -> None:
    classroom.seat()
    close_wave(wave=classroom.wave, by=None)
    assert Response.objects.get().resume_wrap is None
    assert Lesson.objects.get().state == Lesson.State.CLOSED


def test_lessons_long_over_close_by_themselves(classroom: Classroom) -> None:
    classroom.seat()
    with time_machine.travel(timezone.now() + timedelta(minutes=90), tick=False):
        assert close_overdue(by=None) == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=121), tick=False):
        assert close_overdue(by=None) == 1
        assert close_overdue(by=None) == 0
    assert Response.objects.get().resume_wrap is None


def test_catch_up_is_for_unused_codes(classroom: Classroom) -> None:
    classroom.answer(0, ANSWERS)
    classroom.seat(1)
    opt_out(classroom.pupils[2])
    later, slips = catch_up(lesson=classroom.lesson, title="Catch-up", held_on=DAY, by=None)
    assert [slip.place_in_class for slip in slips] == ["8B, number 4"]
    assert later.state == Lesson.State.PLANNED
    with pytest.raises(Refused, match="does not work"):
        classroom.seat(3)
    start_lesson(lesson=later, minutes=30, by=None)
    take_seat(code=slips[0].code)


def test_no_catch_up_when_all_have_begun(classroom: Classroom) -> None:
    for number in range(4):
        classroom.seat(number)
    with pytest.raises(Refused, match="has been used"):
        catch_up(lesson=classroom.lesson, title="x", held_on=DAY, by=None)
    assert Lesson.objects.count() == 1


def test_a_new_slip_ends_the_old_one_and_is_logged(classroom: Classroom) -> None:
    classroom.seat(0)
    code = AccessCode.objects.get(pupil=classroom.pupils[0])
    slip = reissue(code=code, by=None)
    assert slip.place_in_class == "8B, number 1"
    with pytest.raises(Refused, match="does not work"):
        classroom.seat(0)
    take_seat(code=slip.code)
    entry = AuditEntry.objects.get(action="code.reissued")
    assert slip.code not in str(entry.details) + entry.subject


def test_a_lost_sheet_is_printed_anew_for_those_not_begun(classroom: Classroom) -> None:
    classroom.seat(0)
    slips = reprint(lesson=classroom.lesson, by=None)
    assert len(slips) == 3
    classroom.seat(0)
    with pytest.raises(Refused, match="does not work"):
        classroom.seat(1)


def live_code(room: Classroom, number: int) -> AccessCode:
    return AccessCode.objects.get(pupil=room.pupils[number], replaced=False)


def test_a_new_slip_for_the_short_version(classroom: Classroom) -> None:
    with pytest.raises(Refused, match="no short version"):
        reissue(code=live_code(classroom, 0), edition=Edition.SHORT, by=None)
    assert live_code(classroom, 0).edition == Edition.FULL
    with_short_version(classroom)
    reissue(code=live_code(classroom, 0), edition=Edition.SHORT, by=None)
    assert live_code(classroom, 0).edition == Edition.SHORT
    reissue(code=live_code(classroom, 0), by=None)
    assert live_code(classroom, 0).edition == Edition.SHORT
    reissue(code=live_code(classroom, 0), edition=Edition.FULL, by=None)
    assert live_code(classroom, 0).edition == Edition.FULL


def test_who_has_the_short_version_keeps_it(classroom: Classroom) -> None:
    with_short_version(classroom)
    reissue(code=live_code(classroom, 2), edition=Edition.SHORT, by=None)
    reprint(lesson=classroom.lesson, by=None)
    later, _ = catch_up(lesson=classroom.lesson, title="Later", held_on=DAY, by=None)
    found = {code.pupil: code.edition for code in later.codes.select_related("pupil")}
    short = Edition.SHORT
    assert found == dict.fromkeys(classroom.pupils, Edition.FULL) | {classroom.pupils[2]: short}


def with_short_version(room: Classroom) -> None:
    room.wave.short_questionnaire = room.wave.questionnaire
    room.wave.save()
