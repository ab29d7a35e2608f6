"""What stands on a sheet: texts, boxes to tick, a row of numbers. Every text is escaped here."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from surveys.definition import Option
from surveys.paper.route import Printed, is_number
from surveys.paper.styles import GREY, INK, Styles
from surveys.paper.symbols import Symbol

BOX = "☐"
GROUPS = (3, 3, 4)  # how a code is printed on a slip


class Blocks:
    """Flowables in the styles of one size, for a column of `width` points."""

    def __init__(self, styles: Styles, width: float) -> None:
        self.styles, self.width = styles, width

    def title(self, words: str) -> Flowable:
        return _text(words, self.styles.title)

    def heading(self, words: str) -> Flowable:
        return _text(words, self.styles.heading)

    def text(self, words: str) -> Flowable:
        return _text(words, self.styles.body)

    def bullets(self, lines: Iterable[str]) -> Iterator[Flowable]:
        return (Paragraph(escape(line), self.styles.bullet, bulletText="•") for line in lines)

    def boxes(self, labels: Iterable[str]) -> Iterator[Flowable]:
        return (Paragraph(escape(label), self.styles.option, bulletText=BOX) for label in labels)

    def contact(self, name: str, how: str, detail: str) -> Flowable:
        words = f"<b>{escape(name)}</b>: {escape(how)}. {escape(detail)}"
        return Paragraph(words, self.styles.contact)

    def framed(self, words: str) -> Flowable:
        table = Table([[_text(words, self.styles.adult)]], colWidths=[self.width])
        table.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.8, GREY)]))
        return table

    def code_boxes(self) -> Flowable:
        """Ten squares in the groups of a slip's code."""
        side, gap = self.styles.size * 2.2, self.styles.size
        places = "".join("x" * group + " " for group in GROUPS).strip()
        widths = [side if place == "x" else gap for place in places]
        table = Table([[""] * len(places)], colWidths=widths, rowHeights=[side])
        table.hAlign = "LEFT"
        squares = [n for n, place in enumerate(places) if place == "x"]
        table.setStyle(TableStyle([("BOX", (n, 0), (n, 0), 1, INK) for n in squares]))
        return table

    def question(self, question: Printed) -> list[Flowable]:
        """All that belongs to it, complete in itself: the intro of its page stands here too."""
        return [*self._asked(question), *self._answers(question), self._gap(1.1)]

    def _asked(self, question: Printed) -> Iterator[Flowable]:
        item, styles = question.item, self.styles
        if item.symbol:
            yield Symbol(item.symbol, styles.size * 4)
            yield self._gap(0.4)
        if question.note:
            yield _text(question.note, styles.note)
        if question.page.intro:
            yield _text(question.page.intro, styles.intro)
        yield _text(f"{question.number}. {item.text}", styles.question)
        if item.help:
            yield _text(item.help, styles.body)

    def _gap(self, times: float) -> Flowable:
        return Spacer(1, self.styles.size * times)

    def _answers(self, question: Printed) -> Iterator[Flowable]:
        options = question.item.kind.options
        answers = [option for option in options if option.kind == "answer"]
        if is_number(question.item):
            yield from self._row(answers)
        elif question.item.kind.name in {"number", "percent"}:
            yield self._to_write("%" if question.item.kind.name == "percent" else "")
        elif any(option.symbol for option in answers):
            yield self._faces(answers)
        else:
            yield from self.boxes(option.label for option in answers)
        yield from self._apart([option for option in options if option.kind != "answer"])

    def _apart(self, options: Sequence[Option]) -> Iterator[Flowable]:
        """ "I do not know" and "prefer not to say": to choose like the others, but set apart."""
        if options:
            yield self._gap(0.5)
            yield from self.boxes(option.label for option in options)

    def _row(self, options: Sequence[Option]) -> Iterator[Flowable]:
        """A box for each number, and below the row what its two ends stand for."""
        numbers = [_text(str(option.code), self.styles.cell) for option in options]
        boxes = [_text(BOX, self.styles.box) for _ in options]
        table = Table([numbers, boxes], colWidths=[self.width / len(options)] * len(options))
        table.setStyle(_CLOSE)
        yield table
        first, last = (_meaning(option) for option in (options[0], options[-1]))
        if first or last:
            ends = [_text(first, self.styles.end), _text(last, self.styles.end_right)]
            yield Table([ends], colWidths=[self.width / 2] * 2, style=_CLOSE)

    def _faces(self, options: Sequence[Option]) -> Flowable:
        drawings = [Symbol(option.symbol, self.styles.size * 4) for option in options]
        labels = [_text(option.label, self.styles.cell) for option in options]
        boxes = [_text(BOX, self.styles.box) for _ in options]
        widths = [self.width / len(options)] * len(options)
        table = Table([drawings, labels, boxes], colWidths=widths)
        table.setStyle(TableStyle([("ALIGN", (0, 0), (-1, -1), "CENTER")]))
        return table

    def _to_write(self, unit: str) -> Flowable:
        side = self.styles.size
        table = Table([["", unit]], colWidths=[side * 5, side * 2], rowHeights=[side * 2.2])
        table.hAlign = "LEFT"
        size = ("FONT", (1, 0), (1, 0), self.styles.body.fontName, side)
        table.setStyle(TableStyle([("BOX", (0, 0), (0, 0), 1, INK), size]))
        return table


_CLOSE = TableStyle(
    [(f"{side}PADDING", (0, 0), (-1, -1), 1) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
)


def _text(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(words), style)


def _meaning(option: Option) -> str:
    """ "Not at all" of the option "0 Not at all"; nothing of a number alone."""
    return option.label.removeprefix(str(option.code)).strip()
