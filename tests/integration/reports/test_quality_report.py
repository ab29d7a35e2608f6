"""manage.py quality_report: from sealed answers and signs to counts of groups, and audited."""

import io

import pytest
from django.core.management import CommandError, call_command

from schools.models import AuditEntry, Authority, School
from surveys.actions.linkage import link_wave
from surveys.actions.responses import PageSave, finish, save_pages, take_seat
from surveys.actions.waves import close_wave
from tests.classroom import ANSWERS, Classroom, build_classroom


@pytest.fixture
def room(db: None) -> Classroom:
    """Twenty-four pupils: eleven by a helper, thirteen by themselves on phones."""
    authority = Authority.objects.create(code="E09000099", name="Exampleham")
    school = School.objects.create(authority=authority, key="100001", name="Ash")
    room = build_classroom(authority, school, pupils=24)
    for number, slip in enumerate(room.slips):
        helped = number < 11
        seat = take_seat(code=slip.code, entered="assisted" if helped else "pupil")
        pages = [PageSave(page, 1, answers) for page, answers in ANSWERS.items()]
        signs = {"device": "tablet" if helped else "phone", "seconds": {"p01": 60}}
        save_pages(seat=seat, pages=[*pages, PageSave("about", 1, signs)])
        finish(seat=seat)
    return room


def told(**options: str) -> str:
    out = io.StringIO()
    call_command("quality_report", stdout=out, **options)
    return out.getvalue()


def test_counts_of_groups(room: Classroom) -> None:
    close_wave(wave=room.wave, by=None)
    link_wave(wave=room.wave, by=None)
    report = told(wave=room.wave.key)
    assert "24 linked responses" in report
    assert "     13  pupil\n     11  assisted\n" in report
    assert "     13  phone\n     11  tablet\n" in report
    assert "Time on the questions (quarter / half / three quarters): too few pupils" in report
    entry = AuditEntry.objects.get(action="quality.reported")
    assert entry.subject == room.wave.key


def test_not_before_linkage(room: Classroom) -> None:
    with pytest.raises(CommandError, match="not been linked"):
        told(wave=room.wave.key)


def test_a_wave_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="no wave 'autumn'"):
        told(wave="autumn")
