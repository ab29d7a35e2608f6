"""What every page may show: the council's name, and whom to tell of a page that does not work."""

from django.conf import settings
from django.http import HttpRequest


def council(request: HttpRequest) -> dict[str, str]:
    return {
        "council_name": settings.COUNCIL_NAME,
        "accessibility_contact": settings.ACCESSIBILITY_CONTACT,
    }
