"""Kept codes: the table that the answers give, open to nobody else, gone when they should be."""

from collections.abc import Callable

import pandas as pd
import pytest

from schools.keys import read_key
from surveys import snapshot
from surveys.actions.linkage import link_wave
from surveys.actions.waves import close_wave
from surveys.frames import answer_frames, keep_codes, people_frame, schools_linked, wave_frame
from surveys.models import CodedSchool, Link, SealedPage, Wave
from surveys.models.response import page_context
from surveys.sealing import SealError, seal_answers, unwrap_for_analysis
from tests.classroom import ANSWERS, Classroom
from tests.waves import borough, collected_wave


@pytest.fixture
def private_key(keys: object) -> bytes:
    return read_key("ANALYSIS_PRIVATE_KEY")


@pytest.fixture
def linked(classroom: Classroom) -> Classroom:
    classroom.answer(0, ANSWERS)
    classroom.answer(1, {"p01": {"happy": 9, "travels": 1}, "p02": {}}, send=False)
    close_wave(wave=classroom.wave, by=None)
    link_wave(wave=classroom.wave, by=None)
    return classroom


@pytest.fixture
def two_schools(db: None, keys: object) -> Wave:
    authority, schools = borough(schools=2)
    return collected_wave(authority, schools, pupils=12)


def keep(wave: Wave, private_key: bytes) -> None:
    for school in schools_linked(wave):
        keep_codes(wave, school=school, private_key=private_key)


@pytest.fixture
def nothing_opens(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on, opening a single response is an error."""

    def refuse(*args: object) -> None:
        raise AssertionError("a response was opened")

    return lambda: monkeypatch.setattr(snapshot, "open_linked", refuse)


def test_kept_codes_give_the_table_that_the_answers_gave(
    linked: Classroom, private_key: bytes, nothing_opens: Callable[[], None]
) -> None:
    before = wave_frame(linked.wave, private_key=private_key).table
    keep(linked.wave, private_key)
    nothing_opens()
    after = wave_frame(linked.wave, private_key=private_key).table
    pd.testing.assert_frame_equal(after, before)
    keep(linked.wave, private_key)  # a second time there is nothing to do


def test_parts_by_school_are_the_whole(two_schools: Wave, private_key: bytes) -> None:
    people = people_frame(two_schools)
    parts = list(answer_frames(two_schools, private_key=private_key))
    assert [len(part) for part in parts] == [12, 12]
    for school, part in zip(schools_linked(two_schools), parts, strict=True):
        assert list(part["person"]) == list(people[people["school"] == school]["person"])
    together = people.merge(pd.concat(parts), on="person")
    whole = wave_frame(two_schools, private_key=private_key).table
    pd.testing.assert_frame_equal(together, whole)


def test_a_changed_answer_is_opened_again(linked: Classroom, private_key: bytes) -> None:
    keep(linked.wave, private_key)
    page = SealedPage.objects.get(page="p05")
    response = page.response
    data_key = unwrap_for_analysis(
        private_key, bytes(response.analysis_wrap), context=response.pk.hex
    )
    seq = page.seq + 1
    context = page_context(response.pk, "p05", seq)
    sealed = seal_answers(data_key, {"days": 2}, context=context)
    SealedPage.objects.filter(pk=page.pk).update(seq=seq, sealed=sealed)
    table = wave_frame(linked.wave, private_key=private_key).table
    assert 2 in table["q.days"].to_list()
    old = CodedSchool.objects.get().mark
    keep(linked.wave, private_key)
    assert CodedSchool.objects.get().mark != old


def test_who_is_linked_and_by_which_year_they_were_asked_belong_to_the_mark(
    two_schools: Wave, private_key: bytes
) -> None:
    keep(two_schools, private_key)
    before = set(CodedSchool.objects.values_list("mark", flat=True))
    link = Link.objects.filter(school__key=schools_linked(two_schools)[0]).first()
    assert link is not None
    for change in ({"year_group": 9}, {"outcome": Link.Outcome.OPTED_OUT}):
        Link.objects.filter(pk=link.pk).update(**change)
        keep(two_schools, private_key)
        after = set(CodedSchool.objects.values_list("mark", flat=True))
        assert len(after & before) == 1
        before = after
    assert len(wave_frame(two_schools, private_key=private_key).table) == 23


def test_a_new_place_to_live_opens_nothing(
    two_schools: Wave, private_key: bytes, nothing_opens: Callable[[], None]
) -> None:
    keep(two_schools, private_key)
    nothing_opens()
    Link.objects.update(ward="W1", sex="F")
    table = wave_frame(two_schools, private_key=private_key).table
    assert set(table["ward"]) == {"W1"}


def test_kept_codes_open_with_the_analysis_key_alone(two_schools: Wave, private_key: bytes) -> None:
    keep(two_schools, private_key)
    with pytest.raises(SealError):
        wave_frame(two_schools, private_key=bytes(range(32)))


def test_the_codes_of_one_school_do_not_open_as_those_of_another(
    two_schools: Wave, private_key: bytes
) -> None:
    keep(two_schools, private_key)
    one, other = CodedSchool.objects.all()
    CodedSchool.objects.filter(pk=one.pk).update(wrap=other.wrap, sealed=other.sealed)
    with pytest.raises(SealError):
        wave_frame(two_schools, private_key=private_key)


def test_the_length_tells_the_number_of_responses_alone(
    two_schools: Wave, private_key: bytes
) -> None:
    keep(two_schools, private_key)
    one, other = CodedSchool.objects.all()
    assert len(one.sealed) == len(other.sealed)
    assert bytes(one.sealed) != bytes(other.sealed)


def test_linking_anew_destroys_what_was_kept(linked: Classroom, private_key: bytes) -> None:
    keep(linked.wave, private_key)
    link_wave(wave=linked.wave, by=None)
    assert not CodedSchool.objects.exists()


def test_kept_codes_of_another_way_of_coding_are_not_used(
    linked: Classroom, private_key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(linked.wave, private_key)
    old = CodedSchool.objects.get().mark
    monkeypatch.setattr(snapshot, "CODING", snapshot.CODING + 1)
    keep(linked.wave, private_key)
    assert CodedSchool.objects.get().mark != old
