"""What a pupil sees where there is no seat, or no open lesson."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from surveys.actions.responses import Seat
from surveys.refusal import Refused
from surveys.seats import seat_of, take_seat_away

P = ParamSpec("P")

STATUS = {"unknown": 403, "closed": 409, "finished": 409, "invalid": 400}


def seated(
    view: Callable[Concatenate[HttpRequest, Seat, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a view the pupil's seat; a refusal anywhere in it becomes a page that says why."""

    @never_cache
    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, seat_of(request), *args, **kwargs)
        except Refused as refusal:
            return turned_away(request, refusal)

    return wrapper


def turned_away(request: HttpRequest, refusal: Refused) -> HttpResponse:
    # A paused lesson goes on: what was just sent is offered for sending again, not lost.
    again = refusal.code == "closed"
    fields = [
        (name, value)
        for name in request.POST
        if name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
    ]
    context = {"reason": str(refusal), "again": again, "fields": fields}
    status = STATUS.get(refusal.code, 400)
    response = render(request, "surveys/pupil/turned_away.html", context, status=status)
    if not again:
        take_seat_away(response)
    return response
