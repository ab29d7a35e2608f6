"""How a pupil's pages look: theme and text size, remembered until the browser is closed.

Kept in a cookie that says nothing of the pupil, so that pages without script look right too.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "display"
THEMES = {"light": _("Light"), "cream": _("Cream"), "dark": _("Dark")}
SIZES = (100, 125, 150, 175, 200)


@dataclass(frozen=True)
class Display:
    """`size` in per cent of the usual text size."""

    theme: str = "light"
    size: int = 100

    @property
    def classes(self) -> str:
        """What <html> carries; static/surveys/lesson/look.js writes the same."""
        return f"theme-{self.theme} size-{self.size}"


KNOWN = {f"{theme}-{size}": Display(theme, size) for theme in THEMES for size in SIZES}


def display_of(request: HttpRequest) -> Display:
    """What this browser chose; the usual look where it chose nothing that there is."""
    return KNOWN.get(request.COOKIES.get(COOKIE, ""), Display())


def remember(response: HttpResponse, display: Display) -> None:
    # The page's own script changes it at once, so it may be read by script.
    response.set_cookie(
        COOKIE,
        f"{display.theme}-{display.size}",
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
