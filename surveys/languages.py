"""The languages of a pupil's pages: which there are, and which one this pupil reads.

The cookie `language` decides, then what the browser says it prefers, then English.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import (
    get_language,
    get_language_from_request,
    gettext,
    override,
)

from surveys.definition import AnswerProblem
from surveys.models import QuestionnaireVersion

P = ParamSpec("P")


@dataclass(frozen=True)
class Language:
    """`code` as pages say it in `lang`; `name` in the language itself.

    `draft`: the words of our own pages are a machine's and no speaker has checked them.
    """

    code: str
    name: str
    direction: str = "ltr"
    draft: bool = True


ENGLISH = Language("en-GB", "English", draft=False)
LANGUAGES = {
    language.code: language
    for language in (ENGLISH, Language("cy", "Cymraeg"), Language("ar", "العربية", "rtl"))
}
# Django's own spelling ("en-gb"), which is also that of the cookie.
_BY_COOKIE = {code.lower(): language for code, language in LANGUAGES.items()}


def pupil_language(request: HttpRequest) -> Language:
    """The language of this browser. Only one of `LANGUAGES`, whatever the cookie says."""
    return _BY_COOKIE.get(get_language_from_request(request), ENGLISH)


def languages_of(version: QuestionnaireVersion) -> tuple[Language, ...]:
    """The languages in which a questionnaire can be read, its own first."""
    stored = dict(version.translations.values_list("language", "checked_by"))
    return (
        ENGLISH,
        *(
            replace(language, draft=language.draft or not stored[code])
            for code, language in LANGUAGES.items()
            if code in stored
        ),
    )


def direction(code: str) -> str:
    """ "rtl" or "ltr"; a language that is not ours runs as English does."""
    return LANGUAGES.get(code, ENGLISH).direction


def in_language(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Run a pupil's view in the pupil's language. Pages of staff stay in English."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with override(pupil_language(request).code.lower()):
            response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return wrapper


def speaking(request: HttpRequest) -> dict[str, Any]:
    """What templates know of the language in which they are being drawn."""
    language = _BY_COOKIE.get(get_language() or "", ENGLISH)
    return {
        "pupil_language": language.code,
        "direction": language.direction,
        "languages": tuple(LANGUAGES.values()),
        "draft": language.draft,
    }


def remember(response: HttpResponse, language: Language) -> None:
    """Until the browser is closed: the next person at the device chooses again."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language.code.lower(),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_language(response: HttpResponse) -> None:
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")


def said(problem: AnswerProblem) -> str:
    """What is wrong with an answer, in the language of the page."""
    return gettext(problem.sentence) % problem.figures
