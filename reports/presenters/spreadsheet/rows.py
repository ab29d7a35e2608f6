"""The rows of each sheet, from released cells alone."""

from collections.abc import Iterator

from reports.disclosure.released import (
    AnswersCell,
    Comparison,
    HeadlineCell,
    Hidden,
    ScoreCell,
    Share,
)
from reports.narrative import WORDS
from reports.presenters import labels
from reports.presenters.outline import Headline, Part, Question, Score, Topic
from reports.presenters.sources import Source
from reports.presenters.spreadsheet.notes import HIDDEN, NOT_KNOWN, NOT_OF_THIS, Notes, marker
from reports.presenters.spreadsheet.sheets import Row
from reports.presenters.topics import Finding, headline_finding, score_finding
from reports.presenters.view import view_of

MISSING = {-1: "Skipped", -2: "Not reached", -3: "Not asked"}
COMPARED = 5  # columns of a comparison


def _where(source: Source) -> tuple[str, ...]:
    kind = source.place.kind
    return () if kind == "school" else (labels.PLACES[kind], source.name)


def _topics(source: Source) -> Iterator[tuple[Topic, tuple[str, ...]]]:
    for theme in source.outline.themes:
        for topic in theme.topics:
            yield topic, (*_where(source), theme.title, topic.title)


def headlines(source: Source, notes: Notes) -> Iterator[Row]:
    view = view_of(source, whole=False)
    for topic, start in _topics(source):
        for head in topic.headlines:
            figures, note = _share(source, source.group(), head, notes)
            versus, second = _against(source, head.key, notes)
            words = _words(headline_finding(view, head))
            yield (*start, head.label, *figures, *versus, words, _joined(note, second))


def scores(source: Source, notes: Notes) -> Iterator[Row]:
    view = view_of(source, whole=False)
    for topic, start in _topics(source):
        for scale in topic.scores:
            figures, note = _mean(source, source.group(), scale, notes)
            versus, second = _against(source, scale.key, notes)
            about = (scale.title, scale.low, scale.high)
            words = _words(score_finding(view, scale))
            yield (*start, *about, *figures, *versus, words, _joined(note, second))


def _words(finding: Finding) -> str:
    """As the pages say it, in the words of the release."""
    return " ".join(map(str, finding.sentences))


def _share(source: Source, group: str, head: Headline, notes: Notes) -> tuple[Row, str]:
    """(answers, share, from, to) and a note."""
    found = source.cube.cell(group, head.key)
    if not isinstance(found, HeadlineCell):
        return (HIDDEN,) * 4, notes.hidden(found)
    if found.percent is None or found.low is None or found.high is None:
        return (found.n, *(marker(found.label),) * 3), notes.label(found.label)
    return (found.n, found.percent, found.low, found.high), ""


def _mean(source: Source, group: str, scale: Score, notes: Notes) -> tuple[Row, str]:
    """(answers, average, from, to, SD) and a note."""
    found = source.cube.cell(group, scale.key)
    if not isinstance(found, ScoreCell):
        return (HIDDEN,) * 5, notes.hidden(found)
    spread, note = (found.sd, "") if found.sd is not None else (HIDDEN, notes.few_for_sd())
    return (found.n, found.mean, found.low, found.high, spread), note


def _against(source: Source, measure: str, notes: Notes) -> tuple[Row, str]:
    """A school beside the other schools; nothing for other places."""
    if source.place.kind != "school":
        return (), ""
    found = source.cube.comparison(source.group(), measure)
    if not isinstance(found, Comparison):
        return (HIDDEN,) * COMPARED, notes.hidden(found)
    verdict = WORDS[found.verdict] if found.verdict else NOT_OF_THIS
    return (found.against, found.difference, found.low, found.high, verdict), ""


def answers(source: Source, notes: Notes) -> Iterator[Row]:
    for topic, start in _topics(source):
        for question in topic.questions:
            for part in question.parts:
                yield from _part(source, question, part, start, notes)


