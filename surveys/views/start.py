"""Taking a seat: by typing the code, or by the link in the slip's QR."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from surveys.actions.responses import take_seat
from surveys.codes import normalised
from surveys.refusal import Refused
from surveys.seats import give_seat
from surveys.views.turned_away import STATUS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "surveys/pupil/enter.html")
    return _seat(request, request.POST.get("code", ""))


@never_cache
@require_GET
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """Take the seat and go on at once, so that the code does not stay in the address bar."""
    return _seat(request, code)


def _seat(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        seat = take_seat(code=normalised(typed))
    except Refused as refusal:
        context = {"problem": str(refusal), "typed": typed[:40]}
        status = STATUS.get(refusal.code, 400)
        return render(request, "surveys/pupil/enter.html", context, status=status)
    response = redirect("welcome")
    give_seat(response, seat)
    return response
