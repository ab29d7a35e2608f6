"""How text and tables look."""

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import TableStyle

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
HEAD = _style("head", 7.5, bold=True, spaceAfter=0)
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

RULED = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR),  # or each page would name a font not embedded
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(RULE)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)
# For many narrow columns.
CLOSE = TableStyle(
    [
        ("LEFTPADDING", (1, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ]
)
