"""The demonstration from an empty database to published figures, stage by stage.

Everything goes in through the actions that people use. Pupils' answers, the roll and the
released figures are the same every time; access codes and keys are random as everywhere.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

import surveys
from census.demo import before, register
from census.demo.answers import make_sheets
from census.demo.borough import NAME
from census.demo.carers import load_carers
from census.demo.findings import FINDINGS, Finding
from census.demo.lessons import hold_lessons, open_lesson
from census.demo.model import Luck
from census.demo.roll import YEARS
from census.demo.size import FULL, SEED, Size
from census.demo.staff import Staff, make_staff
from schools.models import Authority, School
from surveys.actions.linkage import link_wave
from surveys.actions.translations import adopt_translation
from surveys.actions.waves import (
    adopt_questionnaire,
    close_wave,
    open_wave,
    permit_stand_in_wording,
    set_up_wave,
)
from surveys.codes import shown
from surveys.models import QuestionnaireVersion, Wave

QUESTIONNAIRES = Path(surveys.__file__).parent / "questionnaires"
FULL_KEY, SHORT_KEY, LANGUAGES = "core", "core-symbols", ("cy", "ar")
OPENS, CLOSES = date(2026, 6, 8), date(2026, 7, 17)
WAVE_KEY, TRY_IT_KEY = "larkford-2026", "try-it"


@dataclass
class Stages:
    """How long each stage took, in seconds; `say` hears of each stage as it begins."""

    say: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.say(name)
        begun = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - begun


@dataclass(frozen=True)
class Demonstration:
    """What was built. `codes` are unused codes of a lesson that is open."""

    wave: Wave
    try_it: Wave
    staff: Staff
    lessons: int
    linkage: dict[str, int]
    codes: tuple[str, ...]
    seconds: dict[str, float]


def build(
    *,
    size: Size = FULL,
    seed: int = SEED,
    findings: tuple[Finding, ...] = FINDINGS,
    publish: bool = True,
    say: Callable[[str], None] = lambda stage: None,
) -> Demonstration:
    """Build everything in an empty database that has its tables and its keys."""
    stages = Stages(say)
    with stages.stage("Drawing the borough, its schools and its pupils"):
        made = register.make(size, seed)
        authority = register.set_up_places(made, by=None)
        staff = make_staff(authority, _taking_part(made))
    with stages.stage("Taking in the roll"):
        register.take_in_roll(made, authority, by=staff.data_team)
    asked = _adopt(FULL_KEY, staff)
    earlier = _wave_before(stages, made, authority, asked, staff, size, seed) if publish else None
    with stages.stage("Thinking up answers"):
        wave = _open_wave(authority, made, staff, asked, earlier)
        definition = asked.definition
        luck = Luck(seed, school=staff.school.key)
        sheets = make_sheets(definition, made.people, made.fates, luck, findings)
    with stages.stage("Holding the lessons"):
        lessons = hold_lessons(wave, made.roll, sheets, staff.teachers)
    with stages.stage("Closing and linking the wave"):
        register.go_on(made, authority, by=staff.data_team)
        close_wave(wave=wave, by=staff.data_team)
        linkage = link_wave(wave=wave, by=staff.data_team)
        load_carers(made.people, authority, by=staff.data_team)
    if publish:
        with stages.stage("Counting, checking and publishing the figures"):
            release(wave, staff, "First figures of the made-up wave.")
    with stages.stage("Opening a lesson to try"):
        try_it, codes = _try_it(authority, wave, staff)
    return Demonstration(wave, try_it, staff, lessons, linkage, codes, stages.seconds)


def _wave_before(
    stages: Stages,
    made: register.Made,
    authority: Authority,
    asked: QuestionnaireVersion,
    staff: Staff,
    size: Size,
    seed: int,
) -> Wave:
    with stages.stage("Bringing in the wave before, from its file"):
        wave = before.bring_in(
            made, authority, asked, name=f"{NAME}, {before.NAME} (made up)", size=size.before(),
            seed=seed, findings=before.THEN, by=staff.data_team,
        )  # fmt: skip
    with stages.stage("Counting, checking and publishing the wave before"):
        release(wave, staff, "First figures of the made-up wave before.")
    return wave


def release(wave: Wave, staff: Staff, note: str) -> None:
    """Ask for a build; two people look at it and approve; it is published."""
    from reports.actions.builds import request_build
    from reports.actions.releases import approve, publish

    asked = request_build(wave=wave, by=staff.data_team)
    asked.refresh_from_db()
    for person in staff.releasers:
        approve(build=asked, by=person)
    publish(build=asked, by=staff.releasers[0], note=note)


def _taking_part(made: register.Made) -> list[School]:
    keys = [school.urn for school in made.schools if school.takes_part]
    return list(School.objects.filter(key__in=keys).order_by("key"))


def _open_wave(
    authority: Authority,
    made: register.Made,
    staff: Staff,
    asked: QuestionnaireVersion,
    previous: Wave | None,
) -> Wave:
    wave = set_up_wave(
        authority=authority,
        key=WAVE_KEY,
        name=f"{NAME}, summer 2026 (made up)",
        questionnaire=asked,
        short_questionnaire=_adopt(SHORT_KEY, staff),
        schools=_taking_part(made),
        year_groups=list(YEARS),
        opens_on=OPENS,
        closes_on=CLOSES,
        previous=previous,
        made_up=True,
        by=staff.data_team,
    )
    open_wave(wave=wave, by=staff.data_team)
    return wave


def _adopt(key: str, staff: Staff) -> QuestionnaireVersion:
    """A questionnaire that is shipped, with its words in the other languages."""
    by = staff.data_team
    version = adopt_questionnaire(document=_document(key), by=by)
    permit_stand_in_wording(questionnaire=version, by=by)
    for language in LANGUAGES:
        adopt_translation(questionnaire=version, words=_document(f"{key}.{language}"), by=by)
    return version


def _document(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((QUESTIONNAIRES / f"{name}.json").read_text("utf-8"))
    return found


def _try_it(authority: Authority, held: Wave, staff: Staff) -> tuple[Wave, tuple[str, ...]]:
    """A second wave with a lesson that is open now, since the first one is closed."""
    today = timezone.localdate()
    wave = set_up_wave(
        authority=authority,
        key=TRY_IT_KEY,
        name="Try it (made up)",
        questionnaire=held.questionnaire,
        short_questionnaire=held.short_questionnaire,
        schools=[staff.school],
        year_groups=list(YEARS),
        opens_on=today,
        closes_on=today + timedelta(days=7),
        made_up=True,
        by=staff.data_team,
    )
    open_wave(wave=wave, by=staff.data_team)
    _, slips = open_lesson(wave, staff.school, YEARS[0], staff.teachers[staff.school.key])
    return wave, tuple(shown(slip.code) for slip in slips[:3])
