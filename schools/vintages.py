"""Wards change. Which areas belong together in one vintage, and which are the same in two.

A vintage is that of a set of wards. Localities go with the wards that lie in them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from schools.models import Area, AreaKind, AreaMembership, Authority, SameArea
from schools.outlines import outline

Name = tuple[str, str]  # kind and code


@dataclass(frozen=True)
class Places:
    """The areas of one vintage, without their boundaries.

    areas: wards and localities by kind and code. ward_of: by LSOA's code; locality_of: by ward's.
    """

    vintage: str
    areas: Mapping[Name, Area]
    ward_of: Mapping[str, str]
    locality_of: Mapping[str, str]

    def home(self, area: Area | None) -> Mapping[str, str]:
        """Codes of `ward` and `locality` of a home on the roll (ward or LSOA); "" where this
        vintage has none. By code: the roll's area may be of another vintage."""
        code = area.code if area else ""
        if area and area.kind == AreaKind.LSOA:
            code = self.ward_of.get(code, "")
        ward = code if (AreaKind.WARD, code) in self.areas else ""
        return {"ward": ward, "locality": self.locality_of.get(ward, "")}

    def in_locality(self, code: str) -> list[int]:
        """The wards that lie in a locality, by their rows."""
        wards = (ward for ward, whole in self.locality_of.items() if whole == code)
        return [self.areas[AreaKind.WARD, ward].pk for ward in wards]


def places(authority: Authority, vintage: str) -> Places:
    """What an authority has of a vintage; of "", which is none, the newest of each code, so that
    what has no boundary still has a name."""
    ward_of, locality_of = dict[str, str](), dict[str, Area]()
    for pair in _pairs(authority, vintage):
        if pair.part.kind == AreaKind.LSOA:
            ward_of[pair.part.code] = pair.whole.code
        else:
            locality_of[pair.part.code] = pair.whole
    areas = {(whole.kind, whole.code): whole for whole in locality_of.values()}
    own = _areas(authority).filter(vintage=vintage) if vintage else _areas(authority)
    areas |= {(area.kind, area.code): area for area in own.order_by("vintage")}
    codes = {ward: whole.code for ward, whole in locality_of.items()}
    return Places(vintage, areas, ward_of, codes)


def covering(authority: Authority, codes: Iterable[str], on: date) -> str:
    """The vintage of wards that can place all these codes of wards and LSOAs; "" if none can.

    Of several the newest that was there `on` a day, else the first that came after it.
    """
    wanted = {code for code in codes if code}
    known = _codes(authority)
    return next((each for each in in_order(known, on) if wanted <= known[each]), "")


def in_order(vintages: Iterable[str], on: date) -> list[str]:
    """Those that were there on a day, the newest first; then those that came later."""
    day, ordered = on.isoformat(), sorted(vintages)
    before = [each for each in ordered if each <= day]
    return [*reversed(before), *(each for each in ordered if each > day)]


def localities(authority: Authority) -> dict[str, frozenset[str]]:
    """By vintage the codes of all its localities; vintages without any are left out."""
    vintages = _areas(authority).order_by().values_list("vintage", flat=True).distinct()
    found = {each: places(authority, each).areas for each in vintages}
    codes = {
        vintage: frozenset(code for kind, code in areas if kind == AreaKind.LOCALITY)
        for vintage, areas in found.items()
    }
    return {vintage: each for vintage, each in codes.items() if each}


def has_wards(authority: Authority, vintage: str = "") -> bool:
    """Of a vintage, or of any."""
    known = _codes(authority)
    return bool(known.get(vintage) if vintage else known)


def has_localities(authority: Authority, vintage: str = "") -> bool:
    """Whether wards of a vintage, or any wards, lie in localities."""
    pairs = AreaMembership.objects.filter(
        part__authority=authority, part__kind=AreaKind.WARD, whole__kind=AreaKind.LOCALITY
    )
    return (pairs.filter(part__vintage=vintage) if vintage else pairs).exists()


