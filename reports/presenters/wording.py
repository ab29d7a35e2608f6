"""What those see who edit or approve the words of the reports: patterns in pieces, and examples.

Examples are filled with figures that everybody can see, or made up and said so: who words a
report may have no right to read a school's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from reports import narrative
from reports.disclosure.released import HeadlineCell, Hidden, ScoreCell
from reports.narrative import CellId, Voice
from reports.presenters import labels
from reports.presenters.drawings import within
from reports.presenters.outline import Headline, Score
from reports.presenters.sources import Source
from reports.words import KINDS, Kind, Measure, OwnWords, Words
from reports.words.patterns import SLOT

if TYPE_CHECKING:
    from reports.models import WordsEdit

AUDIENCES = {"school": "In school reports", "area": "On public pages"}
GROUPS: tuple[labels.Values, ...] = ((), (("sex", "F"),), (("year_group", "8"),), (("fsm", "yes"),))
MOST = 3  # examples
MADE_UP = "Filled with made-up figures."


@dataclass(frozen=True)
class Piece:
    """Some words of a pattern, or a locked part, for which an example stands."""

    text: str
    locked: bool


@dataclass(frozen=True)
class Said:
    """Sentences of one kind in some words, and where their figures come from."""

    sentences: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Special:
    """Words about one measure, or about one measure of one school. query: of their page."""

    where: str
    query: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class KindRow:
    """One kind of sentence and the words in force for it."""

    kind: Kind
    own: bool
    pieces: tuple[Piece, ...]
    example: str
    note: str
    special: tuple[Special, ...]


@dataclass(frozen=True)
class Edit:
    """One edit. before, now: empty where there were, or are, no words of the council's own."""

    at: datetime
    by: str
    before: tuple[Piece, ...]
    now: tuple[Piece, ...]


@dataclass(frozen=True)
class OwnRow:
    """A council's own words in a build, beside ours. `state`: beside the build public now."""

    audience: str
    title: str
    where: str
    own: tuple[Piece, ...]
    shipped: tuple[Piece, ...]
    state: str


def pieces(kind: Kind, pattern: str) -> tuple[Piece, ...]:
    """A pattern with an example in the place of each locked part."""
    parts = SLOT.split(pattern)
    found = (
        Piece(kind.example[part] if place % 2 else part, bool(place % 2))
        for place, part in enumerate(parts)
    )
    return tuple(each for each in found if each.text)


def kind_rows(
    own: Iterable[OwnWords], titles: "Titles", public: Source | None
) -> dict[str, list[KindRow]]:
    """Every kind with the words in force, by the audience it is said to."""
    own = tuple(own)
    rows: dict[str, list[KindRow]] = {heading: [] for heading in AUDIENCES.values()}
    for kind in KINDS.values():
        words = Words.of(own)
        said = examples(kind, words, public)
        pattern = words.pattern(kind.key, "")
        special = (_special(kind, each, titles) for each in own if each.kind == kind.key)
        rows[AUDIENCES[kind.audience]].append(
            KindRow(
                kind,
                pattern != kind.pattern,
                pieces(kind, pattern),
                said.sentences[0],
                said.note,
                tuple(each for each in special if each.query),
            )
        )
    return rows


def _special(kind: Kind, own: OwnWords, titles: "Titles") -> Special:
    asked = (("measure", own.measure), ("school", own.school))
    query = "&".join(f"{name}={key}" for name, key in asked if key)
    return Special(titles.where(own.measure, own.school), query, pieces(kind, own.pattern))


@dataclass(frozen=True)
class Titles:
    """Names of what words may be about."""

    measures: dict[str, Measure]
    schools: dict[str, str]

    def where(self, measure: str, school: str) -> str:
        """ "Pupils who said …, Alder School"; "All measures" for a whole kind."""
        told = self.measures.get(measure)
        names = (told.title if told else measure, self.schools.get(school, school))
        return ", ".join(filter(None, names)) or "All measures"


