"""A pupil's own actions: start or resume, save pages, finish, stop.

No audit rows here: what a single pupil does is nobody's business, and nothing with a clock
time finer than the lesson may stand beside answers.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from schools.keys import read_key
from surveys.definition import Questionnaire, check_answers
from surveys.models import AccessCode, Response, SealedPage
from surveys.models.response import page_context
from surveys.refusal import Refused
from surveys.sealing import (
    SealError,
    code_digest,
    new_data_key,
    open_answers,
    resume_key,
    seal_answers,
    unwrap_for_resume,
    wrap_for_analysis,
    wrap_for_resume,
)

MAX_SEQ = 2**53 - 1  # the largest whole number that a browser counts exactly


@dataclass(frozen=True)
class Seat:
    """What a pupil's browser carries: which response is theirs, and the key that opens it."""

    response: uuid.UUID
    key: bytes


@dataclass(frozen=True)
class PageSave:
    """One page as the client sent it. `seq` is the client's own number, which only grows."""

    page: str
    seq: int
    answers: dict[str, Any]


@transaction.atomic
def take_seat(*, code: str) -> Seat:
    """Start a response, or resume it, with a code from a slip (normalised).

    Raises `Refused` with a sentence for the pupil: unknown code, lesson not open, finished.
    """
    pepper = read_key("CODE_PEPPER")
    found = (
        AccessCode.objects.select_related("lesson", "pupil")
        .filter(digest=code_digest(code, pepper), replaced=False)
        .first()
        if code
        else None
    )
    if found is None or found.pupil.opted_out_on:
        raise Refused("That code does not work. Look again, or ask your teacher.", code="unknown")
    if not found.lesson.accepts_answers:
        raise Refused("This lesson is not open. Please tell your teacher.", code="closed")
    response = _response_for(found, code, pepper)
    if response.state != Response.State.STARTED:
        raise Refused("You have finished already. Thank you.", code="finished")
    return Seat(response.pk, resume_key(code, pepper, context=response.pk.hex))


def _response_for(found: AccessCode, code: str, pepper: bytes) -> Response:
    identity, data_key = uuid.uuid4(), new_data_key()
    context = identity.hex
    key = resume_key(code, pepper, context=context)
    fresh = {
        "id": identity,
        "wave_id": found.wave_id,
        "analysis_wrap": wrap_for_analysis(
            read_key("ANALYSIS_PUBLIC_KEY"), data_key, context=context
        ),
        "resume_wrap": wrap_for_resume(key, data_key, context=context),
    }
    # get_or_create leans on the database's rule of one response per code: two tabs get one.
    return Response.objects.get_or_create(code=found, defaults=fresh)[0]


@dataclass(frozen=True)
class OpenResponse:
    """A response under way, opened for its own pupil, and the questionnaire it answers."""

    response: Response
    definition: Questionnaire
    year_group: int
    data_key: bytes

    def answers_by_page(self) -> dict[str, dict[str, Any]]:
        """What has been saved, for showing it to the same pupil again."""
        return {row.page: self.answers_on(row) for row in self.response.pages.all()}

    def answers_on(self, row: SealedPage) -> dict[str, Any]:
        return open_answers(self.data_key, bytes(row.sealed), context=row.context)


def open_seat(seat: Seat, *, lock: bool = False) -> OpenResponse:
    """Check that a seat may still answer. One query. Raises `Refused`."""
    rows = Response.objects.select_related("code__lesson", "wave__questionnaire").only(
        "state",
        "resume_wrap",
        "code__lesson__state",
        "code__lesson__closes_at",
        "code__lesson__year_group",
        "wave__questionnaire__fingerprint",
    )
    if lock:
        rows = rows.select_for_update(of=("self",))
    response = rows.filter(pk=seat.response).first()
    if response is None or response.code is None:
        raise Refused("Please enter your code again.", code="unknown")
    if response.state != Response.State.STARTED:
        raise Refused("You have finished already. Thank you.", code="finished")
    if not response.code.lesson.accepts_answers or response.resume_wrap is None:
        raise Refused("This lesson is not open. Please tell your teacher.", code="closed")
    try:
        data_key = unwrap_for_resume(seat.key, bytes(response.resume_wrap), context=response.pk.hex)
    except SealError:
        raise Refused("Please enter your code again.", code="unknown") from None
    definition = response.wave.questionnaire.definition
    return OpenResponse(response, definition, response.code.lesson.year_group, data_key)


