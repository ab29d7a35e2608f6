"""An adult takes a pupil's seat: what is recorded, and what an adult alone is not shown."""

import json
from pathlib import Path

import pytest

from schools.models import Authority, School
from surveys.actions.entry import take_seat_as_adult
from surveys.actions.responses import PageSave, finish, save_pages
from surveys.models import Response
from surveys.refusal import Refused
from tests.classroom import Classroom, build_classroom

SECTIONS = Path(__file__).resolve().parents[2] / "questionnaires" / "sections_rotate.json"
ENTERED = Response.Entered


@pytest.fixture
def turning(authority: Authority, school: School, monkeypatch: pytest.MonkeyPatch) -> Classroom:
    """A class whose every pupil is asked the rotating sections from the third on."""
    document = json.loads(SECTIONS.read_text(encoding="utf-8"))
    room = build_classroom(authority, school, document=document)
    monkeypatch.setattr("secrets.randbelow", lambda _turns: 2)
    return room


@pytest.mark.parametrize(("entered", "rotation"), [(ENTERED.PAPER, 0), (ENTERED.ASSISTED, 2)])
def test_a_form_is_answered_in_the_order_in_which_it_is_printed(
    turning: Classroom, entered: str, rotation: int
) -> None:
    take_seat_as_adult(code=turning.slips[0].code, entered=entered)
    kept = Response.objects.get()
    assert (kept.entered, kept.rotation) == (entered, rotation)


def test_an_adult_alone_is_not_shown_what_a_pupil_answered(classroom: Classroom) -> None:
    code = classroom.slips[0].code
    save_pages(seat=classroom.seat(0), pages=[PageSave("p01", 1, {"happy": 1})])
    with pytest.raises(Refused, match="private") as refusal:
        take_seat_as_adult(code=code, entered=ENTERED.PAPER)
    assert refusal.value.code == "begun"
    assert Response.objects.get().entered == ENTERED.PUPIL
    # Beside the pupil it is the pupil who shows it.
    take_seat_as_adult(code=code, entered=ENTERED.ASSISTED)
    with pytest.raises(Refused, match="private"):
        take_seat_as_adult(code=code, entered=ENTERED.PAPER)


def test_typing_in_a_form_may_be_gone_on_with_until_it_is_sent(classroom: Classroom) -> None:
    code = classroom.slips[0].code
    first = take_seat_as_adult(code=code, entered=ENTERED.PAPER)
    assert take_seat_as_adult(code=code, entered=ENTERED.PAPER) == first
    finish(seat=first)
    with pytest.raises(Refused) as refusal:
        take_seat_as_adult(code=code, entered=ENTERED.PAPER)
    assert refusal.value.code == "finished"
