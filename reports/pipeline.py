"""The whole run on one screen: frame -> raw cube -> control -> attack -> release."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from reports import participation
from reports.codebook import measures
from schools.models import Area
from surveys.frames import linked_fingerprints, roll_frame, wave_frame
from surveys.models import Wave

if TYPE_CHECKING:
    import pandas as pd

    from reports.disclosure.released import ReleasedCube
    from reports.stats.cube import RawCube
    from reports.stats.measures import Measures

# Raised by hand when the same answers would now give other figures, so that old builds stay
# what they were and a new request makes a new build.
METHOD = 1

# What profiles are told apart by; `sen` is the coarse form of `sen_detail`.
DIMS = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward")
FILLED = ("year_group", "sex", "fsm", "sen", "sen_detail")


class ReleaseStopped(Exception):
    """The attack found something; nothing is released. The message says what."""


@dataclass(frozen=True)
class PlaceDocument:
    """All that is released about one place, ready to be stored."""

    kind: str
    key: str
    name: str
    participation: dict[str, Any] | None
    document: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a run gives: a document a place, and a report for staff with no figure in it."""

    places: tuple[PlaceDocument, ...]
    report: dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """Exact counts, in memory only; `known` is what a neighbour may know: a row a pupil, DIMS."""

    raw: "RawCube"
    measures: "Measures"
    known: "pd.DataFrame"
    filled: dict[str, int]


def run(
    wave: Wave, *, private_key: bytes, release_key: bytes, tick: Callable[[], None] = lambda: None
) -> Outcome:
    """From sealed answers to released documents. `tick` is called between the stages.

    Raises `ReleaseStopped` when the attack on the finished documents finds anything.
    """
    from reports.disclosure.attack import attack
    from reports.disclosure.control import control
    from reports.disclosure.rules import STANDARD

    counted = count(wave, private_key=private_key, release_key=release_key)
    tick()
    released, control_report = control(
        counted.raw, STANDARD, counted.measures, authority=wave.authority.code
    )
    tick()
    places = _documents(wave, released)
    findings = attack([place.document for place in places], counted.known, STANDARD)
    if findings.found:
        raise ReleaseStopped(f"The attack found {len(findings.found)}: {findings.found[0]}")
    tick()
    report = {
        "pupils": len(counted.known),
        "filled": counted.filled,
        "control": control_report.to_document(),
        "attack": findings.to_document(),
    }
    return Outcome(places, report)


def count(wave: Wave, *, private_key: bytes, release_key: bytes) -> Counted:
    """Open, score and count the linked responses; unknown demographics are filled first."""
    from reports.disclosure.remainder import fill_unknown

    frame = wave_frame(wave, private_key=private_key)
    table, filled = fill_unknown(frame.table, FILLED, release_key)
    measured = measures(frame.definition, wave.year_groups)
    return Counted(count_table(table, measured), measured, table[list(DIMS)], filled)


def count_table(table: "pd.DataFrame", measured: "Measures") -> "RawCube":
    """The raw cube of a table as it stands, over DIMS."""
    from reports.stats import cube

    codes = {key: item.codes for key, item in measured.items.items()}
    return cube.count(table, DIMS, codes, list(measured.scores), list(measured.headlines))


def input_key(wave: Wave) -> str:
    """Identifies everything that a run depends on: the answers, the questions, the rules."""
    mark = hashlib.sha256(repr((METHOD, wave.key, rules_document())).encode())
    mark.update(wave.questionnaire.fingerprint.encode())
    for row in linked_fingerprints(wave):
        mark.update(row.encode())
    return mark.hexdigest()


def rules_document() -> dict[str, Any]:
    from reports.disclosure.rules import STANDARD
    from reports.stats.verdicts import STANDARD as VERDICTS

    return {"disclosure": STANDARD.to_document(), "verdicts": asdict(VERDICTS)}


def _documents(wave: Wave, released: "ReleasedCube") -> tuple[PlaceDocument, ...]:
    names, roll = _names(wave), roll_frame(wave)
    return tuple(
        PlaceDocument(
            kind=place.kind,
            key=place.key,
            name=names.get((place.kind, place.key), place.key),
            participation=_participation(wave, roll, place.kind, place.key),
            document=released.part(place).to_document(),
        )
        for place in sorted({each.place for each in released.breakdowns})
    )


def _participation(wave: Wave, roll: "pd.DataFrame", kind: str, key: str) -> dict[str, Any] | None:
    # By home there is no full roll: pupils of schools that did not take part live there too.
    if kind not in {"borough", "school"}:
        return None
    rows = roll if kind == "borough" else roll[roll["school"] == key]
    return participation.of(rows, has_roll=wave.source == Wave.Source.LESSONS).to_document()


def _names(wave: Wave) -> dict[tuple[str, str], str]:
    names = {("school", school.key): school.name for school in wave.schools.all()}
    names[("borough", wave.authority.code)] = wave.authority.name
    areas = Area.objects.filter(authority=wave.authority).order_by("vintage")
    names |= {(area.kind, area.code): area.name for area in areas}
    return names
