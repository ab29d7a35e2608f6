"""A school's report: page, PDF and table. Whoever may not see it learns nothing, not even that
it exists; whoever sees it is written down."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import queries
from reports.models import Build, ReleasedPlace
from reports.presenters import school_report as present
from reports.presenters.labels import DIMENSIONS
from reports.views.caching import by_release
from reports.views.files import attachment
from schools.audit import record
from schools.models import School
from schools.permissions import Action, require, signed_in


@require_safe
def school_report(request: HttpRequest, wave: str, school: str) -> HttpResponse:
    """The report as a page, of all pupils or of a published group named in the address."""
    build, place = _seen(request, wave, school, "page")
    return _page(request, build, place)


@require_safe
def school_report_pdf(request: HttpRequest, wave: str, school: str) -> HttpResponse:
    """The report of all pupils, to take away."""
    build, place = _seen(request, wave, school, "pdf")
    return attachment(queries.file(build, "school", place.key, "pdf"), place.name, build)


@require_safe
def school_summary_pdf(request: HttpRequest, wave: str, school: str) -> HttpResponse:
    """One page of it, for governors."""
    build, place = _seen(request, wave, school, "summary")
    return attachment(queries.file(build, "school", place.key, "summary"), place.name, build)


@require_safe
def school_pupils_pdf(request: HttpRequest, wave: str, school: str) -> HttpResponse:
    """Two pages for the pupils of the school."""
    build, place = _seen(request, wave, school, "pupils")
    return attachment(queries.file(build, "school", place.key, "pupils"), place.name, build)


@require_safe
def school_report_csv(request: HttpRequest, wave: str, school: str) -> HttpResponse:
    """Every released number of the school as a table."""
    build, place = _seen(request, wave, school, "csv")
    return attachment(queries.file(build, "school", place.key, "csv"), place.name, build)


@by_release
def _page(request: HttpRequest, build: Build, place: ReleasedPlace) -> HttpResponse:
    report = present(build, place, request.GET.dict(), queries.external(build.wave))
    files = queries.media(build, "school", place.key)
    context = {"report": report, "files": files, "made_up": report.made_up}
    return render(request, "reports/school_report.html", context)


def _seen(request: HttpRequest, wave: str, key: str, form: str) -> tuple[Build, ReleasedPlace]:
    """The published report, once the person is known to be allowed and is written down."""
    school = School.objects.select_related("authority").filter(key=key).first()
    if school is None:
        raise Http404
    require(request.user, Action.SEE_SCHOOL_REPORT, school)
    build = queries.published(wave)
    if build.wave.authority_id != school.authority_id:
        raise Http404
    place = queries.place(build, "school", key)
    asked = {dim: value[:10] for dim, value in request.GET.items() if dim in DIMENSIONS}
    details = {"wave": wave, "build": str(build.pk), "form": form, "asked": asked}
    with transaction.atomic():
        record(by=signed_in(request), action="school_report.seen", subject=key, details=details)
    return build, place
