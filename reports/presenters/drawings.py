"""From released cells to chart descriptions. What is hidden stays hidden, with its reason."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reports.charts import BarRow, DotAgainstLine, DotRow, Segment, StackedBars
from reports.charts.palette import STEPS
from reports.charts.words import number
from reports.disclosure.released import AnswersCell, HeadlineCell, ScoreCell, Share
from reports.narrative import Shown
from reports.presenters.outline import Answer, Part, Question, Score

MISSING = {-1: "skipped it", -2: "did not get this far", -3: "were not asked"}


@dataclass(frozen=True)
class Line:
    """One row to draw: `cell` None where nothing is shown, `reference` None without a line."""

    label: str
    cell: Shown | None
    reference: Shown | None
    text: str


def chart_key(*names: str) -> str:
    """A key that may stand in an `id`."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(("c", *names)).lower()).strip("-")


def within(cell: ScoreCell, scale: Score) -> ScoreCell:
    """The cell with its interval cut at the ends of the scale: no mean lies beyond them."""
    return replace(cell, low=max(cell.low, scale.low), high=min(cell.high, scale.high))


def shares(
    key: str,
    title: str,
    lines: Iterable[Line],
    *,
    value: str,
    reference: str,
    heading: str = "Group",
    note: str = "",
) -> DotAgainstLine | None:
    """Headlines as dots against a line. Shares too near an end are said in the note instead.

    None where no row has a figure.
    """
    drawn = [line for line in lines if not _in_words(line.cell)]
    spoken = [line for line in lines if _in_words(line.cell)]
    if not any(line.cell for line in drawn):
        return None
    return DotAgainstLine(
        key=chart_key(key),
        title=title,
        rows=tuple(_row(line) for line in drawn),
        value_label=value,
        reference_label=reference,
        row_heading=heading,
        note=" ".join(filter(None, (note, *(line.text for line in spoken)))),
    )


def means(
    key: str, title: str, lines: Iterable[Line], scale: Score, *, value: str, reference: str
) -> DotAgainstLine | None:
    """Scores as dots on the axis of their scale; None where no row has a figure."""
    drawn = list(lines)
    if not any(line.cell for line in drawn):
        return None
    return DotAgainstLine(
        key=chart_key(key),
        title=title,
        rows=tuple(_row(line) for line in drawn),
        value_label=value,
        reference_label=reference,
        floor=scale.low,
        ceiling=scale.high,
        decimals=1,
        unit="",
    )


def _in_words(cell: Shown | None) -> bool:
    return isinstance(cell, HeadlineCell) and cell.percent is None


def _value(cell: Shown | None) -> float | None:
    return cell.mean if isinstance(cell, ScoreCell) else cell.percent if cell else None


def _row(line: Line) -> DotRow:
    cell = line.cell
    low, high = (cell.low, cell.high) if cell else (None, None)
    return DotRow(line.label, _value(cell), low, high, _value(line.reference), line.text)


def answers(key: str, question: Question, cells: Sequence[AnswersCell]) -> StackedBars | None:
    """How a question was answered, a row a part. None where it cannot be drawn.

    Answers too rare to give a number are named in the note and take no room in the bar.
    """
    rows = list(zip(question.parts, cells, strict=True))
    if question.many:
        return _ticked(key, question, rows)
    part, cell = rows[0]
    drawn = [pair for pair in _pairs(part, cell) if pair[1].percent is not None]
    if not drawn or sum(answer.counts for answer, _ in drawn) > STEPS:
        return None
    segments = tuple(_segment(answer, share) for answer, share in drawn)
    return StackedBars(
        key=chart_key(key, question.key),
        title=question.text,
        rows=(BarRow(f"{cell.n} answers", segments),),
        row_heading="Answers",
        note=" ".join(filter(None, (_rare(part, cell), missing(cell)))),
    )


def together(title: str, charts: Sequence[StackedBars]) -> StackedBars:
    """Charts of one bar each as the rows of one chart; their answers are the same."""
    rows = (BarRow(f"{c.title} ({c.rows[0].label})", c.rows[0].segments) for c in charts)
    notes = (f"{c.title} {c.note}" for c in charts if c.note)
    return replace(
        charts[0], title=title, rows=tuple(rows), row_heading="Question", note=" ".join(notes)
    )


def _ticked(
    key: str, question: Question, rows: list[tuple[Part, AnswersCell]]
) -> StackedBars | None:
    """A tick-all question: one bar a box. Boxes that nearly nobody ticked go to the note."""
    drawn, rare = [], []
    for part, cell in rows:
        share = next(each for each in cell.shares if each.code == 1)
        if share.percent is None:
            rare.append(f"{part.label}: {_spoken(share)}.")
            continue
        text = f"{number(share.percent)} ticked {part.label}."
        off = f"{number(100 - share.percent)} did not tick {part.label}."
        ticked = Segment("Ticked", share.percent, text)
        drawn.append(
            BarRow(part.label, (ticked, Segment("Not ticked", 100 - share.percent, off, False)))
        )
    if not drawn:
        return None
    return StackedBars(
        key=chart_key(key, question.key),
        title=f"{question.text} ({rows[0][1].n} answers; several could be ticked)",
        rows=tuple(drawn),
        row_heading="Answer",
        note=" ".join((*rare, missing(rows[0][1]))).strip(),
    )


def _pairs(part: Part, cell: AnswersCell) -> list[tuple[Answer, Share]]:
    by_code = {share.code: share for share in cell.shares}
    return [(answer, by_code[answer.code]) for answer in part.answers if answer.code in by_code]


def _segment(answer: Answer, share: Share) -> Segment:
    shown = number(share.percent)
    return Segment(answer.label, share.percent, f"{shown} answered: {answer.label}.", answer.counts)


def _spoken(share: Share) -> str:
    return {"<5 %": "fewer than 5 in 100", ">95 %": "more than 95 in 100"}.get(
        share.label, f"{share.label} pupils"
    )


def _rare(part: Part, cell: AnswersCell) -> str:
    """The answers without a number: "Fewer than 5 in 100 each: Never; Not sure."."""
    named: dict[str, list[str]] = {}
    for answer, share in _pairs(part, cell):
        if share.percent is None:
            named.setdefault(_spoken(share), []).append(answer.label)
    lines = (f"{words[0].upper()}{words[1:]}: {'; '.join(n)}." for words, n in named.items())
    return " ".join(lines)


def missing(cell: AnswersCell) -> str:
    """Skipped, not reached and not asked, kept apart, out of all pupils of the group."""
    said = [
        f"{number(share.percent)} {MISSING[share.code]}"
        for share in cell.missing
        if share.code in MISSING and share.percent is not None and math.isfinite(share.percent)
    ]
    return f"Of all these pupils, {', '.join(said)}." if said else ""


def table(part: Part, cell: AnswersCell) -> tuple[tuple[str, str], ...]:
    """Every answer with its share as shown, for questions with too many answers to draw."""
    return tuple(
        (answer.label, share.label if share.percent is None else number(share.percent))
        for answer, share in _pairs(part, cell)
    )
