"""A wave's released figures in whatever database the environment names: prints their digests.

Run by `test_same_figures.py` as a process of its own where the figures of another database are
wanted; the functions serve its tests in their own database too.
"""

import hashlib
import json
import random
import sys
from datetime import date
from typing import Any

import django

KEYS = [f"90000{n}" for n in range(1, 5)]
PUPILS = 30  # a school


def document() -> dict[str, Any]:
    """With a mean of three questions: thirds, which no binary number holds."""
    from tests.tiny import OWN, tiny_document

    plain = tiny_document()
    mean = {
        "key": "spirits",
        "title": "Spirits",
        "method": "mean",
        "parts": ["happy", "calm", "hopeful"],
        "direction": "higher_better",
        "range": [1, 4],
        "licence": OWN,
        "citation": "Written for this test",
    }
    return {**plain, "scales": [*plain["scales"], mean]}


def make_wave(schools: list[str]) -> Any:
    """The same wave every time, its schools and their pupils taken in as they are named."""
    from schools.models import Authority, School
    from surveys.actions import waves
    from surveys.actions.collected import import_responses
    from surveys.collected import Collected
    from surveys.models import Wave

    authority = Authority.objects.create(code="X90000001", name="Testborough")
    made = [
        School.objects.create(authority=authority, key=key, name=f"School {key}") for key in schools
    ]
    wave = waves.set_up_wave(
        authority=authority,
        key="same",
        name="The same wave",
        questionnaire=waves.adopt_questionnaire(document=document(), by=None),
        schools=made,
        year_groups=[8, 10],
        opens_on=date(2026, 5, 1),
        closes_on=date(2026, 7, 1),
        by=None,
        source=Wave.Source.FILE,
    )
    rows = [row for school in schools for row in _rows(school)]
    import_responses(wave=wave, collected=Collected(tuple(rows), ()), by=None)
    return wave


def _rows(school: str) -> list[Any]:
    """A pupil's answers hang on the school and the number alone; some facts are not known."""
    from surveys.collected import CollectedRow

    rows = []
    for n in range(PUPILS):
        dice = random.Random(f"{school} {n}")
        answers = {key: dice.choice([1, 2, 3, 4]) for key in ("happy", "calm", "hopeful")}
        if n % 5 == 0:
            del answers["calm"]
        facts = {
            "school": school,
            "year_group": ("8", "10")[n % 2],
            "sex": ("F", "M")[n // 2 % 2],
            "fsm": dice.choice(["no", "no", "yes", None]),
            "sen": dice.choice(["none", "none", "none", "support", None]),
        }
        rows.append(CollectedRow(f"{school}-{n}", {**answers, "rested": n % 3 % 2}, facts))
    return rows


def digests(build: Any) -> dict[str, str]:
    """Of every place's document, name and participation, and of every file."""
    rows = build.places.values_list("kind", "key", "name", "participation", "document")
    found = {f"{row[0]} {row[1]}": _digest(row) for row in rows}
    for file in build.files.all():
        found[f"{file.place_kind} {file.place_key} {file.media}"] = file.sha256
    return found


def _digest(row: tuple[Any, ...]) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from reports.actions import builds

    call_command("migrate", verbosity=0)
    build = builds.request_build(wave=make_wave(sys.argv[1:]), by=None)
    build.refresh_from_db()
    print(json.dumps(digests(build)))


if __name__ == "__main__":
    main()
