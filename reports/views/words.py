"""The words of the reports, for the council's data team: look, edit, and look before saving."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reports import queries
from reports.actions.words import edit_words
from reports.presenters import Source, source
from reports.presenters.wording import Titles, examples, history, kind_rows, pieces
from reports.views.forms import ChooseForm, WordsForm
from reports.words import KINDS, Kind, OwnWords, Words
from schools.models import Authority, School
from schools.permissions import Action, require, signed_in
from surveys.frames import reading_age
from surveys.refusal import Refused

SAVED = "Saved. The next build speaks these words; what is released keeps its own."
LOOK = "Look at the sentences below first. If they are right, save."


@never_cache
@login_required
@require_safe
def words_list(request: HttpRequest, authority: str) -> HttpResponse:
    """Every kind of sentence with the words in force."""
    found = _edited_by(request, authority)
    public = _public(found)
    rows = kind_rows(queries.own_words(found), titles_of(found), public)
    context = {"authority": found, "rows": rows, "made_up": bool(public and public.made_up)}
    return render(request, "reports/words_list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def words_edit(request: HttpRequest, authority: str, kind: str) -> HttpResponse:
    """One sentence: as a whole, about one measure, or about one measure of one school."""
    sentence = _sentence(request, authority, kind)
    if request.method != "POST":
        return _page(request, sentence, WordsForm(sentence.kind, pattern=sentence.pattern))
    if request.POST.get("do") == "back":
        return _saved(request, sentence, WordsForm(sentence.kind, pattern=sentence.pattern), "")
    form = WordsForm(sentence.kind, request.POST, pattern=sentence.pattern)
    if not form.is_valid():
        return _page(request, sentence, form)
    # What is saved has been looked at as sentences.
    if request.POST.get("do") != "save" or request.POST.get("seen") != form.pattern:
        return _page(request, sentence, form, form.pattern)
    return _saved(request, sentence, form, form.pattern)


@dataclass(frozen=True)
class Sentence:
    """What is being worded. measure, school: "" for all. pattern: the words in force."""

    authority: Authority
    kind: Kind
    measure: str
    school: str
    titles: Titles
    own: tuple[OwnWords, ...]

    @property
    def words(self) -> Words:
        """As they are in force."""
        return Words.of(self.own, self.school)

    @property
    def pattern(self) -> str:
        return self.words.pattern(self.kind.key, self.measure)

    @property
    def query(self) -> str:
        """The part of an address that keeps what is chosen."""
        asked = {"measure": self.measure, "school": self.school}
        return urlencode({name: key for name, key in asked.items() if key})

    def worded(self, pattern: str) -> Words:
        """As they would be."""
        draft = OwnWords(self.kind.key, self.measure, self.school, pattern)
        return Words.of((*self.own, draft), self.school)


def _sentence(request: HttpRequest, authority: str, key: str) -> Sentence:
    """What the address names. Raises Http404."""
    found, kind = _edited_by(request, authority), KINDS.get(key)
    measure, school = (request.GET.get(name, "") for name in ("measure", "school"))
    titles = titles_of(found)
    if not measure and request.method != "POST":
        school = ""  # chosen without a measure: the page says that both are needed
    if kind is None or (measure and not _fits(kind, measure, titles)):
        raise Http404
    if school and (school not in titles.schools or kind.audience != "school" or not measure):
        raise Http404
    return Sentence(found, kind, measure, school, titles, queries.own_words(found))


def _fits(kind: Kind, measure: str, titles: Titles) -> bool:
    return measure in titles.measures and kind.fits(titles.measures[measure])


def _saved(request: HttpRequest, sentence: Sentence, form: WordsForm, pattern: str) -> HttpResponse:
    after = request.POST.get("after", "")
    try:
        edit_words(
            authority=sentence.authority,
            kind=sentence.kind.key,
            measure=sentence.measure,
            school=sentence.school,
            pattern=pattern,
            after=int(after) if after.isdecimal() else 0,
            by=signed_in(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, sentence, form, status=409)
    messages.success(request, SAVED)
    return redirect("words", sentence.authority.code)


def _page(
    request: HttpRequest, sentence: Sentence, form: WordsForm, draft: str = "", status: int = 0
) -> HttpResponse:
    """The form with what was typed, and the sentences that a draft would make."""
    kind, public = sentence.kind, _public(sentence.authority)
    where = (sentence.authority, kind.key, sentence.measure, sentence.school)
    edits = list(queries.words_edits(*where))
    now = examples(kind, sentence.words, public, sentence.measure)
    context = {
        "sentence": sentence,
        "kind": kind,
        "form": form,
        "where": sentence.titles.where(sentence.measure, sentence.school),
        "after": edits[0].pk if edits else 0,
        "own": bool(edits and edits[0].pattern),
        "shipped": pieces(kind, kind.pattern),
        "now": now,
        "history": history(kind, edits),
        "choose": _choose(sentence),
        "draft": draft,
        "made_up": bool(public and public.made_up),
    }
    if draft:
        said = examples(kind, sentence.worded(draft), public, sentence.measure)
        context |= {"said": list(zip(said.sentences, now.sentences, strict=True)), "look": LOOK}
        context["ages"] = [round(reading_age(each.sentences[0])) for each in (said, now)]
    code = status or (422 if form.errors else 200)
    return render(request, "reports/words_edit.html", context, status=code)


def _choose(sentence: Sentence) -> ChooseForm:
    kind, titles = sentence.kind, sentence.titles
    return ChooseForm(
        measures=[each for each in titles.measures.values() if kind.fits(each)],
        schools=titles.schools if kind.audience == "school" else None,
        initial={"measure": sentence.measure, "school": sentence.school},
    )


def titles_of(authority: Authority) -> Titles:
    """Names of all that words of an authority may be about."""
    schools = School.objects.filter(authority=authority).order_by("name")
    names = dict(schools.values_list("key", "name"))
    return Titles(queries.measures_told(authority), names)


def _public(authority: Authority) -> Source | None:
    """The borough of the newest published wave: what everybody can see."""
    build = queries.newest_public(authority)
    return source(build, queries.place(build, "borough", authority.code)) if build else None


def _edited_by(request: HttpRequest, code: str) -> Authority:
    found = get_object_or_404(Authority, code=code)
    require(request.user, Action.EDIT_WORDS, found)
    return found
