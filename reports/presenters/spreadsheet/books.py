"""The books: a school's own, and the one of all public places."""

from collections.abc import Iterable, Iterator, Sequence

from reports.presenters import labels
from reports.presenters.filters import not_shown
from reports.presenters.imprint import LICENCE, MADE_UP, Imprint
from reports.presenters.method import method_of
from reports.presenters.sources import Source
from reports.presenters.spreadsheet import rows as of
from reports.presenters.spreadsheet.notes import Notes
from reports.presenters.spreadsheet.sheets import Book, Column, Kind, Row, Sheet

RANGE = ("Likely range from", "Likely range to")
WORDS = Column("In words", "long")
NOTES = Column("Notes")
ENDS = (Column("Scale from", "score"), Column("Scale to", "score"))
CHANGES = ("school", "borough")  # elsewhere nothing is tested against the wave before
AGAINST = (
    Column("Other schools", "score"),
    Column("Difference", "score"),
    Column("Difference from", "score"),
    Column("Difference to", "score"),
    Column("Verdict"),
)


def school_book(source: Source, imprint: Imprint) -> Book:
    """One school's figures beside all other schools, for the school's own use."""
    use = "For the school's own use. The council decides with the school who else may see it."
    return _book(f"{source.name}: school report, {source.wave}", (source,), imprint, use)


def public_book(sources: Sequence[Source], imprint: Imprint) -> Book:
    """All public places; the first is the borough."""
    title = f"{sources[0].name}: results, {sources[0].wave}"
    return _book(title, sources, imprint, f"{LICENCE}.")


def _book(title: str, sources: Sequence[Source], imprint: Imprint, use: str) -> Book:
    notes = Notes()
    sheets = tuple(
        Sheet(name, words, tuple(columns), tuple(rows))
        for name, words, columns, rows in _tables(sources, notes)
    )
    return Book(
        title, imprint, tuple(_cover(imprint, use)), _notes(sources, imprint, notes), sheets
    )


def _cover(imprint: Imprint, use: str) -> Iterator[tuple[str, str]]:
    if imprint.made_up:
        yield "Made-up data", MADE_UP
    yield "Council", imprint.council
    yield "Wave", imprint.wave
    yield "Date of release", imprint.day
    yield "Release", imprint.release
    yield "How to cite", imprint.citation
    yield "Use", use


Table = tuple[str, str, Iterable[Column], Iterator[Row]]


def _tables(sources: Sequence[Source], notes: Notes) -> Iterator[Table]:
    school = sources[0].place.kind == "school"
    where = () if school else (Column("Kind of area"), Column("Area"))
    topic = (Column("Theme"), Column("Topic"))
    against = AGAINST if school else ()
    share = (Column("Answers", "count"), Column("Share (%)", "share"), *_range("share", " (%)"))
    yield (
        "Headlines", "Share of pupils who meet each headline",
        (*where, *topic, Column("Pupils who", "long"), *share, *against, WORDS, NOTES),
        (row for s in sources for row in of.headlines(s, notes)),
    )  # fmt: skip
    yield (
        "Scores", "Average score of each scale",
        (*where, *topic, Column("Score", "long"), *ENDS, Column("Answers", "count"),
         Column("Average", "score"), *_range("score"), Column("Standard deviation", "score"),
         *against, WORDS, NOTES),
        (row for s in sources for row in of.scores(s, notes)),
    )  # fmt: skip
    yield (
        "Answers", "How each question was answered",
        (*where, *topic, Column("Question", "long"), Column("Answer", "long"), Column("Out of"),
         Column("Answers", "count"), Column("Share (%)", "share"), NOTES),
        (row for s in sources for row in of.answers(s, notes)),
    )  # fmt: skip
    yield (
        "Groups", "Headlines and scores of each published group",
        (*where, *(Column(name) for name in labels.DIMENSIONS.values()), Column("Measure", "long"),
         Column("Unit"), Column("Answers", "count"), Column("Figure", "score"), *_range("score"),
         NOTES),
        (row for s in sources for row in of.groups(s, notes)),
    )  # fmt: skip
    compared = [each for each in sources if each.cube.since]
    if compared:
        then = sources[0].then
        yield (
            "Change", f"What has changed since {then}",
            (*where, *(Column(name) for name in labels.DIMENSIONS.values()),
             Column("Measure", "long"), Column(then, "score"), Column("Now", "score"),
             Column("Change", "score"), Column("Change from", "score"),
             Column("Change to", "score"), Column("Verdict"), NOTES),
            (row for s in compared if s.place.kind in CHANGES for row in of.changes(s, notes)),
        )  # fmt: skip
    yield (
        "Participation", "How many pupils took part",
        (*where, Column("Group", "long"), Column("Took part", "count"),
         Column("On the roll", "count"), Column("Opted out", "count"), NOTES),
        (row for s in sources for row in of.participation(s, notes)),
    )  # fmt: skip


def _range(kind: Kind, unit: str = "") -> Iterator[Column]:
    return (Column(f"{name}{unit}", kind) for name in RANGE)


def _notes(sources: Sequence[Source], imprint: Imprint, notes: Notes) -> Sheet:
    first = sources[0]
    method = method_of(first.cube, first.outline.citations)
    rows = [*notes.markers(), *notes.numbered()]
    rows += [(each.title, line) for each in method.chapters for line in each.sentences]
    rows += [("Promise", f"{method.statement} {method.not_covered}")]
    rows += [(f"Not shown: {s.name}", line) for s in sources for line in not_shown(s)]
    rows += [("Scale", line) for line in method.citations]
    rows += [("Rules", method.rules), ("Release", imprint.release)]
    columns = (Column("Note"), Column("What it says", "long"))
    return Sheet("Notes", "Notes: markers, method and what is not shown", columns, tuple(rows))
