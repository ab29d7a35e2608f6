"""One page for governors: who took part, what stands out, and how to read it."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportlab.platypus import KeepInFrame, Spacer

from reports.narrative import WORDS
from reports.pdf.document import HEIGHT, WIDTH
from reports.pdf.flowables import Heading, bullets, facts, text, title
from reports.pdf.story import HALF, took_part
from reports.pdf.styles import BOLD, CAPTION, LEAD
from reports.presenters import SchoolReport
from reports.presenters.topics import Finding

FACTS = 4  # the school's own and all schools'; its years are in the report
MOST = 3  # changes of one verdict; the others are in the report
READING = (
    "Higher than, lower than and about the same as: each compares the school with the other "
    "schools taken together. There are no other verdicts, and schools are never put in order.",
    "Higher or lower is said where chance alone would seldom make such a difference and the "
    "difference is large enough to matter.",
    "A difference does not say what brought it about.",
)


def story(report: SchoolReport) -> list[Any]:
    """One frame that holds everything: long words make the type smaller, never a second page."""
    inside = [*_front(report), *_stands_out(report), *_change(report), *_reading(report)]
    return [KeepInFrame(WIDTH, HEIGHT, inside, mode="shrink")]


def _front(report: SchoolReport) -> Iterator[Any]:
    yield text(f"Summary for governors, {report.wave}", CAPTION)
    yield title(report.school)
    yield Heading.at(0, "Who took part", "took-part")
    yield text(took_part(report), LEAD)
    if report.participation:
        yield facts([(fact.label, fact.value) for fact in report.participation[:FACTS]], HALF)
        yield Spacer(1, 6)
    yield text(report.participation_note)


def _stands_out(report: SchoolReport) -> Iterator[Any]:
    yield Heading.at(0, "What stands out", "stands-out")
    if report.nothing:
        yield text(report.nothing)
    for heading, found in groupby(report.stands_out, key=lambda each: each.heading):
        yield Heading.at(1, heading, f"stands-out-{heading}")
        for each in found:
            yield text(each.title, BOLD)
            yield text(_words(each.finding))


def _change(report: SchoolReport) -> Iterator[Any]:
    change = report.change
    if change is None:
        return
    yield Heading.at(0, f"Change since {change.then}", "change")
    for group in change.groups:
        yield Heading.at(1, group.heading, f"change-{group.heading}")
        yield from bullets([str(each.sentence) for each in group.changes[:MOST]])
        if len(group.changes) > MOST:
            yield text(f"And {len(group.changes) - MOST} more.")
    yield text(change.said)


def _words(finding: Finding) -> str:
    """The figures, and the verdict without how far chance goes: that is said once, below."""
    verdict = finding.comparison.verdict if finding.comparison else None
    figures = " ".join(str(each) for each in finding.sentences[:2])
    return f"{figures} {WORDS[verdict]} in the other schools." if verdict else figures


def _reading(report: SchoolReport) -> Iterator[Any]:
    yield Heading.at(0, "How to read this", "reading")
    yield from bullets(READING)
    yield Heading.at(0, "Where the full report is", "full-report")
    yield text(
        f"The full report holds every topic, its groups, its charts and the method. The school’s "
        f"lead opens it after logging in, under “School report, {report.wave}”."
    )
    yield text(report.method.statement, BOLD)
