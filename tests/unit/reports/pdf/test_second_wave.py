"""Groups and change on paper: tables under headers that stand on every sheet and are read once."""

from dataclasses import replace

import pytest

from reports.pdf import school_report_pdf, summary_pdf
from reports.presenters import compose
from reports.presenters.school import SchoolReport
from tests.papers import Node, check, read, words
from tests.sources import given, second

CEDAR = "100003"
HEADERS = ("Figure", "May 2024", "Now", "Change", "Likely range", "Verdict")


@pytest.fixture(scope="module")
def report() -> SchoolReport:
    return compose(second("school", CEDAR), {})


@pytest.fixture(scope="module")
def pdf(report: SchoolReport) -> bytes:
    return school_report_pdf(report)


def tables(content: bytes) -> list[Node]:
    return [node for node in check(content).walk() if node.kind == "Table"]


def test_every_change_of_the_page_is_in_the_papers_table(report: SchoolReport, pdf: bytes) -> None:
    text = words(pdf)
    assert "Change since May 2024" in text
    assert report.change is not None
    assert report.change.table is not None
    assert report.change.table[0] == HEADERS
    for row in report.change.table[1]:
        assert " ".join(row) in text
    for group in report.change.groups:
        assert all(str(each.sentence) in text for each in group.changes)


def test_each_theme_has_its_groups_in_a_table(report: SchoolReport, pdf: bytes) -> None:
    text, source = words(pdf), second("school", CEDAR)
    for theme in report.themes:
        assert theme.groups is not None
        headers, rows = theme.groups
        assert headers[:5] == ("Pupils who …", "Year 8", "Year 10", "Girls", "Boys")
        for row in rows:
            assert " ".join(row) in text
    girls = source.cube.cell(source.group((("sex", "F"),)), "enough_sleep")
    (row,) = (r for t in report.themes for r in t.groups[1] if r[0] == "Said they get enough sleep")
    assert row[3] == f"{girls.percent:.0f}%"


def test_columns_have_headers_that_a_reader_hears_once(report: SchoolReport) -> None:
    assert report.change is not None
    assert report.change.table is not None
    headers, rows = report.change.table
    many = replace(report.change, table=(headers, rows * 14))
    content = school_report_pdf(replace(report, change=many))
    table = max(tables(content), key=lambda node: len(node.kids))
    assert len(table.kids) == 1 + len(rows) * 14
    scopes = [[cell.scope for cell in row.kids] for row in table.kids[:2]]
    assert scopes[0] == ["/Column"] * 6
    assert scopes[1][0] == "/Row"
    pages = [page.extract_text() for page in read(content).pages]
    assert sum("Likely range" in page and "Verdict" in page for page in pages) > 1


def test_a_first_wave_has_groups_and_no_change() -> None:
    text = words(school_report_pdf(compose(given("school", CEDAR), {})))
    assert "Change since" not in text
    assert "By group" not in text
    assert "Not FSM" in text


def test_governors_read_what_changed_on_their_one_page(report: SchoolReport) -> None:
    content = summary_pdf(report)
    assert len(read(content).pages) == 1
    assert report.change is not None
    (group,) = report.change.groups
    text = words(content)
    assert group.heading in text
    assert str(group.changes[0].sentence) in text
    assert report.change.said in text
    crowded = replace(report.change, groups=(replace(group, changes=group.changes * 5),))
    text = words(summary_pdf(replace(report, change=crowded)))
    assert text.count(str(group.changes[0].sentence)) == 3
    assert "And 2 more." in text
