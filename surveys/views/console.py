"""The teacher's console of one lesson: counts, and what a lesson can be told to do."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from schools.permissions import Action, require, signed_in
from surveys.actions.lessons import (
    catch_up,
    close_lesson,
    extend_lesson,
    pause_lesson,
    reissue,
    reprint,
    start_lesson,
)
from surveys.counts import counts
from surveys.models import AccessCode, Edition, Lesson
from surveys.refusal import Refused
from surveys.support import support_card
from surveys.views.printing import slips_response

USUAL_MINUTES = 60
USUAL_EXTENSION = 10
NOT_EVERYONE = "Not everyone has finished yet."


@never_cache
@require_safe
@login_required
def console(request: HttpRequest, lesson: UUID) -> HttpResponse:
    found = _lesson(request, lesson)
    seats = found.codes.filter(replaced=False).select_related("pupil")
    context = {
        "lesson": found,
        "said": _said(found),
        "seats": sorted(seats, key=_place),
        "card": support_card(),
        "today": timezone.localdate(),
        "minutes": USUAL_MINUTES,
        "extension": USUAL_EXTENSION,
    }
    return render(request, "surveys/staff/console.html", context)


@never_cache
@require_safe
@login_required
def lesson_counts(request: HttpRequest, lesson: UUID) -> JsonResponse:
    """What the console's script asks for again and again: counts, and where the lesson stands."""
    return JsonResponse(_said(_lesson(request, lesson)))


@require_POST
@login_required
def change(request: HttpRequest, lesson: UUID, name: str) -> HttpResponse:
    """Start, pause, extend or close."""
    found = _lesson(request, lesson)
    if name not in CHANGES:
        raise Http404
    try:
        CHANGES[name](found, request)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console", lesson=found.pk)


@never_cache
@require_POST
@login_required
def print_slips(request: HttpRequest, lesson: UUID, name: str) -> HttpResponse:
    """Slips that are made anew: one, all unused ones, or those of a catch-up lesson."""
    found = _lesson(request, lesson)
    if name not in PRINTS:
        raise Http404
    try:
        return PRINTS[name](found, request)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("console", lesson=found.pk)


def _lesson(request: HttpRequest, key: UUID) -> Lesson:
    found = get_object_or_404(Lesson.objects.select_related("school", "wave"), pk=key)
    require(request.user, Action.RUN_LESSONS, found.school)
    return found


def _said(lesson: Lesson) -> dict[str, Any]:
    """All that changes on the page while a lesson runs, in numbers and in words."""
    found = counts(lesson)
    everyone = "Everyone has finished." if found["everyone_finished"] else NOT_EVERYONE
    return {
        **found,
        "state": lesson.get_state_display(),
        "time": _time(lesson),
        "everyone": everyone,
        "still": everyone if found["under_way"] is None else _still(found),
    }


def _time(lesson: Lesson) -> str:
    if lesson.state != Lesson.State.OPEN or lesson.closes_at is None:
        return ""
    if not lesson.accepts_starts:
        return "The time is over: nobody can begin now. Extend it, or close the lesson."
    return f"Open until {timezone.localtime(lesson.closes_at):%H:%M}."


def _still(found: dict[str, Any]) -> str:
    number = found["connecting"] + found["under_way"]
    if number == 0:
        return "Everybody who began has finished."
    return f"{number} pupil{'s have' if number > 1 else ' has'} begun and not finished."


def _minutes(request: HttpRequest) -> int:
    typed = request.POST.get("minutes", "").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
        raise Refused("Please give the minutes as a whole number.")
    return int(typed)


def _start(lesson: Lesson, request: HttpRequest) -> None:
    start_lesson(lesson=lesson, minutes=_minutes(request), by=signed_in(request))


def _extend(lesson: Lesson, request: HttpRequest) -> None:
    extend_lesson(lesson=lesson, minutes=_minutes(request), by=signed_in(request))


def _pause(lesson: Lesson, request: HttpRequest) -> None:
    pause_lesson(lesson=lesson, by=signed_in(request))


def _close(lesson: Lesson, request: HttpRequest) -> None:
    close_lesson(lesson=lesson, by=signed_in(request))


def _catch_up(lesson: Lesson, request: HttpRequest) -> HttpResponse:
    title = f"{lesson.title} (catch-up)"[:80]
    later, slips = catch_up(
        lesson=lesson, title=title, held_on=_day(request), by=signed_in(request)
    )
    return slips_response(request, later, slips)


def _again(lesson: Lesson, request: HttpRequest) -> HttpResponse:
    return slips_response(request, lesson, reprint(lesson=lesson, by=signed_in(request)))


def _one(lesson: Lesson, request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("seat", "")
    edition = request.POST.get("edition", "")
    live = lesson.codes.filter(replaced=False).select_related("pupil", "lesson__wave")
    seats: dict[str, AccessCode] = {str(code.pk): code for code in live}
    if chosen not in seats or edition not in {"", *Edition.values}:
        raise Refused("Please choose whose slip is lost.")
    slip = reissue(code=seats[chosen], edition=edition, by=signed_in(request))
    return slips_response(request, lesson, [slip])


def _day(request: HttpRequest) -> date:
    try:
        day = parse_date(request.POST.get("held_on", ""))
    except ValueError:
        day = None
    if day is None:
        raise Refused("Please give the date of the catch-up lesson.")
    return day


def _place(code: AccessCode) -> tuple[Any, ...]:
    if code.pupil is None:
        return ("", 0, "")
    return code.pupil.class_name, code.pupil.class_number or 0, str(code.pupil_id)


CHANGES: dict[str, Callable[[Lesson, HttpRequest], None]] = {
    "start": _start,
    "pause": _pause,
    "extend": _extend,
    "close": _close,
}
PRINTS: dict[str, Callable[[Lesson, HttpRequest], HttpResponse]] = {
    "catch-up": _catch_up,
    "again": _again,
    "one": _one,
}
