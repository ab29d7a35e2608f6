"""What every page may show: the council's name and look, and whom to tell of a page that fails."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from census.council import sheet_address, shown_logo


def council(request: HttpRequest) -> dict[str, Any]:
    return {
        "council_name": settings.COUNCIL_NAME,
        "council_colour": settings.COUNCIL_COLOUR,
        "council_css": sheet_address(),
        "council_logo": shown_logo(),
        "accessibility_contact": settings.ACCESSIBILITY_CONTACT,
    }
