"""The door. The only way from single responses to everything that counts groups.

`people_frame` says who answered and `answer_frames` what, a school at a time: one pseudonymous
row per linked response with declared columns, and no others. `check_columns` refuses a table
with any column that is not declared here. `wave_frame` is both as one table. `roll_frame` says
who could have taken part, and `quality_frame` how each response was answered, beside the
answers and without them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from schools.keys import read_key
from schools.models import RollPupil
from surveys.actions.linkage import person_of
from surveys.coding import coded_frame
from surveys.definition import (
    ItemColumn,
    Questionnaire,
    asked_years,
    score_columns,
    scored_years,
)
from surveys.definition import columns as item_columns
from surveys.definition.reading_age import age as reading_age
from surveys.fingerprints import (
    could_take_part,
    linkage_counts,
    linked_fingerprints,
    roll_fingerprints,
    year_groups_on_roll,
)
from surveys.models import Edition, Link, Response, Wave
from surveys.opening import Opened, linked, open_linked
from surveys.placing import places_of, vintage_of
from surveys.quality import Quality, assess
from surveys.refusal import Refused
from surveys.scoring import headline_frame, part_frames, score_frame
from surveys.snapshot import keep_codes, school_codes

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DEMOGRAPHICS",
    "QUALITY",
    "Questionnaire",
    "UndeclaredColumn",
    "WaveFrame",
    "answer_frames",
    "asked_years",
    "check_columns",
    "columns",
    "keep_codes",
    "linkage_counts",
    "linked_fingerprints",
    "part_tables",
    "people_frame",
    "places_of",
    "quality_frame",
    "reading_age",
    "roll_fingerprints",
    "roll_frame",
    "schools_linked",
    "score_columns",
    "scored_years",
    "vintage_of",
    "wave_frame",
    "year_groups_on_roll",
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
# How a response was answered: `person` to set it beside the answers, the response's own facts,
# then what `surveys.quality` found.
QUALITY = (
    "person",
    "edition",
    "entered",
    "rotation",
    "finished",
    *(field.name for field in fields(Quality)),
)


class UndeclaredColumn(Exception):
    """A table at the door carries a column that nobody declared."""


@dataclass(frozen=True)
class WaveFrame:
    """`table`: a row a linked response; DEMOGRAPHICS (text, None = unknown), then int16 item
    codes (SKIPPED, NOT_REACHED, NOT_ASKED below zero), float scores, float headlines (1, 0, NaN).
    """

    table: "pd.DataFrame"
    definition: Questionnaire


def people_frame(
    wave: Wave, *, school: str | None = None, edition: str = Edition.FULL
) -> "pd.DataFrame":
    """DEMOGRAPHICS of the linked responses of an edition, in the order of person."""
    import pandas as pd

    _check_linked(wave)
    links = linked(wave, school, edition).select_related("school")
    people = pd.DataFrame((_demographics(link) for link in links), columns=list(DEMOGRAPHICS))
    return people.astype(object).where(people.notna(), None)


def answer_frames(
    wave: Wave, *, private_key: bytes, school: str | None = None, edition: str = Edition.FULL
) -> "Iterator[pd.DataFrame]":
    """What was answered, one table a school: `person`, item codes, scores, headlines.

    From the kept codes of a school where they are those of its answers as they stand, else
    opened here. Raises as `wave_frame` does.
    """
    definition = _definition(wave, edition)
    for key in [school] if school is not None else schools_linked(wave, edition=edition):
        items = school_codes(wave, school=key, edition=edition, private_key=private_key)
        yield _answers(definition, _persons(wave, key, edition), items)


def wave_frame(
    wave: Wave, *, private_key: bytes, school: str | None = None, edition: str = Edition.FULL
) -> WaveFrame:
    """Open and score the linked responses of a wave, of all schools or of one.

    The two editions ask different questions, so each has its own table: those who answered
    the short version are not in that of the whole questionnaire. Raises `Refused` before
    linkage and `SealError` with a wrong key.
    """
    import pandas as pd

    people = people_frame(wave, school=school, edition=edition)
    definition = _definition(wave, edition)
    parts = answer_frames(wave, private_key=private_key, school=school, edition=edition)
    nobody = _answers(definition, [], coded_frame(definition, []))
    answers = pd.concat([nobody, *parts]).set_index("person").loc[people["person"]]
    table = pd.concat([people, answers.reset_index(drop=True)], axis=1)
    check_columns(table.columns, definition)
    return WaveFrame(table, definition)


def part_tables(definition: Questionnaire, answers: "pd.DataFrame") -> "dict[str, pd.DataFrame]":
    """By scale, what its questions count, of a table of `answer_frames`; NaN is no answer."""
    items = answers.filter(regex=f"^{QUESTION}").rename(columns=lambda name: name[len(QUESTION) :])
    return part_frames(definition, items)


def schools_linked(wave: Wave, *, edition: str = Edition.FULL) -> list[str]:
    """The keys of the schools of linked responses, in their order."""
    _check_linked(wave)
    keys = linked(wave, edition=edition).order_by("school__key").values_list("school__key")
    return [key for (key,) in keys.distinct()]


def _answers(
    definition: Questionnaire, persons: list[str], items: "pd.DataFrame"
) -> "pd.DataFrame":
    import pandas as pd

    scores = score_frame(definition, items)
    met = headline_frame(definition, items, scores)
    person = pd.DataFrame({"person": pd.Series(persons, dtype=object)})
    table = pd.concat([person, items.add_prefix(QUESTION), scores, met], axis=1)
    check_columns(table.columns, definition)
    return table


def _definition(wave: Wave, edition: str) -> Questionnaire:
    if edition == Edition.SHORT and wave.short_questionnaire is None:
        raise Refused(f"{wave} has no short version.")
    return wave.asks(edition).definition


def _persons(wave: Wave, school: str, edition: str) -> list[str]:
    return list(linked(wave, school, edition).values_list("person", flat=True))


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
    """Everybody who could have taken part: DEMOGRAPHICS, `status`, `edition`.

    A pupil who answered the short version took part like any other; `edition` is empty for
    those who did not take part. For a wave from a file there is no roll: everybody in it did.
    """
    import pandas as pd

    rows = [
        {**_demographics(link), "status": TOOK_PART, "edition": link.response.edition}
        for link in linked(wave).select_related("school", "response")
    ]
    if wave.source == Wave.Source.LESSONS:
        taken = {row["person"] for row in rows}
        rows += [row for row in _others(wave) if row["person"] not in taken]
    frame = pd.DataFrame(rows, columns=[*DEMOGRAPHICS, "status", "edition"])
    return frame.astype(object).where(frame.notna(), None)


def quality_frame(wave: Wave, *, private_key: bytes) -> "pd.DataFrame":
    """How each linked response of either edition was answered: exactly the columns QUALITY.

    Kept beside the answers, and no reason to leave any out. None where it is not known.
    Raises as `wave_frame` does.
    """
    import pandas as pd

    _check_linked(wave)
    rows = (_quality(each, wave) for each in open_linked(linked(wave), private_key))
    return pd.DataFrame(rows, columns=list(QUALITY), dtype=object)


def _check_linked(wave: Wave) -> None:
    if wave.state != Wave.State.LINKED:
        raise Refused(f"{wave} has not been linked yet.")


def _demographics(link: Link) -> dict[str, str | None]:
    return _row(
        link.person,
        link.school.key if link.school else None,
        link,
        {"ward": link.ward, "locality": link.locality},
    )


def _others(wave: Wave) -> Iterator[dict[str, str | None]]:
    key, where = read_key("RELEASE_KEY"), places_of(wave)
    for pupil in could_take_part(wave).select_related("school", "area"):
        status = OPTED_OUT if pupil.opted_out_on else DID_NOT
        row = _row(person_of(pupil, key), pupil.school.key, pupil, where.home(pupil.area))
        yield {**row, "status": status}


def _row(
    person: str, school: str | None, facts: Link | RollPupil, place: Mapping[str, str]
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


def _quality(opened: Opened, wave: Wave) -> dict[str, Any]:
    definition = wave.asks(opened.edition).definition.rotated(opened.rotation)
    reached = frozenset(definition.page) if opened.reached is None else opened.reached
    # Whoever types in a paper form reads it at a pace that says nothing of the pupil.
    typed_in = opened.entered == Response.Entered.PAPER
    signs = replace(opened.signs, seconds={}) if typed_in else opened.signs
    found = assess(definition, opened.answers, opened.year_asked, reached, signs)
    return {
        "person": opened.person,
        "edition": opened.edition,
        "entered": opened.entered,
        "rotation": opened.rotation,
        "finished": opened.finished,
        **asdict(found),
    }
