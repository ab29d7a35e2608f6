"""The whole run on one screen: frame -> raw cube -> control -> attack -> release."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from reports import participation
from reports.codebook import measures
from surveys.frames import (
    answer_frames,
    linked_fingerprints,
    people_frame,
    places_of,
    roll_fingerprints,
    roll_frame,
)
from surveys.models import Wave

if TYPE_CHECKING:
    import pandas as pd

    from reports.disclosure.control import ControlReport
    from reports.disclosure.released import ReleasedCube
    from reports.disclosure.since import Earlier
    from reports.stats.cube import RawCube, Tally
    from reports.stats.measures import Measures

# Raised by hand when the same answers would now give other figures, or be told in other words of
# ours, so that old builds stay what they were and a new request makes a new build.
METHOD = 2

# What profiles are told apart by; `sen` is the coarse form of `sen_detail`.
DIMS = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward")
FILLED = ("year_group", "sex", "fsm", "sen", "sen_detail")


class ReleaseStopped(Exception):
    """Nothing is released: the attack found something, or totals cannot be told beside what was
    published before. The message says what."""


@dataclass(frozen=True)
class PlaceDocument:
    """All that is released about one place, ready to be stored."""

    kind: str
    key: str
    name: str
    participation: dict[str, Any] | None
    document: dict[str, Any]

    @property
    def sha256(self) -> str:
        """Of the document as canonical JSON."""
        return digest(self.document)


@dataclass(frozen=True)
class Outcome:
    """What a run gives: a document a place, and a report for staff with no figure in it.

    `entry`: the ledger's entry, to be kept sealed (see `reports.ledger`). `quality`: what the
    analysts are told of how the wave was answered.
    """

    places: tuple[PlaceDocument, ...]
    report: dict[str, Any]
    entry: bytes
    quality: dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """Exact counts, in memory only; `known` is what a neighbour may know: a row a pupil, DIMS.

    `population` is the same with each pupil's names in the ledger (`disclosure.ledger.units`);
    `persons` names its rows.
    """

    raw: "RawCube"
    measures: "Measures"
    known: "pd.DataFrame"
    filled: dict[str, int]
    population: "pd.DataFrame"
    persons: "pd.Index"


def run(
    wave: Wave,
    *,
    private_key: bytes,
    release_key: bytes,
    ledger: Iterable[bytes] = (),
    earlier: "Earlier | None" = None,
    tick: Callable[[], None] = lambda: None,
) -> Outcome:
    """From sealed answers to released documents. `tick` is called between the stages.

    Args:
        ledger: the entries of all builds of the wave that were ever public.
        earlier: what is public of the wave before, to set this one beside.

    Raises `ReleaseStopped` when the attack on the finished documents finds anything, and when too
    few answers have changed since an earlier release.
    """
    from reports.disclosure.control import control
    from reports.disclosure.gate import Stopped, Withhold, passed
    from reports.disclosure.ledger import Entry
    from reports.disclosure.rules import STANDARD
    from reports.quality import making

    held = [Entry.from_bytes(each) for each in ledger]

    counted = count(wave, private_key=private_key, release_key=release_key, tick=tick)
    people = counted.known.set_axis(counted.persons)
    quality = making.gather(wave, people, STANDARD, private_key=private_key)
    tick()

    proofs = None

    def release(withhold: Withhold) -> "tuple[ReleasedCube, ControlReport]":
        nonlocal proofs
        found = control(
            counted.raw,
            STANDARD,
            counted.measures,
            authority=wave.authority.code,
            population=counted.population,
            ledger=held,
            weighted=quality.beside(STANDARD),
            earlier=earlier,
            withhold=withhold,
            proofs=proofs,
        )
        proofs = found[1].certificates
        if found[1].stopped or found[1].entry is None:
            raise ReleaseStopped(f"Nothing can be released: {found[1].stopped}.")
        tick()
        return found

    try:
        safe = passed(release, counted.known, STANDARD, counted.measures)
    except Stopped as found:
        raise ReleaseStopped(str(found)) from found
    places = _documents(wave, safe.cube)
    tick()
    report = {
        "pupils": len(counted.known),
        "before": len(held),
        "filled": counted.filled,
        "control": safe.report.to_document(),
        "attack": safe.findings.to_document(),
    }
    entry = safe.report.entry
    told = making.document(wave, quality, safe.cube, STANDARD)
    return Outcome(places, report, entry.to_bytes() if entry else b"", told)


def count(
    wave: Wave, *, private_key: bytes, release_key: bytes, tick: Callable[[], None] = lambda: None
) -> Counted:
    """Score and count the linked responses, school by school; `tick` is called after each.

    Unknown demographics are filled first, over all pupils: nothing of that looks at answers.
    Raises `ReleaseStopped` where there is nobody to count.
    """
    import pandas as pd

    from reports.disclosure.ledger import units
    from reports.disclosure.remainder import fill_unknown

    people, filled = fill_unknown(people_frame(wave), FILLED, release_key)
    measured = measures(wave.questionnaire.definition, wave.year_groups)
    people = people.set_index("person", drop=False)
    tally, named = _tally(people, measured), []
    for answers in answer_frames(wave, private_key=private_key):
        named.append(units(answers, list(measured.all), release_key).set_axis(answers["person"]))
        tally.add(answers.set_index("person"))
        tick()
    if not named:
        raise ReleaseStopped("Nobody's answers are linked in this wave")
    population = people[list(DIMS)].join(pd.concat(named)).reset_index(drop=True)
    known = population[list(DIMS)]
    return Counted(tally.cube(), measured, known, filled, population, people.index)


def count_table(table: "pd.DataFrame", measured: "Measures") -> "RawCube":
    """The raw cube of a table as it stands, over DIMS."""
    tally = _tally(table, measured)
    tally.add(table)
    return tally.cube()


def _tally(people: "pd.DataFrame", measured: "Measures") -> "Tally":
    from reports.stats.cube import Tally

    codes = {key: item.codes for key, item in measured.items.items()}
    return Tally(people, DIMS, codes, list(measured.scores), list(measured.headlines))


def input_key(wave: Wave, *, words: Sequence[Mapping[str, str]] = (), earlier: str = "") -> str:
    """Identifies everything that a build depends on: answers, questions, roll, names, rules, words.

    Args:
        words: the council's own, as they are kept with the build. Without any the key is that of a
            build of before there were any.
        earlier: input key of the build of the wave before.
    """
    mark = hashlib.sha256(repr((METHOD, wave.key, rules_document())).encode())
    mark.update(wave.questionnaire.fingerprint.encode())
    for row in (*linked_fingerprints(wave), *roll_fingerprints(wave)):
        mark.update(row.encode())
    shown = (wave.name, wave.year_groups, wave.made_up, sorted(_names(wave).items()))
    mark.update(repr(shown).encode())
    # Nothing of a wave that was linked before vintages were written down has changed.
    mark.update(wave.vintage.encode())
    mark.update(earlier.encode())
    if words:
        mark.update(repr([sorted(each.items()) for each in words]).encode())
    return mark.hexdigest()


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of a document as canonical JSON, 64 hex digits."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
    return names | {name: area.name for name, area in places_of(wave).areas.items()}
