"""One page for governors, whatever stands on it."""

from dataclasses import replace

import pytest

from reports.pdf import summary_pdf
from reports.presenters import compose
from reports.presenters.school import Fact, SchoolReport
from tests.papers import below_the_foot, check, read, words
from tests.unit.reports.test_presenters import given

LONG = "Saint Somebody of the Very Long Name and All Angels Voluntary Aided School " * 3


def short() -> SchoolReport:
    return replace(compose(given(), {}), stands_out=(), nothing="Nothing stands out.")


def long() -> SchoolReport:
    report = compose(given(), {})
    (found, *_) = report.stands_out
    sentence = found.finding.sentences[0]
    finding = replace(found.finding, sentences=(replace(sentence, text=sentence.text * 3),) * 3)
    each = replace(found, title=LONG, finding=finding)
    facts = tuple(Fact(LONG, LONG) for _ in range(9))
    return replace(report, school=LONG, stands_out=(each,) * 5, participation=facts, borough=LONG)


@pytest.mark.parametrize("report", [short, long, lambda: compose(given(), {})])
def test_it_is_one_tagged_page_of_a4(report: object) -> None:
    content = summary_pdf(report())  # type: ignore[operator]
    (page,) = read(content).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert below_the_foot(content) == []
    check(content)


def test_long_words_make_the_type_smaller_and_lose_nothing() -> None:
    text = words(summary_pdf(long()))
    assert text.count("All Angels Voluntary Aided School") >= 3 * (1 + 5)
    assert "No calculation from our published tables" in text


def test_it_says_who_took_part_and_what_stands_out() -> None:
    report, text = compose(given(), {}), words(summary_pdf(compose(given(), {})))
    assert f"{report.n} pupils took part" in text
    assert report.stands_out
    for each in report.stands_out:
        assert each.title in text
        assert str(each.finding.sentences[0]) in text
    assert "Higher than in the other schools." in text
    assert "seldom seen by chance" not in text  # said once, in other words
    assert "The full report holds every topic" in text


def test_nothing_is_said_where_nothing_stands_out() -> None:
    assert "Nothing stands out." in words(summary_pdf(short()))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert summary_pdf(compose(given(), {})) == summary_pdf(compose(given(), {}))
