"""Type on paper: DejaVu, which has the letters of Welsh; all sizes follow from one."""

from functools import cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
INK, GREY = HexColor("#0b0c0c"), HexColor("#4a5056")


@cache
def register(folder: Path) -> None:
    """Make both faces known to ReportLab; cheap to call again."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)


class Styles:
    """The paragraph styles for a base size in points."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.body = self._style("body", spaceAfter=size * 0.5)
        self.option = self._style(
            "option",
            leftIndent=size * 2,
            bulletIndent=0,
            bulletFontName=REGULAR,
            bulletFontSize=size * 1.5,
            spaceAfter=size * 0.35,
        )
        self.bullet = self._style(
            "bullet",
            leftIndent=size * 1.4,
            bulletFontName=REGULAR,
            bulletFontSize=size,
            spaceAfter=size * 0.25,
        )
        self.intro = self._style("intro", spaceAfter=size * 0.2)
        self.question = self._style("question", bold=True, spaceAfter=size * 0.4)
        self.note = self._style("note", times=0.85, textColor=GREY, spaceAfter=size * 0.3)
        self.heading = self._style(
            "heading", 1.2, bold=True, spaceBefore=size * 0.5, spaceAfter=size * 0.3
        )
        self.title = self._style("title", 1.5, bold=True, spaceAfter=size * 0.4)
        # For the adult who types it in: as large as on any letter, whatever the pupil needs.
        self.adult = self._style("adult", 10 / size)
        self.contact = self._style("contact", spaceAfter=size * 0.25)
        self.cell = self._style("cell", alignment=1)
        self.box = self._style("box", 1.5, alignment=1)
        self.end = self._style("end", times=0.85)
        self.end_right = self._style("end right", times=0.85, alignment=2)

    def _style(
        self, name: str, times: float = 1, *, bold: bool = False, **more: object
    ) -> ParagraphStyle:
        size = self.size * times
        look = {"textColor": INK, "fontName": BOLD if bold else REGULAR}
        return ParagraphStyle(name, **{**look, "fontSize": size, "leading": size * 1.4, **more})
