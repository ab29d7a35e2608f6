"""A pupil's seats in the browser: signed cookies, no session and no account.

A seat's cookie `seat-<tag>` holds which response it is and the key that opens it; the cookie
`seat` holds the tag of the seat in use. Pupil B may sit down while answers of pupil A still
wait on the device, so a browser may hold several seats; a script says whose it speaks for by
the header X-Seat. They go to the lesson's addresses alone and end with the browser.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from surveys.actions.responses import Seat, finished_already, not_known

POINTER = "seat"
HEADER = "HTTP_X_SEAT"
PATH = "/lesson/"
LONGEST = timedelta(hours=12)
MOST = 12  # seats a browser holds: all cookies together must stay a small header
# What is left of a seat after its end, for a while: a request that is sent again, because its
# answer was lost, must hear "finished" and not "who are you?".
ENDED = "ended"
# For the page's own script, which hides the screen and opens it again without asking us:
# "open.<tag>.<back>". A seat that is taken anew opens it (static/surveys/lesson/comfort.js).
SCREEN = "screen"
REMEMBERED = timedelta(hours=1)

_TAG = re.compile(r"[0-9a-f]{12}", re.ASCII)
_signer = TimestampSigner(salt="surveys.seat")


def give_seat(response: HttpResponse, seat: Seat) -> None:
    """Let the browser hold this seat and use it."""
    packed = urlsafe_b64encode(seat.response.bytes + seat.key + seat.back).decode()
    _set(response, _name(seat.tag), _signer.sign(packed))
    _set(response, POINTER, seat.tag)
    _set(response, SCREEN, f"open.{seat.tag}.{seat.back.hex()}", httponly=False)


def seat_of(request: HttpRequest) -> Seat:
    """The seat that a request speaks for. Raises `Refused` where there is none of ours."""
    value = request.COOKIES.get(_name(_tag(request)), "")
    if value == ENDED:
        raise finished_already()
    try:
        content = urlsafe_b64decode(_signer.unsign(value, max_age=LONGEST))
    except (BadSignature, ValueError):
        raise not_known() from None
    return Seat(UUID(bytes=content[:16]), content[16:48], content[48:])


def end_seat(request: HttpRequest, response: HttpResponse) -> None:
    """The response has ended: the browser keeps no key, and the next pupil finds no seat."""
    tag = _tag(request)
    _set(response, _name(tag), ENDED, REMEMBERED)
    if request.COOKIES.get(POINTER) == tag:
        leave_seat(response)


def leave_seat(response: HttpResponse) -> None:
    """Nobody sits here now; seats whose answers still wait are kept for sending them."""
    response.delete_cookie(POINTER, path=PATH, samesite="Lax")
    response.delete_cookie(SCREEN, path=PATH, samesite="Lax")


def tidy_seats(request: HttpRequest, response: HttpResponse) -> None:
    """The oldest seats make room; what has ended counts as oldest."""
    names = [name for name in request.COOKIES if name.startswith(f"{POINTER}-")]
    if len(names) > MOST:
        names.sort(key=lambda name: request.COOKIES[name].split(":")[1:2], reverse=True)
        for name in names[MOST:]:
            response.delete_cookie(name, path=PATH, samesite="Lax")


def _tag(request: HttpRequest) -> str:
    tag = request.META.get(HEADER) or request.COOKIES.get(POINTER, "")
    return tag if _TAG.fullmatch(tag) else ""


def _name(tag: str) -> str:
    return f"{POINTER}-{tag}"


def _set(
    response: HttpResponse,
    name: str,
    value: str,
    max_age: timedelta | None = None,
    *,
    httponly: bool = True,
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path=PATH,
        httponly=httponly,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
