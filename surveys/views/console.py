"""The teacher's console of one lesson: counts, and what a lesson can be told to do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
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
from surveys.models import AccessCode, Lesson
from surveys.refusal import Refused
from surveys.slips import Slip
from surveys.support import support_card
from surveys.views.console_forms import CatchUpForm, ExtendForm, LessonForm, SlipForm, StartForm
from surveys.views.printing import slips_response

NOT_EVERYONE = "Not everyone has finished yet."


@never_cache
@require_safe
@login_required
def console(request: HttpRequest, lesson: UUID) -> HttpResponse:
    return _page(request, _lesson(request, lesson))


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
    found, form = _asked(request, lesson, name, CHANGES)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        CHANGES[name](lesson=found, by=signed_in(request), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console", lesson=found.pk)


@never_cache
@require_POST
@login_required
def print_slips(request: HttpRequest, lesson: UUID, name: str) -> HttpResponse:
    """Slips that are made anew: one, all unused ones, or those of a catch-up lesson."""
    found, form = _asked(request, lesson, name, PRINTS)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        of, slips = PRINTS[name](lesson=found, by=signed_in(request), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("console", lesson=found.pk)
    return slips_response(request, of, slips)


def _page(request: HttpRequest, lesson: Lesson, wrong: LessonForm | None = None) -> HttpResponse:
    """The console; with the form that was filled in wrongly, if one was."""
    context = {
        "lesson": lesson,
        "said": _said(lesson),
        "card": support_card(),
        "form": wrong,
        # A form under the name of its deed: start, extend, catch_up, one.
        **{deed: form(deed=deed, lesson=lesson) for deed, form in FORMS.items()},
    }
    if wrong is not None:
        context[wrong.deed] = wrong
    return render(request, "surveys/staff/console.html", context, status=422 if wrong else 200)


def _asked(
    request: HttpRequest, key: UUID, name: str, known: dict[str, Any]
) -> tuple[Lesson, LessonForm]:
    """The lesson, and what was typed into the form of a deed. Raises Http404."""
    found = _lesson(request, key)
    if name not in known:
        raise Http404
    deed = name.replace("-", "_")
    return found, FORMS.get(deed, LessonForm)(request.POST, deed=deed, lesson=found)


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


def _catch_up(lesson: Lesson, **asked: Any) -> tuple[Lesson, list[Slip]]:
    return catch_up(lesson=lesson, title=f"{lesson.title} (catch-up)"[:80], **asked)


def _again(lesson: Lesson, **asked: Any) -> tuple[Lesson, list[Slip]]:
    return lesson, reprint(lesson=lesson, **asked)


def _one(lesson: Lesson, seat: AccessCode, **asked: Any) -> tuple[Lesson, list[Slip]]:
    return lesson, [reissue(code=seat, **asked)]


FORMS: dict[str, type[LessonForm]] = {
    "start": StartForm,
    "extend": ExtendForm,
    "catch_up": CatchUpForm,
    "one": SlipForm,
}
CHANGES: dict[str, Callable[..., None]] = {
    "start": start_lesson,
    "pause": pause_lesson,
    "extend": extend_lesson,
    "close": close_lesson,
}
PRINTS: dict[str, Callable[..., tuple[Lesson, list[Slip]]]] = {
    "catch-up": _catch_up,
    "again": _again,
    "one": _one,
}
