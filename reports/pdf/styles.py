"""Paragraphs, headings and small tables. Every text is escaped here and nowhere else."""

from collections.abc import Iterable, Sequence
from html import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from reports import fonts
from reports.charts.palette import GREY, INK, NAVY, RULE

fonts.register()


def _style(name: str, size: float, *, bold: bool = False, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        fontSize=size,
        leading=size * 1.4,
        **{"textColor": HexColor(INK), "spaceAfter": 5, **more},
    )


BODY = _style("body", 9.5)
LEAD = _style("lead", 11.5, spaceAfter=8)
NOTE = _style("note", 8, textColor=HexColor(GREY))
BOLD = _style("bold", 9.5, bold=True)
BULLET = _style("bullet", 9.5, leftIndent=11, bulletIndent=1, spaceAfter=3)
CELL = _style("cell", 8.5, spaceAfter=0)
CAPTION = _style("caption", 11, textColor=HexColor(GREY), spaceAfter=2)
TITLE = _style("title", 23, bold=True, textColor=HexColor(NAVY), spaceAfter=12)
HEADINGS = (
    _style("heading 1", 16, bold=True, textColor=HexColor(NAVY), spaceBefore=14, spaceAfter=7),
    _style("heading 2", 12, bold=True, spaceBefore=11, spaceAfter=4),
    _style("heading 3", 10, bold=True, spaceBefore=8, spaceAfter=3),
)
# Headings must not stand alone at the foot of a page.
for heading in HEADINGS:
    heading.keepWithNext = 1


class Heading(Paragraph):
    """A heading of level 0 to 2 that goes into the outline under `key`."""

    def __init__(self, words: str, level: int, key: str) -> None:
        super().__init__(escape(words), HEADINGS[level])
        self.words, self.level, self.key = words, level, key


def text(words: object, style: ParagraphStyle = BODY) -> Paragraph:
    """Any text as a paragraph."""
    return Paragraph(escape(str(words)), style)


def bullets(lines: Iterable[object]) -> list[Paragraph]:
    """A list."""
    return [Paragraph(escape(str(line)), BULLET, bulletText="•") for line in lines]


def facts(rows: Sequence[tuple[str, str]], widths: Sequence[float]) -> Table:
    """Names and values with thin rules between the rows."""
    table = Table([[text(a, CELL), text(b, CELL)] for a, b in rows], colWidths=list(widths))
    table.hAlign = "LEFT"
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(RULE)),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table
