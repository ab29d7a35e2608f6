"""How each response was answered, through the door: declared columns and nothing of an answer."""

from typing import Any

import pytest

from schools.keys import read_key
from surveys.actions.linkage import link_wave
from surveys.actions.responses import PageSave, finish, save_pages, take_seat
from surveys.actions.waves import close_wave
from surveys.frames import DEMOGRAPHICS, QUALITY, quality_frame, wave_frame
from surveys.models import Response
from surveys.refusal import Refused
from surveys.sealing import SealError
from tests.classroom import ANSWERS, Classroom

SIGNS = {"device": "tablet", "language": "cy", "aloud": 2, "waits": 1, "seconds": {"p01": 0}}
ENTERED = Response.Entered


@pytest.fixture
def private_key(keys: object) -> bytes:
    return read_key("ANALYSIS_PRIVATE_KEY")


def answer(room: Classroom, number: int, entered: str, signs: dict[str, Any] | None) -> None:
    seat = take_seat(code=room.slips[number].code, entered=entered)
    pages = [PageSave(page, 1, each) for page, each in ANSWERS.items()]
    pages += [PageSave("about", 1, signs)] if signs else []
    save_pages(seat=seat, pages=pages)
    finish(seat=seat)


@pytest.fixture
def linked(classroom: Classroom) -> Classroom:
    """By the pupil with script; by an adult beside the pupil, without; from paper; one stopped."""
    answer(classroom, 0, ENTERED.PUPIL, SIGNS)
    answer(classroom, 1, ENTERED.ASSISTED, None)
    answer(classroom, 2, ENTERED.PAPER, {**SIGNS, "seconds": {"p01": 90}})
    classroom.answer(3, {"p01": {"happy": 9}}, send=False)
    close_wave(wave=classroom.wave, by=None)
    link_wave(wave=classroom.wave, by=None)
    return classroom


def test_columns_are_exactly_the_declared_ones(linked: Classroom, private_key: bytes) -> None:
    frame = quality_frame(linked.wave, private_key=private_key)
    assert tuple(frame.columns) == QUALITY
    # `person` sets a row beside its answers; no other column is of the pupil or of an answer.
    table = wave_frame(linked.wave, private_key=private_key).table
    assert set(frame.columns) & set(table.columns) == {"person"}
    assert set(QUALITY) & set(DEMOGRAPHICS) == {"person"}
    assert list(frame["person"]) == list(table["person"])


def test_each_response_as_it_was_answered(linked: Classroom, private_key: bytes) -> None:
    frame = quality_frame(linked.wave, private_key=private_key)
    by_pupil, stopped = (
        dict(frame[(frame["entered"] == "pupil") & (frame["finished"] == done)].iloc[0])
        for done in (True, False)
    )
    assisted = dict(frame[frame["entered"] == "assisted"].iloc[0])
    paper = dict(frame[frame["entered"] == "paper"].iloc[0])
    assert [by_pupil[key] for key in ("device", "language", "aloud", "waits")] == [
        "tablet", "cy", 2, 1,
    ]  # fmt: skip
    assert (by_pupil["seconds"], by_pupil["pages_fast"]) == (0, 1)
    assert (by_pupil["asked"], by_pupil["answered"], by_pupil["pages_reached"]) == (6, 6, 4)
    assert (assisted["device"], assisted["seconds"], assisted["answered"]) == (None, None, 6)
    # An adult's typing says how long the adult took.
    assert (paper["device"], paper["seconds"], paper["pages_timed"]) == ("tablet", None, 0)
    assert [stopped[key] for key in ("asked", "preferred_not", "skipped", "not_reached")] == [
        5, 1, 1, 3,
    ]  # fmt: skip


def test_entered_by_an_adult_stands_among_the_answers_like_any_other(
    linked: Classroom, private_key: bytes
) -> None:
    table = wave_frame(linked.wave, private_key=private_key).table
    assert sorted(int(days) for days in table["q.days"]) == [-2, 5, 5, 5]


def test_no_table_before_linkage_nor_with_the_wrong_key(
    classroom: Classroom, private_key: bytes
) -> None:
    with pytest.raises(Refused, match="not been linked"):
        quality_frame(classroom.wave, private_key=private_key)
    classroom.answer(0, ANSWERS)
    close_wave(wave=classroom.wave, by=None)
    link_wave(wave=classroom.wave, by=None)
    with pytest.raises(SealError):
        quality_frame(classroom.wave, private_key=bytes(range(32)))
