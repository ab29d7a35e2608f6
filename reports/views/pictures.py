"""Pictures that everybody may take away: charts of the public pages, and one figure to share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import queries
from reports.models import Build, ReleasedPlace
from reports.presenters.drawings import chart_key
from reports.presenters.imprint import imprint
from reports.presenters.outline import Outline, Topic
from reports.presenters.page_charts import chart_of
from reports.presenters.sources import source
from reports.views import files
from reports.views.caching import by_release
from reports.views.files import chart_file, known_chart_media
from reports.views.public import composed, composed_area, public_kind, sources_of

if TYPE_CHECKING:
    from reports.charts.pictures import Crowd


@require_safe
def dashboard_chart(request: HttpRequest, wave: str, chart: str, media: str) -> HttpResponse:
    """A chart of the borough's dashboard; its key names the topic."""
    known_chart_media(media)
    return _dashboard_chart(request, queries.published(wave), chart, media)


@by_release
def _dashboard_chart(request: HttpRequest, build: Build, key: str, media: str) -> HttpResponse:
    borough = sources_of(build, "borough")[0]
    asked = request.GET.dict()
    pages = (composed(build, topic, asked) for topic in _topics_of(borough.outline, key))
    found = [chart for page in pages if (chart := chart_of(page, key))]
    return chart_file(found[0] if found else None, media, borough.name, build)


def _topics_of(outline: Outline, key: str) -> Iterator[Topic]:
    """Topics whose headline the key ends with, such as `c-wards-enough-sleep`."""
    for topic in outline.topics:
        if any(key.endswith(chart_key(head.key)[1:]) for head in topic.headlines):
            yield topic


@require_safe
def area_chart(
    request: HttpRequest, wave: str, kind: str, key: str, chart: str, media: str
) -> HttpResponse:
    """A chart of the page of a borough, locality or ward."""
    known_chart_media(media)
    return _area_chart(request, queries.published(wave), public_kind(kind), key, chart, media)


@by_release
def _area_chart(
    request: HttpRequest, build: Build, kind: str, key: str, chart: str, media: str
) -> HttpResponse:
    page = composed_area(build, kind, key, request.GET.get("with", ""))
    return chart_file(chart_of(page, chart), media, page.name, build)


@require_safe
def picture_page(
    request: HttpRequest, wave: str, kind: str, key: str, measure: str
) -> HttpResponse:
    """A picture of one figure, its files, and the words that stand for it."""
    return _picture_page(request, queries.published(wave), public_kind(kind), key, measure)


@by_release
def _picture_page(
    request: HttpRequest, build: Build, kind: str, key: str, measure: str
) -> HttpResponse:
    place, found = _picture(build, kind, key, measure)
    context = {"picture": found, "place": place, "kind": kind, "wave": build.wave}
    return render(request, "reports/picture.html", {**context, "made_up": build.wave.made_up})


@require_safe
def picture_file(
    request: HttpRequest, wave: str, kind: str, key: str, measure: str, shape: str, media: str
) -> HttpResponse:
    """The picture in one of its shapes, as PNG or SVG."""
    build = queries.published(wave)
    return _picture_file(request, build, public_kind(kind), key, measure, shape, media)


@by_release
def _picture_file(
    request: HttpRequest, build: Build, kind: str, key: str, measure: str, shape: str, media: str
) -> HttpResponse:
    place, found = _picture(build, kind, key, measure)
    return files.picture_file(found, shape, media, f"{place.name} {measure}", build)


def _picture(build: Build, kind: str, key: str, measure: str) -> tuple[ReleasedPlace, "Crowd"]:
    """Raises Http404 where the figure is hidden, or too near an end to have a number."""
    # Here, not above: ReportLab takes a third of a second to import.
    from reports.presenters.sharing import picture

    place = queries.place(build, kind, key)
    found = picture(source(build, place), measure, imprint(build))
    if found is None:
        raise Http404
    return place, found
