"""Rendered files as downloads."""

from django.http import HttpResponse
from django.utils.text import slugify

from reports.models import Build, RenderedFile

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


def attachment(file: RenderedFile, name: str, build: Build) -> HttpResponse:
    """The file under the name of its place and wave. PDFs open in the browser."""
    filename = f"{slugify(name)}-{build.wave.key}.{file.media}"
    shown = "inline" if file.media == "pdf" else "attachment"
    response = HttpResponse(bytes(file.content), content_type=TYPES[file.media])
    response["Content-Disposition"] = f'{shown}; filename="{filename}"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{file.sha256}"'
    return response
