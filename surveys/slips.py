"""Slips: what a pupil holds in the hand to begin. Pure: slips in, a PDF's bytes out."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.codes import shown

COLUMNS, ROWS = 2, 5
PRIVATE = "This is private. Only you use this code."
PLAY = "To try it out. Nothing that is typed is kept."
INK, GREY = (0.04, 0.05, 0.05), (0.45, 0.47, 0.49)


# Text, font, its size, how far down, and the room to leave beside it; all in points.
Line = tuple[str, str, float, float, float]


@dataclass(frozen=True)
class Slip:
    """What is printed for one pupil. It exists only while it is being printed."""

    code: str
    place_in_class: str


def slips_pdf(
    slips: Sequence[Slip],
    *,
    title: str,
    start: str,
    link: Callable[[str], str],
    note: str = PRIVATE,
) -> bytes:
    """Ten slips a page of A4, in the order given, with lines to cut along.

    `title` heads every slip, `start` is the address to type, `link` makes the QR's from a
    code, `note` is the last line. The same input gives the same bytes.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("Slips")
    for first in range(0, len(slips), COLUMNS * ROWS):
        for place, slip in enumerate(slips[first : first + COLUMNS * ROWS]):
            _draw(canvas, place, _lines(slip, title, start, note), link(slip.code))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, place: int, lines: Sequence[Line], link: str) -> None:
    page_width, page_height = canvas._pagesize
    width, height = page_width / COLUMNS, page_height / ROWS
    canvas.saveState()
    canvas.translate(place % COLUMNS * width, page_height - (place // COLUMNS + 1) * height)
    _cut_lines(canvas, width, height)
    _words(canvas, width, height, lines)
    _qr(canvas, link, x=width - 92, y=height - 108, size=74)
    canvas.restoreState()


def _cut_lines(canvas: Any, width: float, height: float) -> None:
    canvas.setStrokeColorRGB(*GREY)
    canvas.setDash(2, 3)
    canvas.rect(0, 0, width, height)


def _lines(slip: Slip, title: str, start: str, note: str) -> tuple[Line, ...]:
    return (
        (_plain(title), "Helvetica-Bold", 11, 30, 84),
        (f"Go to {_plain(start)}", "Helvetica", 9.5, 48, 84),
        ("and enter this code, or scan:", "Helvetica", 9.5, 62, 84),
        (shown(slip.code), "Courier-Bold", 21, 98, 80),
        (_plain(slip.place_in_class), "Helvetica", 10, 124, 0),
        (note, "Helvetica", 9.5, 140, 0),
    )


def _words(canvas: Any, width: float, height: float, lines: Sequence[Line]) -> None:
    left, room = 22, width - 44
    canvas.setFillColorRGB(*INK)
    for text, font, size, down, beside in lines:
        canvas.setFont(font, _fitting(canvas, text, font, size, room - beside))
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
