"""The whole open data set of a release: spreadsheet, tables, areas, and what describes them."""

from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reports import queries
from reports.models import Build
from reports.presenters.imprint import Imprint, imprint
from reports.presenters.spreadsheet import public_book
from reports.views.caching import by_release
from reports.views.files import download
from reports.views.public import PUBLIC, sources_of


@require_safe
def workbook(request: HttpRequest, wave: str) -> HttpResponse:
    """Every released number of the borough and its areas as one spreadsheet."""
    return _workbook(request, queries.published(wave))


@by_release
def _workbook(request: HttpRequest, build: Build) -> HttpResponse:
    content = _xlsx(build.pk, imprint(build))
    return download(content, "xlsx", build.wave.authority.name, build)


@lru_cache(maxsize=2)
def _xlsx(build: UUID, given: Imprint) -> bytes:
    """A second and a half of work, done once a process: a build never changes."""
    from reports.workbook import to_xlsx

    found = Build.objects.select_related("wave__authority", "wave__questionnaire").get(pk=build)
    return to_xlsx(public_book([s for kind in PUBLIC for s in sources_of(found, kind)], given))
