"""The door. The only way from single responses to everything that counts groups.

`wave_frame` opens the sealed answers of a linked wave and gives one pseudonymous row per
linked response with declared columns, and no others: `check_columns` refuses a table with
any column that is not declared here. `roll_frame` says who could have taken part.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from schools.keys import read_key
from schools.models import RollPupil
from surveys.actions.linkage import AreaCodes, person_of
from surveys.coding import coded
from surveys.definition import (
    ItemColumn,
    Questionnaire,
    asked_years,
    score_columns,
    scored_years,
)
from surveys.definition import columns as item_columns
from surveys.models import Link, Response, Wave
from surveys.refusal import Refused
from surveys.scoring import headline_frame, score_frame
from surveys.sealing import open_answers, unwrap_for_analysis

if TYPE_CHECKING:
    import pandas as pd
    from django.db.models import QuerySet

__all__ = [
    "DEMOGRAPHICS",
    "Questionnaire",
    "UndeclaredColumn",
    "WaveFrame",
    "asked_years",
    "check_columns",
    "columns",
    "linked_fingerprints",
    "roll_frame",
    "score_columns",
    "scored_years",
    "wave_frame",
]

DEMOGRAPHICS = (
    "person",
    "school",
    "year_group",
    "sex",
    "fsm",
    "sen",
    "sen_detail",
    "locality",
    "ward",
)
# Set before a question's key beyond the door: a scale or a headline may bear the same name.
QUESTION = "q."
TOOK_PART, OPTED_OUT, DID_NOT = "took_part", "opted_out", "did_not"


class UndeclaredColumn(Exception):
    """A table at the door carries a column that nobody declared."""


@dataclass(frozen=True)
class WaveFrame:
    """`table`: a row a linked response; DEMOGRAPHICS (text, None = unknown), then int16 item
    codes (SKIPPED, NOT_REACHED, NOT_ASKED below zero), float scores, float headlines (1, 0, NaN).
    """

    table: "pd.DataFrame"
    definition: Questionnaire


def wave_frame(wave: Wave, *, private_key: bytes, school: str | None = None) -> WaveFrame:
    """Open and score the linked responses of a wave, of all schools or of one.

    Raises `Refused` before linkage and `SealError` with a wrong key.
    """
    import pandas as pd

    if wave.state != Wave.State.LINKED:
        raise Refused(f"{wave} has not been linked yet.")
    definition = wave.questionnaire.definition
    links = list(_linked(wave, school).prefetch_related("response__pages"))
    people = pd.DataFrame((_demographics(link) for link in links), columns=list(DEMOGRAPHICS))
    people = people.astype(object).where(people.notna(), None)
    rows = (_codes(link, definition, private_key) for link in links)
    names = [column.key for column in item_columns(definition)]
    items = pd.DataFrame(rows, columns=names, dtype="int16")
    scores = score_frame(definition, items)
    met = headline_frame(definition, items)
    table = pd.concat([people, items.add_prefix(QUESTION), scores, met], axis=1)
    check_columns(table.columns, definition)
    return WaveFrame(table, definition)


def columns(definition: Questionnaire) -> tuple[ItemColumn, ...]:
    """The questions' columns, named as they are beyond the door."""
    found = item_columns(definition)
    return tuple(replace(column, key=f"{QUESTION}{column.key}") for column in found)


