"""The sheet of slips, read back from the PDF."""

import io
import re

from pypdf import PdfReader

from surveys.codes import new_code, shown
from surveys.slips import Slip, slips_pdf


def printed(slips: list[Slip], title: str = "Lesson") -> tuple[bytes, list[str]]:
    content = slips_pdf(
        slips, title=title, start="census.example/go/", link=lambda code: f"https://x/go/{code}/"
    )
    return content, [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_each_slip_says_code_place_and_address() -> None:
    slips = [Slip(new_code(), f"8B, number {n}") for n in range(1, 24)]
    _, pages = printed(slips)
    assert [page.count("census.example/go/") for page in pages] == [10, 10, 3]
    text = "\n".join(pages)
    for slip in slips:
        assert shown(slip.code) in text
        assert len(re.findall(rf"{slip.place_in_class}$", text, re.MULTILINE)) == 1
    assert text.count("This is private") == 23


def test_a4_and_the_same_bytes_each_time() -> None:
    slips = [Slip("234BCD5678", "8B, number 1")]
    content, _ = printed(slips)
    assert content == printed(slips)[0]
    box = PdfReader(io.BytesIO(content)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_the_qr_depends_on_the_code() -> None:
    one, _ = printed([Slip("234BCD5678", "8B")])
    other, _ = printed([Slip("234BCD5679", "8B")])
    assert one != other


def test_odd_titles_do_not_stop_the_printer() -> None:
    _, pages = printed([Slip("234BCD5678", "8Ş, number 1")], title="(<b>Ünsal\\)" + "x" * 60)
    assert "8?, number 1" in pages[0]
    assert "(<b>Ünsal\\)" in pages[0]
