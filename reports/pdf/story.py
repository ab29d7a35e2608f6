"""What stands on the sheets, in the order of the page."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer

from reports.charts import Chart
from reports.pdf.document import WIDTH
from reports.pdf.flowables import Figure, Heading, bullets, facts, table, text, title
from reports.pdf.styles import BOLD, CAPTION, LEAD, NOTE
from reports.presenters import SchoolReport
from reports.presenters.change import TABLE_NOTE
from reports.presenters.labels import SHORT_NOTE
from reports.presenters.topics import Finding, QuestionAnswers, TopicSection
from reports.strategies import Strategy

SIXTHS = tuple(WIDTH * share for share in (0.42, 0.1, 0.08, 0.1, 0.14, 0.16))
HALF = (WIDTH * 0.35, WIDTH * 0.65)


def story(report: SchoolReport) -> list[Any]:
    """Every flowable of the report."""
    return [
        *_front(report),
        *_stands_out(report),
        *_themes(report),
        *_groups(report),
        *_change(report),
        *_method(report),
    ]


def took_part(report: SchoolReport) -> str:
    """How many pupils the figures are of."""
    if report.n is None:
        return "Too few pupils took part to show their answers."
    return f"{report.group}: {report.n} pupils took part."


def _front(report: SchoolReport) -> Iterator[Any]:
    yield text(f"School report, {report.wave}", CAPTION)
    yield title(report.school)
    yield text(took_part(report), LEAD)
    yield Heading.at(0, "Who took part", "took-part")
    if report.participation:
        yield facts([(fact.label, fact.value) for fact in report.participation], HALF)
        yield Spacer(1, 6)
    yield text(report.participation_note)


def _stands_out(report: SchoolReport) -> Iterator[Any]:
    yield Heading.at(0, "What stands out", "stands-out")
    if report.nothing:
        yield text(report.nothing)
    for heading, found in groupby(report.stands_out, key=lambda each: each.heading):
        yield Heading.at(1, heading, f"stands-out-{heading}")
        for each in found:
            yield KeepTogether([text(each.title, BOLD), *_words(each.finding), *_step(each.step)])


def _step(step: Strategy | None) -> Iterator[Any]:
    if step:
        yield text(f"A next step to think about: {step.title}. {step.text}")
        yield text(step.source, NOTE)


def _themes(report: SchoolReport) -> Iterator[Any]:
    yield PageBreak()
    for theme in report.themes:
        yield CondPageBreak(WIDTH / 2)
        yield Heading.at(0, theme.title, f"theme-{theme.key}")
        for topic in theme.topics:
            yield from _topic(topic)


def _topic(topic: TopicSection) -> Iterator[Any]:
    first, *rest = [_finding(each) for each in topic.findings]
    yield KeepTogether([Heading.at(1, topic.title, f"topic-{topic.key}"), *first])
    for each in rest:
        yield KeepTogether(each)
    heading = [Heading.at(2, "Answers", f"answers-{topic.key}")]
    for answers in topic.answers:
        yield KeepTogether([*heading, *_answers(answers)])
        heading = []
    if topic.answers_note:
        yield text(f"Answers to each question: {topic.answers_note}", NOTE)


def _groups(report: SchoolReport) -> Iterator[Any]:
    if report.values:
        return
    yield CondPageBreak(WIDTH / 2)
    yield Heading.at(0, "Groups", "groups")
    yield text(report.groups_read)
    for each in report.groups:
        more = (f"And {each.more} more.",) if each.more else ()
        heading = Heading.at(1, each.heading, f"groups-{each.heading}")
        yield KeepTogether([heading, *bullets((*each.sentences, *more))])
    if any(theme.groups for theme in report.themes):
        yield text(SHORT_NOTE, NOTE)
    for theme in report.themes:
        if theme.groups:
            yield Heading.at(1, f"{theme.title}: pupils who …", f"by-group-{theme.key}")
            headers, rows = theme.groups
            columns = len(headers) - 1
            yield table(headers, rows, [WIDTH * 0.3, *[WIDTH * 0.7 / columns] * columns])


def _change(report: SchoolReport) -> Iterator[Any]:
    change = report.change
    if change is None:
        return
    yield CondPageBreak(WIDTH / 2)
    yield Heading.at(0, f"Change since {change.then}", "change")
    yield text(change.said)
    for group in change.groups:
        yield Heading.at(1, group.heading, f"change-{group.heading}")
        yield from bullets([str(each.sentence) for each in group.changes])
    if change.table:
        yield Heading.at(1, "Every figure then and now", "change-table")
        yield text(TABLE_NOTE, NOTE)
        yield table(*change.table, SIXTHS)
    if change.apart:
        yield Heading.at(1, "Not compared, and why", "change-apart")
        yield from bullets(change.apart)


def _finding(finding: Finding) -> list[Any]:
    return [*_words(finding), *(_chart(finding.chart) if finding.chart else ())]


def _words(finding: Finding) -> list[Any]:
    parts = (finding.now, finding.then)
    return [text(" ".join(str(each) for each in part)) for part in parts if part]


def _answers(answers: QuestionAnswers) -> list[Any]:
    if answers.chart:
        return [text(answers.chart.title, BOLD), *_chart(answers.chart)]
    parts = [text(answers.text, BOLD)]
    if answers.note:
        parts.append(text(answers.note, NOTE))
    if answers.rows:
        parts.append(facts(answers.rows, HALF))
    return [*parts, Spacer(1, 6)]


def _chart(chart: Chart) -> Iterator[Any]:
    yield Figure(chart, WIDTH)
    yield text(chart.note, NOTE) if chart.note else Spacer(1, 4)


def _method(report: SchoolReport) -> Iterator[Any]:
    yield PageBreak()
    yield Heading.at(0, "How to read this", "method")
    yield facts(report.method.reading, HALF)
    for number, chapter in enumerate(report.method.chapters):
        yield Heading.at(1, chapter.title, f"method-{number}")
        yield from bullets(chapter.sentences)
    yield Spacer(1, 6)
    yield text(f"{report.method.statement} {report.method.not_covered}", BOLD)
    if report.not_shown:
        yield Heading.at(1, "What is not shown, and why", "not-shown")
        yield from bullets(report.not_shown)
    if report.method.citations:
        yield Heading.at(1, "Scales", "scales")
        yield from bullets(report.method.citations)
    yield text(f"Rules: {report.method.rules}.", NOTE)
