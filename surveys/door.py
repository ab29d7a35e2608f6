"""The door of the lesson: every code that anybody tries comes through here."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from surveys.actions.responses import Seat, school_of, wrong_code
from surveys.guesses import Guesses
from surveys.line import AT_ONCE, Line
from surveys.refusal import Refused

guesses = Guesses()
line = Line(AT_ONCE)


def admitted(request: HttpRequest, code: str, take: Callable[[], Seat]) -> Seat:
    """The seat that `take` gives for a normalised code.

    Raises `Refused`: "many" after too many wrong codes from this address, "unknown" for a
    wrong one, "line" while others start, and whatever `take` raises.
    """
    # In line before anything is looked up: who is asked to come again must cost little.
    with line.place():
        school = school_of(code=code)
        if not guesses.admits(client_address(request), school):
            raise Refused(
                _("Too many codes were wrong just now. Please wait a minute."), code="many"
            )
        if school is None:
            raise wrong_code()
        return take()


def client_address(request: HttpRequest) -> str:
    """Who asks, for counting in memory only. Of IPv6 the network: a home has 2^64 addresses."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        # The proxy in front appends whom it saw; what stands before that is anybody's claim.
        last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        address = last or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address
