"""Recordings of questions read aloud: which there are, and each of them."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from surveys.models import Recording
from surveys.refusal import Refused
from surveys.seats import seat_of

# Longer than a lesson, shorter than a census: a recording may be replaced by a better one.
DAY = 24 * 60 * 60


@require_safe
@cache_control(private=True, max_age=600)
def sounds(request: HttpRequest, mark: str, language: str) -> JsonResponse:
    """{"places": ["p01-1", ...]} of a version of the questionnaire in a language."""
    places = _recordings(request, mark, language).order_by("place").values_list("place", flat=True)
    return JsonResponse({"places": list(places)})


@require_safe
@cache_control(private=True, max_age=DAY)
def sound(request: HttpRequest, mark: str, language: str, place: str) -> HttpResponse:
    found = _recordings(request, mark, language).filter(place=place).first()
    if found is None:
        raise Http404
    return HttpResponse(bytes(found.content), content_type=found.media_type)


def _recordings(request: HttpRequest, mark: str, language: str) -> QuerySet[Recording]:
    """For a pupil with a seat, and for staff. To anybody else there is nothing here."""
    if not _has_seat(request) and not request.user.is_authenticated:
        raise Http404
    return Recording.objects.filter(questionnaire__fingerprint__startswith=mark, language=language)


def _has_seat(request: HttpRequest) -> bool:
    try:
        seat_of(request)
    except Refused:
        return False
    return True
