"""A pupil's own actions: start or resume, save pages, finish, stop.

No audit rows here: what a single pupil does is nobody's business, and nothing with a clock
time finer than the lesson may stand beside answers.
"""

from surveys.actions.responses.opened import OpenResponse, StoredPage, open_seat
from surveys.actions.responses.saving import (
    ENDS,
    MAX_SEQ,
    PageSave,
    Saved,
    answer_page,
    finish,
    save_pages,
    stop,
)
from surveys.actions.responses.starts import Seat, school_of, tag_of, take_seat
from surveys.actions.responses.turned_away import finished_already, not_known, not_open, wrong_code
from surveys.signs import PAGE as ABOUT

__all__ = [
    "ABOUT",
    "ENDS",
    "MAX_SEQ",
    "OpenResponse",
    "PageSave",
    "Saved",
    "Seat",
    "StoredPage",
    "answer_page",
    "finish",
    "finished_already",
    "not_known",
    "not_open",
    "open_seat",
    "save_pages",
    "school_of",
    "stop",
    "tag_of",
    "take_seat",
    "wrong_code",
]
