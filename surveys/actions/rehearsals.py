"""Rehearsals: lessons with play codes. What is answered in one reaches no wave, nor outlives it."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from schools.audit import record
from schools.keys import read_key
from schools.models import School, User
from surveys.codes import new_code
from surveys.models import AccessCode, Edition, Lesson, Response, Wave
from surveys.refusal import Refused
from surveys.sealing import code_digest
from surveys.slips import Slip

MOST_CODES = 40


@transaction.atomic
def book_rehearsal(
    *,
    wave: Wave,
    school: School,
    title: str,
    year_group: int,
    codes: int,
    held_on: date,
    by: User | None,
    edition: str = Edition.FULL,
) -> tuple[Lesson, list[Slip]]:
    """A lesson of a wave in preparation or open, with play codes that are nobody's."""
    require_bookable(wave, school, year_group)
    require_edition(wave, edition)
    if not 1 <= codes <= MOST_CODES:
        raise Refused(f"A rehearsal has 1 to {MOST_CODES} play codes.")
    lesson = Lesson.objects.create(
        wave=wave,
        school=school,
        title=title,
        year_group=year_group,
        held_on=held_on,
        booked_by=by,
        rehearsal=True,
    )
    slips = [Slip(new_code(), f"Play code {number} of {codes}") for number in range(1, codes + 1)]
    pepper = read_key("CODE_PEPPER")
    AccessCode.objects.bulk_create(
        AccessCode(lesson=lesson, edition=edition, digest=code_digest(slip.code, pepper))
        for slip in slips
    )
    record(by=by, action="rehearsal.booked", subject=str(lesson.pk), details={"codes": codes})
    return lesson, slips


def clear_rehearsals(lessons: QuerySet[Lesson]) -> None:
    """Delete what was answered in those of the lessons that are rehearsals, and their codes."""
    codes = AccessCode.objects.filter(lesson__in=lessons.filter(rehearsal=True))
    Response.objects.filter(code__in=codes).delete()
    codes.delete()


def require_bookable(wave: Wave, school: School, year_group: int) -> None:
    """Refuse a lesson that the wave does not hold."""
    if wave.state not in {Wave.State.DRAFT, Wave.State.OPEN}:
        raise Refused(f"{wave} is closed; no more lessons can be booked.")
    if not wave.schools.filter(pk=school.pk).exists():
        raise Refused(f"{school} does not take part in {wave}.")
    if year_group not in wave.year_groups:
        raise Refused(f"{wave} does not ask Year {year_group}.")


def require_edition(wave: Wave, edition: str) -> None:
    if edition == Edition.SHORT and wave.short_questionnaire_id is None:
        raise Refused(f"{wave} has no short version.")
