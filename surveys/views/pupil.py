"""A pupil's pages: one form a page, saved before the next one is shown. No script needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from surveys.actions.responses import OpenResponse, Seat, answer_page, finish, open_seat, stop
from surveys.definition import AnswerProblem, Page, Questionnaire, parse_answers
from surveys.display import forget
from surveys.forms import Question, posted_questions, saved_questions
from surveys.languages import ENGLISH, forget_language, in_language, pupil_language, said
from surveys.models import QuestionnaireVersion
from surveys.navigation import (
    is_complete,
    next_page,
    position,
    previous_page,
    visible_items,
    visible_pages,
)
from surveys.seats import end_seat
from surveys.views.document import document_address
from surveys.views.turned_away import seated

OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "seq", "go"})


@dataclass(frozen=True)
class Visit:
    """A response under way with everything saved so far, for finding the way."""

    opened: OpenResponse
    definition: Questionnaire  # in the pupil's language
    saved: Mapping[str, dict[str, Any]]
    seqs: Mapping[str, int]

    @classmethod
    def of(cls, request: HttpRequest, opened: OpenResponse) -> "Visit":
        pages = opened.pages()
        saved = {key: stored.answers for key, stored in pages.items()}
        seqs = {key: stored.seq for key, stored in pages.items()}
        return cls(opened, _spoken(request, opened), saved, seqs)

    @property
    def way(self) -> tuple[dict[str, Any], int]:
        """What the functions of navigation ask for: all answers, and the year group."""
        answers = {key: answer for page in self.saved.values() for key, answer in page.items()}
        return answers, self.opened.year_group

    @property
    def unreached(self) -> Page | None:
        pages = visible_pages(self.definition, *self.way)
        return next((page for page in pages if page.key not in self.saved), None)


@require_safe
@seated
def welcome(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What this is, who sees what, and that nothing is forced; then the way in."""
    visit = Visit.of(request, open_seat(seat))
    context = {
        "begun": bool(visit.saved),
        "on": _on(visit),
        "document": document_address(_version(visit.opened), pupil_language(request).code),
        "entered": visit.opened.entered,
    }
    return render(request, "surveys/pupil/welcome.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def page(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    if request.method == "POST":
        return _answered(request, seat, key)
    visit = Visit.of(request, open_seat(seat))
    here = _page(visit.definition, key)
    items = visible_items(visit.definition, here, *visit.way)
    if not items:
        return redirect(_on(visit))
    questions = saved_questions(items, visit.saved.get(key, {}))
    return _form(request, visit, here, questions, seq=visit.seqs.get(key, 0) + 1)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def finishing(request: HttpRequest, seat: Seat) -> HttpResponse:
    visit = Visit.of(request, open_seat(seat, saving=request.method == "POST"))
    if not is_complete(visit.definition, *visit.way, reached=visit.saved.keys()):
        return redirect(_on(visit))
    if request.method != "POST":
        last = previous_page(visit.definition, None, *visit.way)
        context = {"last": last, "entered": visit.opened.entered}
        return render(request, "surveys/pupil/finish.html", context)
    finish(seat=seat)
    return _leave(request)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def stopping(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Stop before the end; the pupil says what becomes of the answers so far."""
    choice = request.POST.get("answers")
    if request.method == "POST" and choice in {"keep", "delete"}:
        stop(seat=seat, keep=choice == "keep")
        return _leave(request)
    visit = Visit.of(request, open_seat(seat))
    missed = request.method == "POST"
    context = {"on": _on(visit), "missed": missed, "entered": visit.opened.entered}
    return render(request, "surveys/pupil/stop.html", context)


@never_cache
@require_GET
@in_language
def done(request: HttpRequest) -> HttpResponse:
    response = render(request, "surveys/pupil/done.html")
    # This page still looks as its pupil likes it; the next person's pages look as usual.
    forget(response)
    forget_language(response)
    return response


def _answered(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    data = {name: values for name, values in request.POST.lists() if name not in OWN_FIELDS}
    opened = open_seat(seat, saving=True)
    here = _page(opened.definition, key)
    answers, problems = parse_answers(opened.definition, key, data)
    if problems and request.POST.get("go") == "stop":
        # Whoever wants to stop is not held back by a number that does not fit.
        return redirect("stopping")
    if problems:
        return _to_correct(request, Visit.of(request, opened), key, data, problems)
    visit = Visit.of(request, answer_page(seat=seat, page=key, seq=_seq(request), answers=answers))
    return redirect(GO.get(request.POST.get("go", ""), _next)(visit, here))


def _to_correct(
    request: HttpRequest,
    visit: Visit,
    key: str,
    data: Mapping[str, Any],
    problems: tuple[AnswerProblem, ...],
) -> HttpResponse:
    here = visit.definition.page[key]
    items = visible_items(visit.definition, here, *visit.way)
    messages = {problem.item: said(problem) for problem in problems}
    questions = posted_questions(items, data, messages)
    return _form(request, visit, here, questions, seq=_seq(request), problems=problems)


def _form(
    request: HttpRequest,
    visit: Visit,
    here: Page,
    questions: list[Question],
    *,
    seq: int,
    problems: tuple[AnswerProblem, ...] = (),
) -> HttpResponse:
    part, parts = position(visit.definition, here, *visit.way)
    context = {
        "page": here,
        "questions": questions,
        "problems": [(problem.item, said(problem)) for problem in problems],
        "seq": seq,
        "part": part,
        "parts": parts,
        "entered": visit.opened.entered,
    }
    return render(request, "surveys/pupil/page.html", context, status=422 if problems else 200)


def _page(definition: Questionnaire, key: str) -> Page:
    if key not in definition.page:
        raise Http404
    return definition.page[key]


def _version(opened: OpenResponse) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(fingerprint=opened.mark)


def _spoken(request: HttpRequest, opened: OpenResponse) -> Questionnaire:
    language = pupil_language(request)
    if language == ENGLISH:
        return opened.definition
    return _version(opened).in_language(language.code).rotated(opened.rotation)


def _seq(request: HttpRequest) -> int:
    """The form's number. Without a usable one the stored number decides (see `answer_page`)."""
    typed = request.POST.get("seq", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 15 else 0


def _on(visit: Visit) -> str:
    """Where to go on: the first page not reached yet, or the end."""
    return _address(visit.unreached)


def _next(visit: Visit, here: Page) -> str:
    return _address(next_page(visit.definition, here, *visit.way))


def _back(visit: Visit, here: Page) -> str:
    before = previous_page(visit.definition, here, *visit.way)
    return _address(before) if before else reverse("welcome")


def _stop(visit: Visit, here: Page) -> str:
    return reverse("stopping")


def _display(visit: Visit, here: Page) -> str:
    """Without script the page's answers are saved before the look of the pages is chosen."""
    return f"{reverse('display')}?{urlencode({'next': _address(here)})}"


GO = {"next": _next, "back": _back, "stop": _stop, "display": _display}


def _address(there: Page | None) -> str:
    return reverse("lesson-page", args=[there.key]) if there else reverse("finishing")


def _leave(request: HttpRequest) -> HttpResponse:
    response = redirect("done")
    end_seat(request, response)
    return response
