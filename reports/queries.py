"""Reading what is released. Nothing here computes, and nothing here reads a pupil's row."""

from collections.abc import Iterable
from functools import lru_cache

from django.http import Http404

from reports.disclosure.released import ReleasedCube
from reports.models import Build, Publication, ReleasedPlace, RenderedFile


def published_waves() -> Iterable[Publication]:
    """Every published wave, the newest first."""
    rows = Publication.objects.select_related("wave__authority", "wave__questionnaire", "build")
    return rows.order_by("-wave__opens_on")


def published(wave_key: str) -> Build:
    """The build that is published for a wave. Raises Http404."""
    found = (
        Publication.objects.select_related("build__wave__authority", "build__wave__questionnaire")
        .filter(wave__key=wave_key)
        .first()
    )
    if found is None:
        raise Http404
    return found.build


def place(build: Build, kind: str, key: str) -> ReleasedPlace:
    """One place of a build, its document left for `cube` to read. Raises Http404."""
    found = build.places.filter(kind=kind, key=key).defer("document").first()
    if found is None:
        raise Http404
    return found


def cube(found: ReleasedPlace) -> ReleasedCube:
    """The released figures of a place, read once a process.

    Kept under the content's own mark: a build never changes, but a restored database may give
    its row's number to another.
    """
    return _cube(found.pk, found.sha256)


@lru_cache(maxsize=128)
def _cube(pk: int, mark: str) -> ReleasedCube:
    document = ReleasedPlace.objects.values_list("document", flat=True).get(pk=pk)
    return ReleasedCube.from_document(document)


def file(build: Build, kind: str, key: str, media: str) -> RenderedFile:
    """A rendered file. Raises Http404."""
    found = build.files.filter(place_kind=kind, place_key=key, media=media).first()
    if found is None:
        raise Http404
    return found
