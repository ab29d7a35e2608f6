"""Adopting, permitting, setting up, opening, closing, and linking by the roll of the day."""

import copy
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from schools.models import Area, AreaKind, AreaMembership, AuditEntry, Authority, School
from surveys.actions.lessons import reissue, start_lesson
from surveys.actions.linkage import link_wave
from surveys.actions.responses import finish, stop, take_seat
from surveys.actions.waves import (
    adopt_questionnaire,
    close_wave,
    follow_wave,
    open_wave,
    set_up_wave,
)
from surveys.models import AccessCode, Link, QuestionnaireVersion, Wave
from surveys.refusal import Refused
from tests.classroom import ANSWERS, DOCUMENT, Classroom

SCALE = {
    "key": "mood_score",
    "title": "Mood",
    "method": "sum",
    "parts": [{"item": "happy"}],
    "direction": "higher_better",
    "range": [1, 2],
    "licence": {"holder": "Nobody", "terms": "Free", "permission_needed": False},
    "citation": "None",
}


def changed(**fields: object) -> dict[str, object]:
    return copy.deepcopy(DOCUMENT) | fields


@pytest.mark.django_db
def test_the_same_text_again_changes_nothing() -> None:
    first = adopt_questionnaire(document=DOCUMENT, by=None)
    entries = AuditEntry.objects.count()
    assert adopt_questionnaire(document=copy.deepcopy(DOCUMENT), by=None) == first
    assert AuditEntry.objects.count() == entries


@pytest.mark.django_db
def test_a_draft_version_may_change() -> None:
    adopt_questionnaire(document=DOCUMENT, by=None)
    adopt_questionnaire(document=changed(title="Another"), by=None)
    assert QuestionnaireVersion.objects.get().definition.title == "Another"


def test_a_fielded_version_never_changes(classroom: Classroom) -> None:
    with pytest.raises(Refused, match="has been fielded"):
        adopt_questionnaire(document=changed(title="Another"), by=None)
    version = QuestionnaireVersion.objects.get()
    version.document = changed(title="Another")
    with pytest.raises(ValidationError, match="has been fielded"):
        version.save()
    assert adopt_questionnaire(document=changed(version="2"), by=None) != version


@pytest.mark.django_db
def test_a_wave_does_not_open_without_permission_for_each_scale(school: School) -> None:
    document = changed(scales=[SCALE])
    questionnaire = adopt_questionnaire(document=document, by=None)
    wave = set_up_wave(
        authority=school.authority,
        key="spring",
        name="Spring",
        questionnaire=questionnaire,
        schools=[school],
        year_groups=[8],
        opens_on=date(2026, 3, 1),
        closes_on=date(2026, 4, 1),
        by=None,
    )
    with pytest.raises(Refused, match="mood_score"):
        open_wave(wave=wave, by=None)
    wave.refresh_from_db()
    assert wave.state == Wave.State.DRAFT
    questionnaire.refresh_from_db()
    assert questionnaire.fielded_at is None


def test_a_wave_opens_and_closes_once(classroom: Classroom) -> None:
    with pytest.raises(Refused, match="only a draft"):
        open_wave(wave=classroom.wave, by=None)
    close_wave(wave=classroom.wave, by=None)
    with pytest.raises(Refused, match="only an open wave"):
        close_wave(wave=classroom.wave, by=None)


def test_a_wave_needs_schools_of_its_own_authority(classroom: Classroom) -> None:
    other = Authority.objects.create(code="E09000001", name="Elsewhere")
    with pytest.raises(Refused, match="same authority"):
        set_up_wave(
            authority=other,
            key="x",
            name="x",
            questionnaire=classroom.wave.questionnaire,
            schools=[classroom.school],
            year_groups=[8],
            opens_on=date(2026, 3, 1),
            closes_on=date(2026, 4, 1),
            by=None,
        )


def another(classroom: Classroom, key: str, opens: date, **more: object) -> Wave:
    return set_up_wave(
        authority=classroom.wave.authority,
        key=key,
        name=key.title(),
        questionnaire=classroom.wave.questionnaire,
        schools=[classroom.school],
        year_groups=[8],
        opens_on=opens,
        closes_on=opens,
        by=None,
        **more,
    )


