"""Builds, for the council's own people: ask, watch, and look at what would be released."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reports import ledger, presenters, queries
from reports.actions import builds, releases
from reports.models import Build, Publication, QualityRecord
from reports.presenters.labels import DIMENSIONS
from reports.presenters.wording import OwnRow, own_rows
from reports.views.forms import PublishForm
from reports.views.words import titles_of
from schools.permissions import Action, may, require, signed_in
from surveys.models import Wave
from surveys.refusal import Refused


@never_cache
@login_required
@require_safe
def build_list(request: HttpRequest) -> HttpResponse:
    """Linked waves of the person's authority, their builds, and which one is public."""
    waves = [
        wave
        for wave in Wave.objects.select_related("authority").prefetch_related("builds")
        if may(request.user, Action.SEE_QUALITY, wave.authority)
    ]
    if not waves:
        raise Http404
    public = set(Publication.objects.values_list("build_id", flat=True))
    rows = [(wave, may(request.user, Action.BUILD, wave.authority)) for wave in waves]
    worded = {w.authority for w in waves if may(request.user, Action.EDIT_WORDS, w.authority)}
    context = {"rows": rows, "public": public, "worded": sorted(worded, key=str)}
    return render(request, "reports/build_list.html", context)


@login_required
@require_POST
def build_request(request: HttpRequest, wave: str) -> HttpResponse:
    found = get_object_or_404(Wave.objects.select_related("authority"), key=wave)
    require(request.user, Action.BUILD, found.authority)
    try:
        build = builds.request_build(wave=found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("build-list")
    return redirect("build", build.pk)


@never_cache
@login_required
@require_safe
def build_page(request: HttpRequest, build: str) -> HttpResponse:
    """Progress, what control and the attack said, and what would be released."""
    return page_of(request, seen(request, build))


def page_of(request: HttpRequest, build: Build, wrong: PublishForm | None = None) -> HttpResponse:
    """The page of a build; with the note that could not be taken, if there is one."""
    context = {"build": build, "progress": build.progress(), "made_up": build.wave.made_up}
    filled = build.report.get("filled", {}).items()
    context["filled"] = [(DIMENSIONS.get(dim, dim), number) for dim, number in filled if number]
    if build.state == Build.State.COMPLETE:
        context |= _release(request, build, wrong)
    return render(request, "reports/build.html", context, status=422 if wrong else 200)


def _release(request: HttpRequest, build: Build, wrong: PublishForm | None) -> dict[str, Any]:
    """What the approvers see: the figures themselves only those who may before their release."""
    authority, public = build.wave.authority, queries.public_build(build.wave)
    shown: dict[str, Any] = {
        "approvals": build.approvals.select_related("by"),
        "approvals_needed": releases.APPROVALS_NEEDED,
        "may_release": may(request.user, Action.RELEASE, authority),
        "has_quality": QualityRecord.objects.filter(build=build).exists(),
        "is_public": public == build,
        "may_follow": ledger.may_follow(build),
        "form": wrong or PublishForm(kind=releases.kind_of(build)),
        "events": build.publication_events.all(),
    }
    shown["own_words"] = _own_words(build, public)
    if public is not None and public != build:
        shown["changes"] = queries.changed(build, public)
    if may(request.user, Action.SEE_UNRELEASED, authority):
        shown["headlines"] = presenters.headlines_to_approve(build, public)
        shown["places"] = build.places.defer("document")
    return shown


def _own_words(build: Build, public: Build | None) -> tuple[OwnRow, ...]:
    """The council's own words in a build, beside ours and beside those that are public now."""
    before = None if public in {None, build} else public
    return own_rows(
        queries.words_in(build),
        None if before is None else queries.words_in(before),
        titles_of(build.wave.authority),
    )


@never_cache
@login_required
@require_safe
def build_progress(request: HttpRequest, build: str) -> JsonResponse:
    """What the page asks again and again while work goes on."""
    found = seen(request, build)
    words = {"state": found.get_state_display(), **found.progress()}
    settled = found.state in {Build.State.COMPLETE, Build.State.FAILED}
    return JsonResponse({**words, "settled": settled})


def seen(request: HttpRequest, build: str) -> Build:
    """A build that the person may see. Raises Http404."""
    found = get_object_or_404(Build.objects.select_related("wave__authority"), pk=build)
    require(request.user, Action.SEE_QUALITY, found.wave.authority)
    return found
