"""A response under way, opened for its own pupil."""

import uuid
from dataclasses import dataclass
from typing import Any

from surveys.actions.responses.starts import Seat
from surveys.actions.responses.turned_away import finished_already, not_known, not_open
from surveys.definition import Questionnaire
from surveys.models import Lesson, Response, SealedPage
from surveys.models.questionnaire import definition_of
from surveys.sealing import SealError, open_answers, unwrap_for_resume
from surveys.signs import PAGE as ABOUT
from surveys.statements import SeatRow, look_at_seat


@dataclass(frozen=True)
class StoredPage:
    seq: int
    answers: dict[str, Any]


@dataclass(frozen=True)
class OpenResponse:
    """A response under way, opened for its own pupil, and the questionnaire it answers.

    `definition` is that of its edition, in the order of its rotation, and `mark` the
    fingerprint; `lesson` is one of open, paused and over.
    """

    response: uuid.UUID
    definition: Questionnaire
    mark: str
    edition: str
    rotation: int
    entered: str
    year_group: int
    lesson: str
    data_key: bytes

    def stored(self) -> dict[str, StoredPage]:
        """Everything saved so far, for showing it to the same pupil again. One query."""
        rows = SealedPage.objects.filter(response_id=self.response)
        return {row.page: StoredPage(row.seq, self._opened(row)) for row in rows}

    def pages(self) -> dict[str, StoredPage]:
        """The pages of questions saved so far."""
        return {page: stored for page, stored in self.stored().items() if page != ABOUT}

    def answers_by_page(self) -> dict[str, dict[str, Any]]:
        return {page: stored.answers for page, stored in self.pages().items()}

    def _opened(self, row: SealedPage) -> dict[str, Any]:
        return open_answers(self.data_key, bytes(row.sealed), context=row.context)


def open_seat(seat: Seat, *, saving: bool = False) -> OpenResponse:
    """Open a seat for looking at its questions, or for saving. One query. Raises `Refused`.

    Questions are shown while the lesson is open and in time; what was answered may be saved
    until it is closed.
    """
    opened = open_row(seat, lock=False)
    if not saving and opened.lesson != "open":
        raise not_open()
    return opened


def open_row(seat: Seat, *, lock: bool) -> OpenResponse:
    row = look_at_seat(seat.response, lock=lock)
    if row is None:
        raise not_known()
    return OpenResponse(
        response=seat.response,
        definition=definition_of(row.mark).rotated(row.rotation),
        mark=row.mark,
        edition=row.edition,
        rotation=row.rotation,
        entered=row.entered,
        year_group=row.year_group,
        lesson=_lesson_word(row),
        data_key=_data_key(seat, row),
    )


def _data_key(seat: Seat, row: SeatRow) -> bytes:
    if row.state != Response.State.STARTED:
        raise finished_already()
    if row.lesson not in Lesson.TAKES_SAVES or row.resume_wrap is None:
        raise not_open()
    try:
        return unwrap_for_resume(seat.key, bytes(row.resume_wrap), context=seat.response.hex)
    except SealError:
        raise not_known() from None


def _lesson_word(row: SeatRow) -> str:
    if row.lesson == Lesson.State.PAUSED:
        return "paused"
    return "open" if row.in_time else "over"
