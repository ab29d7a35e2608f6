"""Opting out of the survey, and changing one's mind."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.audit import record
from schools.keys import LINK_KEY, read_key
from schools.models import Authority, OptOutBy, RollPupil, User
from schools.roll import pseudonym


def find_pupil(*, authority: Authority, upn: str) -> RollPupil:
    """The pupil with a UPN. Raises ValueError for a wrong UPN, RollPupil.DoesNotExist."""
    return RollPupil.objects.get(authority=authority, pseudonym=pseudonym(upn, read_key(LINK_KEY)))


@transaction.atomic
def record_opt_out(
    *, pupil: RollPupil, decided_by: str, by: User | None, on: date | None = None
) -> None:
    """Note that a parent or the pupil said no. The earliest day stands when told twice."""
    decided_by = OptOutBy(decided_by).value
    pupil = RollPupil.objects.select_for_update().get(pk=pupil.pk)
    day = on or timezone.localdate()
    if pupil.opted_out_on and pupil.opted_out_on <= day:
        return
    pupil.opted_out_on, pupil.opted_out_by = day, decided_by
    pupil.save(update_fields=["opted_out_on", "opted_out_by"])
    record(
        by=by,
        action="pupil.opted_out",
        subject=str(pupil.pk),
        details={"on": day, "decided_by": decided_by},
    )


@transaction.atomic
def cancel_opt_out(*, pupil: RollPupil, by: User | None) -> None:
    """The parent or the pupil said yes after all."""
    pupil = RollPupil.objects.select_for_update().get(pk=pupil.pk)
    if pupil.opted_out_on is None:
        return
    pupil.opted_out_on, pupil.opted_out_by = None, ""
    pupil.save(update_fields=["opted_out_on", "opted_out_by"])
    record(by=by, action="pupil.opt_out_cancelled", subject=str(pupil.pk))
