"""The whole open data set of a release: spreadsheet, tables, areas, and what describes them."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from reports import open_data, queries
from reports.codebook import definitions
from reports.models import Build
from reports.open_data import Change, Resource
from reports.presenters.imprint import LICENCE, LICENCE_ADDRESS, MADE_UP_AREAS, Imprint, imprint
from reports.presenters.sources import Source
from reports.presenters.spreadsheet import public_book
from reports.views.caching import by_release
from reports.views.files import TYPES, download
from reports.views.public import PUBLIC, sources_of


@require_safe
def open_data_page(request: HttpRequest, wave: str) -> HttpResponse:
    """Every file with what it holds, the licence, how to cite, and what was corrected."""
    return _page(request, queries.published(wave))


@by_release
def _page(request: HttpRequest, build: Build) -> HttpResponse:
    given, files = imprint(build), _files(build)
    context = {
        "imprint": given,
        "licence": {"title": LICENCE, "address": LICENCE_ADDRESS},
        "files": files,
        "attribution": _attribution(given) if files[-1].media == "geojson" else "",
        "vintage": files[-1].vintage,
        "events": build.wave.publication_events.all(),
        "made_up": given.made_up,
    }
    return render(request, "reports/open_data.html", context)


@require_safe
def open_data_file(request: HttpRequest, wave: str, path: str) -> HttpResponse:
    """One file under its own name, so that the package's addresses hold."""
    files = _files(queries.published(wave))
    found = next((each for each in files if each.path == path), None)
    if found is None:
        raise Http404
    mark = f'"{found.sha256}"'
    response = HttpResponse(found.content, content_type=TYPES[found.media])
    response["Content-Disposition"] = f'attachment; filename="{found.path}"'
    response["Cache-Control"] = "no-cache"
    response["ETag"] = mark
    return get_conditional_response(request, etag=mark, response=response) or response


@require_safe
def workbook(request: HttpRequest, wave: str) -> HttpResponse:
    """Every released number of the borough and its areas as one spreadsheet."""
    return _workbook(request, queries.published(wave))


@by_release
def _workbook(request: HttpRequest, build: Build) -> HttpResponse:
    content = _xlsx(build.pk, imprint(build))
    return download(content, "xlsx", build.wave.authority.name, build)


def _sources(build: Build) -> list[Source]:
    return [source for kind in PUBLIC for source in sources_of(build, kind)]


@lru_cache(maxsize=2)
def _xlsx(pk: UUID, given: Imprint) -> bytes:
    """A second and a half of work, done once a process: a build never changes."""
    from reports.workbook import to_xlsx

    return to_xlsx(public_book(_sources(_build(pk)), given))


@lru_cache(maxsize=2)
def _tables(pk: UUID) -> tuple[Resource, ...]:
    build = _build(pk)
    wave = build.wave
    asked = definitions(wave.questionnaire.definition, wave.year_groups)
    return open_data.tables(_sources(build), asked)


def _build(pk: UUID) -> Build:
    return Build.objects.select_related("wave__authority", "wave__questionnaire").get(pk=pk)


def _files(build: Build) -> list[Resource]:
    """The package first. Boundaries and the log may change without a build."""
    given = imprint(build)
    shapes = {name: area.boundary for name, area in queries.boundaries(build).items()}
    said, vintage = _attribution(given), queries.vintage(build)
    areas = open_data.areas(_sources(build), shapes, given, said, vintage)
    found = [*_tables(build.pk), *([areas] if areas else [])]
    log = (
        Change(localdate(e.at).isoformat(), e.get_kind_display(), e.note, str(e.build_id))
        for e in build.wave.publication_events.all()
    )
    return [open_data.descriptor(found, given, log, said if areas else ""), *found]


def _attribution(given: Imprint) -> str:
    return MADE_UP_AREAS if given.made_up else settings.BOUNDARY_ATTRIBUTION
