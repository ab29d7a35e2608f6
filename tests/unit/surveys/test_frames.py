"""The door: declared columns only, and why an answer is missing."""

import math

import pytest

from schools.keys import read_key
from schools.models import RollPupil
from surveys.actions.linkage import link_wave
from surveys.actions.waves import close_wave
from surveys.coding import NOT_ASKED, NOT_REACHED, SKIPPED
from surveys.frames import (
    DEMOGRAPHICS,
    UndeclaredColumn,
    check_columns,
    linked_fingerprints,
    roll_frame,
    wave_frame,
)
from surveys.models import SealedPage
from surveys.refusal import Refused
from surveys.sealing import SealError
from tests.classroom import ANSWERS, Classroom

ITEMS = [
    "q.happy",
    "q.travels",
    "q.how__1",
    "q.how__2",
    "q.how__3",
    "q.at_home",
    "q.at_school",
    "q.exams",
    "q.days",
]


@pytest.fixture
def private_key(keys: object) -> bytes:
    return read_key("ANALYSIS_PRIVATE_KEY")


def link(room: Classroom) -> None:
    close_wave(wave=room.wave, by=None)
    link_wave(wave=room.wave, by=None)


@pytest.fixture
def linked(classroom: Classroom) -> Classroom:
    """Four pupils: everything; one skip and a stop; another way; nothing but the first page."""
    classroom.answer(0, ANSWERS)
    classroom.answer(1, {"p01": {"happy": 9, "travels": 1}, "p02": {}, "p03": {}}, send=False)
    classroom.answer(2, {"p01": {"happy": 2, "travels": 2}, "p03": {}, "p05": {"days": 0}})
    classroom.answer(3, {"p01": {}}, send=False)
    link(classroom)
    return classroom


def rows(room: Classroom, private_key: bytes) -> list[list[int]]:
    """Codes by ITEMS, sorted, because the order of the table is that of keyed persons."""
    table = wave_frame(room.wave, private_key=private_key).table
    return sorted([int(row[key]) for key in ITEMS] for _, row in table.iterrows())


def test_columns_are_exactly_the_declared_ones(linked: Classroom, private_key: bytes) -> None:
    table = wave_frame(linked.wave, private_key=private_key).table
    assert list(table.columns) == [*DEMOGRAPHICS, *ITEMS, "is_happy"]
    assert {str(table[item].dtype) for item in ITEMS} == {"int16"}
    assert str(table["is_happy"].dtype) == "float64"


def test_answers_and_the_reasons_for_none(linked: Classroom, private_key: bytes) -> None:
    first, second, third, fourth = rows(linked, private_key)
    ways = [NOT_ASKED] * 3
    assert first == [SKIPPED, SKIPPED, *ways, NOT_REACHED, NOT_REACHED, NOT_ASKED, NOT_REACHED]
    assert second == [1, 1, 1, 0, 1, 60, 40, NOT_ASKED, 5]
    assert third == [2, 2, *ways, SKIPPED, SKIPPED, NOT_ASKED, 0]
    assert fourth == [9, 1, *[SKIPPED] * 3, SKIPPED, SKIPPED, NOT_ASKED, NOT_REACHED]


def test_headlines_leave_out_those_who_did_not_say(linked: Classroom, private_key: bytes) -> None:
    met = wave_frame(linked.wave, private_key=private_key).table["is_happy"]
    assert sorted(value for value in met if not math.isnan(value)) == [0.0, 1.0]
    assert met.isna().sum() == 2


def test_demographics(linked: Classroom, private_key: bytes) -> None:
    table = wave_frame(linked.wave, private_key=private_key).table
    row = table[table["q.days"] == 5].iloc[0]
    assert row["school"] == "100001"
    assert (row["year_group"], row["sex"], row["fsm"]) == ("8", "F", "no")
    assert (row["sen"], row["sen_detail"]) == ("none", "none")
    assert row["ward"] is None
    assert row["locality"] is None


