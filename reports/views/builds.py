"""Builds and releases, for the council's own people: ask, watch, approve, publish."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reports.actions import builds, releases
from reports.models import Build, Publication
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
    return render(request, "reports/build_list.html", {"rows": rows, "public": public})


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
    """Progress, what control and the attack said, and the two approvals."""
    found = _seen(request, build)
    authority = found.wave.authority
    context = {
        "build": found,
        "progress": found.progress(),
        "approvals": found.approvals.select_related("by"),
        "may_release": may(request.user, Action.RELEASE, authority),
        "approvals_needed": releases.APPROVALS_NEEDED,
        "is_public": Publication.objects.filter(build=found).exists(),
        "made_up": found.wave.made_up,
    }
    return render(request, "reports/build.html", context)


@never_cache
@login_required
@require_safe
def build_progress(request: HttpRequest, build: str) -> JsonResponse:
    """What the page asks again and again while work goes on."""
    found = _seen(request, build)
    words = {"state": found.get_state_display(), **found.progress()}
    settled = found.state in {Build.State.COMPLETE, Build.State.FAILED}
    return JsonResponse({**words, "settled": settled})


@login_required
@require_POST
def build_approve(request: HttpRequest, build: str) -> HttpResponse:
    found = _released_by(request, build)
    try:
        releases.approve(build=found, by=signed_in(request))
        messages.success(request, "Your approval is recorded.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("build", found.pk)


@login_required
@require_POST
def build_publish(request: HttpRequest, build: str) -> HttpResponse:
    found = _released_by(request, build)
    try:
        note = request.POST.get("note", "")[:500]
        releases.publish(build=found, by=signed_in(request), note=note)
        messages.success(request, "Published.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("build", found.pk)


def _seen(request: HttpRequest, build: str) -> Build:
    found = get_object_or_404(Build.objects.select_related("wave__authority"), pk=build)
    require(request.user, Action.SEE_QUALITY, found.wave.authority)
    return found


def _released_by(request: HttpRequest, build: str) -> Build:
    found = _seen(request, build)
    require(request.user, Action.RELEASE, found.wave.authority)
    return found