@transaction.atomic
def save_pages(*, seat: Seat, pages: Sequence[PageSave]) -> None:
    """Store pages of answers in one durable commit: all of them, or none and a reason.

    A page is replaced only by a higher `seq`; a replay changes nothing and is answered the
    same way; a late lower `seq` never overwrites. No clock decides anything.
    """
    _store(open_seat(seat, lock=True), pages)


@transaction.atomic
def answer_page(*, seat: Seat, page: str, seq: int, answers: dict[str, Any]) -> OpenResponse:
    """Store a page that a person sent from a form, and give the response back.

    Another tab may have saved the page since the form was drawn, under the same or a higher
    number. The person at this form saw and sent the page last, so other answers are stored
    under the next number; the same answers again change nothing.
    """
    opened = open_seat(seat, lock=True)
    stored = opened.response.pages.filter(page=page).first()
    last = stored.seq if stored else 0
    if seq <= last and stored and opened.answers_on(stored) == answers:
        return opened
    seq = max(seq, last + 1)
    _store(opened, [PageSave(page, seq, answers)])
    return opened


def _store(opened: OpenResponse, pages: Sequence[PageSave]) -> None:
    for save in pages:
        _check(opened.definition, save)
    rows = [_sealed(opened, save) for save in pages]
    # Insert first, then replace where older: whichever of two writers comes second sees the
    # other's row, so the higher number wins in either order.
    SealedPage.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows if len(rows) == 1 else _newer_than_stored(opened, rows):
        older = opened.response.pages.filter(page=row.page, seq__lt=row.seq)
        older.update(seq=row.seq, sealed=row.sealed)


def _newer_than_stored(opened: OpenResponse, rows: list[SealedPage]) -> list[SealedPage]:
    """Of many pages most were just inserted: asking once is cheaper than an update for each."""
    stored = opened.response.pages.filter(page__in=[row.page for row in rows])
    held = dict(stored.values_list("page", "seq"))
    return [row for row in rows if held[row.page] < row.seq]


def _check(definition: Questionnaire, save: PageSave) -> None:
    if type(save.seq) is not int or not 0 < save.seq <= MAX_SEQ:  # True is no number here
        raise Refused("seq must be a whole number above 0.", code="invalid")
    if save.page not in {page.key for page in definition.pages}:
        raise Refused("There is no such page.", code="invalid")
    problems = check_answers(definition, save.page, save.answers)
    if problems:
        raise Refused(
            "Some answers do not fit the questions.",
            code="invalid",
            problems=tuple(str(problem) for problem in problems),
        )


def _sealed(opened: OpenResponse, save: PageSave) -> SealedPage:
    context = page_context(opened.response.pk, save.page, save.seq)
    sealed = seal_answers(opened.data_key, save.answers, context=context)
    return SealedPage(response=opened.response, page=save.page, seq=save.seq, sealed=sealed)


@transaction.atomic
def finish(*, seat: Seat) -> None:
    """Submit. The key for resuming goes at once, so the next person at the device finds nothing."""
    _end(open_seat(seat, lock=True).response, Response.State.SUBMITTED)


@transaction.atomic
def stop(*, seat: Seat, keep: bool) -> None:
    """Stop early. The pupil chooses whether the answers so far are kept or deleted."""
    response = open_seat(seat, lock=True).response
    if not keep:
        response.pages.all().delete()
    _end(response, Response.State.STOPPED if keep else Response.State.WITHDRAWN)


def _end(response: Response, state: Response.State) -> None:
    Response.objects.filter(pk=response.pk).update(state=state, resume_wrap=None)
