"""Reading what is released. Nothing here computes, and nothing here reads a pupil's row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast
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
    RegisterTable,
    ReleasedPlace,
    RenderedFile,
    WordsEdit,
)
from reports.registers import Series, for_wave
from reports.registers import from_document as count_from
from reports.words import Measure, OwnWords, Words
from schools.models import Area, AreaKind, Authority, SameArea, School
from schools.vintages import covering, same
from surveys.frames import score_columns
from surveys.models import Wave

if TYPE_CHECKING:
    from django.db.models import QuerySet


SHOWN = (
    "build__wave__authority",
    "build__wave__questionnaire",
    "build__earlier__wave__authority",
    "build__earlier__wave__questionnaire",
)
# What the checks said and a questionnaire's text are megabytes that no reader's page needs.
LEFT = (
    "build__report",
    "build__wave__questionnaire__document",
    "build__earlier__report",
    "build__earlier__wave__questionnaire__document",
)


def published_waves() -> "QuerySet[Publication]":
    """Every published wave, the newest first."""
    rows = Publication.objects.select_related("wave__authority", "wave__questionnaire", "build")
    # What the checks said and the questionnaire's text are megabytes that a list does not need.
    rows = rows.defer("build__report", "wave__questionnaire__document")
    return rows.order_by("-wave__opens_on")


def published(wave_key: str) -> Build:
    """The build that is published for a wave. Raises Http404."""
    found = (
        Publication.objects.select_related(*SHOWN).defer(*LEFT).filter(wave__key=wave_key).first()
    )
    if found is None:
        raise Http404
    return found.build


def newest_public(authority: Authority) -> Build | None:
    """The public build of an authority's newest wave that has one."""
    found = (
        Publication.objects.filter(wave__authority=authority).order_by("-wave__opens_on").first()
    )
    return published(found.wave.key) if found else None


def public_build(wave: Wave) -> Build | None:
    """The build of a wave that is public now."""
    found = Publication.objects.filter(wave=wave).select_related("build").first()
    return found.build if found else None


def releases() -> "QuerySet[PublicationEvent]":
    """Every release, correction and roll-back there ever was, the newest first."""
    return PublicationEvent.objects.select_related("wave__authority", "build")


def vintage(build: Build) -> str:
    """Of the wards that a build's places are; "" where nobody knows. Its maps draw no other.

    A build that does not say: the one that has all of its released wards.
    """
    wards = build.places.filter(kind=AreaKind.WARD).values_list("key", flat=True)
    if build.vintage or not wards:
        return build.vintage
    return covering(build.wave.authority, wards, build.wave.closes_on)


def boundaries(build: Build) -> dict[tuple[str, str], Area]:
    """Wards and localities as they stood in the build's vintage, by kind and code, by name."""
    kinds = (AreaKind.WARD, AreaKind.LOCALITY)
    areas = Area.objects.filter(authority=build.wave.authority_id, kind__in=kinds)
    found = areas.filter(vintage=vintage(build)).order_by("name")
    return {(area.kind, area.code): area for area in found}


def other_waves(build: Build) -> list[Build]:
    """The published builds of the authority's other waves, the newest first."""
    rows = Publication.objects.select_related("build__wave__authority").defer("build__report")
    own = rows.filter(wave__authority=build.wave.authority_id).exclude(wave=build.wave_id)
    return [row.build for row in own.order_by("-wave__opens_on")]


def same_area(build: Build, kind: str, key: str, other: Build) -> str:
    """The code in another build of the authority of what is the same place there; "" where there
    is none, or nobody knows of one (`schools.vintages.same`). For trends and links over waves."""
    if kind in {"borough", "school"}:
        return key
    here, there = vintage(build), vintage(other)
    if here == there:
        return key if here else ""
    return same(build.wave.authority, here, there).get((kind, key), "") if here and there else ""


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
    # Half a megabyte, of which a page needs little: Django would read all of it.
    as_text = ReleasedPlace.objects.values_list(Cast("document", TextField()), flat=True)
    return ReleasedCube.from_json(as_text.get(pk=pk))


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


