"""The paper says what the page says."""

import io
import re

import pytest
from pypdf import PdfReader

from reports.pdf import school_report_pdf
from reports.presenters import compose
from tests.unit.reports.test_presenters import given


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return school_report_pdf(compose(given(key="100002"), {}))


def words(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text)


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
    first = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert first.count("Birch <b>Academy</b> & College") == 2  # running head and title
    assert "The <time>" in text
    assert "a mood scale & <more>" in text


def test_title_language_bookmarks_and_embedded_fonts(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Birch <b>Academy</b> & College: school report, Summer 2026"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles[:3] == ["Who took part", "What stands out", "Understanding yourself"]
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    used = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert any("DejaVuSans" in name for name in used)


def test_pages_are_numbered_and_made_up_data_say_so(pdf: bytes) -> None:
    pages = PdfReader(io.BytesIO(pdf)).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number}" in text
        assert "Made-up data" in text
