"""Waves for tests, made through the same actions that people use."""

import random
from datetime import date
from typing import Any

from reports.actions import builds, releases
from schools.models import Authority, School
from surveys.actions import waves
from surveys.actions.collected import import_responses
from surveys.collected import Collected, CollectedRow
from surveys.models import Wave
from tests.cast import Cast
from tests.tiny import tiny_document


def borough(*, schools: int = 4) -> tuple[Authority, list[School]]:
    authority = Authority.objects.create(code="X90000001", name="Testborough")
    made = [
        School.objects.create(authority=authority, key=f"90000{n}", name=f"School {n}")
        for n in range(1, schools + 1)
    ]
    return authority, made


def collected_wave(
    authority: Authority, schools: list[School], *, pupils: int = 40, key: str = "wave-1"
) -> Wave:
    """A linked wave of the tiny questionnaire: `pupils` in each school, answers by fixed chance."""
    questionnaire = waves.adopt_questionnaire(document=tiny_document(), by=None)
    wave = waves.set_up_wave(
        authority=authority,
        key=key,
        name="The first wave",
        questionnaire=questionnaire,
        schools=schools,
        year_groups=[8, 10],
        opens_on=date(2026, 5, 1),
        closes_on=date(2026, 7, 1),
        by=None,
        source=Wave.Source.FILE,
    )
    dice = random.Random(key)
    rows = tuple(
        CollectedRow(f"{school.key}-{n}", answers(dice), demographics(school, n))
        for school in schools
        for n in range(pupils)
    )
    import_responses(wave=wave, collected=Collected(rows, ()), by=None)
    return wave


def answers(dice: random.Random) -> dict[str, Any]:
    return {
        "happy": dice.choice([1, 2, 3, 4]),
        "calm": dice.choice([1, 2, 3, 4]),
        "rested": dice.choice([0, 1]),
        "why_tired": [dice.choice([1, 2])],
        "hopeful": dice.choice([1, 2, 3, 4, 9]),
    }


def demographics(school: School, n: int) -> dict[str, str | None]:
    return {
        "school": school.key,
        "year_group": ("8", "10")[n % 2],
        "sex": ("F", "M")[n // 2 % 2],
        "fsm": ("no", "yes", "no")[n % 3],
        "sen": ("none", "none", "none", "any")[n // 4 % 4],
    }


def published_wave(
    authority: Authority, schools: list[School], cast: Cast, *, pupils: int = 40
) -> Wave:
    """A collected wave, built in line, approved by two people and published."""
    wave = collected_wave(authority, schools, pupils=pupils)
    build = builds.request_build(wave=wave, by=cast.data_team)
    build.refresh_from_db()
    releases.approve(build=build, by=cast.releaser_1)
    releases.approve(build=build, by=cast.releaser_2)
    releases.publish(build=build, by=cast.releaser_1, note="First release.")
    return wave