def same(authority: Authority, one: str, other: str) -> Mapping[Name, str]:
    """Areas of vintage `one` that are areas of `other` too, by kind and code: their code there.

    The same area has the same code and boundary, or the council has said so; what is the same as
    a third one is the same. Where a locality's boundary is missing its wards must be the same.
    """
    before, after = places(authority, one), places(authority, other)
    if one == other:
        return {name: name[1] for name in before.areas}
    classes = _classes(authority)
    there = {(area.kind, classes.of(area.pk)): area for area in after.areas.values()}
    found = {}
    for name, area in before.areas.items():
        twin = there.get((area.kind, classes.of(area.pk)))
        # A locality's row may serve two lists of wards: it proves nothing of itself.
        if twin and twin.pk != area.pk:
            found[name] = twin.code
        elif area.kind == AreaKind.LOCALITY and _same_wards(area, before, after, classes):
            found[name] = area.code
    return found


class _Classes:
    """Which rows are one and the same area: union and find."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def of(self, pk: int) -> int:
        while (above := self._above.get(pk, pk)) != pk:
            pk = above
        return pk

    def join(self, one: int, other: int) -> None:
        self._above[self.of(one)] = self.of(other)


def _classes(authority: Authority) -> _Classes:
    """Of all vintages: by code and boundary, and as the council has said."""
    classes, first = _Classes(), dict[object, int]()
    kinds = (AreaKind.WARD, AreaKind.LOCALITY)
    for area in Area.objects.filter(authority=authority, kind__in=kinds):
        if area.boundary:
            key = (area.kind, area.code, outline(area.boundary))
            classes.join(area.pk, first.setdefault(key, area.pk))
    stated = SameArea.objects.filter(earlier__authority=authority)
    for earlier, later in stated.values_list("earlier", "later"):
        classes.join(earlier, later)
    return classes


def _same_wards(locality: Area, before: Places, after: Places, classes: _Classes) -> bool:
    """Of a locality whose boundary is missing on one side or stands for both."""
    other = after.areas.get((locality.kind, locality.code))
    if other is None or (other.pk != locality.pk and locality.boundary and other.boundary):
        return False
    here, there = (
        {classes.of(pk) for pk in each.in_locality(locality.code)} for each in (before, after)
    )
    return bool(here) and here == there


def _areas(authority: Authority) -> QuerySet[Area]:
    kinds = (AreaKind.WARD, AreaKind.LOCALITY)
    return Area.objects.filter(authority=authority, kind__in=kinds).defer("boundary")


def _pairs(authority: Authority, vintage: str) -> list[AreaMembership]:
    """Which LSOA lies in which ward of a vintage and which of its wards in which locality.

    In the order of being right: the list of the vintage itself last.
    """
    in_wards = Q(part__kind=AreaKind.LSOA, whole__kind=AreaKind.WARD, whole__vintage=vintage)
    of_wards = Q(part__kind=AreaKind.WARD, part__vintage=vintage, whole__kind=AreaKind.LOCALITY)
    pairs = AreaMembership.objects.filter(in_wards | of_wards, part__authority=authority)
    found = pairs.select_related("part", "whole").defer("part__boundary", "whole__boundary")
    return sorted(found, key=lambda pair: (pair.vintage == vintage, pair.vintage, pair.pk))


def _codes(authority: Authority) -> dict[str, set[str]]:
    """By vintage of wards, the codes of wards and LSOAs that it can place."""
    wards = Area.objects.filter(authority=authority, kind=AreaKind.WARD)
    known: dict[str, set[str]] = {}
    for vintage, code in wards.order_by().values_list("vintage", "code"):
        known.setdefault(vintage, set()).add(code)
    listed = AreaMembership.objects.filter(
        whole__authority=authority, whole__kind=AreaKind.WARD, part__kind=AreaKind.LSOA
    )
    for vintage, code in listed.values_list("whole__vintage", "part__code"):
        known[vintage].add(code)
    return known
