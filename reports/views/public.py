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
from reports.presenters.other_waves import OtherWave, other_wave
from reports.presenters.outline import Topic
from reports.presenters.public import Boundary, find_topic
from reports.presenters.sources import Source, source
from reports.views.caching import by_release, by_release_and
from reports.views.files import attachment, chart_files
from reports.views.forms import CompareForm
from schools.models import AreaKind

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
    borough, localities, wards, where = _places(build, trend=True)
    return presenters.dashboard(borough, topic, localities, wards, where, asked)


def composed_area(build: Build, kind: str, key: str, beside: str) -> AreaPage:
    """An area with another one beside it, if any, for its page and the files of its charts."""
    place, external = queries.place(build, kind, key), queries.external(build.wave)
    other = source(build, _place_named(build, beside)) if beside else None
    return presenters.area_page(source(build, place, external, trend=not beside), other)


def _places(
    build: Build, *, trend: bool = False
) -> tuple[Source, list[Source], list[Source], list[Boundary]]:
    """trend: the borough and its localities with the waves before."""
    (borough, *_), localities = (sources_of(build, kind, trend=trend) for kind in PUBLIC[:2])
    wards = sources_of(build, "ward")
    return borough, localities, wards, boundaries(build)


@require_safe
def area(request: HttpRequest, wave: str, kind: str, key: str) -> HttpResponse:
    """Every headline of a borough, locality or ward; `?with=ward/E05…` sets another beside it."""
    return _area(request, queries.published(wave), public_kind(kind), key)


@by_release_and(queries.area_mark)
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
    context["other_waves"] = [
        _there(build, kind, key, other) for other in queries.other_waves(build)
    ]
    return render(request, "reports/area.html", context)


def _there(build: Build, kind: str, key: str, other: Build) -> OtherWave:
    found = queries.same_area(build, kind, key, other)
    return other_wave(
        other.wave.name,
        other.wave.key,
        kind,
        found,
        published=other.places.filter(kind=kind, key=found).exists(),
        vintages=(queries.vintage(build), queries.vintage(other)),
    )


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


def sources_of(build: Build, kind: str, *, trend: bool = False) -> list[Source]:
    """The places of a kind, by name; the borough with the external figures beside it."""
    # Documents are read, and kept, by queries.cube.
    places = build.places.filter(kind=kind).order_by("name").defer("document")
    external = queries.external(build.wave) if kind == "borough" else {}
    return [source(build, place, external, trend=trend) for place in places]


def boundaries(build: Build) -> list[Boundary]:
    """The wards of the build's vintage, and of no other."""
    return [
        Boundary(area.code, area.name, area.boundary, area.vintage)
        for (kind, _), area in queries.boundaries(build).items()
        if kind == AreaKind.WARD
    ]
