"""Counts of a lesson: every slip once, and nothing that points at one pupil."""

import pytest

from schools.models import Authority, School
from surveys.actions.lessons import reissue
from surveys.actions.rehearsals import book_rehearsal
from surveys.actions.responses import PageSave, finish, save_pages, stop
from surveys.counts import counts
from surveys.models import AccessCode
from tests.classroom import ANSWERS, Classroom, build_classroom

FEW = dict.fromkeys(("not_started", "connecting", "under_way", "finished"))


@pytest.fixture
def seven(authority: Authority, school: School) -> Classroom:
    return build_classroom(authority, school, pupils=7)


def test_every_slip_is_counted_once(seven: Classroom) -> None:
    seven.seat(0)
    seven.answer(1, {"p01": {"happy": 1}}, send=False)
    seven.answer(2, {"p01": {"happy": 1}, "p03": {}}, send=False)
    seven.answer(3, ANSWERS)
    finish(seat=seven.seat(4))
    stop(seat=seven.seat(5), keep=False)
    assert counts(seven.lesson) == {
        "codes": 7,
        "not_started": 1,
        "connecting": 1,
        "under_way": 2,
        "finished": 3,
        "everyone_finished": False,
    }


def test_a_replaced_slip_counts_no_more(seven: Classroom) -> None:
    seven.answer(0, ANSWERS)
    reissue(code=AccessCode.objects.get(pupil=seven.pupils[0]), by=None)
    found = counts(seven.lesson)
    assert (found["codes"], found["not_started"], found["finished"]) == (7, 7, 0)


@pytest.mark.parametrize("pupils", [1, 4])
def test_few_slips_say_only_whether_everyone_has_finished(
    authority: Authority, school: School, pupils: int
) -> None:
    room = build_classroom(authority, school, pupils=pupils)
    said = []
    for number in range(pupils):
        said.append(counts(room.lesson))
        room.answer(number, {"p01": {}}, send=False)
        said.append(counts(room.lesson))
        finish(seat=room.seat(number))
    assert all(each == {"codes": pupils, **FEW, "everyone_finished": False} for each in said)
    assert counts(room.lesson) == {"codes": pupils, **FEW, "everyone_finished": True}


def test_five_slips_are_enough(authority: Authority, school: School) -> None:
    room = build_classroom(authority, school, pupils=5)
    assert counts(room.lesson)["not_started"] == 5


def test_a_rehearsal_is_always_counted(seven: Classroom) -> None:
    rehearsal, _ = book_rehearsal(
        wave=seven.wave,
        school=seven.school,
        title="Try",
        year_group=8,
        codes=1,
        held_on=seven.lesson.held_on,
        by=None,
    )
    assert counts(rehearsal)["not_started"] == 1


def test_one_question_to_the_database(
    seven: Classroom, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    seven.answer(0, ANSWERS)
    save_pages(seat=seven.seat(1), pages=[PageSave("p01", 1, {})])
    with django_assert_num_queries(1):  # type: ignore[operator]
        counts(seven.lesson)
