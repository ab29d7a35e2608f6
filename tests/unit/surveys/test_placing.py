"""A wave's pupils are placed by one vintage of wards, which is written down and stays."""

import io

import pytest
from django.core.management import CommandError, call_command

from schools.models import Area, AreaMembership, AuditEntry, Authority
from surveys.actions.linkage import link_wave
from surveys.actions.waves import close_wave
from surveys.frames import people_frame, places_of, roll_frame, vintage_of
from surveys.models import Link, Wave
from surveys.refusal import Refused
from tests.classroom import ANSWERS, Classroom

pytestmark = pytest.mark.django_db


def ward(authority: Authority, code: str, vintage: str, locality: str = "north") -> Area:
    """A ward in a locality of the same vintage."""
    area = Area.objects.create(
        authority=authority, kind="ward", code=code, name=f"{code} of {vintage}", vintage=vintage
    )
    if locality:
        whole, _ = Area.objects.get_or_create(
            authority=authority, kind="locality", code=locality, name=locality, vintage=vintage
        )
        AreaMembership.objects.create(part=area, whole=whole, vintage=vintage)
    return area


def live_in(room: Classroom, *areas: Area) -> None:
    for pupil, area in zip(room.pupils, areas, strict=False):
        pupil.area = area
        pupil.save()


@pytest.fixture
def closed(classroom: Classroom) -> Classroom:
    """The lessons are over in July 2026; the first two pupils answered."""
    for number in (0, 1):
        classroom.answer(number, ANSWERS)
    close_wave(wave=classroom.wave, by=None)
    return classroom


def homes() -> list[tuple[str, str]]:
    return sorted(Link.objects.values_list("ward", "locality"))


def test_by_the_wards_of_the_time_of_the_lessons(closed: Classroom) -> None:
    """W1 was there all the time, and is in another locality since 2027."""
    authority = closed.school.authority
    for vintage, locality in (("2023", "north"), ("2025", "south"), ("2027", "east")):
        first = ward(authority, "W1", vintage, locality)
    live_in(closed, first, first)
    link_wave(wave=closed.wave, by=None)
    assert closed.wave.vintage == "2025"
    assert homes() == [("W1", "south"), ("W1", "south")]
    assert AuditEntry.objects.get(action="wave.linked").details["vintage"] == "2025"
    assert places_of(closed.wave).areas["ward", "W1"].name == "W1 of 2025"


def test_by_the_wards_that_have_all_homes(closed: Classroom) -> None:
    authority = closed.school.authority
    old = [ward(authority, code, "2023") for code in ("W1", "W2")]
    ward(authority, "W1", "2025")
    live_in(closed, *old)
    link_wave(wave=closed.wave, by=None)
    assert closed.wave.vintage == "2023"


def test_once_chosen_it_stays_until_another_is_asked_for(closed: Classroom) -> None:
    """New boundaries of the same time, loaded later; then the pupils are placed by these."""
    authority = closed.school.authority
    first = ward(authority, "W1", "2025", "north")
    live_in(closed, first, first)
    link_wave(wave=closed.wave, by=None)
    ward(authority, "W1", "2026-05", "south")
    link_wave(wave=closed.wave, by=None)
    assert (vintage_of(closed.wave), homes()[0]) == ("2025", ("W1", "north"))
    link_wave(wave=closed.wave, by=None, vintage="2026-05")
    closed.wave.refresh_from_db()
    assert (vintage_of(closed.wave), homes()[0]) == ("2026-05", ("W1", "south"))


def test_those_who_did_not_take_part_are_placed_by_the_same(closed: Classroom) -> None:
    authority = closed.school.authority
    first = ward(authority, "W1", "2025", "north")
    live_in(closed, first, first, first, first)
    link_wave(wave=closed.wave, by=None)
    ward(authority, "W1", "2026-05", "south")
    roll = roll_frame(closed.wave)
    assert list(roll["locality"]) == ["north"] * 4
    assert list(people_frame(closed.wave)["locality"]) == ["north"] * 2


def test_homes_that_no_one_vintage_has(closed: Classroom) -> None:
    authority = closed.school.authority
    live_in(closed, ward(authority, "W1", "2023"), ward(authority, "W2", "2025"))
    with pytest.raises(Refused, match="no one vintage of wards has"):
        link_wave(wave=closed.wave, by=None)
    assert not Link.objects.exists()
    assert Wave.objects.get().state == Wave.State.CLOSED
    link_wave(wave=closed.wave, by=None, vintage="2025")
    assert homes() == [("", ""), ("W2", "north")]


def test_wards_that_are_not_there_or_lie_nowhere(closed: Classroom) -> None:
    authority = closed.school.authority
    live_in(closed, ward(authority, "W1", "2023"))
    with pytest.raises(Refused, match="There are no wards of 2024"):
        link_wave(wave=closed.wave, by=None, vintage="2024")
    ward(authority, "W1", "2025", locality="")
    with pytest.raises(Refused, match="in which locality the wards of 2025 lie"):
        link_wave(wave=closed.wave, by=None)


def test_a_council_without_wards(closed: Classroom) -> None:
    link_wave(wave=closed.wave, by=None)
    assert closed.wave.vintage == ""
    assert homes() == [("", ""), ("", "")]


def test_a_wave_linked_before_this_was_written_down(closed: Classroom) -> None:
    authority = closed.school.authority
    live_in(closed, ward(authority, "W1", "2023"), ward(authority, "W2", "2023"))
    link_wave(wave=closed.wave, by=None)
    Wave.objects.update(vintage="")
    ward(authority, "W1", "2025")
    closed.wave.refresh_from_db()
    assert vintage_of(closed.wave) == "2023"
    ward(authority, "W2", "2027")
    assert vintage_of(closed.wave) == "2023"
    Link.objects.update(ward="")
    assert vintage_of(closed.wave) == ""


def test_the_command_says_by_which_wards(closed: Classroom) -> None:
    authority, out = closed.school.authority, io.StringIO()
    live_in(closed, ward(authority, "W1", "2023"), ward(authority, "W2", "2025"))
    with pytest.raises(CommandError, match="no one vintage of wards has"):
        call_command("link_wave", "spring", stdout=out)
    call_command("link_wave", "spring", vintage="2023", stdout=out)
    assert "Pupils are placed by the wards of 2023." in out.getvalue()
    assert homes() == [("", ""), ("W1", "north")]
