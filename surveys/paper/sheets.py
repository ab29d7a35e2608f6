"""The sheets: a front page with the code, the questions, and what to do at the end."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from surveys.definition import Questionnaire
from surveys.paper.blocks import Blocks
from surveys.paper.route import Printed, printed
from surveys.paper.styles import GREY, REGULAR, Styles, register
from surveys.support import SupportCard

MARGIN = 18 * mm
GUTTER = 10 * mm
WIDTH = A4[0] - 2 * MARGIN
HEIGHT = A4[1] - 2 * MARGIN
FOOT = 8 * mm
NORMAL, LARGE = 12.0, 18.0  # points; large print begins at 16
WHOLE, QUESTIONS = "whole", "questions"  # the two kinds of page


@dataclass(frozen=True)
class Form:
    """What is printed: a questionnaire in its language, for one year group.

    `address` is where an adult types the form in, `fonts` the folder of the two DejaVu faces.
    """

    questionnaire: Questionnaire
    year_group: int
    address: str
    card: SupportCard
    fonts: Path
    large: bool = False


def paper_pdf(form: Form) -> bytes:
    """A4, in the order of the document, with page numbers; large print by half as much again."""
    register(form.fonts)
    # Once to count the pages, and once more to say how many there are.
    pages, _content = _built(form, pages=0)
    return _built(form, pages)[1]


def _built(form: Form, pages: int) -> tuple[int, bytes]:
    target = io.BytesIO()
    sheets = _Sheets(target, form, pages)
    sheets.build(list(_story(form)))
    return sheets.page, target.getvalue()


class _Sheets(BaseDocTemplate):
    def __init__(self, target: io.BytesIO, form: Form, pages: int) -> None:
        # A neutral title: it stands in the window's bar and on the printer's list.
        super().__init__(
            target,
            pagesize=A4,
            lang=form.questionnaire.language,
            title=_("Your lesson"),
            invariant=1,
        )
        self.pages = pages
        self.size = LARGE if form.large else NORMAL
        for name, columns in ((WHOLE, 1), (QUESTIONS, _columns(form))):
            self.addPageTemplates(PageTemplate(name, _frames(columns), onPage=self._foot))

    def _foot(self, canvas: Any, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, self.size * 0.8)
        canvas.setFillColor(GREY)
        words = {"page": canvas.getPageNumber(), "pages": self.pages}
        canvas.drawRightString(A4[0] - MARGIN, MARGIN, _("Page %(page)d of %(pages)d") % words)
        canvas.drawString(MARGIN, MARGIN, _("Private"))
        canvas.restoreState()


def _columns(form: Form) -> int:
    """Large print needs the whole width."""
    return 1 if form.large else 2


def _width(columns: int) -> float:
    return (WIDTH - (columns - 1) * GUTTER) / columns


def _frames(columns: int) -> list[Frame]:
    width = _width(columns)
    lefts = [MARGIN + n * (width + GUTTER) for n in range(columns)]
    return [Frame(left, MARGIN + FOOT, width, HEIGHT - FOOT, 0, 0, 0, 0) for left in lefts]


def _story(form: Form) -> Iterator[Any]:
    styles = Styles(LARGE if form.large else NORMAL)
    whole, narrow = Blocks(styles, WIDTH), Blocks(styles, _width(_columns(form)))
    questions = printed(form.questionnaire, form.year_group)
    yield from _front(whole, questions)
    yield NextPageTemplate(QUESTIONS)
    yield PageBreak()
    yield from _questions(narrow, questions)
    yield NextPageTemplate(WHOLE)
    yield PageBreak()
    yield from _end(whole, form)


def _front(blocks: Blocks, questions: Sequence[Printed]) -> Iterator[Any]:
    yield blocks.title(_("Questions about your life"))
    yield blocks.text(_("Stick your slip here, or write your code in the boxes."))
    yield blocks.code_boxes()
    yield blocks.heading(_("Your answers are private"))
    yield from blocks.bullets(
        [
            _("Do not write your name on these pages."),
            _("Your teachers, your school and your family do not see your answers."),
            _("One adult types in what you wrote here. This adult must not tell anybody."),
            _("Then these pages are destroyed."),
        ]
    )
    yield blocks.heading(_("You choose"))
    yield from blocks.bullets(
        [
            _("There are no right or wrong answers."),
            _("You can leave out any question."),
            _("You can stop at any time. Then go to the last page."),
        ]
    )
    yield blocks.heading(_("How to answer"))
    yield from blocks.bullets(_how_to_answer(questions))


def _how_to_answer(questions: Sequence[Printed]) -> Iterator[str]:
    yield _("Put a tick in the box of your answer.")
    yield _("Did you make a mistake? Fill the whole box and tick another one.")
    if any(question.note for question in questions):
        yield _("Some questions are only for some pupils. A line in grey says for whom.")
    yield _("If you need help, put your hand up.")


def _questions(blocks: Blocks, questions: Sequence[Printed]) -> Iterator[Any]:
    for section, of_section in groupby(questions, key=lambda each: each.page.section):
        heading: list[Any] = [blocks.heading(section)]
        for question in of_section:
            # A heading never stands alone at the foot of a page.
            yield KeepTogether([*heading, *blocks.question(question)])
            heading = []


def _end(blocks: Blocks, form: Form) -> Iterator[Any]:
    yield blocks.title(_("Thank you"))
    yield blocks.text(_("May we use your answers? If you leave this out, we use them."))
    yield from blocks.boxes([_("Yes, use my answers."), _("No, destroy these pages unread.")])
    yield blocks.text(_("Put all pages in the envelope and close it. Give it to the adult."))
    yield blocks.heading(_("Do you want to talk to somebody?"))
    for contact in form.card.contacts:
        yield blocks.contact(contact.name, contact.how, contact.detail)
    yield Spacer(1, blocks.styles.size * 0.5)
    # For an adult, so in English on every form.
    yield blocks.framed(
        f"For the adult: while the lesson is open, type this form in at {form.address}. "
        "Nothing is typed in where the pupil said no. Then shred the form."
    )
