"""Release: two different people approve a complete build, then the pointer moves to it."""

from django.db import transaction

from reports.models import Approval, Build, Publication, PublicationEvent
from schools.audit import record
from schools.models import User
from surveys.refusal import Refused

APPROVALS_NEEDED = 2


@transaction.atomic
def approve(*, build: Build, by: User) -> Approval:
    """One releaser's approval of a complete build."""
    if build.state != Build.State.COMPLETE:
        raise Refused(f"This build is not complete: {build.get_state_display().lower()}.")
    approval, new = Approval.objects.get_or_create(build=build, by=by)
    if not new:
        raise Refused("You have approved this build already; a second person has to.")
    record(by=by, action="build.approved", subject=str(build.pk))
    return approval


@transaction.atomic
def publish(*, build: Build, by: User, note: str) -> Publication:
    """Point the wave at an approved build. Pointing at an older one is a roll-back."""
    if build.approvals.count() < APPROVALS_NEEDED:
        raise Refused("Two different people have to approve a build before it is published.")
    if not note.strip():
        raise Refused("Say in a sentence what is released; the release log shows it.")
    publication, _ = Publication.objects.update_or_create(
        wave=build.wave, defaults={"build": build}
    )
    PublicationEvent.objects.create(wave=build.wave, build=build, note=note.strip())
    record(by=by, action="build.published", subject=str(build.pk))
    return publication
