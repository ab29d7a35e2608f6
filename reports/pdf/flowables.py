"""What the sheets are made of: paragraphs, headings, lists, tables and figures, each of which
knows what it is in the structure tree."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Self

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paraparser import ParaFrag

from reports.charts import Chart
from reports.charts.marks import width_of
from reports.charts.paper import alternative, render
from reports.pdf.styles import BODY, BULLET, CELL, CLOSE, HEAD, HEADINGS, RULED, TITLE
from reports.pdf.tags import Element

ROW, COLUMN = "<</O /Table /Scope /Row>>", "<</O /Table /Scope /Column>>"
PADDING = 4  # points that a table of numbers keeps free beside the words of a cell


class Words(Paragraph):  # type: ignore[misc]
    """Text without markup, in one style: nothing is parsed, so nothing needs to be escaped.

    Over two pages it is two pieces of one element.
    """

    element: Element

    @classmethod
    def of(cls, words: object, style: ParagraphStyle, element: Element) -> Self:
        """Any text as the content of an element."""
        made = cls(None, style, frags=[_pattern(style).clone(text=" ".join(str(words).split()))])
        made.element = element
        return made

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Lines are broken once for a width, however often the page asks."""
        if hasattr(self, "blPara") and self.width == width:
            return width, self.height
        return super().wrap(width, height)  # type: ignore[no-any-return]

    def split(self, width: float, height: float) -> list["Words"]:
        pieces: list[Words] = super().split(width, height)
        for piece in pieces:
            piece.element = self.element
            if piece is not self:
                piece.__dict__.pop("blPara", None)  # lines of another width or kind: break anew
        return pieces

    def draw(self) -> None:
        with self.canv.content(self.element):
            super().draw()


@cache
def _pattern(style: ParagraphStyle) -> ParaFrag:
    """What ReportLab's parser makes of plain text in a style."""
    return Paragraph("x", style).frags[0]


class Heading(Words):
    """A heading of level 0 to 2, under the title, that goes into the outline under `key`."""

    words = key = ""
    level = 0

    @classmethod
    def at(cls, level: int, words: str, key: str) -> Self:
        made = cls.of(words, HEADINGS[level], Element(f"H{level + 2}"))
        made.words, made.level, made.key = words, level, key
        return made


class Header(Words):
    """A column's header. Where it is drawn again, on the next sheet, it is decoration."""

    def draw(self) -> None:
        if not self.element.kids:
            super().draw()
            return
        with self.canv.artifact():
            Paragraph.draw(self)


class Bullet(Words):
    """An entry of a list, with its dot as the entry's label."""

    label: Element | None = None

    def split(self, width: float, height: float) -> list[Words]:
        pieces = super().split(width, height)
        if pieces and isinstance(pieces[0], Bullet):
            pieces[0].label = self.label
        return pieces

    def draw(self) -> None:
        if self.label:
            with self.canv.content(self.label):
                self.canv.setFont(self.style.fontName, self.style.fontSize)
                self.canv.setFillColor(self.style.textColor)
                self.canv.drawString(1, self.height - self.style.fontSize, "•")
        super().draw()


class Figure(Flowable):  # type: ignore[misc]
    """A chart with the words that stand for it."""

    def __init__(self, chart: Chart, width: float) -> None:
        super().__init__()
        self.picture = render(chart, width)
        self.element = Element("Figure", alt=alternative(chart))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.picture.width, self.picture.height

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        right, top = left + self.picture.width, bottom + self.picture.height
        box = f"/BBox [{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]"
        self.element.attributes = f"<</O /Layout /Placement /Block {box}>>"
        with self.canv.content(self.element):
            self.picture.draw(self.canv)


class Line(Flowable):  # type: ignore[misc]
    """A few words on one line of a table: a paragraph takes five times as long to lay out."""

    def __init__(self, words: str, style: ParagraphStyle, element: Element) -> None:
        super().__init__()
        self.words, self.style, self.element = words, style, element

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        return width, self.style.leading

    def draw(self) -> None:
        with self.canv.content(self.element):
            self.canv.setFont(self.style.fontName, self.style.fontSize)
            self.canv.setFillColor(self.style.textColor)
            self.canv.drawString(0, self.style.leading - self.style.fontSize, self.words)


class Facts(Table):  # type: ignore[misc]
    """A table whose rules are decoration."""

    def _drawLines(self) -> None:  # noqa: N802 - ReportLab's name
        with self.canv.artifact():
            super()._drawLines()


def text(words: object, style: ParagraphStyle = BODY) -> Words:
    """Any text as a paragraph."""
    return Words.of(words, style, Element("P"))


def title(words: object) -> Words:
    """What the whole document is called."""
    return Words.of(words, TITLE, Element("H1"))


def bullets(lines: Iterable[object], style: ParagraphStyle = BULLET) -> list[Bullet]:
    """A list."""
    whole, made = Element("L", attributes="<</O /List /ListNumbering /Disc>>"), []
    for line in lines:
        entry = Element("LI", whole)
        label = Element("Lbl", entry)
        bullet = Bullet.of(line, style, Element("LBody", entry))
        bullet.label = label
        made.append(bullet)
    return made


def facts(rows: Sequence[tuple[str, str]], widths: Sequence[float]) -> Facts:
    """Names and values with thin rules between the rows; the names are the rows' headers."""
    whole = Element("Table")
    table = Facts([_row(whole, *row) for row in rows], colWidths=list(widths))
    table.hAlign = "LEFT"
    table.setStyle(RULED)
    return table


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Facts:
    """Numbers under their headers, which stand on every sheet; a row's first cell is its header."""
    whole = Element("Table")
    head = Element("TR", whole)
    top = [Header.of(each, HEAD, Element("TH", head, attributes=COLUMN)) for each in headers]
    cells = [top, *(_line(whole, row, widths) for row in rows)]
    made = Facts(cells, colWidths=list(widths), repeatRows=1)
    made.hAlign = "LEFT"
    made.setStyle(RULED)
    made.setStyle(CLOSE)
    return made


def _row(whole: Element, name: str, value: str) -> list[Words]:
    row = Element("TR", whole)
    header = Words.of(name, CELL, Element("TH", row, attributes=ROW))
    return [header, Words.of(value, CELL, Element("TD", row))]


def _line(whole: Element, row: Sequence[str], widths: Sequence[float]) -> list[Words | Line]:
    element = Element("TR", whole)
    name, *values = row
    header = Words.of(name, CELL, Element("TH", element, attributes=ROW))
    pairs = zip(values, widths[1:], strict=True)
    return [header, *(_value(each, width, Element("TD", element)) for each, width in pairs)]


def _value(words: str, width: float, element: Element) -> Words | Line:
    fits = width_of(words, CELL.fontSize) + PADDING <= width
    return Line(words, CELL, element) if fits else Words.of(words, CELL, element)
