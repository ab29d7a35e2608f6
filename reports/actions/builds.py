"""Build a wave's released figures: ask, open each school, count once, render each piece, finish."""

import hashlib
import traceback
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from reports import earlier, ledger, pipeline, queries, rendering
from reports.models import Build, BuildStep, QualityRecord, ReleasedPlace, RenderedFile
from schools.audit import record
from schools.keys import read_key
from schools.models import User
from surveys.frames import keep_codes, schools_linked, vintage_of
from surveys.models import Wave


class LeaseLost(Exception):
    """Another worker has taken this work over; what was done here is thrown away."""


@transaction.atomic
def request_build(*, wave: Wave, by: User | None) -> Build:
    """Ask for a build of a linked wave, to be set beside what is public of the wave before.

    The same input again gives the build that is there.
    """
    before, rules = earlier.build_before(wave), pipeline.rules_document()
    words = [each.to_document() for each in queries.own_words_of(wave)]
    key = pipeline.input_key(wave, words=words, earlier=before.input_key if before else "")
    mark = ledger.mark(wave, key)
    build, new = Build.objects.get_or_create(
        input_key=mark,
        defaults={
            "wave": wave,
            "requested_by": by,
            "rules": rules,
            "words": words,
            "state": Build.State.OPENING,
            "earlier": before,
            "vintage": vintage_of(wave),
        },
    )
    if not new and build.state == Build.State.FAILED:
        _try_again(build)
    if build.state in {Build.State.OPENING, Build.State.COUNTING}:
        record(by=by, action="build.requested", subject=str(build.pk))
        _begin(build)
    return build


def open_school(step_id: int) -> None:
    """Claim and open a school's answers; whoever does the last school offers the counting."""
    step = BuildStep.objects.select_related("build__wave").get(pk=step_id)
    owner = step.claim()
    if owner is None:
        return
    with _failures_of(step, owner):
        key = read_key("ANALYSIS_PRIVATE_KEY")
        keep_codes(step.build.wave, school=step.place_key, private_key=key)
        if not step.settle(owner, state=BuildStep.State.DONE, error=""):
            raise LeaseLost
        _opened(step.build_id)


def count(build_id: str) -> None:
    """Claim and carry out the counting of a build. Does nothing if somebody else has it."""
    build = Build.objects.select_related("wave").get(pk=build_id)
    owner = build.claim()
    if owner is None:
        return
    with _failures_of(build, owner):
        held = ledger.held(build.wave, read_key("RELEASE_KEY"), before=build)
        outcome = pipeline.run(
            build.wave,
            private_key=read_key("ANALYSIS_PRIVATE_KEY"),
            release_key=read_key("RELEASE_KEY"),
            ledger=held.entries,
            earlier=earlier.figures(build),
            tick=_keeping(build, owner),
        )
        _store(build, owner, outcome, held)


def render(step_id: int) -> None:
    """Claim and render one piece; whoever finishes the last one completes the build."""
    step = BuildStep.objects.select_related("build__wave").get(pk=step_id)
    owner = step.claim()
    if owner is None:
        return
    with _failures_of(step, owner):
        content = rendering.render(step.build, step.place_kind, step.place_key, step.media)
        _store_file(step, owner, content)


def sweep() -> None:
    """Offer again whatever nobody holds: its worker died, or the broker lost the message."""
    _give_up_on_spent()
    for build in Build.objects.free():
        _offer_count(str(build.pk))
    for step in BuildStep.objects.free():
        _offer_step(step)
    for build in Build.objects.filter(state=Build.State.OPENING):
        _opened(build.pk)
    for build in Build.objects.filter(state=Build.State.RENDERING):
        _complete(build.pk)


def _give_up_on_spent() -> None:
    """Fail what was tried too often, so that nobody waits for it for ever."""
    reason = "Every attempt ended without a result. See the workers' log."
    Build.objects.spent().update(state=Build.State.FAILED, error=reason)
    for step in BuildStep.objects.spent():
        _fail(step, reason)


def _begin(build: Build) -> None:
    """A step for each school, so that several workers open side by side."""
    if build.state == Build.State.COUNTING:
        _offer_count(str(build.pk))
        return
    schools = [
        BuildStep(build=build, place_kind="school", place_key=school, media=BuildStep.ANSWERS)
        for school in schools_linked(build.wave)
    ]
    BuildStep.objects.bulk_create(schools, ignore_conflicts=True)
    for step in build.steps.filter(state=BuildStep.State.WAITING):
        _offer_step(step)
    transaction.on_commit(lambda: _opened(build.pk))  # nobody may have answered