def test_a_wave_follows_an_earlier_one_of_its_own_authority(classroom: Classroom) -> None:
    opens = classroom.wave.opens_on
    later = another(classroom, "later", opens + timedelta(days=400), previous=classroom.wave)
    assert later.previous == classroom.wave
    with pytest.raises(Refused, match="did not open before"):
        another(classroom, "earlier", opens, previous=classroom.wave)
    assert not Wave.objects.filter(key="earlier").exists()
    with pytest.raises(Refused, match="did not open before"):
        follow_wave(wave=classroom.wave, previous=later, by=None)
    elsewhere = Authority.objects.create(code="E09000001", name="Elsewhere")
    Wave.objects.filter(pk=classroom.wave.pk).update(authority=elsewhere)
    classroom.wave.refresh_from_db()
    with pytest.raises(Refused, match="same authority"):
        follow_wave(wave=later, previous=classroom.wave, by=None)


def test_which_wave_came_before_can_be_said_later(classroom: Classroom, capsys) -> None:
    later = another(classroom, "later", classroom.wave.opens_on + timedelta(days=400))
    for previous in (classroom.wave, None):
        named = ["--previous", previous.key] if previous else []
        call_command("follow_wave", "later", *named)
        later.refresh_from_db()
        assert later.previous == previous
    assert "follows no wave" in capsys.readouterr().out
    entries = AuditEntry.objects.filter(action="wave.follows", subject="later")
    assert [each.details["previous"] for each in entries] == [classroom.wave.key, None]


def test_every_outcome_is_counted(classroom: Classroom) -> None:
    room = classroom
    room.answer(0, {"p01": {"happy": 1}}, send=False)
    slip = reissue(code=AccessCode.objects.get(pupil=room.pupils[0]), by=None)
    finish(seat=take_seat(code=slip.code))
    stop(seat=room.seat(1), keep=False)
    room.answer(2, ANSWERS)
    room.answer(3, ANSWERS)
    room.pupils[2].opted_out_on, room.pupils[2].opted_out_by = date(2026, 3, 5), "parent"
    room.pupils[2].save()
    room.pupils[3].left_on = date(2026, 3, 5)
    room.pupils[3].save()
    close_wave(wave=room.wave, by=None)
    counts = link_wave(wave=room.wave, by=None)
    assert counts == {
        "linked": 1,
        "opted_out": 1,
        "withdrawn": 1,
        "not_on_roll": 1,
        "duplicate": 1,
    }
    assert AuditEntry.objects.get(action="wave.linked").details == {**counts, "vintage": ""}
    used = Link.objects.get(outcome="linked")
    assert used.response.state == "submitted"
    # Facts of the council stand on used responses only.
    unused = Link.objects.exclude(outcome="linked").values_list("person", "school", "sex")
    assert set(unused) == {("", None, "")}


def test_linking_again_follows_the_roll(classroom: Classroom) -> None:
    classroom.answer(0, ANSWERS)
    close_wave(wave=classroom.wave, by=None)
    assert link_wave(wave=classroom.wave, by=None)["linked"] == 1
    classroom.pupils[0].left_on = date(2026, 3, 5)
    classroom.pupils[0].save()
    assert link_wave(wave=classroom.wave, by=None)["not_on_roll"] == 1
    assert Link.objects.count() == 1


def test_an_open_wave_is_not_linked(classroom: Classroom) -> None:
    with pytest.raises(Refused, match="Close the wave"):
        link_wave(wave=classroom.wave, by=None)


def test_a_link_keeps_the_facts_of_that_day(classroom: Classroom) -> None:
    pupil = classroom.pupils[0]
    areas = {
        kind: Area.objects.create(
            authority=pupil.authority, kind=kind, code=f"{kind}1", name=kind, vintage="2025"
        )
        for kind in AreaKind.values
    }
    for part, whole in [(AreaKind.LSOA, AreaKind.WARD), (AreaKind.WARD, AreaKind.LOCALITY)]:
        AreaMembership.objects.create(part=areas[part], whole=areas[whole], vintage="2025")
    pupil.area = areas[AreaKind.LSOA]
    pupil.save()
    classroom.answer(0, ANSWERS)
    close_wave(wave=classroom.wave, by=None)
    link_wave(wave=classroom.wave, by=None)
    link = Link.objects.get()
    assert (link.ward, link.locality) == ("ward1", "locality1")
    assert (link.year_group, link.sex, link.fsm, link.sen) == (8, "F", False, "none")
    assert link.person not in {pupil.pk.hex, pupil.pseudonym}
    pupil.sex = "M"
    pupil.save()
    assert Link.objects.get().sex == "F"


def test_a_lesson_of_a_draft_wave_cannot_start(classroom: Classroom) -> None:
    Wave.objects.update(state=Wave.State.DRAFT)
    classroom.lesson.wave.refresh_from_db()
    with pytest.raises(Refused, match="not open"):
        start_lesson(lesson=classroom.lesson, minutes=5, by=None)
