"""Lessons of the demonstration: booked, slips handed out, answered, closed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from census.demo.answers import Sheet
from census.demo.turnout import Fate
from schools.keys import read_key
from schools.models import RollPupil, School, User
from surveys.actions.lessons import book_lesson, close_lesson, reissue, start_lesson
from surveys.actions.responses import PageSave, Seat, finish, save_pages, stop, take_seat
from surveys.models import AccessCode, Lesson, Wave
from surveys.sealing import code_digest
from surveys.slips import Slip

if TYPE_CHECKING:
    import pandas as pd

FIRST_DAY = date(2026, 6, 8)
SCHOOL_DAYS = 5
MINUTES = 60


def hold_lessons(
    wave: Wave, roll: "pd.DataFrame", sheets: Iterable[Sheet], teachers: dict[str, User]
) -> int:
    """A lesson for every class of the wave's schools. Returns how many there were."""
    by_upn_row = {sheet.row: sheet for sheet in sheets}
    count = 0
    for school in wave.schools.all():
        rows = roll[roll["URN"] == school.key]
        for (year, group), pupils in rows.groupby(["NCyearActual", "RegGroup"], sort=False):
            day = FIRST_DAY + timedelta(days=count % SCHOOL_DAYS + 7 * (count % 3))
            places = _places(school, str(group))
            answers = {
                places[number]: by_upn_row[row]
                for number, row in enumerate(pupils.index, start=1)
                if row in by_upn_row
            }
            _hold(wave, school, int(str(year)), str(group), day, answers, teachers[school.key])
            count += 1
    return count


def _places(school: School, group: str) -> dict[int, str]:
    """What a slip says of each place in a class list."""
    pupils = RollPupil.objects.filter(school=school, class_name=group)
    return {pupil.class_number or 0: pupil.place_in_class for pupil in pupils}


# One durable commit a class: two thousand pupils, each waiting for the disk, take minutes.
@transaction.atomic
def _hold(
    wave: Wave,
    school: School,
    year: int,
    group: str,
    day: date,
    answers: dict[str, Sheet],
    teacher: User,
) -> None:
    lesson, slips = book_lesson(
        wave=wave,
        school=school,
        title=f"Class {group}",
        year_group=year,
        class_name=group,
        held_on=day,
        by=teacher,
    )
    start_lesson(lesson=lesson, minutes=MINUTES, by=teacher)
    for slip in slips:
        sheet = answers.get(slip.place_in_class)
        if sheet:
            _answer(slip, sheet, teacher)
    close_lesson(lesson=lesson, by=teacher)


def _answer(slip: Slip, sheet: Sheet, teacher: User) -> None:
    """What one pupil does in the lesson. All pages arrive at once, as from a device offline."""
    seat = take_seat(code=slip.code)
    if sheet.fate == Fate.LOST_SLIP:
        save_pages(seat=seat, pages=list(_saves(sheet))[:2])
        seat = take_seat(code=_new_slip(slip, teacher).code)
    save_pages(seat=seat, pages=list(_saves(sheet)))
    _end(seat, sheet.fate)


def _saves(sheet: Sheet) -> Iterator[PageSave]:
    for seq, (page, answers) in enumerate(sheet.pages, start=1):
        yield PageSave(page, seq, dict(answers))


def _new_slip(slip: Slip, teacher: User) -> Slip:
    digest = code_digest(slip.code, read_key("CODE_PEPPER"))
    return reissue(code=AccessCode.objects.get(digest=digest), by=teacher)


def _end(seat: Seat, fate: Fate) -> None:
    """Whoever is out of time does nothing: the lesson closes over them."""
    if fate in (Fate.STOPPED, Fate.WITHDRAWN):
        stop(seat=seat, keep=fate == Fate.STOPPED)
    elif fate != Fate.OUT_OF_TIME:
        finish(seat=seat)


def open_lesson(wave: Wave, school: School, year: int, teacher: User) -> tuple[Lesson, list[Slip]]:
    """A lesson that stays open for four hours, for a visitor to try."""
    group = RollPupil.objects.filter(school=school, year_group=year).order_by("class_name")
    lesson, slips = book_lesson(
        wave=wave,
        school=school,
        title="Try it",
        year_group=year,
        class_name=group[0].class_name,
        held_on=wave.opens_on,
        by=teacher,
    )
    start_lesson(lesson=lesson, minutes=240, by=teacher)
    return lesson, slips
