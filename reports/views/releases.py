"""Releases: two people look, approve and publish; everybody can read the log."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reports import queries
from reports.actions import releases
from reports.models import Build
from reports.views.builds import page_of, seen
from reports.views.files import attachment
from reports.views.forms import PublishForm
from schools.audit import record
from schools.permissions import Action, require, signed_in
from surveys.refusal import Refused


@require_safe
def release_log(request: HttpRequest) -> HttpResponse:
    """Every release, correction and roll-back, with its date and its note. Public."""
    return render(request, "reports/release_log.html", {"events": queries.releases()})


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
    form = PublishForm(request.POST, kind=releases.kind_of(found))
    if not form.is_valid():
        return page_of(request, found, form)
    try:
        event = releases.publish(build=found, by=signed_in(request), **form.cleaned_data)
        messages.success(request, f"Published: {event.get_kind_display().lower()}.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("build", found.pk)


@never_cache
@login_required
@require_safe
def build_file(request: HttpRequest, build: str, kind: str, key: str, media: str) -> HttpResponse:
    """A file of a build as it would be released, for those who may see it before; on record."""
    found = seen(request, build)
    require(request.user, Action.SEE_UNRELEASED, found.wave.authority)
    file = queries.file(found, kind, key, media)
    details = {"kind": kind, "key": key, "form": media}
    with transaction.atomic():
        record(
            by=signed_in(request), action="build.file_seen", subject=str(found.pk), details=details
        )
    return attachment(file, queries.place(found, kind, key).name, found)


def _released_by(request: HttpRequest, build: str) -> Build:
    found = seen(request, build)
    require(request.user, Action.RELEASE, found.wave.authority)
    return found
