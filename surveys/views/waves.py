"""The data team's pages of waves: how far they are, and opening, closing and linking them."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from schools.permissions import Action, may, require, signed_in
from surveys.actions.linkage import link_wave
from surveys.actions.waves import close_wave, open_wave
from surveys.models import Wave
from surveys.progress import by_school, linkage_report
from surveys.refusal import Refused

CHANGES: dict[str, Callable[..., object]] = {
    "open": open_wave,
    "close": close_wave,
    "link": link_wave,
}


@never_cache
@require_safe
@login_required
def waves(request: HttpRequest) -> HttpResponse:
    rows = Wave.objects.select_related("authority", "questionnaire")
    mine = [wave for wave in rows if may(request.user, Action.MANAGE_WAVES, wave.authority)]
    if not mine:
        require(request.user, Action.MANAGE_WAVES)
    return render(request, "surveys/staff/waves.html", {"waves": mine})


@never_cache
@require_safe
@login_required
def wave(request: HttpRequest, key: str) -> HttpResponse:
    found = _wave(request, key)
    context = {"wave": found, "made_up": found.made_up}
    if found.source == Wave.Source.LESSONS:
        context["schools"] = by_school(found)
    if found.state == Wave.State.LINKED:
        context["linkage"] = linkage_report(found)
    return render(request, "surveys/staff/wave.html", context)


@require_POST
@login_required
def change_wave(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Open, close or link."""
    found = _wave(request, key)
    if name not in CHANGES:
        raise Http404
    try:
        CHANGES[name](wave=found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("wave", key=found.key)


def _wave(request: HttpRequest, key: str) -> Wave:
    found = get_object_or_404(Wave.objects.select_related("authority", "questionnaire"), key=key)
    require(request.user, Action.MANAGE_WAVES, found.authority)
    return found
