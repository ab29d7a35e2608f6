"""ReportLab drawings as PNG files, by way of a page of PDF: no system package is needed."""

import io
from threading import Lock

import pypdfium2
from PIL import Image
from reportlab.graphics.renderPDF import drawToString
from reportlab.graphics.shapes import Drawing

# PDFium may be used by one thread at a time.
PDFIUM = Lock()
COLOURS = 128


def to_png(drawing: Drawing, width: int) -> bytes:
    """The drawing, `width` pixels wide. The same drawing gives the same bytes."""
    page = drawToString(drawing)
    with PDFIUM:
        document = pypdfium2.PdfDocument(page)
        picture = document[0].render(scale=width / drawing.width).to_pil()
        document.close()
    # A few tints of few colours: a third of the bytes, and nobody sees it.
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    target = io.BytesIO()
    few.save(target, "PNG", optimize=True)
    return target.getvalue()
