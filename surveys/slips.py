"""Slips: what a pupil holds in the hand to begin. Pure: slips in, a PDF's bytes out."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.codes import shown

COLUMNS, ROWS = 2, 5
INK, GREY = (0.04, 0.05, 0.05), (0.45, 0.47, 0.49)


@dataclass(frozen=True)
class Slip:
    """What is printed for one pupil. It exists only while it is being printed."""

    code: str
    place_in_class: str


def slips_pdf(
    slips: Sequence[Slip], *, title: str, start: str, link: Callable[[str], str]
) -> bytes:
    """Ten slips a page of A4, in the order given, with lines to cut along.

    `title` heads every slip, `start` is the address to type, `link` makes the QR's from a code.
    The same input gives the same bytes.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("Slips")
    for first in range(0, len(slips), COLUMNS * ROWS):
        for place, slip in enumerate(slips[first : first + COLUMNS * ROWS]):
            _draw(canvas, place, slip, title, start, link(slip.code))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, place: int, slip: Slip, title: str, start: str, link: str) -> None:
    page_width, page_height = canvas._pagesize
    width, height = page_width / COLUMNS, page_height / ROWS
    canvas.saveState()
    canvas.translate(place % COLUMNS * width, page_height - (place // COLUMNS + 1) * height)
    _cut_lines(canvas, width, height)
    _words(canvas, width, height, slip, title, start)
    _qr(canvas, link, x=width - 92, y=height - 108, size=74)
    canvas.restoreState()


def _cut_lines(canvas: Any, width: float, height: float) -> None:
    canvas.setStrokeColorRGB(*GREY)
    canvas.setDash(2, 3)
    canvas.rect(0, 0, width, height)


def _words(canvas: Any, width: float, height: float, slip: Slip, title: str, start: str) -> None:
    left, room = 22, width - 44
    lines: tuple[tuple[str, str, float, float, float], ...] = (
        (_plain(title), "Helvetica-Bold", 11, 30, room - 84),
        (f"Go to {_plain(start)}", "Helvetica", 9.5, 48, room - 84),
        ("and enter this code, or scan:", "Helvetica", 9.5, 62, room - 84),
        (shown(slip.code), "Courier-Bold", 21, 98, room - 80),
        (_plain(slip.place_in_class), "Helvetica", 10, 124, room),
        ("This is private. Only you use this code.", "Helvetica", 9.5, 140, room),
    )
    canvas.setFillColorRGB(*INK)
    for text, font, size, down, most in lines:
        canvas.setFont(font, _fitting(canvas, text, font, size, most))
        canvas.drawString(left, height - down, text)


def _fitting(canvas: Any, text: str, font: str, size: float, most: float) -> float:
    """The size at which a line fits its room: long titles and addresses shrink, none is cut."""
    width: float = canvas.stringWidth(text, font, size)
    return min(size, size * most / max(width, 1))


def _plain(text: str) -> str:
    # The fonts built into PDF know Latin-1 only; a class name outside it must not stop printing.
    return text.encode("latin-1", "replace").decode("latin-1")


def _qr(canvas: Any, link: str, *, x: float, y: float, size: float) -> None:
    import segno

    matrix = segno.make_qr(link, error="m").matrix
    dot = size / len(matrix)
    canvas.setDash()
    path = canvas.beginPath()
    for row, cells in enumerate(matrix):
        for column, dark in enumerate(cells):
            if dark:
                path.rect(x + column * dot, y + size - (row + 1) * dot, dot, dot)
    canvas.drawPath(path, stroke=0, fill=1)
