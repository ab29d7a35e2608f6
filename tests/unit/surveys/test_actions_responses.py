"""Taking a seat, and the promise of saving: higher wins, all or nothing, never overwritten."""

import hashlib
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from schools.keys import read_key
from schools.models import Authority, School
from surveys.actions.lessons import close_lesson, pause_lesson, start_lesson
from surveys.actions.responses import (
    PageSave,
    Seat,
    answer_page,
    finish,
    open_seat,
    save_pages,
    stop,
    take_seat,
)
from surveys.actions.waves import adopt_questionnaire
from surveys.models import AccessCode, Edition, Lesson, Response, SealedPage
from surveys.refusal import Refused
from surveys.sealing import SealError, code_digest, open_answers, unwrap_for_analysis
from tests.classroom import ANSWERS, DOCUMENT, Classroom, build_classroom


def save(seat: Seat, page: str, seq: Any, answers: Any) -> None:
    save_pages(seat=seat, pages=[PageSave(page, seq, answers)])


def stored(seat: Seat) -> dict[str, dict[str, Any]]:
    return open_seat(seat).answers_by_page()


def test_a_code_gives_a_seat_and_the_same_one_again(classroom: Classroom) -> None:
    first, again = classroom.seat(), classroom.seat()
    assert first == again
    assert Response.objects.count() == 1