def registers(build: Build) -> dict[str, Series]:
    """The register counts now loaded that stand beside a build's headlines, by headline. For
    officers alone."""
    wave = build.wave
    table = RegisterTable.objects.filter(authority=wave.authority_id).first()
    if table is None:
        return {}
    ours = definitions(wave.questionnaire.definition, wave.year_groups)
    found = for_wave(map(count_from, table.counts), ours, wave.opens_on, wave.closes_on)
    return {key: _placed(one, build) for key, one in found.items()}


def _placed(one: Series, build: Build) -> Series:
    """With the localities that are this build's too."""
    here = vintage(build)
    if not (one.localities and here):
        return one
    known = same(build.wave.authority, one.localities[0].vintage, here)
    return one.placed({code: there for (kind, code), there in known.items() if kind == "locality"})


def register_mark(wave: Wave) -> int:
    """Another number whenever the counts that `registers` gives may have changed."""
    newest = RegisterTable.objects.filter(authority=wave.authority_id)
    return newest.values_list("pk", flat=True).first() or 0


def area_mark(wave: Wave) -> tuple[int, ...]:
    """Others whenever what stands on an area's page may have changed: external figures, the
    releases of all waves, which areas are the same."""
    authority = wave.authority_id
    events = PublicationEvent.objects.filter(wave__authority=authority).order_by("-pk")
    said = SameArea.objects.filter(earlier__authority=authority).order_by("-pk")
    newest = (rows.values_list("pk", flat=True).first() or 0 for rows in (events, said))
    return external_mark(wave), *newest


def own_words(authority: Authority) -> tuple[OwnWords, ...]:
    """The words that a council now has in the place of ours, in order."""
    newest: dict[tuple[str, str, str], OwnWords] = {}
    fields = ("kind", "measure", "school", "pattern")
    for row in WordsEdit.objects.filter(authority=authority).order_by("pk").values_list(*fields):
        newest[row[:3]] = OwnWords(*row)
    return tuple(sorted(each for each in newest.values() if each.pattern))


def words_in(build: Build) -> tuple[OwnWords, ...]:
    """The words of a council's own that a build speaks."""
    return tuple(OwnWords(**each) for each in build.words)


def own_words_of(wave: Wave) -> tuple[OwnWords, ...]:
    """Those of them that speak of something in a wave, so that no others make another build."""
    told = {each.key for each in _measures(wave.questionnaire)}
    schools = set(wave.schools.values_list("key", flat=True))
    return tuple(
        each
        for each in own_words(wave.authority)
        if each.measure in {"", *told} and each.school in {"", *schools}
    )


def words_without(authority: Authority, kind: str, measure: str, school: str) -> str:
    """The pattern that would be in force for a sentence if it had no words of its own."""
    where = (kind, measure, school)
    others = (e for e in own_words(authority) if (e.kind, e.measure, e.school) != where)
    return Words.of(others, school).pattern(kind, measure)


def words_edits(
    authority: Authority, kind: str, measure: str, school: str
) -> "QuerySet[WordsEdit]":
    """Every edit of one sentence, the newest first."""
    return WordsEdit.objects.filter(
        authority=authority, kind=kind, measure=measure, school=school
    ).select_related("made_by")


def measures_told(authority: Authority) -> dict[str, Measure]:
    """All that a council's reports tell of, by key; as the newest wave that tells of it has it."""
    found: dict[str, Measure] = {}
    for wave in Wave.objects.filter(authority=authority).select_related("questionnaire"):
        for each in _measures(wave.questionnaire):
            found.setdefault(each.key, each)
    return found


def _measures(questionnaire: Any) -> Iterator[Measure]:
    definition = questionnaire.definition
    for head in definition.headlines:
        yield Measure(head.key, "headlines", f"Pupils who {head.label}")
    for column in score_columns(definition):
        yield Measure(column.key, "scores", f"{column.title}: average score")
