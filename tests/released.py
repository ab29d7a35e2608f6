"""A small made-up census, controlled for real: five schools, three localities, six wards.

`small_cube()` needs no database. `store()` keeps it as a published build, as the pages read it.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reports.comparable import comparable
from reports.disclosure.control import control
from reports.disclosure.released import ReleasedCube
from reports.disclosure.since import Earlier
from surveys.definition import Questionnaire, parse
from surveys.frames import QUESTION, columns, score_columns
from surveys.scoring import headline_frame, score_frame

if TYPE_CHECKING:
    from reports.models import Build

EARLIER = "oakmere-2024"
BOROUGH, BOROUGH_NAME = "E09000099", "Oakmere"
SCHOOLS = {
    "100001": "Alder School",
    "100002": "Birch <b>Academy</b> & College",
    "100003": "Cedar School",
    "100004": "Damson School",
    "100005": "Elm School",
}
LOCALITIES = {"north": "North Oakmere", "south": "South Oakmere", "west": "West Oakmere"}
WARDS = {f"W{i}": f"{name} ward" for i, name in enumerate(("Fen", "Gate", "Hill", "Isle", "Jay"))}
DIMS = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward")
PREFER_NOT = {"code": 9, "label": "Prefer not to say", "kind": "prefer_not"}


def _item(key: str, text: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": text, "type": "choice", "coding": "often4", **more}


def _topic(key: str, title: str, theme: str, items: list[str], **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "theme": theme,
        "direction": "higher_better",
        "items": items,
        **more,
    }


def _headline(key: str, label: str, item: str, low: int, direction: str | None) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "item": item,
        "meets": {"min": low},
        "direction": direction,
    }


DOCUMENT: dict[str, Any] = {
    "key": "small",
    "version": "1",
    "language": "en",
    "title": "A small questionnaire",
    "wording": {"status": "stand-in"},
    "themes": [
        {"key": "self", "title": "Understanding yourself", "kind": "domain"},
        {"key": "health", "title": "Health and routines", "kind": "driver"},
        {"key": "about", "title": "About you", "kind": "about"},
    ],
    "codings": {
        "often4": [
            {"code": 1, "label": "Never"},
            {"code": 2, "label": "Sometimes"},
            {"code": 3, "label": "Often"},
            {"code": 4, "label": "Always"},
        ]
    },
    "items": [
        _item("calm", "How often did you feel calm?"),
        _item("proud", "How often did you feel proud?"),
        {
            "key": "sleep",
            "text": "Do you get enough sleep?",
            "type": "choice",
            "options": [
                {"code": 0, "label": "No"},
                {"code": 1, "label": "Yes"},
                PREFER_NOT,
            ],
        },
        {
            "key": "life",
            "text": "How is life, from 0 to 10?",
            "type": "number",
            "min": 0,
            "max": 10,
        },
        {
            "key": "share",
            "text": "What share of the day is busy?",
            "type": "number",
            "min": 0,
            "max": 100,
            "step": 5,
        },
        {
            "key": "barriers",
            "text": "What keeps you from sport?",
            "type": "multi",
            "options": [
                {"code": 1, "label": "The cost"},
                {"code": 2, "label": "The <time>"},
                {"code": 3, "label": "Nothing at all"},
            ],
        },
        _item("bullied", "How often were you bullied?", sensitive=True),
        _item("rare", "How often did you fly?"),
        _item("gender", "Who are you?", sensitive=True),
    ],
    "pages": [
        {"key": "p01", "section": "You", "items": ["calm", "proud", "sleep", "life"]},
        {"key": "p02", "section": "Life", "items": ["share", "barriers", "bullied", "rare"]},
        {"key": "p03", "section": "About", "items": ["gender"]},
    ],
    "scales": [
        {
            "key": "mood",
            "title": "Mood",
            "method": "sum",
            "parts": ["calm", "proud"],
            "direction": "higher_better",
            "range": [2, 8],
            "licence": {"holder": "Nobody", "terms": "Open", "permission_needed": False},
            "citation": "Example and Sample, 2001: a mood scale & <more>",
        }
    ],
    "topics": [
        _topic(
            "mood_topic",
            "Mood",
            "self",
            ["calm", "proud"],
            scale="mood",
            headlines=[
                _headline("calm_often", "felt calm often or always", "calm", 3, "higher_better")
            ],
        ),
        _topic(
            "life_topic",
            "Life",
            "self",
            ["life", "share"],
            headlines=[
                _headline("life_high", "rated their life at 7 or more", "life", 7, "higher_better")
            ],
        ),
        _topic(
            "sleep_topic",
            "Sleep",
            "health",
            ["sleep"],
            headlines=[
                _headline("enough_sleep", "said they get enough sleep", "sleep", 1, "higher_better")
            ],
        ),
        _topic(
            "sport",
            "Sport",
            "health",
            ["barriers", "rare"],
            headlines=[_headline("rare_always", "flew often or always", "rare", 3, None)],
        ),
        _topic(
            "bullying",
            "Bullying",
            "health",
            ["bullied"],
            headlines=[
                {
                    **_headline(
                        "bullied_often", "were bullied often", "bullied", 3, "lower_better"
                    ),
                    "sensitive": True,
                }
            ],
        ),
        _topic("about_you", "About you", "about", ["gender"], headlines=[]),
    ],
}


@cache
def definition() -> Questionnaire:
    """The small questionnaire."""
    return parse(DOCUMENT)


NOW, THEN = 7, 11  # seeds of a wave and of the one before, in which more pupils sleep enough


def pupils(seed: int = NOW) -> pd.DataFrame:
    """About 700 pupils: their demographics and answers, in Alder School much more sleep."""
    rng = np.random.default_rng(seed)
    sizes = dict(zip(SCHOOLS, (180, 150, 140, 130, 100), strict=True))
    school = np.repeat(list(sizes), list(sizes.values()))
    n = len(school)
    ward = rng.choice(list(WARDS), n, p=[0.3, 0.25, 0.2, 0.2, 0.05])
    # The smallest ward is Elm School's alone: pupils of too few schools to be shown.
    ward = np.where((ward == "W4") & (school != "100005"), "W0", ward)
    detail = rng.choice(["none", "support", "plan"], n, p=[0.8, 0.15, 0.05])
    calm = rng.integers(1, 5, n)
    elsewhere = 0.55 if seed == THEN else 0.35
    sleep = (rng.random(n) < np.where(school == "100001", 0.75, elsewhere)).astype(int)
    answers = {
        "calm": calm,
        "proud": np.clip(calm + rng.integers(-1, 2, n), 1, 4),
        "sleep": np.where(rng.random(n) < 0.03, 9, sleep),
        "life": rng.integers(0, 11, n),
        "share": 5 * rng.integers(0, 21, n),
        "barriers__1": rng.integers(0, 2, n),
        "barriers__2": rng.integers(0, 2, n),
        "barriers__3": (rng.random(n) < 0.004).astype(int),
        "bullied": rng.choice([1, 2, 3, 4], n, p=[0.6, 0.2, 0.1, 0.1]),
        "rare": np.where(rng.random(n) < 0.01, 3, 1),
        "gender": rng.integers(1, 5, n),
    }
    skipped = rng.random(n) < 0.06
    answers["proud"] = np.where(skipped, -1, answers["proud"])
    return pd.DataFrame(
        {
            "school": school,
            "year_group": rng.choice(["8", "10"], n),
            "sex": rng.choice(["F", "M"], n),
            "fsm": rng.choice(["yes", "no"], n, p=[0.3, 0.7]),
            "sen": np.where(detail == "none", "none", "any"),
            "sen_detail": detail,
            "locality": [list(LOCALITIES)[int(w[1]) % 3] for w in ward],
            "ward": ward,
            **{key: column.astype("int16") for key, column in answers.items()},
        }
    )


@cache
def small_cube(seed: int = NOW) -> ReleasedCube:
    """The whole census, released; another seed is another wave."""
    return _released(seed)


@cache
def second_cube() -> ReleasedCube:
    """The same census beside the wave before it."""
    questions = definition()
    compared = comparable(questions, (8, 10), questions, (8, 10))
    return _released(NOW, Earlier(EARLIER, small_cube(THEN).cells, compared))


def _released(seed: int, earlier: Earlier | None = None) -> ReleasedCube:
    from reports.codebook import measures
    from reports.stats.cube import count

    table, questions = pupils(seed), definition()
    codes = {each.key: tuple(code for code, _, _ in each.codes) for each in columns(questions)}
    items = table[[key.removeprefix(QUESTION) for key in codes]]
    scores, met = score_frame(questions, items), headline_frame(questions, items)
    full = pd.concat([table[list(DIMS)], items.add_prefix(QUESTION), scores, met], axis=1)
    raw = count(
        full,
        DIMS,
        codes,
        [each.key for each in score_columns(questions)],
        [each.key for each in questions.headlines],
    )
    measured = measures(questions, (8, 10))
    cube, _ = control(raw, measures=measured, authority=BOROUGH, earlier=earlier)
    return cube


def names() -> dict[tuple[str, str], str]:
    """The name of every place, by kind and key."""
    return {
        ("borough", BOROUGH): BOROUGH_NAME,
        **{("school", key): name for key, name in SCHOOLS.items()},
        **{("locality", key): name for key, name in LOCALITIES.items()},
        **{("ward", key): name for key, name in WARDS.items()},
    }


def participation(kind: str, key: str) -> dict[str, int | None] | None:
    """As a build keeps it: one school has opt-outs too few to say."""
    table = pupils()
    if kind == "borough":
        return {"took_part": len(table), "on_roll": 1200, "opted_out": 25}
    if kind == "school":
        took_part = int((table["school"] == key).sum())
        return {"took_part": took_part, "on_roll": 240, "opted_out": None}
    return None


def square(column: int, row: int) -> dict[str, Any]:
    """A ward's boundary: a square of a grid."""
    x, y = 0.1 + 0.01 * column, 51.5 + 0.01 * row
    ring = [[x, y], [x, y + 0.01], [x + 0.01, y + 0.01], [x + 0.01, y], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def store_second() -> "Build":
    """Two waves, the later one beside the earlier: a complete, published build of each."""
    before = store(EARLIER, cube=small_cube(THEN), year=2024)
    return store(cube=second_cube(), before=before)


def store(
    wave_key: str = "oakmere-2026",
    *,
    cube: ReleasedCube | None = None,
    year: int = 2026,
    before: "Build | None" = None,
    words: Sequence[dict[str, str]] = (),
) -> "Build":
    """The small census as a complete, published build with its register around it.

    Args:
        words: the council's own, as a build keeps them.
    """
    from datetime import date

    from reports.models import Build, Publication, ReleasedPlace
    from reports.pipeline import rules_document
    from schools.models import Area, Authority, School
    from surveys.models import QuestionnaireVersion, Wave

    authority, _ = Authority.objects.get_or_create(code=BOROUGH, defaults={"name": BOROUGH_NAME})
    for key, name in SCHOOLS.items():
        School.objects.get_or_create(authority=authority, key=key, defaults={"name": name})
    for number, (key, name) in enumerate(WARDS.items()):
        Area.objects.get_or_create(
            authority=authority,
            kind="ward",
            code=key,
            vintage="2025",
            defaults={"name": name, "boundary": square(number % 3, number // 3)},
        )
    version, _ = QuestionnaireVersion.objects.get_or_create(
        key="small", version="1", defaults={"title": "Small", "document": DOCUMENT}
    )
    wave = Wave.objects.create(
        authority=authority,
        key=wave_key,
        name=f"Summer {year}",
        questionnaire=version,
        year_groups=[8, 10],
        opens_on=date(year, 5, 1),
        closes_on=date(year, 7, 1),
        state=Wave.State.LINKED,
        previous=before.wave if before else None,
        made_up=True,
    )
    mark = hashlib.sha256(wave_key.encode()).hexdigest()
    build = Build.objects.create(
        wave=wave,
        input_key=mark,
        state=Build.State.COMPLETE,
        rules=rules_document(),
        earlier=before,
        words=list(words),
    )
    cube = cube or small_cube()
    documents = [(place, cube.part(place).to_document()) for place in cube.places()]
    ReleasedPlace.objects.bulk_create(
        ReleasedPlace(
            build=build,
            kind=place.kind,
            key=place.key,
            name=names()[place.kind, place.key],
            participation=participation(place.kind, place.key),
            document=document,
            # Of its content: figures are kept under it as long as the process runs.
            sha256=hashlib.sha256(json.dumps(document).encode()).hexdigest(),
        )
        for place, document in documents
    )
    Publication.objects.create(wave=wave, build=build)
    return build


# Somebody else's figure, for a measure of the small questionnaire.
OUTSIDE = {
    "source": "An example survey",
    "year": 2025,
    "kind": "region",
    "place": "London",
    "measure": "calm_often",
    "statistic": "percent",
    "unit": "raw",
    "threshold": ">=3",
    "year_groups": ["8", "10"],
    "value": 48.0,
    "n": 900,
    "definition": "Felt calm often or always",
}

# What the council's own register says, for a headline of the small questionnaire.
KNOWN = {
    "register": "An example register",
    "measure": "calm_often",
    "as_of": "2026-03-31",
    "source": "An example list",
    "definition": "Children on the list",
    "place_kind": "borough",
    "place": BOROUGH,
    "year_groups": ["8", "10"],
    "known": 141,
    "of": 6350,
}
