"""Lessons: book, print codes, start, pause, extend, close, catch up."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.audit import record
from schools.keys import read_key
from schools.models import RollPupil, School, User
from surveys.actions.rehearsals import clear_rehearsals, require_bookable, require_edition
from surveys.codes import new_code
from surveys.durability import empty_log
from surveys.models import AccessCode, Edition, Lesson, Response, Wave
from surveys.refusal import Refused
from surveys.sealing import code_digest
from surveys.slips import Slip

# How long after its time a lesson may still be extended; then it closes by itself.
GRACE = timedelta(hours=1)
# How long after its day a rehearsal that was never started keeps its codes.
FORGOTTEN = timedelta(days=7)

# Who gets a slip, and for which edition.
Seats = Sequence[tuple[RollPupil, str]]


@transaction.atomic
def book_lesson(
    *,
    wave: Wave,
    school: School,
    title: str,
    year_group: int,
    held_on: date,
    by: User | None,
    class_name: str = "",
) -> tuple[Lesson, list[Slip]]:
    """Book a lesson for a class (or a whole year group) and make a code for each pupil in it.

    Pupils who opted out, left, or hold a code of this wave already get none. The slips come
    in random order and cannot be made again; a lost one is replaced by `reissue`.
    """
    require_bookable(wave, school, year_group)
    pupils = list(_pupils_without_code(wave, school, year_group, class_name))
    if not pupils:
        raise Refused("There is nobody on the roll for this lesson who still needs a code.")
    lesson = Lesson.objects.create(
        wave=wave, school=school, title=title, year_group=year_group, held_on=held_on, booked_by=by
    )
    slips = _issue(lesson, [(pupil, Edition.FULL) for pupil in pupils])
    record(by=by, action="lesson.booked", subject=str(lesson.pk), details={"codes": len(slips)})
    return lesson, slips


def start_lesson(*, lesson: Lesson, minutes: int, by: User | None) -> None:
    """Open a planned or paused lesson for `minutes`."""
    startable = {Wave.State.OPEN, Wave.State.DRAFT} if lesson.rehearsal else {Wave.State.OPEN}
    if lesson.wave.state not in startable:
        raise Refused(f"{lesson.wave} is not open.")
    _change(lesson, {Lesson.State.PLANNED, Lesson.State.PAUSED}, Lesson.State.OPEN, minutes, by)


def pause_lesson(*, lesson: Lesson, by: User | None) -> None:
    _change(lesson, {Lesson.State.OPEN}, Lesson.State.PAUSED, None, by)


def extend_lesson(*, lesson: Lesson, minutes: int, by: User | None) -> None:
    _change(lesson, {Lesson.State.OPEN}, Lesson.State.OPEN, minutes, by)


def close_lesson(*, lesson: Lesson, by: User | None) -> None:
    """End a lesson. Keys for resuming are destroyed: nobody can read or go on from here.

    Of a rehearsal nothing stays but that it was held.
    """
    with transaction.atomic():
        before = set(Lesson.State) - {Lesson.State.CLOSED}
        _change(lesson, before, Lesson.State.CLOSED, None, by)
        Response.objects.filter(code__lesson=lesson).update(resume_wrap=None)
        clear_rehearsals(Lesson.objects.filter(pk=lesson.pk))
        transaction.on_commit(empty_log, robust=True)


@transaction.atomic
def catch_up(
    *, lesson: Lesson, title: str, held_on: date, by: User | None
) -> tuple[Lesson, list[Slip]]:
    """A second sitting with new codes for the pupils whose codes were never used."""
    seats = _take_back_unused(lesson)
    later = Lesson.objects.create(
        wave=lesson.wave,
        school=lesson.school,
        title=title,
        year_group=lesson.year_group,
        held_on=held_on,
        booked_by=by,
    )
    slips = _issue(later, seats)
    record(by=by, action="lesson.catch_up", subject=str(later.pk), details={"codes": len(slips)})
    return later, slips


@transaction.atomic
def reissue(*, code: AccessCode, by: User | None, edition: str = "") -> Slip:
    """A new slip for a lost one, or for the other `edition`. The old code stops working; logged."""
    if code.pupil is None:
        raise Refused("A rehearsal’s slips are not replaced. Close it and begin another.")
    require_edition(code.lesson.wave, edition)
    code.replaced = True
    code.save(update_fields=["replaced"])
    record(by=by, action="code.reissued", subject=str(code.lesson_id))
    return _issue(code.lesson, [(code.pupil, edition or code.edition)])[0]


@transaction.atomic
def reprint(*, lesson: Lesson, by: User | None) -> list[Slip]:
    """New slips for everybody in a lesson who has not started; their old codes stop working."""
    slips = _issue(lesson, _take_back_unused(lesson))
    record(by=by, action="lesson.reprinted", subject=str(lesson.pk), details={"codes": len(slips)})
    return slips


def close_overdue(*, by: User | None) -> int:
    """Close lessons whose time ran out a while ago, so that resume keys do not outlive them."""
    late = Q(closes_at__lt=timezone.now() - GRACE)
    forgotten = Q(
        rehearsal=True,
        state=Lesson.State.PLANNED,
        held_on__lt=timezone.localdate() - FORGOTTEN,
    )
    lessons = list(Lesson.objects.exclude(state=Lesson.State.CLOSED).filter(late | forgotten))
    for lesson in lessons:
        close_lesson(lesson=lesson, by=by)
    return len(lessons)


def _pupils_without_code(
    wave: Wave, school: School, year_group: int, class_name: str
) -> QuerySet[RollPupil]:
    # Two conditions on one code need `in`: side by side in exclude() they may meet two codes.
    live = AccessCode.objects.filter(wave=wave, replaced=False)
    pupils = RollPupil.objects.may_take_part().filter(school=school, year_group=year_group)
    pupils = pupils.exclude(codes__in=live)
    return pupils.filter(class_name=class_name) if class_name else pupils


def _take_back_unused(lesson: Lesson) -> Seats:
    """Make the codes nobody has used stop working; the pupils who may have new ones."""
    unused = lesson.codes.filter(replaced=False, response__isnull=True)
    allowed = unused.filter(pupil__in=RollPupil.objects.may_take_part()).select_related("pupil")
    seats = [(code.pupil, code.edition) for code in allowed if code.pupil]
    if not seats:
        raise Refused("Every code of this lesson has been used.")
    unused.update(replaced=True)
    return seats


def _issue(lesson: Lesson, seats: Seats) -> list[Slip]:
    pepper = read_key("CODE_PEPPER")
    shuffled = secrets.SystemRandom().sample(seats, len(seats))
    slips = [Slip(new_code(), pupil.place_in_class) for pupil, _ in shuffled]
    AccessCode.objects.bulk_create(
        AccessCode(
            wave=lesson.wave,
            lesson=lesson,
            pupil=pupil,
            edition=edition,
            digest=code_digest(slip.code, pepper),
        )
        for (pupil, edition), slip in zip(shuffled, slips, strict=True)
    )
    return slips


@transaction.atomic
def _change(
    lesson: Lesson,
    allowed: set[Lesson.State],
    to: Lesson.State,
    minutes: int | None,
    by: User | None,
) -> None:
    now = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if now.state not in allowed:
        raise Refused(f"This lesson is {now.get_state_display().lower()}.")
    if minutes is not None:
        if not 1 <= minutes <= 240:
            raise Refused("A lesson can be open for 1 to 240 minutes.")
        now.closes_at = timezone.now() + timedelta(minutes=minutes)
    now.state = to
    now.save(update_fields=["state", "closes_at"])
    lesson.state, lesson.closes_at = now.state, now.closes_at
    record(by=by, action=f"lesson.{to}", subject=str(lesson.pk))
