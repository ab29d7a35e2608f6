"""What a pupil sees where there is no seat, no open lesson, or a server in trouble."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from surveys.actions.responses import Seat
from surveys.languages import in_language
from surveys.refusal import Refused
from surveys.seats import end_seat, leave_seat, seat_of, tidy_seats

P = ParamSpec("P")

STATUS = {
    "unknown": 403,
    "closed": 409,
    "finished": 409,
    "invalid": 400,
    "too_large": 413,
    "many": 429,
    "line": 503,
    "later": 503,
    "full": 507,
}
TROUBLE = (DatabaseError, InterfaceError)
WAITS = {"closed", "later", "full"}  # the same request may well succeed in a while
DISK_FULL = ("53100", "disk is full", "database or disk is full")


def seated(
    view: Callable[Concatenate[HttpRequest, Seat, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a view the pupil's seat; a refusal anywhere in it becomes a page that says why."""

    @never_cache
    @in_language
    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, seat_of(request), *args, **kwargs)
        except Refused as refusal:
            return turned_away(request, refusal)
        except TROUBLE as error:
            return turned_away(request, in_trouble(error))
        tidy_seats(request, response)
        return response

    return wrapper


def in_trouble(error: Exception) -> Refused:
    """The database is away or full: nothing was saved, and the pupil may try again."""
    full = any(sign in f"{getattr(error.__cause__, 'sqlstate', '')} {error}" for sign in DISK_FULL)
    return Refused(
        _("This is taking a moment. Please try again."), code="full" if full else "later"
    )


def turned_away(request: HttpRequest, refusal: Refused) -> HttpResponse:
    # What was just sent is offered for sending again, not lost.
    again = refusal.code in WAITS
    fields = [
        (name, value)
        for name in request.POST
        if name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
    ]
    context = {"reason": str(refusal), "again": again, "fields": fields}
    status = STATUS.get(refusal.code, 400)
    response = render(request, "surveys/pupil/turned_away.html", context, status=status)
    if refusal.code == "finished":
        end_seat(request, response)
    elif not again:
        leave_seat(response)
    return response
