"""Release: two different people approve a complete build, then the pointer moves to it.

A correction is a new build of the same wave, approved anew and published over the old one; a
roll-back points at an older one. Both are written, with a note, into the public log.
"""

from django.db import transaction

from reports import ledger
from reports.models import Approval, Build, Publication, PublicationEvent
from schools.audit import record
from schools.models import User
from surveys.models import Wave
from surveys.refusal import Refused

APPROVALS_NEEDED = 2
NOTES = {
    PublicationEvent.Kind.RELEASE: "Say in a sentence what is released",
    PublicationEvent.Kind.CORRECTION: "Say in a sentence what is corrected, and why",
    PublicationEvent.Kind.ROLL_BACK: "Say in a sentence why the earlier figures are back",
}


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
def publish(*, build: Build, by: User, note: str) -> PublicationEvent:
    """Point the wave at an approved build: a first release, a correction or a roll-back.

    Raises `Refused` without two approvals or a note, for the build that is public already, and
    for one that was counted before another was published: only a new build is certified
    together with all that has been public.
    """
    # One publication of a wave at a time: what is public must not change under the checks.
    wave = Wave.objects.select_for_update().get(pk=build.wave_id)
    kind = kind_of(build)
    _check(build, kind, note.strip())
    Publication.objects.update_or_create(wave=wave, defaults={"build": build})
    event = PublicationEvent.objects.create(wave=wave, build=build, kind=kind, note=note.strip())
    details = {"kind": str(kind)}
    record(by=by, action="build.published", subject=str(build.pk), details=details)
    return event


def kind_of(build: Build) -> PublicationEvent.Kind:
    """What publishing this build now would be."""
    if build.publication_events.exists():
        return PublicationEvent.Kind.ROLL_BACK
    earlier = PublicationEvent.objects.filter(wave=build.wave_id).exists()
    return PublicationEvent.Kind.CORRECTION if earlier else PublicationEvent.Kind.RELEASE


def _check(build: Build, kind: PublicationEvent.Kind, note: str) -> None:
    if build.state != Build.State.COMPLETE:
        raise Refused(f"This build is not complete: {build.get_state_display().lower()}.")
    if build.approvals.count() < APPROVALS_NEEDED:
        raise Refused("Two different people have to approve a build before it is published.")
    if Publication.objects.filter(build=build).exists():
        raise Refused("This build is the one that is public now.")
    if not ledger.may_follow(build):
        raise Refused(
            "This build was counted before another release of its wave was published, so the two "
            "were never checked together. Build again, and publish that build."
        )
    if not note:
        raise Refused(f"{NOTES[kind]}; the public release log shows it.")
