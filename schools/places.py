"""Where pupils live: from a pupil's area to its ward and locality."""

from collections import defaultdict
from dataclasses import dataclass

from schools.models import Area, AreaKind, AreaMembership, Authority, School


@dataclass(frozen=True)
class Home:
    """Codes of the ward and the locality, None where unknown or outside the authority."""

    ward: str | None = None
    locality: str | None = None


def homes(authority: Authority) -> dict[int, Home]:
    """The home of every area of an authority, by the area's id.

    A ward is its own ward; an LSOA that an official list puts into two wards has none, since
    a guess would move pupils between published places.
    """
    areas = Area.objects.filter(authority=authority).only("id", "kind", "code")
    kinds = {area.pk: area for area in areas}
    wholes: dict[int, set[int]] = defaultdict(set)
    memberships = AreaMembership.objects.filter(part__authority=authority)
    for part, whole in memberships.values_list("part_id", "whole_id"):
        wholes[part].add(whole)
    return {pk: _home(pk, kinds, wholes) for pk in kinds}


def find_place(authority: Authority, kind: str, key: str) -> Authority | School | Area | None:
    """The object behind a place of a report ("borough", "locality", "ward" or "school")."""
    if kind == "borough":
        return authority if key == authority.code else None
    if kind == "school":
        return School.objects.filter(authority=authority, key=key).first()
    areas = Area.objects.filter(authority=authority, kind=kind, code=key)
    return areas.order_by("-vintage").first()


def _home(pk: int, areas: dict[int, Area], wholes: dict[int, set[int]]) -> Home:
    reached = {pk} | wholes[pk] | {top for whole in wholes[pk] for top in wholes[whole]}
    return Home(_only(AreaKind.WARD, reached, areas), _only(AreaKind.LOCALITY, reached, areas))


def _only(kind: str, reached: set[int], areas: dict[int, Area]) -> str | None:
    """The one code of a kind among areas; vintages of the same code count once."""
    codes = {areas[pk].code for pk in reached if pk in areas and areas[pk].kind == kind}
    return codes.pop() if len(codes) == 1 else None
