"""The sheet of slips, read back from the PDF."""

import io
import re

import pypdfium2
import zxingcpp
from pypdf import PdfReader

from surveys.codes import new_code, shown
from surveys.slips import PLAY, PRIVATE, Slip, slips_pdf


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


def test_a_camera_reads_each_slips_own_link() -> None:
    """From a picture of the printed page, as a phone sees it, in the order of the codes."""
    slips = [Slip(new_code(), f"8B, number {n}") for n in range(1, 11)]
    content, _ = printed(slips)
    picture = pypdfium2.PdfDocument(content)[0].render(scale=2, grayscale=True).to_numpy()
    found = zxingcpp.read_barcodes(picture[:, :, 0] if picture.ndim == 3 else picture)
    places = {each.text: (each.position.top_left.y, each.position.top_left.x) for each in found}
    links = [f"https://x/go/{slip.code}/" for slip in slips]
    assert sorted(places) == sorted(links)
    rows = [links[n : n + 2] for n in range(0, 10, 2)]
    for (left, right), below in zip(rows, [*rows[1:], None], strict=True):
        assert places[left][1] < places[right][1]
        assert below is None or places[left][0] < places[below[0]][0]


def test_slips_of_a_rehearsal_say_so() -> None:
    content = slips_pdf(
        [Slip("234BCD5678", "Play code 1 of 1")],
        title="REHEARSAL: Trying it out",
        start="census.example/go/",
        link=lambda code: f"https://x/go/{code}/",
        note=PLAY,
    )
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "REHEARSAL" in text
    assert PLAY in text
    assert PRIVATE not in text


def test_odd_titles_do_not_stop_the_printer() -> None:
    _, pages = printed([Slip("234BCD5678", "8Ş, number 1")], title="(<b>Ünsal\\)" + "x" * 60)
    assert "8?, number 1" in pages[0]
    assert "(<b>Ünsal\\)" in pages[0]