def test_an_answer_to_a_question_routed_away_does_not_count(
    classroom: Classroom, private_key: bytes
) -> None:
    classroom.answer(0, {"p01": {"happy": 1, "travels": 2}, "p02": {"how": [1]}})
    link(classroom)
    [row] = rows(classroom, private_key)
    assert row[2:5] == [NOT_ASKED] * 3


def test_routing_follows_the_year_group_of_the_lesson(
    classroom: Classroom, private_key: bytes
) -> None:
    # Between lesson and linkage the new school year's roll may come in.
    classroom.answer(0, ANSWERS)
    RollPupil.objects.update(year_group=10)
    link(classroom)
    [row] = rows(classroom, private_key)
    assert row[ITEMS.index("q.exams")] == NOT_ASKED


def test_one_school_alone(linked: Classroom, private_key: bytes) -> None:
    assert len(wave_frame(linked.wave, private_key=private_key, school="100001").table) == 4
    assert wave_frame(linked.wave, private_key=private_key, school="999999").table.empty


def test_the_wrong_key_opens_nothing(linked: Classroom) -> None:
    with pytest.raises(SealError):
        wave_frame(linked.wave, private_key=bytes(range(32)))


def test_a_page_put_under_another_response_does_not_open(
    linked: Classroom, private_key: bytes
) -> None:
    page = SealedPage.objects.filter(page="p05").first()
    assert page is not None
    other = SealedPage.objects.exclude(response=page.response).filter(page="p01").first()
    assert other is not None
    SealedPage.objects.filter(pk=other.pk).update(sealed=page.sealed)
    with pytest.raises(SealError):
        wave_frame(linked.wave, private_key=private_key)


def test_no_table_before_linkage(classroom: Classroom, private_key: bytes) -> None:
    with pytest.raises(Refused, match="not been linked"):
        wave_frame(classroom.wave, private_key=private_key)


@pytest.mark.parametrize("name", ["upn", "name", "pseudonym", "code", "happy", "q.upn"])
def test_no_other_column_passes(classroom: Classroom, name: str) -> None:
    definition = classroom.wave.questionnaire.definition
    check_columns([*DEMOGRAPHICS, *ITEMS, "is_happy"], definition)
    with pytest.raises(UndeclaredColumn, match=name):
        check_columns([*DEMOGRAPHICS, name], definition)


def test_a_score_cannot_take_the_name_of_a_demographic(classroom: Classroom) -> None:
    definition = classroom.wave.questionnaire.definition
    with pytest.raises(UndeclaredColumn, match="twice: sex"):
        check_columns([*DEMOGRAPHICS, "q.happy", "sex"], definition)


def test_the_roll_says_who_could_have_taken_part(classroom: Classroom) -> None:
    classroom.answer(0, ANSWERS)
    classroom.pupils[1].opted_out_on, classroom.pupils[1].opted_out_by = "2026-03-01", "parent"
    classroom.pupils[1].save()
    classroom.pupils[2].left_on = "2026-03-01"
    classroom.pupils[2].save()
    link(classroom)
    frame = roll_frame(classroom.wave)
    assert list(frame.columns) == [*DEMOGRAPHICS, "status", "edition"]
    found = sorted(zip(frame["status"], frame["edition"], strict=True))
    assert found == [("did_not", None), ("opted_out", None), ("took_part", "full")]
    assert frame["person"].is_unique


def test_rows_do_not_depend_on_who_answered_first(linked: Classroom, private_key: bytes) -> None:
    persons = list(wave_frame(linked.wave, private_key=private_key).table["person"])
    assert persons == sorted(persons)


def test_fingerprints_change_with_any_page(linked: Classroom) -> None:
    before = list(linked_fingerprints(linked.wave))
    assert before == list(linked_fingerprints(linked.wave))
    page = SealedPage.objects.first()
    assert page is not None
    SealedPage.objects.filter(pk=page.pk).update(seq=page.seq + 1)
    assert before != list(linked_fingerprints(linked.wave))
