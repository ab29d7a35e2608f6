"""The paper says what the page says."""

import pytest

from reports.charts import Chart
from reports.charts.paper import alternative
from reports.pdf import school_report_pdf
from reports.presenters import compose
from reports.presenters.school import SchoolReport
from tests.papers import Node, check, read, words
from tests.unit.reports.test_presenters import given


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return school_report_pdf(compose(given(key="100002"), {}))


@pytest.fixture(scope="module")
def tree(pdf: bytes) -> Node:
    return check(pdf)


def charts(report: SchoolReport) -> list[Chart]:
    topics = [topic for theme in report.themes for topic in theme.topics]
    found = [(f.chart for f in topic.findings) for topic in topics]
    answers = [(a.chart for a in topic.answers) for topic in topics]
    return [c for pair in zip(found, answers, strict=True) for each in pair for c in each if c]


def test_every_sentence_is_on_paper(pdf: bytes) -> None:
    report, text = compose(given(key="100002"), {}), words(pdf)
    assert report.sentences
    for sentence in report.sentences:
        assert sentence.text in text
    assert report.method.statement in text
    for fact in report.participation:
        assert fact.value in text


def test_the_same_report_gives_the_same_bytes(pdf: bytes) -> None:
    assert school_report_pdf(compose(given(key="100002"), {})) == pdf


def test_markup_in_names_is_text(pdf: bytes) -> None:
    text = words(pdf)
    first = read(pdf).pages[0].extract_text()
    assert first.count("Birch <b>Academy</b> & College") == 2  # running head and title
    assert "The <time>" in text
    assert "a mood scale & <more>" in text


def test_title_and_bookmarks(pdf: bytes) -> None:
    reader = read(pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == "Birch <b>Academy</b> & College: school report, Summer 2026"
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles[:3] == ["Who took part", "What stands out", "Understanding yourself"]


def test_pages_are_numbered_and_made_up_data_say_so(pdf: bytes) -> None:
    pages = read(pdf).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number}" in text
        assert "Made-up data" in text


def test_every_chart_is_a_figure_that_says_its_sentences(tree: Node) -> None:
    figures = [node.alt for node in tree.walk() if node.kind == "Figure"]
    drawn = charts(compose(given(key="100002"), {}))
    assert figures == [" ".join(alternative(chart).split()) for chart in drawn]
    assert len(figures) > 8


def test_facts_are_tables_and_the_method_is_lists(tree: Node) -> None:
    report = compose(given(key="100002"), {})
    tables = [node for node in tree.walk() if node.kind == "Table"]
    lists = [node for node in tree.walk() if node.kind == "L"]
    assert len(tables[0].kids) == len(report.participation)
    wanted = [each.sentences for each in report.method.chapters]
    assert [len(each.kids) for each in lists[: len(wanted)]] == [len(each) for each in wanted]


def test_the_running_head_is_not_read_aloud(pdf: bytes, tree: Node) -> None:
    """Every page has it, and no element of the tree holds it: all the rest is in the tree."""
    pages = read(pdf).pages
    assert len(pages) > 3
    for page in pages:
        assert page.get_contents().get_data().count(b"/Artifact <</Type /Pagination>> BDC") == 1
