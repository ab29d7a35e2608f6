"""The two faces every PDF embeds: ReportLab's own fonts lack letters such as ş, ę and ŵ."""

from functools import cache
from pathlib import Path

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"
FOLDER = Path(__file__).parent


@cache
def register() -> None:
    """Make both faces known to ReportLab; cheap to call again."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"{name}.ttf"))
    for bold, name in ((0, REGULAR), (1, BOLD)):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, name)
