"""What surrounds the answers of a wave: the roll beside it, and what linkage came to."""

from datetime import date

from schools.models import RollPupil, School
from surveys.actions.linkage import link_wave
from surveys.actions.waves import close_wave
from surveys.frames import linkage_counts, roll_fingerprints, year_groups_on_roll
from surveys.models import Wave
from tests.classroom import ANSWERS, Classroom


def test_it_changes_with_the_roll_and_names_nobody(classroom: Classroom) -> None:
    wave = classroom.wave
    before = list(roll_fingerprints(wave))
    assert before == list(roll_fingerprints(wave))
    pupil = RollPupil.objects.first()
    assert pupil is not None
    assert not any(pupil.pseudonym in row or pupil.pk.hex in row for row in before)
    pupil.opted_out_on, pupil.opted_out_by = date(2026, 5, 1), "parent"
    pupil.save()
    opted_out = list(roll_fingerprints(wave))
    pupil.left_on = date(2026, 6, 1)
    pupil.save()
    assert len({*map(tuple, (before, opted_out, roll_fingerprints(wave)))}) == 3


def test_a_wave_from_a_file_has_no_roll(classroom: Classroom) -> None:
    classroom.wave.source = Wave.Source.FILE
    assert list(roll_fingerprints(classroom.wave)) == []
    assert year_groups_on_roll(classroom.wave) is None


def test_the_roll_of_the_year_groups_takes_in_schools_that_stayed_away(
    classroom: Classroom,
) -> None:
    wave, pupil = classroom.wave, RollPupil.objects.first()
    assert pupil is not None
    before = year_groups_on_roll(wave)
    assert before == RollPupil.objects.count()
    away = School.objects.create(authority=wave.authority, key="100077", name="Away")
    for number, year in enumerate((wave.year_groups[0], 13)):
        RollPupil.objects.create(
            authority=wave.authority, school=away, pseudonym=f"{number:064x}", year_group=year
        )
    assert year_groups_on_roll(wave) == before + 1


def test_every_outcome_of_linkage_is_counted(classroom: Classroom) -> None:
    classroom.answer(0, ANSWERS)
    classroom.answer(1, ANSWERS)
    gone = RollPupil.objects.filter(codes__response__isnull=False).first()
    assert gone is not None
    RollPupil.objects.filter(pk=gone.pk).update(left_on=date(2026, 6, 1))
    close_wave(wave=classroom.wave, by=None)
    link_wave(wave=classroom.wave, by=None)
    found = linkage_counts(classroom.wave)
    assert found["Linked to the roll"] == 1
    assert found["No longer on the roll: not used"] == 1
    assert sum(found.values()) == 2
    assert len(found) == 5
