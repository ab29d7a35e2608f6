"""Choosing theme and text size. With script the panel in the bar does the same at once."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.display import KNOWN, Display, remember
from surveys.languages import in_language


# No token: whoever forges this changes the colours of a page, and the panel with this form
# stands in a document that is the same for all pupils.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def display(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "surveys/pupil/display.html", {"next": _ours(request.GET)})
    chosen = f"{request.POST.get('theme', '')}-{request.POST.get('size', '')}"
    response = HttpResponseRedirect(_ours(request.POST))
    remember(response, KNOWN.get(chosen, Display()))
    return response


def _ours(data: dict[str, str]) -> str:
    """Where to go back to: only to an address of ours."""
    back = data.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if ours and back.startswith("/") else reverse("enter")
