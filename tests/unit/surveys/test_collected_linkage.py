"""Responses from another tool that carry a UPN are linked to the roll like any other."""

from datetime import date
from typing import Any

import pytest

from schools.keys import read_key
from schools.models import Area, AreaMembership, AuditEntry, Authority, RollPupil, School
from schools.roll import pseudonym
from surveys.actions import waves
from surveys.actions.collected import import_responses
from surveys.collected import Collected, CollectedRow
from surveys.frames import wave_frame
from surveys.models import Link, Response, Wave
from surveys.refusal import Refused
from tests.tiny import tiny_document
from tests.unit.schools.upns import upn
from tests.waves import borough

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> tuple[Authority, School]:
    authority, (school, *_) = borough(schools=1)
    return authority, school


@pytest.fixture
def wave(town: tuple[Authority, School]) -> Wave:
    authority, school = town
    return waves.set_up_wave(
        authority=authority,
        key="elsewhere",
        name="Answered elsewhere",
        questionnaire=waves.adopt_questionnaire(document=tiny_document(), by=None),
        schools=[school],
        year_groups=[8, 10],
        opens_on=date(2026, 5, 1),
        closes_on=date(2026, 7, 1),
        by=None,
        source=Wave.Source.FILE,
    )


def enrol(town: tuple[Authority, School], number: int, **facts: Any) -> str:
    """A pupil of the roll; the answer is the UPN that only the file of responses holds."""
    authority, school = town
    mark = pseudonym(upn(number), read_key("LINK_KEY"))
    given = {"year_group": 10, "sex": "F", "fsm": True, "sen": "plan", **facts}
    RollPupil.objects.create(authority=authority, school=school, pseudonym=mark, **given)
    return upn(number)


def row(record: str, number: str | None, happy: int = 4, **demographics: str) -> CollectedRow:
    return CollectedRow(record, {"happy": happy}, {"school": None, **demographics}, upn=number)


def test_the_rolls_facts_count_and_each_outcome_is_told(
    town: tuple[Authority, School], wave: Wave
) -> None:
    linked = enrol(town, 1)
    out = enrol(town, 2, opted_out_on=date(2026, 4, 1), opted_out_by="parent")
    left = enrol(town, 3, left_on=date(2026, 4, 1))
    rows = (
        row("a", linked),
        row("b", out),
        row("c", left),
        row("d", upn(99)),  # never on the roll
    )
    assert import_responses(wave=wave, collected=Collected(rows, ()), by=None) == 4
    outcomes = sorted(Link.objects.values_list("outcome", flat=True))
    assert outcomes == ["linked", "not_on_roll", "not_on_roll", "opted_out"]
    table = wave_frame(wave, private_key=read_key("ANALYSIS_PRIVATE_KEY")).table
    known = table[["school", "year_group", "sex", "fsm", "sen", "sen_detail"]].iloc[0].tolist()
    assert known == [town[1].key, "10", "F", "yes", "any", "plan"]
    assert len(table) == 1


def test_two_responses_of_one_pupil_count_once_the_fuller_one(
    town: tuple[Authority, School], wave: Wave
) -> None:
    number = enrol(town, 1)
    fuller = CollectedRow("z", {"happy": 1, "calm": 2}, {"school": None}, upn=number)
    import_responses(wave=wave, collected=Collected((row("a", number), fuller), ()), by=None)
    table = wave_frame(wave, private_key=read_key("ANALYSIS_PRIVATE_KEY")).table
    assert table["q.happy"].tolist() == [1]
    assert Link.objects.filter(outcome="duplicate").count() == 1


def test_an_unknown_school_stops_the_whole_file(town: tuple[Authority, School], wave: Wave) -> None:
    rows = (row("a", None, school=town[1].key), row("b", None, school="nowhere"))
    with pytest.raises(Refused, match="nowhere"):
        import_responses(wave=wave, collected=Collected(rows, ()), by=None)
    assert wave.responses.count() == 0
    wave.refresh_from_db()
    assert wave.state == Wave.State.DRAFT


