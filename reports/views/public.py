"""What everybody may see without signing in: the borough, its areas, and how numbers are made."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import presenters, queries
from reports.models import Build
from reports.presenters.outline import Topic
from reports.presenters.public import Boundary, find_topic
from reports.presenters.sources import Source, source
from reports.views.caching import by_release
from reports.views.files import attachment
from schools.models import Area, Authority

PUBLIC = ("borough", "locality", "ward")


@require_safe
def dashboard(request: HttpRequest, wave: str) -> HttpResponse:
    """One topic for the borough, its groups, localities and wards; `?topic=` chooses it."""
    return _dashboard(request, queries.published(wave))


@by_release
def _dashboard(request: HttpRequest, build: Build) -> HttpResponse:
    borough = sources_of(build, "borough")[0]
    topic = find_topic(borough.outline, request.GET.get("topic"))
    if topic is None:
        raise Http404
    shown = composed(build, topic)
    context = {"dashboard": shown, "made_up": shown.made_up, "chart_files": ""}
    return render(request, "reports/dashboard.html", context)


def composed(build: Build, topic: Topic) -> presenters.Dashboard:
    """The dashboard of one topic, for its page and for the files of its charts."""
    return presenters.dashboard(
        sources_of(build, "borough")[0],
        topic,
        sources_of(build, "locality"),
        sources_of(build, "ward"),
        boundaries(build.wave.authority),
    )


@require_safe
def area(request: HttpRequest, wave: str, kind: str, key: str) -> HttpResponse:
    """Every headline of a borough, locality or ward."""
    return _area(request, queries.published(wave), public_kind(kind), key)


@by_release
def _area(request: HttpRequest, build: Build, kind: str, key: str) -> HttpResponse:
    place = queries.place(build, kind, key)
    page = presenters.area_page(source(build, place, queries.external(build.wave)))
    context = {"page": page, "kind": kind, "made_up": page.made_up, "chart_files": ""}
    return render(request, "reports/area.html", context)


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
