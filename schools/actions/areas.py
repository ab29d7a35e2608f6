"""Areas, which lies in which, and which are the same in two vintages, from files."""

import re
from collections.abc import Mapping

from django.db import transaction

from schools import vintages
from schools.audit import record
from schools.models import Area, AreaKind, AreaMembership, Authority, SameArea, User
from schools.place_files import Feature, PlaceFileError, csv_rows, features

NESTED = {
    (AreaKind.LSOA, AreaKind.WARD),
    (AreaKind.LSOA, AreaKind.LOCALITY),
    (AreaKind.WARD, AreaKind.LOCALITY),
}


@transaction.atomic
def import_areas(
    *, authority: Authority, kind: str, vintage: str, collection: object, by: User | None
) -> dict[str, int]:
    """Areas of one kind from a parsed GeoJSON FeatureCollection in longitude and latitude.

    The same vintage again corrects what it held; new boundaries are a new vintage.
    Counts ``added``, ``changed``, ``unchanged``. Raises PlaceFileError; then nothing is
    written.
    """
    kind = AreaKind(kind).value
    _check_vintage(vintage)
    same = Area.objects.filter(authority=authority, kind=kind, vintage=vintage)
    known = {area.code: area for area in same}
    counts = dict.fromkeys(("added", "changed", "unchanged"), 0)
    for feature in features(collection, kind=kind):
        area = known.get(feature.code) or Area(
            authority=authority, kind=kind, vintage=vintage, code=feature.code
        )
        counts[_put_area(area, feature)] += 1
    details = {"kind": kind, "vintage": vintage, **counts}
    record(by=by, action="areas.imported", subject=authority.code, details=details)
    return counts


@transaction.atomic
def import_area_memberships(
    *, authority: Authority, vintage: str, content: bytes, by: User | None
) -> dict[str, int]:
    """Which area lies in which, from CSV with the columns part and whole (codes).

    An area is the one of the list's vintage, else the newest before it. With the columns
    whole_kind and whole_name a whole need not have been imported: localities are a council's own
    and seldom have a boundary file.
    Counts ``added`` and ``unchanged``. Raises PlaceFileError; then nothing is written.
    """
    counts = dict.fromkeys(("added", "unchanged"), 0)
    _check_vintage(vintage)
    for number, row in csv_rows(content, needs=("part", "whole")):
        part = _standing(authority, row["part"], vintage, number)
        whole = _whole(authority, vintage, row, number)
        if (part.kind, whole.kind) not in NESTED:
            raise PlaceFileError(f"Row {number}: a {part.kind} cannot lie in a {whole.kind}.")
        _, made = AreaMembership.objects.get_or_create(part=part, whole=whole, vintage=vintage)
        counts["added" if made else "unchanged"] += 1
    details = {"vintage": vintage, **counts}
    record(by=by, action="area_memberships.imported", subject=authority.code, details=details)
    return counts


@transaction.atomic
def state_same_areas(
    *, authority: Authority, earlier: str, later: str, content: bytes, by: User | None
) -> int:
    """Which wards or localities of a vintage are areas of a later one, from CSV with the columns
    earlier and later (codes): a ward with a new code, or whose boundary was only drawn anew.

    All that was said of these two vintages before is taken back. Returns how many pairs there
    are. Raises PlaceFileError; then nothing is written.
    """
    said = SameArea.objects.filter(earlier__authority=authority)
    said.filter(earlier__vintage=earlier, later__vintage=later).delete()
    before, after = (vintages.places(authority, each) for each in (earlier, later))
    known = vintages.same(authority, earlier, later)
    pairs: dict[vintages.Name, str] = {}
    for number, row in csv_rows(content, needs=("earlier", "later")):
        one, other = (
            _of(each, row[name], number) for each, name in ((before, "earlier"), (after, "later"))
        )
        _check_pair(one, other, {**known, **pairs}, number)
        pairs[one.kind, one.code] = other.code
        SameArea.objects.create(earlier=one, later=other)
    details = {"earlier": earlier, "later": later, "pairs": len(pairs)}
    record(by=by, action="same_areas.stated", subject=authority.code, details=details)
    return len(pairs)


def _check_vintage(vintage: str) -> None:
    # They are put in order as text.
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", vintage):
        raise PlaceFileError("A vintage is a year or a year and month, such as 2025 or 2025-05.")


def _of(where: vintages.Places, code: str, number: int) -> Area:
    found = [area for area in where.areas.values() if area.code == code]
    if len(found) != 1:
        raise PlaceFileError(f"Row {number}: {where.vintage} has no area with the code {code}.")
    return found[0]


def _check_pair(one: Area, other: Area, known: Mapping[vintages.Name, str], number: int) -> None:
    """An area of one vintage is one area of another, of its own kind."""
    if one.kind != other.kind:
        raise PlaceFileError(f"Row {number}: a {one.kind} is no {other.kind}.")
    if known.get((one.kind, one.code), other.code) != other.code:
        raise PlaceFileError(f"Row {number}: {one.code} is another area of that vintage already.")
    if any(
        k != (one.kind, one.code) and k[0] == other.kind and c == other.code
        for k, c in known.items()
    ):
        raise PlaceFileError(f"Row {number}: {other.code} is another area of that vintage already.")


def _put_area(area: Area, feature: Feature) -> str:
    if area.pk and (area.name, area.boundary) == (feature.name, feature.boundary):
        return "unchanged"
    outcome = "changed" if area.pk else "added"
    area.name, area.boundary = feature.name, feature.boundary
    area.save()
    return outcome


def _whole(authority: Authority, vintage: str, row: dict[str, str], number: int) -> Area:
    kind, name, code = row.get("whole_kind", ""), row.get("whole_name", ""), row["whole"]
    if not kind:
        return _standing(authority, code, vintage, number)
    if kind not in AreaKind.values or not name or not code:
        raise PlaceFileError(f"Row {number}: whole_kind or whole_name is missing or unknown.")
    # One for each vintage: what is called North may have other wards, another shape, another name.
    area, _ = Area.objects.get_or_create(
        authority=authority, kind=kind, code=code, vintage=vintage, defaults={"name": name}
    )
    return area


def _standing(authority: Authority, code: str, vintage: str, number: int) -> Area:
    """The area with a code as it stood in a vintage; the first that came after where none did."""
    same = list(Area.objects.filter(authority=authority, code=code).order_by("vintage"))
    if not same:
        raise PlaceFileError(f"Row {number}: no area of the register has this code.")
    before = [area for area in same if area.vintage <= vintage]
    return before[-1] if before else same[0]
