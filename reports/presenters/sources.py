"""What a presenter is given: one place's released figures, with the names around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reports.disclosure.lattice import Group, Place, group_id
from reports.disclosure.released import ReleasedCube
from reports.external import Matches
from reports.presenters.outline import Outline, outline
from reports.words import SHIPPED, Words

if TYPE_CHECKING:
    from reports.models import Build, ReleasedPlace

NONE: Matches = MappingProxyType({})


@dataclass(frozen=True)
class Source:
    """`all_schools` and `participation`: took_part, on_roll, opted_out; None where not known.

    external: other people's figures by measure, only where their definition is ours.
    words: in which the build speaks of this place.
    when: month of the wave; then: of the wave before, empty where there is none. before: the same
    place in that wave, where trends are asked for and it was released.
    """

    place: Place
    name: str
    borough: Place
    borough_name: str
    wave: str
    wave_key: str
    made_up: bool
    outline: Outline
    cube: ReleasedCube
    participation: Mapping[str, Any] | None = None
    all_schools: Mapping[str, Any] | None = None
    external: Matches = field(default_factory=dict)
    words: Words = SHIPPED
    when: date = date.min
    then: str = ""
    before: "Source | None" = None

    def of_borough(self) -> "Source":
        """The borough's groups that stand beside the place's, in every wave that is here."""
        before = self.before.of_borough() if self.before else None
        words = Words(self.words.own)  # none of them is a school's
        return replace(self, place=self.borough, name=self.borough_name, before=before, words=words)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The year groups of this place that are published as groups, in order."""
        own = (each.group for each in self.cube.groups if each.place == self.place)
        return tuple(
            sorted((g.values[0][1] for g in own if [*dict(g.values)] == ["year_group"]), key=int)
        )

    def group(self, values: tuple[tuple[str, str], ...] = ()) -> str:
        """Id of this place's group with these values."""
        return group_id(Group(self.place, values))

    def beside(self, values: tuple[tuple[str, str], ...] = ()) -> str:
        """Id of the borough's group with these values."""
        return group_id(Group(self.borough, values))

    def size(self, group: str) -> int | None:
        """Pupils in a published group; None where the group is not published."""
        return next((each.n for each in self.cube.groups if each.id == group), None)


def source(
    build: "Build",
    place: "ReleasedPlace",
    external: Matches = NONE,
    *,
    trend: bool = False,
) -> Source:
    """From a stored place; a school's has the borough's participation to set beside it.

    Args:
        external: for pages only. A release's own files never hold what may change without it.
        trend: with the waves before, each with a document of its own to read.
    """
    # Here, not above: the presenters themselves need no database.
    from reports import queries

    wave, school = build.wave, place.kind == "school"
    return Source(
        place=Place(place.kind, place.key),
        name=place.name,
        borough=Place("borough", wave.authority.code),
        borough_name=wave.authority.name,
        wave=wave.name,
        wave_key=wave.key,
        made_up=wave.made_up,
        outline=_outline(_Version(wave.questionnaire.fingerprint, wave.questionnaire)),
        cube=queries.cube(place),
        participation=place.participation if school or place.kind == "borough" else None,
        all_schools=_of_all_schools(build) if school else None,
        external=external,
        words=Words.of(queries.words_in(build), place.key if school else ""),
        when=wave.opens_on,
        then=month(build.earlier.wave.opens_on) if build.earlier else "",
        before=_before(build, place) if trend else None,
    )


def month(day: date) -> str:
    """When a wave was, in words: "June 2024"."""
    return f"{day:%B %Y}"


def _before(build: "Build", place: "ReleasedPlace") -> Source | None:
    from reports import queries

    earlier = build.earlier
    if earlier is None:
        return None
    key = queries.same_area(build, place.kind, place.key, earlier)
    same = earlier.places.filter(kind=place.kind, key=key).defer("document").first()
    return source(earlier, same, trend=True) if same else None


def _of_all_schools(build: "Build") -> Mapping[str, Any] | None:
    rows = build.places.filter(kind="borough")
    return rows.values_list("participation", flat=True).first()


@dataclass(frozen=True)
class _Version:
    """Told apart by its fingerprint alone: behind it stands one text that never changes."""

    fingerprint: str
    questionnaire: Any = field(compare=False)


@lru_cache(maxsize=16)
def _outline(version: _Version) -> Outline:
    return outline(version.questionnaire.definition)