@pytest.mark.parametrize("code", ["", "2345678923"])
def test_unknown_codes(classroom: Classroom, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        take_seat(code=code)
    assert refusal.value.code == "unknown"
    assert Response.objects.count() == 0


def test_no_seat_after_opting_out(classroom: Classroom) -> None:
    pupil = classroom.pupils[0]
    pupil.opted_out_on, pupil.opted_out_by = date(2026, 3, 1), "pupil"
    pupil.save()
    with pytest.raises(Refused) as refusal:
        classroom.seat(0)
    assert refusal.value.code == "unknown"


def test_no_seat_in_a_lesson_that_is_not_open(classroom: Classroom) -> None:
    pause_lesson(lesson=classroom.lesson, by=None)
    with pytest.raises(Refused) as refusal:
        classroom.seat()
    assert refusal.value.code == "closed"
    assert Response.objects.count() == 0


def test_no_seat_after_finishing(classroom: Classroom) -> None:
    finish(seat=classroom.seat())
    with pytest.raises(Refused) as refusal:
        classroom.seat()
    assert refusal.value.code == "finished"


def test_another_key_opens_nothing(classroom: Classroom) -> None:
    seat = classroom.seat()
    for forged in (
        Seat(seat.response, classroom.seat(1).key),
        Seat(seat.response, bytes(32)),
        Seat(uuid.uuid4(), seat.key),
    ):
        with pytest.raises(Refused) as refusal:
            save(forged, "p01", 1, {"happy": 1})
        assert refusal.value.code == "unknown"
    assert not SealedPage.objects.exists()


def test_a_replay_changes_nothing(classroom: Classroom) -> None:
    seat = classroom.seat()
    save(seat, "p01", 3, {"happy": 1})
    before = bytes(SealedPage.objects.get().sealed)
    save(seat, "p01", 3, {"happy": 1})
    assert bytes(SealedPage.objects.get().sealed) == before


def test_the_higher_number_wins_in_either_order(classroom: Classroom) -> None:
    early, late = ("p01", 3, {"happy": 1}), ("p01", 7, {"happy": 2})
    for number, order in enumerate([(early, late), (late, early)]):
        seat = classroom.seat(number)
        for each in order:
            save(seat, *each)
        assert stored(seat) == {"p01": {"happy": 2}}
        assert SealedPage.objects.get(response=seat.response).seq == 7


def test_pages_do_not_disturb_each_other(classroom: Classroom) -> None:
    seat = classroom.seat()
    save(seat, "p01", 9, {"happy": 1})
    save(seat, "p05", 1, {"days": 0})
    assert stored(seat) == {"p01": {"happy": 1}, "p05": {"days": 0}}


def test_a_batch_is_stored_whole_or_not_at_all(classroom: Classroom) -> None:
    seat = classroom.seat()
    good, bad = PageSave("p01", 1, {"happy": 1}), PageSave("p05", 1, {"days": 8})
    for batch in ([good, bad], [bad, good]):
        with pytest.raises(Refused) as refusal:
            save_pages(seat=seat, pages=batch)
        assert refusal.value.code == "invalid"
        assert refusal.value.problems
    assert stored(seat) == {}
    save_pages(seat=seat, pages=[good, PageSave("p05", 1, {"days": 7})])
    assert stored(seat) == {"p01": {"happy": 1}, "p05": {"days": 7}}


def test_the_same_page_twice_in_a_batch(classroom: Classroom) -> None:
    seat = classroom.seat()
    twice = [PageSave("p01", 2, {"happy": 2}), PageSave("p01", 1, {"happy": 1})]
    save_pages(seat=seat, pages=twice)
    assert stored(seat) == {"p01": {"happy": 2}}


@pytest.mark.parametrize("seq", [0, -1, True, 1.5, "1", None, 2**53])
def test_odd_numbers_are_refused(classroom: Classroom, seq: object) -> None:
    seat = classroom.seat()
    with pytest.raises(Refused, match="seq"):
        save(seat, "p01", seq, {"happy": 1})
    assert not SealedPage.objects.exists()


def test_a_form_sent_last_is_stored_last(classroom: Classroom) -> None:
    # Two tabs draw the same form with the number 1. The person sends one, then the other.
    seat = classroom.seat()
    answer_page(seat=seat, page="p01", seq=1, answers={"happy": 1})
    answer_page(seat=seat, page="p01", seq=1, answers={"happy": 2})
    assert stored(seat) == {"p01": {"happy": 2}}
    assert SealedPage.objects.get().seq == 2


def test_a_form_sent_twice_is_stored_once(classroom: Classroom) -> None:
    seat = classroom.seat()
    answer_page(seat=seat, page="p01", seq=1, answers={"happy": 1})
    before = bytes(SealedPage.objects.get().sealed)
    answer_page(seat=seat, page="p01", seq=1, answers={"happy": 1})
    assert bytes(SealedPage.objects.get().sealed) == before


def test_a_form_without_answers_reaches_the_page(classroom: Classroom) -> None:
    seat = classroom.seat()
    answer_page(seat=seat, page="p01", seq=1, answers={})
    assert stored(seat) == {"p01": {}}


def test_a_save_takes_at_most_five_queries(
    classroom: Classroom, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    seat = classroom.seat()
    open_seat(seat)  # a server parses a questionnaire once
    with django_assert_max_num_queries(5):
        save(seat, "p01", 1, {"happy": 1})
    with django_assert_max_num_queries(5):
        save(seat, "p01", 2, {"happy": 2})


def test_a_pause_hides_the_questions_and_loses_nothing(classroom: Classroom) -> None:
    seat = classroom.seat()
    save(seat, "p01", 1, {"happy": 1})
    pause_lesson(lesson=classroom.lesson, by=None)
    with pytest.raises(Refused) as refusal:
        open_seat(seat)
    assert refusal.value.code == "closed"
    # What was on its way when the teacher pressed the button still arrives.
    assert save_pages(seat=seat, pages=[PageSave("p01", 2, {"happy": 2})]).lesson == "paused"
    start_lesson(lesson=classroom.lesson, minutes=10, by=None)
    assert stored(seat) == {"p01": {"happy": 2}}


def test_answers_that_waited_arrive_after_the_time_but_nobody_starts(classroom: Classroom) -> None:
    seat = classroom.seat()
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        done = save_pages(seat=seat, pages=[PageSave("p01", 1, {"happy": 1})], end="send")
        assert (done.lesson, done.ended) == ("over", True)
        with pytest.raises(Refused) as refusal:
            classroom.seat(1)
        assert refusal.value.code == "closed"
    assert Response.objects.get().state == Response.State.SUBMITTED


def test_a_closed_lesson_takes_nothing_more(classroom: Classroom) -> None:
    seat = classroom.seat()
    close_lesson(lesson=classroom.lesson, by=None)
    with pytest.raises(Refused) as refusal:
        save(seat, "p01", 1, {"happy": 1})
    assert refusal.value.code == "closed"
    assert not SealedPage.objects.exists()


@pytest.mark.parametrize(
    ("end", "state", "pages"),
    [("send", "submitted", 2), ("keep", "stopped", 2), ("delete", "withdrawn", 0)],
)
def test_the_last_pages_and_the_end_are_one(
    classroom: Classroom, end: str, state: str, pages: int
) -> None:
    seat = classroom.seat()
    save(seat, "p01", 1, {"happy": 1})
    last = PageSave("p05", 2, {"days": 3})
    with pytest.raises(Refused):
        save_pages(seat=seat, pages=[last, PageSave("p01", 3, {"happy": 7})], end=end)
    assert Response.objects.get().state == Response.State.STARTED
    assert save_pages(seat=seat, pages=[last], end=end).ended
    response = Response.objects.get()
    assert (response.state, response.resume_wrap) == (state, None)
    assert response.pages.count() == pages


def test_how_it_was_answered_is_sealed_beside_the_answers(classroom: Classroom) -> None:
    seat = classroom.seat()
    signs = {"device": "tablet", "seconds": {"p01": 14}}
    save(seat, "p01", 1, {"happy": 1})
    save(seat, "about", 2, signs)
    assert stored(seat) == {"p01": {"happy": 1}}
    assert open_seat(seat).stored()["about"].answers == signs
    assert b"tablet" not in bytes(SealedPage.objects.get(page="about").sealed)
    with pytest.raises(Refused) as refusal:
        save(seat, "about", 3, {"address": "10.0.0.1"})
    assert refusal.value.code == "invalid"


def test_sections_take_turns_and_stay_as_they_are(authority: Authority, school: School) -> None:
    document = {**DOCUMENT, "rotating": ["Start", "Middle"]}
    room = build_classroom(authority, school, pupils=30, document=document)
    seats = [room.seat(number) for number in range(30)]
    first = {open_seat(seat).definition.pages[0].key for seat in seats}
    assert first == {"p01", "p03"}  # all alike by chance: once in 10^9
    for number, seat in enumerate(seats):
        again = open_seat(room.seat(number))
        assert again.rotation == Response.objects.get(pk=seat.response).rotation
        assert [p.key for p in again.definition.pages][-1] == "p05"


def test_a_code_of_the_short_version_asks_its_questions(classroom: Classroom) -> None:
    short = {**DOCUMENT, "key": "short", "pages": DOCUMENT["pages"][:2]}
    short |= {"items": DOCUMENT["items"][:3], "topics": []}
    classroom.wave.short_questionnaire = adopt_questionnaire(document=short, by=None)
    classroom.wave.save()
    AccessCode.objects.filter(pupil=classroom.pupils[0]).update(edition=Edition.SHORT)
    opened, whole = open_seat(classroom.seat(0)), open_seat(classroom.seat(1))
    assert (opened.definition.key, len(opened.definition.pages)) == ("short", 2)
    assert (opened.edition, whole.edition, whole.definition.key) == ("short", "full", "tiny")
    assert Response.objects.get(pk=opened.response).edition == "short"
    with pytest.raises(Refused, match="fit"):
        save(classroom.seat(0), "p05", 1, {"days": 1})


def test_a_play_code_plays_the_wave_and_belongs_to_none(classroom: Classroom) -> None:
    lesson = Lesson.objects.create(
        wave=classroom.wave,
        school=classroom.school,
        title="Rehearsal",
        year_group=8,
        held_on=date(2026, 3, 2),
        state=Lesson.State.OPEN,
        rehearsal=True,
    )
    digest = code_digest("234BCD5678", read_key("CODE_PEPPER"))
    AccessCode.objects.create(lesson=lesson, digest=digest)
    seat = take_seat(code="234BCD5678")
    save(seat, "p01", 1, {"happy": 1})
    assert stored(seat) == {"p01": {"happy": 1}}
    assert Response.objects.get().wave is None


def test_help_from_an_adult_is_recorded_and_stays_recorded(classroom: Classroom) -> None:
    code = classroom.slips[0].code
    seat = take_seat(code=code)
    assert open_seat(seat).entered == "pupil"
    for entered in ("assisted", "pupil"):
        assert take_seat(code=code, entered=entered) == seat
        assert open_seat(seat).entered == "assisted"
    paper = take_seat(code=classroom.slips[1].code, entered="paper")
    assert open_seat(paper).entered == "paper"


def test_the_last_symbols_of_the_code_bring_the_screen_back(classroom: Classroom) -> None:
    seat, code = classroom.seat(), classroom.slips[0].code
    assert seat.back == hashlib.sha256(f"{seat.tag} {code[-4:]}".encode()).digest()
    assert len(seat.tag) == 12
    assert seat.tag not in seat.response.hex


def test_after_sending_nobody_opens_it_again(classroom: Classroom) -> None:
    seat = classroom.seat()
    classroom.answer(0, ANSWERS)
    response = Response.objects.get()
    assert response.state == Response.State.SUBMITTED
    assert response.resume_wrap is None
    for act in (
        lambda: save(seat, "p01", 9, {"happy": 2}),
        lambda: finish(seat=seat),
        lambda: stop(seat=seat, keep=False),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "finished"
    assert SealedPage.objects.count() == len(ANSWERS)


@pytest.mark.parametrize(
    ("keep", "state", "pages"), [(True, "stopped", 1), (False, "withdrawn", 0)]
)
def test_stopping_keeps_or_deletes(
    classroom: Classroom, keep: bool, state: str, pages: int
) -> None:
    seat, other = classroom.seat(0), classroom.seat(1)
    save(seat, "p01", 1, {"happy": 1})
    save(other, "p01", 1, {"happy": 2})
    stop(seat=seat, keep=keep)
    response = Response.objects.get(pk=seat.response)
    assert (response.state, response.resume_wrap) == (state, None)
    assert response.pages.count() == pages
    assert stored(other) == {"p01": {"happy": 2}}


def test_the_database_alone_opens_nothing(classroom: Classroom) -> None:
    classroom.answer(0, {"p01": {"happy": 1}})
    response, page = Response.objects.get(), SealedPage.objects.get()
    assert b"happy" not in bytes(page.sealed)
    # Every other secret of the web server, tried as the analysis key.
    for name in ("CODE_PEPPER", "LINK_KEY", "RELEASE_KEY", "ANALYSIS_PUBLIC_KEY"):
        with pytest.raises(SealError):
            unwrap_for_analysis(
                read_key(name), bytes(response.analysis_wrap), context=response.pk.hex
            )
    data_key = unwrap_for_analysis(
        read_key("ANALYSIS_PRIVATE_KEY"), bytes(response.analysis_wrap), context=response.pk.hex
    )
    assert open_answers(data_key, bytes(page.sealed), context=page.context) == {"happy": 1}


def test_no_clock_and_no_running_number_beside_answers() -> None:
    kinds = {field.get_internal_type() for field in Response._meta.fields}
    kinds |= {f.get_internal_type() for f in SealedPage._meta.fields if not f.primary_key}
    assert not kinds & {"DateTimeField", "DateField", "TimeField", "GenericIPAddressField"}
    assert Response._meta.pk.get_internal_type() == "UUIDField"
