"""What everybody may see without signing in: the borough, its areas, and how numbers are made."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from reports import presenters, queries
from reports.models import Build, ReleasedPlace
from reports.presenters.areas import BEYOND, OVERLAP, AreaPage
from reports.presenters.outline import Topic
from reports.presenters.public import Boundary, find_topic
from reports.presenters.sources import Source, source
from reports.views.caching import by_release
from reports.views.files import attachment, chart_files
from reports.views.forms import CompareForm
from schools.models import Area, Authority

PUBLIC = ("borough", "locality", "ward")


@require_safe
def dashboard(request: HttpRequest, wave: str) -> HttpResponse:
    """The borough's story; `?topic=` turns to one topic. A published group may be chosen."""
    return _dashboard(request, queries.published(wave))


@by_release
def _dashboard(request: HttpRequest, build: Build) -> HttpResponse:
    key = request.GET.get("topic")
    if key is None:
        page = presenters.overview(*_places(build), request.GET.dict())
        return render(request, "reports/overview.html", {"page": page, "made_up": page.made_up})
    topic = find_topic(sources_of(build, "borough")[0].outline, key)
    if topic is None:
        raise Http404
    shown = composed(build, topic, request.GET.dict())
    files = chart_files(reverse("dashboard", args=[build.wave.key]), request.GET)
    context = {"dashboard": shown, "made_up": shown.made_up, "chart_files": files}
    return render(request, "reports/dashboard.html", context)


def composed(build: Build, topic: Topic, asked: dict[str, str]) -> presenters.Dashboard:
    """The dashboard of one topic, for its page and for the files of its charts."""
    borough, localities, wards, where = _places(build)
    return presenters.dashboard(borough, topic, localities, wards, where, asked)


def composed_area(build: Build, kind: str, key: str, beside: str) -> AreaPage:
    """An area with another one beside it, if any, for its page and the files of its charts."""
    place = queries.place(build, kind, key)
    other = source(build, _place_named(build, beside)) if beside else None
    return presenters.area_page(source(build, place, queries.external(build.wave)), other)


def _places(build: Build) -> tuple[Source, list[Source], list[Source], list[Boundary]]:
    (borough, *_), localities, wards = (sources_of(build, kind) for kind in PUBLIC)
    return borough, localities, wards, boundaries(build.wave.authority)


@require_safe
def area(request: HttpRequest, wave: str, kind: str, key: str) -> HttpResponse:
    """Every headline of a borough, locality or ward; `?with=ward/E05…` sets another beside it."""
    return _area(request, queries.published(wave), public_kind(kind), key)


@by_release
def _area(request: HttpRequest, build: Build, kind: str, key: str) -> HttpResponse:
    beside = request.GET.get("with", "")
    page = composed_area(build, kind, key, beside)
    host = request.build_absolute_uri("/").rstrip("/")
    areas = [each for each in _named_areas(build) if each != (f"{kind}/{key}", page.name)]
    files = chart_files(reverse("area", args=[build.wave.key, kind, key]), request.GET)
    compare = CompareForm(initial={"with": beside}, areas=areas)
    context = {"page": page, "kind": kind, "made_up": page.made_up, "compare": compare}
    context |= {"host": host, "overlap": OVERLAP, "beyond": BEYOND}
    context["chart_files"] = files
    return render(request, "reports/area.html", context)


# Others may show this page, and no other, inside their own. Outermost, so that it stands on
# "not modified" too.
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
@require_safe
def embed(request: HttpRequest, wave: str, kind: str, key: str, measure: str) -> HttpResponse:
    """One chart alone."""
    return _embed(request, queries.published(wave), public_kind(kind), key, measure)


@by_release
def _embed(request: HttpRequest, build: Build, kind: str, key: str, measure: str) -> HttpResponse:
    page = presenters.one_chart(source(build, queries.place(build, kind, key)), measure)
    if page is None:
        raise Http404
    return render(request, "reports/embed.html", {"page": page, "kind": kind, "key": key})


@require_safe
def area_csv(request: HttpRequest, wave: str, kind: str, key: str) -> HttpResponse:
    """Every released number of an area as a table."""
    build = queries.published(wave)
    place = queries.place(build, public_kind(kind), key)
    return attachment(queries.file(build, kind, key, "csv"), place.name, build)


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How the numbers are made, from the rules that a release would be made by now."""
    context = {"method": presenters.method(), "releases": queries.published_waves()}
    return render(request, "reports/method.html", context)


@require_safe
def release_method(request: HttpRequest, wave: str) -> HttpResponse:
    """How the numbers of one release were made, from the rules stored with it."""
    build = queries.published(wave)
    context = {
        "method": presenters.method_of_build(build.rules),
        "wave": build.wave,
        "made_up": build.wave.made_up,
    }
    return render(request, "reports/method.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and whom to tell."""
    return render(request, "reports/accessibility.html")


def public_kind(kind: str) -> str:
    """Schools have no public page, and neither has anything unknown."""
    if kind not in PUBLIC:
        raise Http404
    return kind


def _place_named(build: Build, name: str) -> ReleasedPlace:
    """ "ward/E05000001" -> the place. Raises Http404."""
    kind, _, key = name.partition("/")
    return queries.place(build, public_kind(kind), key)


def _named_areas(build: Build) -> list[tuple[str, str]]:
    """Every area with a page: ("ward/E05000001", name), by name."""
    places = build.places.filter(kind__in=PUBLIC).defer("document")
    named = [(f"{place.kind}/{place.key}", place.name) for place in places]
    return sorted(named, key=lambda each: each[1].casefold())


def sources_of(build: Build, kind: str) -> list[Source]:
    """The places of a kind, by name; the borough with the external figures beside it."""
    # Documents are read, and kept, by queries.cube.
    places = build.places.filter(kind=kind).order_by("name").defer("document")
    external = queries.external(build.wave) if kind == "borough" else {}
    return [source(build, place, external) for place in places]


def boundaries(authority: Authority) -> list[Boundary]:
    """The newest vintage of each ward."""
    wards = Area.objects.filter(authority=authority, kind="ward").order_by("vintage")
    newest = {ward.code: ward for ward in wards}
    return [Boundary(ward.code, ward.name, ward.boundary) for ward in newest.values()]
