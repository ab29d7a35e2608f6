"""Reading what is released. Nothing here computes, and nothing here reads a pupil's row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from reports.changes import Change, changes
from reports.codebook import definitions
from reports.disclosure.released import ReleasedCube
from reports.external import Matches, from_document, matches
from reports.models import (
    Build,
    ExternalTable,
    Publication,
    PublicationEvent,
    ReleasedPlace,
    RenderedFile,
)
from schools.models import School
from surveys.models import Wave

if TYPE_CHECKING:
    from django.db.models import QuerySet


def published_waves() -> Iterable[Publication]:
    """Every published wave, the newest first."""
    rows = Publication.objects.select_related("wave__authority", "wave__questionnaire", "build")
    # What the checks said and the questionnaire's text are megabytes that a list does not need.
    rows = rows.defer("build__report", "wave__questionnaire__document")
    return rows.order_by("-wave__opens_on")


def published(wave_key: str) -> Build:
    """The build that is published for a wave. Raises Http404."""
    # What the checks said and the questionnaire's text are megabytes that no reader's page needs.
    found = (
        Publication.objects.select_related("build__wave__authority", "build__wave__questionnaire")
        .defer("build__report", "build__wave__questionnaire__document")
        .filter(wave__key=wave_key)
        .first()
    )
    if found is None:
        raise Http404
    return found.build


def public_build(wave: Wave) -> Build | None:
    """The build of a wave that is public now."""
    found = Publication.objects.filter(wave=wave).select_related("build").first()
    return found.build if found else None


def releases() -> "QuerySet[PublicationEvent]":
    """Every release, correction and roll-back there ever was, the newest first."""
    return PublicationEvent.objects.select_related("wave__authority", "build")


def reports_of(builds: Iterable[UUID], schools: list[School]) -> dict[UUID, list[School]]:
    """The schools, of those given, that have a report in each of the builds, by the build's id."""
    found: dict[UUID, list[School]] = defaultdict(list)
    by_key = {school.key: school for school in schools}
    if not by_key:
        return found
    places = ReleasedPlace.objects.filter(build__in=list(builds), kind="school", key__in=by_key)
    for build, key in places.order_by("name").values_list("build", "key"):
        found[build].append(by_key[key])
    return found


def cubes(build: Build) -> Iterator[ReleasedCube]:
    """The released figures of every place of a build."""
    return (cube(place) for place in build.places.defer("document"))


def changed(build: Build, public: Build) -> tuple[Change, ...]:
    """What would change for the public. A build never changes, so it is counted once a process."""
    return _changed(build.pk, build.input_key, public.pk, public.input_key)


@lru_cache(maxsize=8)
def _changed(pk: UUID, mark: str, public_pk: UUID, public_mark: str) -> tuple[Change, ...]:
    before, after = Build.objects.get(pk=public_pk), Build.objects.get(pk=pk)
    return changes(cubes(before), cubes(after))


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


def media(build: Build, kind: str, key: str) -> frozenset[str]:
    """The kinds of files that a place has: builds of an older version have fewer."""
    files = build.files.filter(place_kind=kind, place_key=key)
    return frozenset(files.values_list("media", flat=True))


def external(wave: Wave) -> Matches:
    """The external figures now loaded that may stand beside a wave's measures, by measure."""
    table = ExternalTable.objects.filter(authority=wave.authority_id).first()
    if table is None:
        return {}
    ours = definitions(wave.questionnaire.definition, wave.year_groups)
    return matches(map(from_document, table.figures), ours)


def external_mark(wave: Wave) -> int:
    """Another number whenever the figures that `external` gives may have changed."""
    newest = ExternalTable.objects.filter(authority=wave.authority_id)
    return newest.values_list("pk", flat=True).first() or 0
