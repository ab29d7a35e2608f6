"""What a script needs to go on: which questionnaire, which order, and what is saved already."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from surveys.actions.responses import ABOUT, OpenResponse, Seat, open_seat
from surveys.languages import ENGLISH, LANGUAGES
from surveys.models import Translation
from surveys.refusal import Refused
from surveys.seats import seat_of, tidy_seats
from surveys.views.save import refused
from surveys.views.turned_away import TROUBLE, in_trouble

MARK = 16  # hexadecimal digits of a fingerprint that name a version in an address


@never_cache
@require_GET
def state(request: HttpRequest) -> JsonResponse:
    """For the pupil's own browser only: its answers so far are in it."""
    try:
        seat = seat_of(request)
        response = JsonResponse(_state(seat, open_seat(seat, saving=True)))
    except Refused as refusal:
        return refused(request, refusal)
    except TROUBLE as error:
        return refused(request, in_trouble(error))
    tidy_seats(request, response)
    return response


def _state(seat: Seat, opened: OpenResponse) -> dict[str, Any]:
    """`about` is apart from `pages`: no question stands on it, but its number goes on growing."""
    stored = {key: asdict(page) for key, page in opened.stored().items()}
    return {
        "seat": seat.tag,
        "back": seat.back.hex(),
        "edition": opened.edition,
        "mark": opened.mark[:MARK],
        "year_group": opened.year_group,
        "rotation": opened.rotation,
        "languages": _languages(opened),
        "entered": opened.entered,
        "lesson": opened.lesson,
        "about": stored.pop(ABOUT, None),
        "pages": stored,
    }


def _languages(opened: OpenResponse) -> list[dict[str, Any]]:
    """The questionnaire's own language first, then those it was translated into."""
    others = Translation.objects.filter(questionnaire__fingerprint=opened.mark)
    drafts = {t.language: not t.checked_by for t in others.only("language", "checked_by")}
    return [
        {"code": code, "name": LANGUAGES[code].name, "draft": draft}
        for code, draft in {ENGLISH.code: False, **drafts}.items()
        if code in LANGUAGES
    ]
