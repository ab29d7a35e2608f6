"""A school's report: page, PDF, tables and charts.

Whoever may not see it learns nothing, not even that it exists; whoever sees it is written down.
"""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import queries
from reports.charts import Chart
from reports.models import Build, ReleasedPlace
from reports.presenters import Source, source
from reports.presenters import school_report as present
from reports.presenters import school_topic as present_topic
from reports.presenters.imprint import imprint
from reports.presenters.labels import DIMENSIONS
from reports.presenters.outline import Topic
from reports.presenters.page_charts import chart_of
from reports.presenters.public import find_topic
from reports.presenters.spreadsheet import school_book
from reports.views.bodies import report_files, school_body
from reports.views.caching import by_release
from reports.views.files import attachment, chart_file, download, known_chart_media
from schools.audit import record
from schools.models import School
from schools.permissions import Action, require, signed_in


@require_safe
def school_report(request: HttpRequest, wave: str, school: str) -> HttpResponse:
    """The report as a page, of all pupils or of a published group named in the address."""
    build, place = _seen(request, wave, school, "page")
    return _page(request, build, place)


@require_safe
def school_topic(request: HttpRequest, wave: str, school: str, topic: str) -> HttpResponse:
    """One topic by group and with its answers: a page of its own, or swapped into the report."""
    build, place = _seen(request, wave, school, "topic")
    given = source(build, place, queries.external(build.wave), trend=True)
    found = find_topic(given.outline, topic)
    if found is None:
        raise Http404
    return _topic(request, build, place, given, found)


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


@require_safe
def school_report_xlsx(request: HttpRequest, wave: str, school: str) -> HttpResponse:
    """Every released number of the school as a spreadsheet that explains itself."""
    build, place = _seen(request, wave, school, "xlsx")
    return _workbook(request, build, place)


@require_safe
def school_chart(
    request: HttpRequest, wave: str, school: str, chart: str, media: str
) -> HttpResponse:
    """One chart of the report as a file, of the group that the address names."""
    known_chart_media(media)
    build, place = _seen(request, wave, school, f"{chart[:60]}.{media}")
    return _chart(request, build, place, chart, media)


@by_release
def _workbook(request: HttpRequest, build: Build, place: ReleasedPlace) -> HttpResponse:
    # Here, not above: only those who ask for a spreadsheet wait for its writer.
    from reports.workbook import to_xlsx

    content = to_xlsx(school_book(source(build, place), imprint(build)))
    return download(content, "xlsx", place.name, build)


@by_release
def _chart(
    request: HttpRequest, build: Build, place: ReleasedPlace, key: str, media: str
) -> HttpResponse:
    asked = _asked(request)
    report = present(build, place, asked)
    chart = chart_of(report, key) or _of_a_topic(build, place, asked, key)
    return chart_file(chart, media, place.name, build, report.group)


def _of_a_topic(
    build: Build, place: ReleasedPlace, asked: dict[str, str], key: str
) -> Chart | None:
    """A chart that only the page of its topic has."""
    given = source(build, place, trend=True)
    pages = (present_topic(given, topic, asked) for topic in given.outline.topics)
    return next((chart for page in pages if (chart := chart_of(page, key))), None)


@by_release
def _page(request: HttpRequest, build: Build, place: ReleasedPlace) -> HttpResponse:
    body = school_body(build, place, _asked(request))
    context = {"body": body, "made_up": build.wave.made_up}
    return render(request, "reports/school_report.html", context)


@by_release
def _topic(
    request: HttpRequest, build: Build, place: ReleasedPlace, given: Source, topic: Topic
) -> HttpResponse:
    report = present_topic(given, topic, _asked(request))
    files = report_files(report.wave_key, report.key, report.query)
    context = {"report": report, "made_up": report.made_up, "chart_files": files}
    response = render(request, "reports/school_topic.html", context)
    response["HX-Push-Url"] = "false"  # brought into the report, it leaves the address alone
    return response


def _asked(request: HttpRequest) -> dict[str, str]:
    """The demographics that the address names; what else it holds is nobody's business here."""
    return {dim: value[:10] for dim, value in request.GET.dict().items() if dim in DIMENSIONS}


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
    details = {"wave": wave, "build": str(build.pk), "form": form, "asked": _asked(request)}
    with transaction.atomic():
        record(by=signed_in(request), action="school_report.seen", subject=key, details=details)
    return build, place
