"""The wave before: asked two years earlier with another tool, and brought in from its file.

Seven of the ten schools took part, and other pupils: the file has no number by which anybody could
be followed, and no wards. Most questions moved a little since, some schools too, and a few findings
are put where readers can see a change.
"""

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from census.demo.answers import Sheet, make_sheets
from census.demo.borough import VINTAGE
from census.demo.findings import FINDINGS, Finding
from census.demo.model import Luck
from census.demo.register import Made
from census.demo.roll import YEARS, DemoSchool, make_roll, people
from census.demo.size import Size
from census.demo.turnout import COUNTED, make_turnout
from schools.models import Authority, School, User
from surveys.actions.collected import import_responses
from surveys.actions.waves import set_up_wave
from surveys.collected import read_mapping, read_responses
from surveys.definition import Questionnaire
from surveys.definition.kinds import Multi
from surveys.models import QuestionnaireVersion, Wave

if TYPE_CHECKING:
    import pandas as pd

KEY, NAME = "larkford-2024", "summer 2024"
OPENS, CLOSES = date(2024, 6, 10), date(2024, 7, 19)
WHO = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality")

# Where the findings of the main wave stood then. Made up; the others have not moved.
MOVED: Mapping[str, Mapping[tuple[str, ...], float]] = {
    "active_5_days": {("F",): 28, ("M",): 53},
    "lonely_sometimes": {("F",): 36, ("M",): 27},
    "enough_sleep": {("F",): 50, ("M",): 57},
}
THEN = tuple(replace(each, cells=MOVED.get(each.headline, each.cells)) for each in FINDINGS)


def bring_in(
    made: Made,
    authority: Authority,
    questionnaire: QuestionnaireVersion,
    *,
    name: str,
    size: Size,
    seed: int,
    findings: Sequence[Finding],
    by: User,
) -> Wave:
    """Answer the same questionnaire two years earlier, write the file, and import it."""
    taking_part = _taking_part(made.schools, size.schools)
    wave = set_up_wave(
        authority=authority,
        key=KEY,
        name=name,
        questionnaire=questionnaire,
        schools=School.objects.filter(key__in=[s.urn for s in taking_part if s.takes_part]),
        year_groups=list(YEARS),
        opens_on=OPENS,
        closes_on=CLOSES,
        source=Wave.Source.FILE,
        made_up=True,
        by=by,
    )
    definition = questionnaire.definition
    rows = _rows(made, taking_part, definition, size, seed, findings)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "responses.csv"
        _write(file, definition, rows)
        collected = read_responses(file, read_mapping(mapping(definition)), definition)
    import_responses(wave=wave, collected=collected, by=by, vintage=VINTAGE)
    return wave


def mapping(definition: Questionnaire) -> dict[str, Any]:
    """Every question under its own name, a column a box where several could be ticked."""
    ticks = {
        key: {"ticks": {str(code): f"{key}__{code}" for code in item.kind.codes()}}
        for key, item in definition.items.items()
        if isinstance(item.kind, Multi)
    }
    return {
        "questionnaire": definition.key,
        "version": definition.version.split("+")[0],
        "format": "csv",
        "record": "record",
        "same_names": True,
        "items": ticks,
        "demographics": {name: name for name in WHO},
    }


def _taking_part(schools: tuple[DemoSchool, ...], count: int) -> tuple[DemoSchool, ...]:
    """Those of now without a few from the middle, so that the last one has a wave before."""
    now = [school.urn for school in schools if school.takes_part]
    new = now[1 : 1 + len(now) - count]
    return tuple(replace(s, takes_part=s.takes_part and s.urn not in new) for s in schools)


def _rows(
    made: Made,
    schools: tuple[DemoSchool, ...],
    definition: Questionnaire,
    size: Size,
    seed: int,
    findings: Sequence[Finding],
) -> Iterator[dict[str, Any]]:
    """The file's rows: everybody whose answers count."""
    roll = make_roll(made.borough, schools, size, seed + 1)
    who = people(roll, made.borough)
    fates = make_turnout(who, schools, size, seed + 1)
    detail = roll["SENprovision"].map({"N": "none", "K": "support", "E": "plan"})
    known = who.assign(sen_detail=detail)[list(WHO)]
    sheets = make_sheets(definition, who, fates, Luck(seed, KEY), findings)
    for number, sheet in enumerate(each for each in sheets if each.fate in COUNTED):
        yield {"record": f"r{number + 1}", **_facts(known, sheet), **dict(_cells(sheet))}


def _facts(known: "pd.DataFrame", sheet: Sheet) -> dict[str, Any]:
    facts = known.iloc[sheet.row]
    return {name: facts[name] for name in WHO if isinstance(facts[name], str)}


def _cells(sheet: Sheet) -> Iterator[tuple[str, int]]:
    for _, answers in sheet.pages:
        for key, answer in answers.items():
            if isinstance(answer, list):
                yield from ((f"{key}__{code}", 1) for code in answer)
            else:
                yield key, answer


def _write(file: Path, definition: Questionnaire, rows: Iterator[dict[str, Any]]) -> None:
    columns = ["record", *WHO]
    for key, item in definition.items.items():
        several = isinstance(item.kind, Multi)
        columns += [f"{key}__{code}" for code in item.kind.codes()] if several else [key]
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