def test_no_upn_is_stored(town: tuple[Authority, School], wave: Wave) -> None:
    number = enrol(town, 1)
    import_responses(wave=wave, collected=Collected((row("a", number),), ()), by=None)
    for model in (Link, RollPupil, Response, AuditEntry):
        for stored in model.objects.values():
            assert number not in str(stored)


def ward(authority: Authority, code: str, vintage: str) -> Area:
    return Area.objects.create(
        authority=authority, kind="ward", code=code, name=code, vintage=vintage
    )


def test_homes_of_the_roll_say_by_which_wards(town: tuple[Authority, School], wave: Wave) -> None:
    old, _ = ward(town[0], "W1", "2023"), ward(town[0], "W2", "2025")
    rows = (row("a", enrol(town, 1, area=old)),)
    import_responses(wave=wave, collected=Collected(rows, ()), by=None)
    wave.refresh_from_db()
    assert (wave.vintage, Link.objects.get().ward) == ("2023", "W1")


def test_a_file_with_wards_of_its_own_may_be_older_than_all_boundaries(
    town: tuple[Authority, School], wave: Wave
) -> None:
    ward(town[0], "W1", "2023")
    rows = (row("a", None, school=town[1].key, year_group="8", ward="W0"),)
    import_responses(wave=wave, collected=Collected(rows, ()), by=None)
    wave.refresh_from_db()
    assert (wave.vintage, Link.objects.get().ward) == ("", "W0")


def test_a_file_with_wards_that_are_there(town: tuple[Authority, School], wave: Wave) -> None:
    ward(town[0], "W1", "2023")
    rows = (row("a", None, school=town[1].key, year_group="8", ward="W1"),)
    import_responses(wave=wave, collected=Collected(rows, ()), by=None)
    wave.refresh_from_db()
    assert wave.vintage == "2023"


def in_locality(authority: Authority, code: str, vintage: str) -> None:
    whole = Area.objects.create(
        authority=authority, kind="locality", code=code, name=code, vintage=vintage
    )
    AreaMembership.objects.create(part=ward(authority, "W1", vintage), whole=whole, vintage=vintage)


def test_who_brings_a_file_may_say_of_which_wards_its_localities_are(
    town: tuple[Authority, School], wave: Wave
) -> None:
    in_locality(town[0], "NORTH", "2025")
    rows = (row("a", None, school=town[1].key, year_group="8", locality="NORTH"),)
    import_responses(wave=wave, collected=Collected(rows, ()), by=None, vintage="2025")
    wave.refresh_from_db()
    assert (wave.vintage, Link.objects.get().locality) == ("2025", "NORTH")


def test_nobody_who_does_not_say_so(town: tuple[Authority, School], wave: Wave) -> None:
    in_locality(town[0], "NORTH", "2025")
    rows = (row("a", None, school=town[1].key, year_group="8", locality="NORTH"),)
    import_responses(wave=wave, collected=Collected(rows, ()), by=None)
    wave.refresh_from_db()
    assert wave.vintage == ""


def test_a_vintage_without_an_area_of_the_file_is_refused(
    town: tuple[Authority, School], wave: Wave
) -> None:
    in_locality(town[0], "NORTH", "2025")
    rows = (row("a", None, school=town[1].key, year_group="8", locality="NORTH", ward="W1"),)
    in_locality(town[0], "SOUTH", "2023")
    with pytest.raises(Refused, match="none of the vintage 2023: NORTH"):
        import_responses(wave=wave, collected=Collected(rows, ()), by=None, vintage="2023")
    assert wave.responses.count() == 0


def test_a_vintage_that_is_not_there_is_refused_whatever_the_file_names(
    town: tuple[Authority, School], wave: Wave
) -> None:
    rows = (row("a", None, school=town[1].key, year_group="8"),)
    with pytest.raises(Refused, match="There are no wards of 2099"):
        import_responses(wave=wave, collected=Collected(rows, ()), by=None, vintage="2099")
    assert wave.responses.count() == 0
