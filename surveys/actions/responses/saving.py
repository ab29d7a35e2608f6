"""Saving pages of answers, finishing and stopping: "saved" is said after the commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.actions.responses.opened import OpenResponse, open_row
from surveys.actions.responses.starts import Seat
from surveys.definition import Questionnaire, check_answers
from surveys.models import Response, SealedPage
from surveys.models.response import page_context
from surveys.refusal import Refused
from surveys.sealing import seal_answers
from surveys.signs import PAGE as ABOUT
from surveys.signs import sign_problems
from surveys.statements import write_pages, writing

MAX_SEQ = 2**53 - 1  # the largest whole number that a browser counts exactly
ENDS = {
    "send": Response.State.SUBMITTED,
    "keep": Response.State.STOPPED,
    "delete": Response.State.WITHDRAWN,
}


@dataclass(frozen=True)
class PageSave:
    """One page as the client sent it. `seq` is the client's own number, which only grows."""

    page: str
    seq: int
    answers: dict[str, Any]


@dataclass(frozen=True)
class Saved:
    """What a save was answered with: committed when it is returned."""

    lesson: str
    ended: bool


@writing()
def save_pages(*, seat: Seat, pages: Sequence[PageSave], end: str | None = None) -> Saved:
    """Store pages of answers in one durable commit: all of them, or none and a reason.

    A page is replaced only by a higher `seq`; a replay changes nothing and is answered the
    same way; a late lower `seq` never overwrites. No clock decides anything. `end` is a word
    of ENDS and ends the response in the same commit.
    """
    opened = open_row(seat, lock=True)
    if pages:
        _store(opened, pages)
    if end is not None:
        _end(seat, end)
    return Saved(opened.lesson, ended=end is not None)


@writing()
def answer_page(*, seat: Seat, page: str, seq: int, answers: dict[str, Any]) -> OpenResponse:
    """Store a page that a person sent from a form, and give the response back.

    Another tab may have saved the page since the form was drawn, under the same or a higher
    number. The person at this form saw and sent the page last, so other answers are stored
    under the next number; the same answers again change nothing.
    """
    opened = open_row(seat, lock=True)
    stored = opened.stored().get(page)
    last = stored.seq if stored else 0
    if seq <= last and stored and stored.answers == answers:
        return opened
    _store(opened, [PageSave(page, max(seq, last + 1), answers)])
    return opened


def finish(*, seat: Seat) -> None:
    """Submit. The key for resuming goes at once, so the next person at the device finds nothing."""
    save_pages(seat=seat, pages=(), end="send")


def stop(*, seat: Seat, keep: bool) -> None:
    """Stop early. The pupil chooses whether the answers so far are kept or deleted."""
    save_pages(seat=seat, pages=(), end="keep" if keep else "delete")


def _store(opened: OpenResponse, pages: Sequence[PageSave]) -> None:
    for save in pages:
        _check(opened.definition, save)
    write_pages(opened.response, [_sealed(opened, save) for save in _newest(pages)])


def _newest(pages: Iterable[PageSave]) -> Iterable[PageSave]:
    """Of a page that came twice in one request, the one with the higher number."""
    return {save.page: save for save in sorted(pages, key=lambda save: save.seq)}.values()


def _check(definition: Questionnaire, save: PageSave) -> None:
    if type(save.seq) is not int or not 0 < save.seq <= MAX_SEQ:  # True is no number here
        raise Refused("seq must be a whole number above 0.", code="invalid")
    if save.page == ABOUT:
        problems = sign_problems(save.answers)
    else:
        problems = tuple(map(str, check_answers(definition, save.page, save.answers)))
    if problems:
        raise Refused(
            "Some answers do not fit the questions.", code="invalid", problems=tuple(problems)
        )


def _sealed(opened: OpenResponse, save: PageSave) -> tuple[str, int, bytes]:
    context = page_context(opened.response, save.page, save.seq)
    return save.page, save.seq, seal_answers(opened.data_key, save.answers, context=context)


def _end(seat: Seat, end: str) -> None:
    if end not in ENDS:
        raise Refused("end must be send, keep or delete.", code="invalid")
    if ENDS[end] == Response.State.WITHDRAWN:
        SealedPage.objects.filter(response_id=seat.response).delete()
    Response.objects.filter(pk=seat.response).update(state=ENDS[end], resume_wrap=None)
