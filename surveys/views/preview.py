"""All questions on one page to read or print: for staff, and for parents by a signed link."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schools.models import School
from schools.permissions import Action, may, schools_where
from surveys.languages import ENGLISH, Language, languages_of
from surveys.models import QuestionnaireVersion, Wave
from surveys.preview import credits_of, not_permitted, printed

_signer = Signer(salt="surveys.preview")


@never_cache
@require_safe
@login_required
def preview(request: HttpRequest, key: str, language: str = ENGLISH.code) -> HttpResponse:
    """For those who run its lessons, and those who manage the wave."""
    wave = get_object_or_404(_waves(), key=key)
    if not _may_read(request, wave):
        raise Http404
    context = _context(wave, language, public=False)
    if wave.state in SHOWN_TO_PARENTS:
        token = _signer.sign_object(wave.key, compress=True)
        context["link"] = request.build_absolute_uri(reverse("for-parents", args=[token]))
    return render(request, "surveys/staff/preview.html", context)


@never_cache
@require_safe
def for_parents(request: HttpRequest, token: str, language: str = ENGLISH.code) -> HttpResponse:
    """No log-in. It ends with the wave, so that no old letter shows what is no longer asked."""
    try:
        key = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        raise Http404 from None
    wave = get_object_or_404(_waves().filter(state__in=SHOWN_TO_PARENTS), key=key)
    context = {**_context(wave, language, public=True), "token": token}
    with override(context["language"].code.lower()):
        response = render(request, "surveys/staff/for_parents.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


SHOWN_TO_PARENTS = frozenset({Wave.State.DRAFT, Wave.State.OPEN})


def _waves() -> Any:
    lessons = Wave.objects.filter(source=Wave.Source.LESSONS)
    return lessons.select_related("authority", "questionnaire", "short_questionnaire")


def _may_read(request: HttpRequest, wave: Wave) -> bool:
    mine: list[School] = schools_where(request.user, Action.RUN_LESSONS)
    teaches = wave.schools.filter(pk__in=[school.pk for school in mine]).exists()
    return teaches or may(request.user, Action.MANAGE_WAVES, wave.authority)


def _context(wave: Wave, code: str, *, public: bool) -> dict[str, Any]:
    languages = {each.code: each for each in languages_of(wave.questionnaire)}
    if code not in languages:
        raise Http404
    versions = [wave.questionnaire, wave.short_questionnaire]
    return {
        "wave": wave,
        "language": languages[code],
        "languages": list(languages.values()),
        "editions": [_edition(wave, v, languages[code], public) for v in versions if v],
    }


def _edition(
    wave: Wave, version: QuestionnaireVersion, language: Language, public: bool
) -> dict[str, Any]:
    words = version.in_language(language.code)
    hidden = not_permitted(version) if public else ()
    return {
        "title": words.title,
        "sections": printed(words, wave.year_groups, hidden),
        "credits": credits_of(version),
    }
