"""Entry by an adult for a pupil who cannot use a screen: a code, and how the adult helps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.actions.entry import take_seat_as_adult
from surveys.codes import normalised
from surveys.door import admitted
from surveys.languages import ENGLISH
from surveys.models import Response
from surveys.refusal import Refused
from surveys.seats import give_seat
from surveys.views.turned_away import STATUS, TROUBLE, in_trouble

WAYS = (Response.Entered.ASSISTED, Response.Entered.PAPER)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helper(request: HttpRequest) -> HttpResponse:
    """Whoever holds the pupil's slip may help; the slip opens nothing more here than there."""
    if request.method != "POST":
        return _form(request)
    typed, way = request.POST.get("code", ""), request.POST.get("way", "")
    if way not in WAYS:
        return _form(request, status=400, typed=typed, unsaid="Say how you help.")
    try:
        code = normalised(typed)
        seat = admitted(request, code, lambda: take_seat_as_adult(code=code, entered=way))
    except Refused as refusal:
        return _not_yet(request, refusal, typed=typed, way=way)
    except TROUBLE as error:
        return _not_yet(request, in_trouble(error), typed=typed, way=way)
    response = redirect("welcome")
    give_seat(response, seat)
    return response


def _not_yet(request: HttpRequest, refusal: Refused, **said: str) -> HttpResponse:
    return _form(request, STATUS.get(refusal.code, 400), problem=str(refusal), **said)


def _form(request: HttpRequest, status: int = 200, typed: str = "", **said: Any) -> HttpResponse:
    # The adult's page is in English, whatever language the pupil reads.
    english = {"pupil_language": ENGLISH.code, "direction": ENGLISH.direction}
    context = {**english, "typed": typed[:40], **said}
    return render(request, "surveys/entry/helper.html", context, status=status)