def _part(
    source: Source, question: Question, part: Part, start: tuple[str, ...], notes: Notes
) -> Iterator[Row]:
    found = source.cube.cell(source.group(), part.key)
    text = f"{question.text} {part.label}" if question.many else question.text
    if not isinstance(found, AnswersCell):
        note = notes.hidden(found if isinstance(found, Hidden) else Hidden(""))
        yield (*start, text, "All answers", "Pupils who answered", HIDDEN, HIDDEN, note)
        return
    names = {answer.code: answer.label for answer in part.answers}
    if question.many:
        names = {1: "Ticked", 0: "Not ticked"}
    everybody = source.size(source.group()) or NOT_KNOWN
    for base, shares in (("Pupils who answered", found.shares), ("All pupils", found.missing)):
        for share in shares:
            name = names.get(share.code) or MISSING[share.code]
            count = found.n if base == "Pupils who answered" else everybody
            yield (*start, text, name, base, count, *_figure(share, notes))


def _figure(share: Share, notes: Notes) -> Row:
    if share.percent is None:
        return marker(share.label), notes.label(share.label)
    return share.percent, NO_NOTE


def groups(source: Source, notes: Notes) -> Iterator[Row]:
    """Groups of all pupils stand on the sheets of headlines and scores."""
    for each in source.cube.groups:
        if each.place != source.place or not each.values:
            continue
        values = each.values
        named = (labels.value(dim, values[dim]) if dim in values else "All" for dim in DIMENSIONS)
        start = (*_where(source), *named)
        for topic in source.outline.topics:
            for head in topic.headlines:
                figures, note = _share(source, each.id, head, notes)
                yield (*start, head.label, "Share (%)", *figures, note or NO_NOTE)
            for scale in topic.scores:
                figures, note = _mean(source, each.id, scale, notes)
                # The SD is on no column here, so neither is the note about it.
                note = note if figures[0] == HIDDEN else ""
                yield (*start, scale.title, "Average", *figures[:4], note or NO_NOTE)


def changes(source: Source, notes: Notes) -> Iterator[Row]:
    """Each figure of each group beside the wave before; markers where it may not be compared."""
    for each in source.cube.groups:
        if each.place != source.place:
            continue
        values = each.values
        named = (labels.value(dim, values[dim]) if dim in values else "All" for dim in DIMENSIONS)
        start = (*_where(source), *named)
        for topic in source.outline.topics:
            for figure in topic.figures:
                yield (*start, figure.name, *_change(source, each.id, figure.key, notes))


def _change(source: Source, group: str, measure: str, notes: Notes) -> Row:
    """(then, now, change, from, to, verdict, note)."""
    found = source.cube.since.get(group, {}).get(measure)
    if found is None:
        reason = source.cube.apart.get(measure) or "One of the two figures is not published."
        return (*(HIDDEN,) * 6, notes.hidden(Hidden(reason)))
    verdict = WORDS[found.verdict] if found.verdict else NOT_OF_THIS
    figures = (found.before, found.value, found.difference, found.low, found.high)
    return (*figures, verdict, notes.schools(found.schools) if found.schools else NO_NOTE)


DIMENSIONS = tuple(labels.DIMENSIONS)
NO_NOTE = "None"


def _joined(*notes: str) -> str:
    return " ".join(dict.fromkeys(filter(None, notes))) or NO_NOTE


def participation(source: Source, notes: Notes) -> Iterator[Row]:
    school = source.place.kind == "school"
    counted = (("This school", source.participation), ("All schools", source.all_schools))
    for name, counts in counted:
        if school and counts is not None:
            yield _counts(name, counts["took_part"], counts["on_roll"], counts["opted_out"], notes)
    for each in source.cube.groups:
        if each.place == source.place and (each.values or not school):
            yield (*_where(source), labels.group(each.values), each.n, *(NOT_OF_THIS,) * 2, NO_NOTE)


def _counts(
    name: str, took_part: int, on_roll: int | None, opted_out: int | None, notes: Notes
) -> Row:
    if not on_roll:
        return (name, took_part, NOT_KNOWN, NOT_KNOWN, NO_NOTE)
    if opted_out is None:
        return (name, took_part, on_roll, HIDDEN, notes.few_opted_out())
    return (name, took_part, on_roll, opted_out, NO_NOTE)
