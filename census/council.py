"""What makes the pages a council's own: its colours as a style sheet, and its logo."""

import hashlib
from functools import cache
from typing import TypedDict

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from census.colours import BLACK, WHITE, mixed
from census.logo import Logo

FOR_EVER = "public, max-age=31536000, immutable"


class ShownLogo(TypedDict):
    address: str
    width: int
    height: int


@cache
def sheet(brand: str, link: str) -> str:
    """GOV.UK Frontend's properties of colour, and two of ours for its buttons.

    `brand` is the ground of header and buttons; tints of it are the grounds of text.
    """
    pale = mixed(brand, WHITE, 0.95)
    values = {
        "--govuk-brand-colour": brand,
        "--govuk-link-colour": link,
        "--govuk-link-hover-colour": mixed(link, BLACK, 0.5),
        "--govuk-template-background-colour": pale,
        "--govuk-surface-background-colour": pale,
        "--govuk-surface-border-colour": mixed(brand, WHITE, 0.7),
        "--council-dark": mixed(brand, BLACK, 0.25),
        "--council-shadow": mixed(brand, BLACK, 0.5),
    }
    return ":root{" + ";".join(f"{name}:{value}" for name, value in values.items()) + "}\n"


def sheet_address() -> str:
    """It changes with the colours, so a browser may keep what it got under it."""
    return f"{reverse('council-css')}?{_mark(_sheet())}"


def shown_logo() -> ShownLogo | None:
    """Where the logo is and how large it is shown, if the council has one."""
    logo: Logo | None = settings.COUNCIL_LOGO
    if logo is None:
        return None
    address = f"{reverse('council-logo')}?{logo.mark}"
    return {"address": address, "width": logo.width, "height": logo.height}


@require_safe
@condition(etag_func=lambda request: f'"{_mark(_sheet())}"')
def council_css(request: HttpRequest) -> HttpResponse:
    """The council's colours, for staff and public pages."""
    return _kept(request, _sheet().encode(), "text/css; charset=utf-8", _mark(_sheet()))


@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE]})
def council_logo(request: HttpRequest) -> HttpResponse:
    """The council's logo. Opened by itself an SVG is a document: it may do nothing."""
    logo: Logo | None = settings.COUNCIL_LOGO
    if logo is None:
        raise Http404
    return _kept(request, logo.content, logo.media, logo.mark)


def _kept(request: HttpRequest, content: bytes, media: str, mark: str) -> HttpResponse:
    """For ever under the address of today; asked about each time under any other."""
    response = HttpResponse(content, content_type=media)
    now = request.META.get("QUERY_STRING") == mark
    response["Cache-Control"] = FOR_EVER if now else "public, no-cache"
    response["ETag"] = f'"{mark}"'
    return response


def _sheet() -> str:
    return sheet(settings.COUNCIL_COLOUR, settings.COUNCIL_LINK_COLOUR)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
