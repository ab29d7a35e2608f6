"""The officers' view of a borough. Whoever may not see it learns nothing of it; every look is
written down, and whether it was with the schools' names."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import queries
from reports.models import Build, ReleasedPlace
from reports.presenters import source
from reports.presenters.borough import BoroughView, first_page, letters, theme_page
from reports.presenters.outline import Theme
from reports.presenters.registers import registers
from reports.presenters.sources import Source
from reports.views.caching import by_release_and
from schools.audit import record
from schools.permissions import Action, require, schools_where, signed_in

Schools = dict[str, ReleasedPlace]


@require_safe
def borough_view(request: HttpRequest, wave: str) -> HttpResponse:
    """Who took part, what stands out, registers; `?theme=` sets schools beside chance.

    Schools are those whose reports the person may see, by letters, or with `?names=1` by name.
    """
    build = queries.published(wave)
    require(request.user, Action.SEE_BOROUGH, build.wave.authority)
    named = request.GET.get("names") == "1"
    theme = request.GET.get("theme", "")[:60]
    details = {"build": str(build.pk), "theme": theme, "names": named}
    with transaction.atomic():
        record(by=signed_in(request), action="borough.seen", subject=wave, details=details)
    return _page(request, build, theme, named)


@by_release_and(queries.register_mark)
def _page(request: HttpRequest, build: Build, key: str, named: bool) -> HttpResponse:
    (borough,) = _sources(build, "borough")
    schools = _schools(request, build, named=named)
    if not key:
        counts = {label: place.participation for label, place in schools.items()}
        localities = _sources(build, "locality")
        known = registers(borough, localities, queries.registers(build))
        page = first_page(borough, localities, counts, named=named, registers=known)
    else:
        page = _theme(build, borough, key, schools, named=named)
    context = {"page": page, "schools": len(schools), "made_up": page.made_up}
    return render(request, "reports/borough.html", context)


def _theme(
    build: Build, borough: Source, key: str, schools: Schools, *, named: bool
) -> BoroughView:
    theme: Theme | None = next((t for t in borough.outline.themes if t.key == key), None)
    if theme is None:
        raise Http404
    shown = {label: source(build, place) for label, place in schools.items()}
    return theme_page(borough, shown, theme, named=named)


def _schools(request: HttpRequest, build: Build, *, named: bool) -> Schools:
    """The schools whose reports the person may see, by the label they stand under here."""
    places = list(build.places.filter(kind="school").defer("document"))
    codes = letters([place.key for place in places], str(build.pk))
    mine = {school.key for school in schools_where(request.user, Action.SEE_SCHOOL_REPORT)}
    return {
        f"{place.name}" if named else codes[place.key]: place
        for place in places
        if place.key in mine
    }


def _sources(build: Build, kind: str) -> list[Source]:
    places = build.places.filter(kind=kind).order_by("name").defer("document")
    return [source(build, place) for place in places]
