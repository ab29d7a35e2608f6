"""Taking a seat: by typing the code, or by the link in the slip's QR."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from surveys.actions.responses import take_seat
from surveys.codes import normalised
from surveys.door import admitted
from surveys.languages import in_language
from surveys.refusal import Refused
from surveys.seats import give_seat
from surveys.views.turned_away import STATUS, TROUBLE, in_trouble

# For these a small page keeps the code and comes again by itself; after how many seconds.
COMES_AGAIN = {"line": 3, "later": 3, "full": 10, "many": 60}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def enter(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "surveys/pupil/enter.html")
    return _seat(request, request.POST.get("code", ""))


@never_cache
@require_GET
@in_language
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """Take the seat and go on at once, so that the code does not stay in the address bar."""
    return _seat(request, code)


def _seat(request: HttpRequest, typed: str) -> HttpResponse:
    code = normalised(typed)
    try:
        seat = admitted(request, code, lambda: take_seat(code=code))
    except Refused as refusal:
        return _not_yet(request, typed, refusal)
    except TROUBLE as error:
        return _not_yet(request, typed, in_trouble(error))
    response = redirect("welcome")
    give_seat(response, seat)
    return response


def _not_yet(request: HttpRequest, typed: str, refusal: Refused) -> HttpResponse:
    status = STATUS.get(refusal.code, 400)
    if refusal.code == "finished":  # nothing is wrong
        context: dict[str, Any] = {"reason": str(refusal)}
        return render(request, "surveys/pupil/turned_away.html", context, status=status)
    context = {"problem": str(refusal), "typed": typed[:40]}
    wait = COMES_AGAIN.get(refusal.code)
    if wait is None:
        return render(request, "surveys/pupil/enter.html", context, status=status)
    context |= {"wait": wait, "turn": _turn(request)}
    response = render(request, "surveys/pupil/in_line.html", context, status=status)
    response["Retry-After"] = wait
    return response


def _turn(request: HttpRequest) -> int:
    """How many times this pupil has come already: the more, the longer the next wait."""
    typed = request.POST.get("turn", "")
    return min(int(typed) + 1, 2) if typed.isascii() and typed.isdigit() else 0
