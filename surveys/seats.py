"""A pupil's seat in the browser: one signed cookie, no session and no account.

It holds which response is theirs and the key that opens it, goes to the lesson's addresses
alone, and is taken away on finishing and stopping. It ends with the browser.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from surveys.actions.responses import Seat
from surveys.refusal import Refused

COOKIE = "seat"
PATH = "/lesson/"
LONGEST = timedelta(hours=12)

_signer = TimestampSigner(salt="surveys.seat")


def give_seat(response: HttpResponse, seat: Seat) -> None:
    response.set_cookie(
        COOKIE,
        _signer.sign_object([seat.response.hex, seat.key.hex()]),
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def take_seat_away(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def seat_of(request: HttpRequest) -> Seat:
    """The seat that the browser carries. Raises `Refused` where there is none of ours."""
    try:
        identity, key = _signer.unsign_object(request.COOKIES[COOKIE], max_age=LONGEST)
    except (KeyError, BadSignature, ValueError):
        raise Refused("Please enter your code again.", code="unknown") from None
    return Seat(UUID(identity), bytes.fromhex(key))
