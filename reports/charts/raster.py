"""Pictures of marks as PNG files, by way of a page of PDF: no system package is needed."""

import io
from threading import Lock

import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from reports import fonts
from reports.charts.marks import Picture

# PDFium may be used by one thread at a time.
PDFIUM = Lock()
COLOURS = 128


def to_png(picture: Picture, width: int) -> bytes:
    """The picture, `width` pixels wide. The same picture gives the same bytes."""
    page = _page(picture)
    with PDFIUM:
        document = pypdfium2.PdfDocument(page)
        pixels = document[0].render(scale=width / picture.width).to_pil()
        document.close()
    # A few tints of few colours: a third of the bytes, and nobody sees it.
    few = pixels.quantize(COLOURS, dither=Image.Dither.NONE)
    target = io.BytesIO()
    few.save(target, "PNG", optimize=True)
    return target.getvalue()


def _page(picture: Picture) -> bytes:
    """A PDF of one page of the picture's size."""
    fonts.register()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(picture.width, picture.height), invariant=1)
    picture.draw(canvas)
    canvas.save()
    return target.getvalue()
