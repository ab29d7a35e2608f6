"""A tiny questionnaire and a class that answers it, made through the same actions as people use."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schools.models import Authority, RollPupil, School
from surveys.actions.lessons import book_lesson, start_lesson
from surveys.actions.responses import PageSave, Seat, finish, save_pages, take_seat
from surveys.actions.waves import (
    adopt_questionnaire,
    open_wave,
    permit_stand_in_wording,
    set_up_wave,
)
from surveys.models import Lesson, Wave
from surveys.slips import Slip

AGREE = [
    {"code": 1, "label": "Yes"},
    {"code": 2, "label": "No"},
    {"code": 9, "label": "Prefer not to say", "kind": "prefer_not"},
]
TICKS = [{"code": n, "label": label} for n, label in enumerate(["Bus", "Train", "Bike"], start=1)]

DOCUMENT: dict[str, Any] = {
    "key": "tiny",
    "version": "1",
    "language": "en-GB",
    "title": "A tiny questionnaire",
    "wording": {"status": "stand-in", "note": "Made for tests."},
    "themes": [{"key": "days", "title": "Days", "kind": "driver"}],
    "codings": {"agree": AGREE},
    "pages": [
        {"key": "p01", "section": "Start", "items": ["happy", "travels"]},
        {
            "key": "p02",
            "section": "Start",
            "items": ["how"],
            "when": {"item": "travels", "in": [1]},
        },
        {"key": "p03", "section": "Middle", "items": ["at_home", "at_school"]},
        {"key": "p04", "section": "Middle", "items": ["exams"], "when": {"year_group": [10]}},
        {"key": "p05", "section": "End", "items": ["days"]},
    ],
    "items": [
        {"key": "happy", "text": "Are you happy?", "type": "choice", "coding": "agree"},
        {"key": "travels", "text": "Do you travel?", "type": "choice", "coding": "agree"},
        {"key": "how", "text": "How do you travel?", "type": "multi", "options": TICKS},
        {"key": "at_home", "text": "Time at home?", "type": "percent", "pair": "at_school"},
        {"key": "at_school", "text": "Time at school?", "type": "percent", "pair": "at_home"},
        {"key": "exams", "text": "Do exams worry you?", "type": "choice", "coding": "agree"},
        {"key": "days", "text": "How many days?", "type": "number", "min": 0, "max": 7},
    ],
    "scales": [],
    "topics": [
        {
            "key": "mood",
            "title": "Mood",
            "theme": "days",
            "direction": "higher_better",
            "items": ["happy", "travels", "how", "at_home", "at_school", "exams", "days"],
            "headlines": [
                {
                    "key": "is_happy",
                    "label": "said they are happy",
                    "item": "happy",
                    "meets": [1],
                    "direction": "higher_better",
                }
            ],
        }
    ],
}

ANSWERS: dict[str, dict[str, Any]] = {
    "p01": {"happy": 1, "travels": 1},
    "p02": {"how": [1, 3]},
    "p03": {"at_home": 60, "at_school": 40},
    "p05": {"days": 5},
}


@dataclass
class Classroom:
    """One class of one school in an open wave; `slips` in the order of the class list."""

    school: School
    wave: Wave
    lesson: Lesson
    slips: list[Slip]
    pupils: list[RollPupil] = field(default_factory=list)

    def seat(self, number: int = 0) -> Seat:
        return take_seat(code=self.slips[number].code)

    def answer(self, number: int, answers: dict[str, dict[str, Any]], *, send: bool = True) -> None:
        """Pupil `number` answers the given pages and, if `send`, submits."""
        seat = self.seat(number)
        save_pages(seat=seat, pages=[PageSave(page, 1, each) for page, each in answers.items()])
        if send:
            finish(seat=seat)


def build_classroom(
    authority: Authority,
    school: School,
    *,
    pupils: int = 4,
    year_group: int = 8,
    document: dict[str, Any] = DOCUMENT,
    key: str = "spring",
    started: bool = True,
) -> Classroom:
    roll = enrol(authority, school, pupils, year_group)
    questionnaire = adopt_questionnaire(document=document, by=None)
    permit_stand_in_wording(questionnaire=questionnaire, by=None)
    wave = set_up_wave(
        authority=authority,
        key=key,
        name=f"Wave {key}",
        questionnaire=questionnaire,
        schools=[school],
        year_groups=[8, 10],
        opens_on=date(2026, 3, 1),
        closes_on=date(2026, 7, 1),
        by=None,
    )
    open_wave(wave=wave, by=None)
    lesson, slips = book_lesson(
        wave=wave,
        school=school,
        title="Class lesson",
        year_group=year_group,
        held_on=date(2026, 3, 2),
        by=None,
    )
    if started:
        start_lesson(lesson=lesson, minutes=60, by=None)
    slips = sorted(slips, key=lambda slip: slip.place_in_class)
    return Classroom(school, wave, lesson, slips, roll)


def enrol(
    authority: Authority, school: School, pupils: int, year_group: int = 8, first: int = 1
) -> list[RollPupil]:
    """Pupils of class "<year>B", numbered from `first`."""
    return [
        RollPupil.objects.create(
            authority=authority,
            school=school,
            pseudonym=f"{school.key}-{year_group}-{number}",
            year_group=year_group,
            class_name=f"{year_group}B",
            class_number=number,
            sex="F" if number % 2 else "M",
            fsm=number % 2 == 0,
            sen="none",
        )
        for number in range(first, first + pupils)
    ]
