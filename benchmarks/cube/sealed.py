"""Sealed responses as lessons leave them, in a SQLite database of their own, and the way to a cube.

Run as a process: `python -m benchmarks.cube.sealed write PUPILS`, then `open`, `side_by_side` or
`kept`; DATA_DIR and KEY_DIR say where.
"""

import importlib
import os
import random
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import django

from benchmarks.cube import report
from benchmarks.cube.clock import Clock

CORE = Path(__file__).parents[2] / "surveys" / "questionnaires" / "core.json"
SCHOOLS = 10


def write(pupils: int) -> None:
    """Every page of the core questionnaire sealed, by any answers, linked to ten schools."""
    from django.core.management import call_command
    from django.db import transaction

    from schools.keys import make_keys

    make_keys()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _fill(_wave(), pupils)
    report({})


def _wave() -> Any:
    import json

    from schools.models import Authority, School
    from surveys.models import QuestionnaireVersion, Wave

    authority = Authority.objects.create(code="E09000099", name="Exampleham")
    for n in range(SCHOOLS):
        School.objects.create(authority=authority, key=f"1000{n:02d}", name=f"School {n}")
    document = json.loads(CORE.read_text("utf-8"))
    version = QuestionnaireVersion.objects.create(
        key=document["key"], version=document["version"], title="Core", document=document
    )
    return Wave.objects.create(
        authority=authority, key="wave", name="Wave", questionnaire=version, year_groups=[8, 10],
        opens_on=date(2026, 5, 1), closes_on=date(2026, 7, 1), state=Wave.State.LINKED,
        source=Wave.Source.FILE,
    )  # fmt: skip


def _fill(wave: Any, pupils: int) -> None:
    from schools.keys import read_key
    from schools.models import School
    from surveys.models import Link, Response, SealedPage
    from surveys.sealing import new_data_key, wrap_for_analysis

    public, dice = read_key("ANALYSIS_PUBLIC_KEY"), random.Random(pupils)
    schools = list(School.objects.all())
    responses, pages, links = [], [], []
    for n in range(pupils):
        data_key, pk = new_data_key(), uuid.uuid4()
        wrap = wrap_for_analysis(public, data_key, context=pk.hex)
        response = Response(id=pk, wave=wave, state="submitted", analysis_wrap=wrap)
        responses.append(response)
        pages += _pages(wave.questionnaire.definition, response, data_key, dice)
        links.append(
            Link(
                response=response, outcome="linked", person=f"{dice.getrandbits(128):032x}",
                school=schools[n % SCHOOLS], year_group=dice.choice([8, 10]),
                sex=dice.choice("FM"), fsm=dice.choice([True, False, False, False]),
                sen=dice.choice(["none"] * 8 + ["support", "plan"]),
                ward=f"W{(n % SCHOOLS) * 2 + dice.randrange(4):02d}", locality=f"L{n % 3}",
            )
        )  # fmt: skip
    Response.objects.bulk_create(responses)
    SealedPage.objects.bulk_create(pages)
    Link.objects.bulk_create(links)


def _pages(definition: Any, response: Any, data_key: bytes, dice: random.Random) -> Iterator[Any]:
    from surveys.definition import Multi
    from surveys.models import SealedPage
    from surveys.models.response import page_context
    from surveys.sealing import seal_answers

    for page in definition.pages:
        given = {
            item.key: [code] if isinstance(item.kind, Multi) else code
            for item in page.items
            for code in [dice.choice(item.kind.codes())]
        }
        sealed = seal_answers(data_key, given, context=page_context(response.pk, page.key, 1))
        yield SealedPage(response=response, page=page.key, seq=1, sealed=sealed)


def open_all() -> None:
    """Stage by stage; `all` is `pipeline.count` as it runs, with nothing kept."""
    from schools.keys import read_key
    from surveys.coding import coded_frame
    from surveys.models import Wave
    from surveys.opening import linked, open_linked

    _load()
    wave, key, clock = Wave.objects.get(), read_key("ANALYSIS_PRIVATE_KEY"), Clock()
    with clock.stage("all"):
        _counted(wave)
    with clock.stage("of this: open and parse"):
        opened = list(open_linked(linked(wave), key))
    with clock.stage("of this: unwrap the keys"):
        _unwrap(wave, key)
    with clock.stage("of this: code"):
        items = coded_frame(wave.questionnaire.definition, [each.sheet for each in opened])
    _score_and_count(wave, items, clock)
    report(clock.stages)


def _load() -> None:
    """A worker has these in memory: its start-up is no part of a build."""
    for name in ("reports.pipeline", "reports.disclosure.control", "surveys.scoring.frame"):
        importlib.import_module(name)


def _counted(wave: Any) -> Any:
    from reports import pipeline
    from schools.keys import read_key

    keys = {"private_key": read_key("ANALYSIS_PRIVATE_KEY"), "release_key": read_key("RELEASE_KEY")}
    return pipeline.count(wave, **keys)


def _unwrap(wave: Any, key: bytes) -> None:
    """Within "open and parse", once more on its own."""
    from surveys.opening import linked
    from surveys.sealing import AnalysisKey

    ready = AnalysisKey(key)
    for pk, wrap in linked(wave).values_list("response_id", "response__analysis_wrap"):
        ready.unwrap(bytes(wrap), context=pk.hex)


def _score_and_count(wave: Any, items: Any, clock: Clock) -> None:
    import pandas as pd

    from reports import pipeline
    from reports.codebook import measures
    from surveys.frames import QUESTION, people_frame
    from surveys.scoring import headline_frame, score_frame

    definition = wave.questionnaire.definition
    with clock.stage("of this: score"):
        scores = score_frame(definition, items)
        met = headline_frame(definition, items, scores)
    with clock.stage("of this: who they are"):
        people = people_frame(wave)
    with clock.stage("of this: count"):
        table = pd.concat([people, items.add_prefix(QUESTION), scores, met], axis=1)
        pipeline.count_table(table, measures(definition, wave.year_groups))


def side_by_side() -> None:
    """A build's first stage: by one process, then by two with half of the schools each."""
    from surveys.models import CodedSchool

    command, clock = [sys.executable, "-m", "benchmarks.cube.sealed", "some"], Clock()
    for workers in (1, 2):
        CodedSchool.objects.all().delete()
        shares = [
            Popen([*command, str(n), str(workers)], stdout=PIPE, text=True) for n in range(workers)
        ]
        ended = [float(share.communicate()[0]) for share in shares]
        clock.stages[f"{workers} side by side"] = (max(ended), 0.0)
    report(clock.stages)


def some(which: int, of: int) -> None:
    """Opens and keeps every `of`-th school, and prints the seconds it took without start-up."""
    from schools.keys import read_key
    from surveys.frames import keep_codes, schools_linked
    from surveys.models import Wave

    _load()
    wave, begun = Wave.objects.get(), time.perf_counter()
    for school in schools_linked(wave)[which::of]:
        keep_codes(wave, school=school, private_key=read_key("ANALYSIS_PRIVATE_KEY"))
    print(time.perf_counter() - begun)


def kept() -> None:
    from surveys.models import Wave

    _load()
    wave, clock = Wave.objects.get(), Clock()
    with clock.stage("all"):
        _counted(wave)
    report(clock.stages)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "census.settings")
    django.setup()
    if sys.argv[1] == "write":
        write(int(sys.argv[2]))
    elif sys.argv[1] == "some":
        some(int(sys.argv[2]), int(sys.argv[3]))
    else:
        {"open": open_all, "side_by_side": side_by_side, "kept": kept}[sys.argv[1]]()
