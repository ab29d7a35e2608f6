"""Files as downloads: those rendered with a build, and those made when they are asked for."""

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from reports.charts.figures import ChartFiles
from reports.models import Build, RenderedFile
from reports.presenters.imprint import MADE_UP, imprint
from reports.presenters.labels import DIMENSIONS

if TYPE_CHECKING:
    from reports.charts import Chart
    from reports.charts.pictures import Crowd
    from reports.charts.slides import Words

PDF = "application/pdf"
PAPERS = {"summary": "-summary.pdf", "pupils": "-pupils.pdf"}  # how the name of the file ends
TYPES = {
    "pdf": PDF,
    "summary": PDF,
    "pupils": PDF,
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "json": "application/json",
    "geojson": "application/geo+json",
}
PIXELS = 1920  # across a slide


def attachment(file: RenderedFile, name: str, build: Build) -> HttpResponse:
    """The file under the name of its place and wave. PDFs open in the browser."""
    return download(bytes(file.content), file.media, name, build, file.sha256)


def download(content: bytes, media: str, name: str, build: Build, mark: str = "") -> HttpResponse:
    """Bytes under a name and the wave's; `mark` is their sha256 where it is known."""
    filename = f"{slugify(name)}-{build.wave.key}{PAPERS.get(media, f'.{media}')}"
    shown = "inline" if TYPES[media] == PDF else "attachment"
    response = HttpResponse(content, content_type=TYPES[media])
    response["Content-Disposition"] = f'{shown}; filename="{filename}"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{mark or hashlib.sha256(content).hexdigest()}"'
    return response


def chart_file(
    chart: "Chart | None", media: str, name: str, build: Build, group: str = ""
) -> HttpResponse:
    """A chart of a page as a picture, a drawing or its numbers. Raises Http404 without one.

    Args:
        name: whose figures. group: which of their pupils, in words.
    """
    if chart is None:
        raise Http404
    # Here, not above: ReportLab takes a third of a second to import.
    from reports.charts.slides import Words

    given = imprint(build)
    whose = ": ".join(filter(None, (name, group)))
    words = Words(whose, given.source, MADE_UP if given.made_up else "")
    content = _CHARTS[media](chart, words)
    return download(content, media, f"{name} {chart.key.removeprefix('c-')}", build)


def chart_files(page: str, asked: Mapping[str, str]) -> ChartFiles:
    """Where the charts of the page at an address lie, of the group and areas asked for."""
    kept = {name: asked[name][:80] for name in (*DIMENSIONS, "with") if asked.get(name)}
    return ChartFiles(f"{page}charts/", f"?{urlencode(kept)}" if kept else "")


def known_chart_media(media: str) -> None:
    """Raises Http404 for what a chart cannot be taken away as."""
    if media not in _CHARTS:
        raise Http404


def _png(chart: "Chart", words: "Words") -> bytes:
    from reports.charts.raster import to_png
    from reports.charts.slides import slide

    return to_png(slide(chart, words), PIXELS)


def _svg(chart: "Chart", words: "Words") -> bytes:
    from reports.charts.slides import description, slide
    from reports.charts.vector import to_svg

    return to_svg(slide(chart, words), chart.title, description(chart, words))


def _csv(chart: "Chart", words: "Words") -> bytes:
    from reports.charts.numbers import to_csv

    return to_csv(chart)


def picture_file(picture: "Crowd", shape: str, media: str, name: str, build: Build) -> HttpResponse:
    """One figure to share. Raises Http404 for a shape or a kind of file that there is not."""
    from reports.charts.pictures import SHAPES, draw
    from reports.charts.raster import to_png
    from reports.charts.vector import to_svg

    if shape not in SHAPES or media not in {"png", "svg"}:
        raise Http404
    drawing = draw(picture, shape)
    if media == "png":
        content = to_png(drawing, SHAPES[shape][0])
    else:
        content = to_svg(drawing, picture.sentence, picture.alternative)
    return download(content, media, f"{name} {shape}", build)


_CHARTS: dict[str, Callable[["Chart", "Words"], bytes]] = {"png": _png, "svg": _svg, "csv": _csv}