def check_columns(names: Iterable[str], definition: Questionnaire) -> None:
    """Raises `UndeclaredColumn` for anything but demographics and the questionnaire's columns.

    Also for a name that stands twice, such as a question called "sex".
    """
    names = list(names)
    declared = {*DEMOGRAPHICS, *(c.key for c in columns(definition))}
    declared |= {c.key for c in score_columns(definition)}
    declared |= {h.key for topic in definition.topics for h in topic.headlines}
    unknown = [name for name in names if name not in declared]
    if unknown:
        raise UndeclaredColumn(f"Not declared at the door: {', '.join(unknown)}.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UndeclaredColumn(f"Declared at the door, but there twice: {', '.join(twice)}.")


def roll_frame(wave: Wave) -> "pd.DataFrame":
    """Everybody who could have taken part: DEMOGRAPHICS and `status`.

    For a wave from a file there is no roll: everybody in it took part.
    """
    import pandas as pd

    rows = [{**_demographics(link), "status": TOOK_PART} for link in _linked(wave)]
    if wave.source == Wave.Source.LESSONS:
        taken = {row["person"] for row in rows}
        rows += [row for row in _others(wave) if row["person"] not in taken]
    frame = pd.DataFrame(rows, columns=[*DEMOGRAPHICS, "status"])
    return frame.astype(object).where(frame.notna(), None)


def linked_fingerprints(wave: Wave) -> Iterator[str]:
    """What identifies the input of a build: every linked response and every page it holds."""
    rows = Link.objects.filter(response__wave=wave).order_by("response_id", "response__pages__page")
    for row in rows.values_list(
        "response_id", "outcome", "person", "school__key", "year_group", "sex", "fsm", "sen",
        "ward", "locality", "response__pages__page", "response__pages__seq",
    ):  # fmt: skip
        yield " ".join(map(str, row))


def _linked(wave: Wave, school: str | None = None) -> "QuerySet[Link]":
    links = Link.objects.filter(response__wave=wave, outcome=Link.Outcome.LINKED)
    if school is not None:
        links = links.filter(school__key=school)
    # By person, not by row: the same table whatever order the responses came in.
    return links.select_related("school", "response__code__lesson").order_by("person")


def _demographics(link: Link) -> dict[str, str | None]:
    return _row(
        link.person,
        link.school.key if link.school else None,
        link,
        {"ward": link.ward, "locality": link.locality},
    )


def _others(wave: Wave) -> Iterator[dict[str, str | None]]:
    key, areas = read_key("RELEASE_KEY"), AreaCodes()
    pupils = RollPupil.objects.on_roll().filter(
        school__in=wave.schools.all(), year_group__in=wave.year_groups
    )
    for pupil in pupils.select_related("school", "area"):
        status = OPTED_OUT if pupil.opted_out_on else DID_NOT
        row = _row(person_of(pupil, key), pupil.school.key, pupil, areas.of(pupil))
        yield {**row, "status": status}


def _row(
    person: str, school: str | None, facts: Link | RollPupil, place: dict[str, str]
) -> dict[str, str | None]:
    coarse = {"": None, "none": "none"}.get(facts.sen, "any")
    return {
        "person": person,
        "school": school,
        "year_group": str(facts.year_group) if facts.year_group else None,
        "sex": facts.sex or None,
        "fsm": {True: "yes", False: "no"}.get(facts.fsm) if facts.fsm is not None else None,
        "sen": coarse,
        # A roll that only says "some provision" has no detail to give.
        "sen_detail": facts.sen if facts.sen in {"none", "support", "plan"} else None,
        "locality": place["locality"] or None,
        "ward": place["ward"] or None,
    }


def _codes(link: Link, definition: Questionnaire, private_key: bytes) -> dict[str, int]:
    answers, reached = _opened(link.response, definition, private_key)
    return coded(definition, answers, _year_asked(link), reached)


def _year_asked(link: Link) -> int | None:
    """The year group by which questions were chosen: the lesson's, whatever the roll says now."""
    code = link.response.code
    return code.lesson.year_group if code else link.year_group


def _opened(
    response: Response, definition: Questionnaire, private_key: bytes
) -> tuple[dict[str, Any], set[str]]:
    """All answers of a response, and the pages it reached."""
    data_key = unwrap_for_analysis(
        private_key, bytes(response.analysis_wrap), context=response.pk.hex
    )
    answers: dict[str, Any] = {}
    reached = set()
    for row in response.pages.all():
        answers |= open_answers(data_key, bytes(row.sealed), context=row.context)
        reached.add(row.page)
    if response.code_id is None:
        # Collected elsewhere: one sealed page holds the whole questionnaire.
        reached = {page.key for page in definition.pages}
    return answers, reached
