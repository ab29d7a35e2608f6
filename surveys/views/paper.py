"""The questionnaire on paper, for those who run the lesson."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schools.permissions import Action, require
from surveys.languages import ENGLISH, Language, languages_of
from surveys.models import Edition, Lesson, QuestionnaireVersion, Wave
from surveys.paper import Form, paper_pdf
from surveys.support import support_card


@never_cache
@require_safe
@login_required
def paper(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """What to print, and how a form is filled in and typed in."""
    found = _lesson(request, lesson)
    is_open = found.wave.state == Wave.State.OPEN
    context = {"lesson": found, "is_open": is_open, "what": PaperForm(wave=found.wave)}
    return render(request, "surveys/entry/paper.html", context)


class PaperForm(forms.Form):
    """Which form of paper; what it asks for stands in the address of `print_paper`."""

    edition = forms.ChoiceField(label="Which questions?", choices=Edition.choices)
    language = forms.ChoiceField(label="Language")
    size = forms.ChoiceField(
        label="Size of print", choices=[("", "Usual, 12 points"), ("large", "Large, 18 points")]
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        versions = {wave.asks(edition) for edition in Edition.values}
        languages = {each.code: each for version in versions for each in printable(version)}
        language = self.fields["language"]
        language.choices = [  # type: ignore[attr-defined]
            (code, f"{each.name} (draft translation)" if each.draft else each.name)
            for code, each in languages.items()
        ]
        preview = reverse("preview", args=[wave.key])
        language.help_text = format_html(
            'Other languages can be printed from the <a href="{}">page with all questions</a>.',
            preview,
        )
        if wave.short_questionnaire is None:
            del self.fields["edition"]


@never_cache
@require_safe
@login_required
def print_paper(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """?edition=short, ?language=cy and ?size=large; without them the whole one, in English."""
    found = _lesson(request, lesson)
    version = _version(found.wave, request.GET.get("edition", Edition.FULL))
    language = _language(version, request.GET.get("language", ENGLISH.code))
    form = Form(
        questionnaire=version.in_language(language.code),
        year_group=found.year_group,
        address=request.get_host() + reverse("helper"),
        card=support_card(language.code),
        fonts=settings.FONT_DIR,
        large=request.GET.get("size") == "large",
    )
    with override(language.code.lower()):
        content = paper_pdf(form)
    disposition = {"Content-Disposition": 'attachment; filename="paper.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def printable(version: QuestionnaireVersion) -> list[Language]:
    """The languages that can be printed. Not those that run from right to left: nothing here
    joins their letters, but a browser does (see docs/decisions/0014).
    """
    return [each for each in languages_of(version) if each.direction == "ltr"]


def _lesson(request: HttpRequest, key: UUID) -> Lesson:
    found = get_object_or_404(Lesson.objects.select_related("school", "wave"), pk=key)
    require(request.user, Action.RUN_LESSONS, found.school)
    return found


def _version(wave: Wave, edition: str) -> QuestionnaireVersion:
    # Before a wave opens nobody has looked at who allowed its wording.
    if wave.state != Wave.State.OPEN or edition not in Edition.values:
        raise Http404
    if edition == Edition.SHORT and wave.short_questionnaire is None:
        raise Http404
    return wave.asks(edition)


def _language(version: QuestionnaireVersion, code: str) -> Language:
    found = {language.code: language for language in printable(version)}
    if code not in found:
        raise Http404
    return found[code]