def own_rows(
    own: Iterable[OwnWords], public: Iterable[OwnWords] | None, titles: Titles
) -> tuple[OwnRow, ...]:
    """A build's own words, and those that are public now and would no longer be said."""
    here, before = set(own), None if public is None else set(public)
    rows = [(each, _state(each, before)) for each in sorted(here)]
    where = {(each.kind, each.measure, each.school) for each in here}
    gone = [e for e in sorted(before or ()) if (e.kind, e.measure, e.school) not in where]
    rows += [(each, "Public now, and no longer said") for each in gone]
    return tuple(_own_row(each, state, titles) for each, state in rows)


def _state(own: OwnWords, public: set[OwnWords] | None) -> str:
    if public is None:
        return ""
    return "The same as public now" if own in public else "New"


def _own_row(own: OwnWords, state: str, titles: Titles) -> OwnRow:
    kind = KINDS[own.kind]
    return OwnRow(
        AUDIENCES[kind.audience],
        kind.title,
        titles.where(own.measure, own.school),
        pieces(kind, own.pattern),
        pieces(kind, kind.pattern),
        state,
    )


def history(kind: Kind, edits: Sequence["WordsEdit"]) -> tuple[Edit, ...]:
    """Every edit of one sentence, in the order given: the newest first."""
    before = (*(edit.pattern for edit in edits[1:]), "")
    return tuple(
        Edit(
            edit.made_at,
            edit.made_by.name if edit.made_by else "",
            _worded(kind, pattern),
            _worded(kind, edit.pattern),
        )
        for edit, pattern in zip(edits, before, strict=False)  # of no edit there is none before
    )


def _worded(kind: Kind, pattern: str) -> tuple[Piece, ...]:
    return pieces(kind, pattern) if pattern else ()


def examples(kind: Kind, words: Words, public: Source | None, measure: str = "") -> Said:
    """A few sentences of a kind in these words; at least one.

    Args:
        public: the borough of a published build. measure: "" for any.
    """
    found = tuple(islice(_real(kind, words, public, measure), MOST)) if public else ()
    if public is None or not found:
        return Said((words.say(kind.key, measure, kind.example),), MADE_UP)
    return Said(found, f"Filled with public figures of all pupils in {public.name}.")


def _real(kind: Kind, words: Words, public: Source, measure: str) -> Iterator[str]:
    """One sentence a group of pupils, each of another measure as long as there are others."""
    every = public.outline.topics
    told: list[Told] = [head for topic in every for head in topic.headlines]
    told += [score for topic in every for score in topic.scores]
    told = [each for each in told if measure in {"", each.key}]
    for values in GROUPS:
        for each in tuple(told):
            if said := _sentence(kind, words, public, values, each):
                if len(told) > 1:
                    told.remove(each)
                yield said
                break


Told = Headline | Score


def _sentence(
    kind: Kind, words: Words, public: Source, values: labels.Values, told: Told
) -> str | None:
    """What this kind says of the public figure; None where the figure is of another kind."""
    voice, at = _voice(kind, words, public, values), CellId(public.group(values), told.key)
    found = public.cube.cell(at.group, at.measure)
    if isinstance(found, Hidden):
        title = told.title if isinstance(told, Score) else f"Pupils who {told.label}"
        said = {"hidden": narrative.hidden(voice, title, found, told.key)}
    elif isinstance(found, HeadlineCell) and isinstance(told, Headline):
        own = "rare" if found.percent is None else "headline"
        said = {own: narrative.headline(voice, told.label, found, at)}
        said["beside"] = narrative.beside(voice, found, at)
    elif isinstance(found, ScoreCell) and isinstance(told, Score):
        cut = within(found, told)
        said = {"score": narrative.score(voice, told.title, cut, at, told.low, told.high)}
        said["beside"] = narrative.beside(voice, found, at)
    else:
        return None
    return str(said[kind.name]) if kind.name in said else None


def _voice(kind: Kind, words: Words, public: Source, values: labels.Values) -> Voice:
    people = labels.pupils(values)
    if kind.audience == "school":
        return Voice.of_school(people, words)
    return Voice.of_area(people, public.name, public.borough_name, words)
