"""Lessons: book, print codes, start, pause, extend, close, catch up."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from schools.audit import record
from schools.keys import read_key
from schools.models import RollPupil, School, User
from surveys.codes import new_code
from surveys.models import AccessCode, Lesson, Response, Wave
from surveys.refusal import Refused
from surveys.sealing import code_digest
from surveys.slips import Slip

# How long after its time a lesson may still be extended; then it closes by itself.
GRACE = timedelta(hours=1)


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
    if wave.state not in {Wave.State.DRAFT, Wave.State.OPEN}:
        raise Refused(f"{wave} is closed; no more lessons can be booked.")
    if not wave.schools.filter(pk=school.pk).exists():
        raise Refused(f"{school} does not take part in {wave}.")
    if year_group not in wave.year_groups:
        raise Refused(f"{wave} does not ask Year {year_group}.")
    pupils = list(_pupils_without_code(wave, school, year_group, class_name))
    if not pupils:
        raise Refused("There is nobody on the roll for this lesson who still needs a code.")
    lesson = Lesson.objects.create(
        wave=wave, school=school, title=title, year_group=year_group, held_on=held_on, booked_by=by
    )
    slips = _issue(lesson, pupils)
    record(by=by, action="lesson.booked", subject=str(lesson.pk), details={"codes": len(slips)})
    return lesson, slips


def start_lesson(*, lesson: Lesson, minutes: int, by: User | None) -> None:
    """Open a planned or paused lesson for `minutes`."""
    if lesson.wave.state != Wave.State.OPEN:
        raise Refused(f"{lesson.wave} is not open.")
    _change(lesson, {Lesson.State.PLANNED, Lesson.State.PAUSED}, Lesson.State.OPEN, minutes, by)


def pause_lesson(*, lesson: Lesson, by: User | None) -> None:
    _change(lesson, {Lesson.State.OPEN}, Lesson.State.PAUSED, None, by)


def extend_lesson(*, lesson: Lesson, minutes: int, by: User | None) -> None:
    _change(lesson, {Lesson.State.OPEN}, Lesson.State.OPEN, minutes, by)


def close_lesson(*, lesson: Lesson, by: User | None) -> None:
    """End a lesson. Keys for resuming are destroyed: nobody can read or go on from here."""
    with transaction.atomic():
        before = set(Lesson.State) - {Lesson.State.CLOSED}
        _change(lesson, before, Lesson.State.CLOSED, None, by)
        Response.objects.filter(code__lesson=lesson).update(resume_wrap=None)


@transaction.atomic
def catch_up(
    *, lesson: Lesson, title: str, held_on: date, by: User | None
) -> tuple[Lesson, list[Slip]]:
    """A second sitting with new codes for the pupils whose codes were never used."""
    pupils = _take_back_unused(lesson)
    later = Lesson.objects.create(
        wave=lesson.wave,
        school=lesson.school,
        title=title,
        year_group=lesson.year_group,
        held_on=held_on,
        booked_by=by,
    )
    slips = _issue(later, pupils)
    record(by=by, action="lesson.catch_up", subject=str(later.pk), details={"codes": len(slips)})
    return later, slips


@transaction.atomic
def reissue(*, code: AccessCode, by: User | None) -> Slip:
    """A new slip for a lost one. The old code stops working; logged."""
    code.replaced = True
    code.save(update_fields=["replaced"])
    record(by=by, action="code.reissued", subject=str(code.lesson_id))
    return _issue(code.lesson, [code.pupil])[0]


@transaction.atomic
def reprint(*, lesson: Lesson, by: User | None) -> list[Slip]:
    """New slips for everybody in a lesson who has not started; their old codes stop working."""
    slips = _issue(lesson, _take_back_unused(lesson))
    record(by=by, action="lesson.reprinted", subject=str(lesson.pk), details={"codes": len(slips)})
    return slips


def close_overdue(*, by: User | None) -> int:
    """Close lessons whose time ran out a while ago, so that resume keys do not outlive them."""
    overdue = Lesson.objects.exclude(state=Lesson.State.CLOSED).filter(
        closes_at__lt=timezone.now() - GRACE
    )
    lessons = list(overdue)
    for lesson in lessons:
        close_lesson(lesson=lesson, by=by)
    return len(lessons)


def counts(lesson: Lesson) -> dict[str, int]:
    """Seats as counts: not started, under way, finished. Never keyed by code."""
    states = list(
        Response.objects.filter(code__lesson=lesson, code__replaced=False)
        .order_by()
        .values_list("state", flat=True)
    )
    under_way = states.count(Response.State.STARTED)
    codes = lesson.codes.filter(replaced=False).count()
    return {
        "codes": codes,
        "not_started": codes - len(states),
        "under_way": under_way,
        "finished": len(states) - under_way,
    }


def _pupils_without_code(
    wave: Wave, school: School, year_group: int, class_name: str
) -> QuerySet[RollPupil]:
    # Two conditions on one code need `in`: side by side in exclude() they may meet two codes.
    live = AccessCode.objects.filter(wave=wave, replaced=False)
    pupils = RollPupil.objects.may_take_part().filter(school=school, year_group=year_group)
    pupils = pupils.exclude(codes__in=live)
    return pupils.filter(class_name=class_name) if class_name else pupils


def _take_back_unused(lesson: Lesson) -> list[RollPupil]:
    """Make the codes nobody has used stop working; the pupils who may have new ones."""
    unused = lesson.codes.filter(replaced=False, response__isnull=True)
    pupils = list(RollPupil.objects.may_take_part().filter(codes__in=unused))
    if not pupils:
        raise Refused("Every code of this lesson has been used.")
    unused.update(replaced=True)
    return pupils


def _issue(lesson: Lesson, pupils: list[RollPupil]) -> list[Slip]:
    pepper = read_key("CODE_PEPPER")
    secrets.SystemRandom().shuffle(pupils)
    slips = [Slip(new_code(), pupil.place_in_class) for pupil in pupils]
    AccessCode.objects.bulk_create(
        AccessCode(
            wave=lesson.wave, lesson=lesson, pupil=pupil, digest=code_digest(slip.code, pepper)
        )
        for pupil, slip in zip(pupils, slips, strict=True)
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
