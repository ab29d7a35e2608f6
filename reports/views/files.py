"""Rendered files as downloads."""

from django.http import HttpResponse
from django.utils.text import slugify

from reports.models import Build, RenderedFile

PDF, CSV = "application/pdf", "text/csv; charset=utf-8"
# By media: the type, and how the name of the file ends.
TYPES = {
    "pdf": (PDF, ".pdf"),
    "csv": (CSV, ".csv"),
    "summary": (PDF, "-summary.pdf"),
    "pupils": (PDF, "-pupils.pdf"),
}


def attachment(file: RenderedFile, name: str, build: Build) -> HttpResponse:
    """The file under the name of its place and wave. PDFs open in the browser."""
    kind, end = TYPES[file.media]
    filename = f"{slugify(name)}-{build.wave.key}{end}"
    shown = "inline" if kind == PDF else "attachment"
    response = HttpResponse(bytes(file.content), content_type=kind)
    response["Content-Disposition"] = f'{shown}; filename="{filename}"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{file.sha256}"'
    return response
