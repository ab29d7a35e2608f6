"""The whole questionnaire as one document, and the worker that keeps it at hand without a network.

The document is the same for every pupil of a questionnaire and language: it is rendered and
compressed once in a process, and the browser may keep it for as long as it likes, because its
address names its content.
"""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.definition import Number, Percent, Questionnaire
from surveys.definition.answers import HALF_EMPTY, NOT_100
from surveys.document import routes
from surveys.forms import saved_questions
from surveys.languages import Language, languages_of
from surveys.models import QuestionnaireVersion
from surveys.models.questionnaire import definition_of, translated
from surveys.refusal import Refused
from surveys.seats import seat_of
from surveys.views.state import MARK

FOR_EVER = "private, max-age=31536000, immutable"
LEADING = re.compile(r"\n\s+")  # what only whoever reads a template needs
ELSEWHERE = {"look.js", "start.js"}  # scripts that the document does not import
SCRIPTS = Path(__file__).parents[1] / "static" / "surveys" / "lesson"


@dataclass(frozen=True)
class Rendered:
    """`stamp` names the content: other words or other scripts, another stamp."""

    body: bytes
    stamp: str


@require_safe
def document(request: HttpRequest, mark: str, language: str) -> HttpResponse:
    """For pupils with a seat, and for staff who want to look. Anybody else: no such page."""
    if not _may_read(request):
        raise Http404
    version = QuestionnaireVersion.objects.filter(fingerprint__startswith=mark).first()
    if version is None:
        raise Http404
    rendered = document_of(version, language)
    response = _compressed(request, rendered.body)
    fresh = request.META["QUERY_STRING"] == rendered.stamp
    response["Cache-Control"] = FOR_EVER if fresh else "private, no-cache"
    return response


def document_address(version: QuestionnaireVersion, language: str) -> str:
    """Where the document of a version is, in a language or else in its own."""
    spoken = _spoken(version, language) or languages_of(version)[0]
    address = reverse("document", args=[version.fingerprint[:MARK], spoken.code])
    return f"{address}?{document_of(version, spoken.code).stamp}"


def document_of(version: QuestionnaireVersion, language: str) -> Rendered:
    """Raises Http404 for a language into which the questionnaire is not translated."""
    spoken = _spoken(version, language)
    if spoken is None:
        raise Http404
    words = version.translations.filter(language=language).values_list("fingerprint", flat=True)
    sounds = version.recordings.filter(language=language).exists()
    return _rendered(version.fingerprint, words.first(), spoken, sounds)


def _spoken(version: QuestionnaireVersion, code: str) -> Language | None:
    return next((each for each in languages_of(version) if each.code == code), None)


def _may_read(request: HttpRequest) -> bool:
    try:
        seat_of(request)
    except Refused:
        return request.user.is_authenticated
    return True


def _compressed(request: HttpRequest, body: bytes) -> HttpResponse:
    takes = "gzip" in request.headers.get("accept-encoding", "")
    response = HttpResponse(body if takes else gzip.decompress(body))
    if takes:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return response


# Keyed by fingerprints: what stands behind them never changes.
@lru_cache(maxsize=32)
def _rendered(fingerprint: str, words: str | None, language: Language, sounds: bool) -> Rendered:
    definition = translated(fingerprint, words) if words else definition_of(fingerprint)
    with override(language.code.lower()):
        context = {**_context(definition, fingerprint[:MARK], language), "sounds": sounds}
        content = LEADING.sub("\n", render_to_string("surveys/pupil/all.html", context)).encode()
    return Rendered(gzip.compress(content, 9, mtime=0), sha256(content).hexdigest()[:12])


def _context(definition: Questionnaire, mark: str, language: Language) -> dict[str, Any]:
    return {
        "mark": mark,
        "pupil_language": language.code,
        "direction": language.direction,
        "draft": language.draft,
        "pages": [(page, saved_questions(page.items, {})) for page in definition.pages],
        "routes": {"mark": mark, **routes(definition)},
        "words": _words(),
        "scripts": [
            static(f"surveys/lesson/{name}") for name in _scripts() if name not in ELSEWHERE
        ],
    }


def _words() -> dict[str, Any]:
    """What the script says, in the language of the moment."""
    return {
        "title": _("Your lesson"),
        "part": _("Part %(part)s of %(parts)s"),
        "saved": _("Saved"),
        "waiting": _("Waiting to send. You can go on."),
        "missed_one": _("You missed one. You can answer it or go on."),
        "missed_some": _("You missed some. You can answer them or go on."),
        "faults": {
            "number": _(Number.unfit),
            "percent": _(Percent.unfit),
            "half": _(HALF_EMPTY),
            "sum": _(NOT_100),
            "choose": _("Please choose what happens to your answers."),
        },
    }


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It is the same for everybody and holds no secret."""
    body = LEADING.sub("\n", render_to_string("surveys/pupil/worker.js", _shell()))
    return HttpResponse(body, content_type="text/javascript")


@cache
def _shell() -> dict[str, str]:
    """Addresses of everything the document is made of, and a version that names their content."""
    names = ["census/pupil.css"]
    names += [f"surveys/lesson/{name}" for name in _scripts()]
    found = [Path(str(finders.find(name))).read_bytes() for name in names]
    version = sha256(b"".join(found)).hexdigest()[:12]
    return {"version": f"lesson-{version}", "shell": json.dumps([static(name) for name in names])}


def _scripts() -> list[str]:
    return sorted(path.name for path in SCRIPTS.glob("*.js") if path.name != "in_line.js")