@transaction.atomic
def _opened(build_id: uuid.UUID) -> None:
    """Go on to counting if no school is left to open: one conditional update, so once."""
    left = BuildStep.objects.filter(build=build_id).exclude(state=BuildStep.State.DONE)
    opening = Build.objects.filter(pk=build_id, state=Build.State.OPENING)
    if not left.exists() and opening.update(state=Build.State.COUNTING):
        _offer_count(str(build_id))


@transaction.atomic
def _store(build: Build, owner: uuid.UUID, outcome: pipeline.Outcome, held: ledger.Held) -> None:
    ReleasedPlace.objects.filter(build=build).delete()
    ReleasedPlace.objects.bulk_create(
        ReleasedPlace(
            build=build,
            kind=place.kind,
            key=place.key,
            name=place.name,
            participation=place.participation,
            document=place.document,
            sha256=place.sha256,
        )
        for place in outcome.places
    )
    ledger.store(build, outcome.entry, beside=held, key=read_key("RELEASE_KEY"))
    QualityRecord.objects.update_or_create(
        build=build,
        defaults={"document": outcome.quality, "sha256": pipeline.digest(outcome.quality)},
    )
    build.steps.filter(media=BuildStep.ANSWERS).delete()
    steps = BuildStep.objects.bulk_create(
        BuildStep(build=build, place_kind=place.kind, place_key=place.key, media=media)
        for place in outcome.places
        for media in rendering.media_for(place.kind)
    )
    state = Build.State.RENDERING
    if not build.settle(owner, state=state, report=outcome.report, error=""):
        raise LeaseLost
    record(by=None, action="build.counted", subject=str(build.pk))
    for step in steps:
        _offer_step(step)


@transaction.atomic
def _store_file(step: BuildStep, owner: uuid.UUID, content: bytes) -> None:
    RenderedFile.objects.update_or_create(
        build=step.build,
        place_kind=step.place_kind,
        place_key=step.place_key,
        media=step.media,
        defaults={"content": content, "sha256": hashlib.sha256(content).hexdigest()},
    )
    if not step.settle(owner, state=BuildStep.State.DONE, error=""):
        raise LeaseLost
    transaction.on_commit(lambda: _complete(step.build_id))


def _complete(build_id: uuid.UUID) -> None:
    """Mark the build complete if nothing is left to render: one conditional update, so once."""
    open_steps = BuildStep.objects.filter(build=build_id).exclude(state=BuildStep.State.DONE)
    with transaction.atomic():
        if open_steps.exists():
            return
        done = Build.objects.filter(pk=build_id, state=Build.State.RENDERING).update(
            state=Build.State.COMPLETE, finished_at=timezone.now()
        )
        if done:
            record(by=None, action="build.complete", subject=str(build_id))


def _try_again(build: Build) -> None:
    """A failed build starts anew, with everything it had made thrown away."""
    build.steps.all().delete()
    build.state, build.attempts, build.error = Build.State.OPENING, 0, ""
    build.save(update_fields=["state", "attempts", "error"])


class _failures_of:  # noqa: N801 - reads as a phrase where it is used
    """Turn an exception into a stored reason that staff can read; a lost lease is no failure."""

    def __init__(self, work: Build | BuildStep, owner: uuid.UUID) -> None:
        self.work, self.owner = work, owner

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: Any
    ) -> bool:
        if error is None or isinstance(error, LeaseLost):
            return True
        if not isinstance(error, Exception):
            return False  # the process is being told to stop: the lease runs out by itself
        if self.work.renew(self.owner):
            _fail(self.work, _reason(error))
        # That nothing may be released is told on the build's page; it is no fault of the program.
        return isinstance(error, pipeline.ReleaseStopped)


def _reason(error: Exception) -> str:
    # The place, not the values: a message of pandas may quote a row.
    last = traceback.extract_tb(error.__traceback__)[-1]
    words = str(error) if isinstance(error, pipeline.ReleaseStopped) else type(error).__name__
    return f"{words} ({last.name})"


@transaction.atomic
def _fail(work: Build | BuildStep, reason: str) -> None:
    failed = {"state": "failed", "owner": None, "lease_until": None, "error": reason}
    type(work).objects.filter(pk=work.pk).update(**failed)
    if isinstance(work, BuildStep):
        Build.objects.filter(pk=work.build_id).update(**failed)
    record(by=None, action="build.failed", subject=str(work.pk), details={"reason": reason})


def _keeping(build: Build, owner: uuid.UUID) -> Callable[[], None]:
    def tick() -> None:
        if not build.renew(owner):
            raise LeaseLost

    return tick


def _offer_count(build_id: str) -> None:
    from reports.tasks import count as task

    transaction.on_commit(lambda: task.delay(build_id))


def _offer_step(step: BuildStep) -> None:
    from reports import tasks

    task = tasks.open_school if step.media == BuildStep.ANSWERS else tasks.render
    transaction.on_commit(lambda: task.delay(step.pk))
