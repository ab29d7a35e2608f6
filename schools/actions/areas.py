"""Areas and which lies in which, from official files."""

from django.db import transaction

from schools.audit import record
from schools.models import Area, AreaKind, AreaMembership, Authority, User
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

    Counts ``added``, ``changed``, ``unchanged``. Raises PlaceFileError; then nothing is
    written.
    """
    kind = AreaKind(kind).value
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

    With the columns whole_kind and whole_name a whole need not have been imported:
    localities are a council's own and seldom have a boundary file.
    Counts ``added`` and ``unchanged``. Raises PlaceFileError; then nothing is written.
    """
    counts = dict.fromkeys(("added", "unchanged"), 0)
    for number, row in csv_rows(content, needs=("part", "whole")):
        part = _newest(authority, row["part"], number)
        whole = _whole(authority, vintage, row, number)
        if (part.kind, whole.kind) not in NESTED:
            raise PlaceFileError(f"Row {number}: a {part.kind} cannot lie in a {whole.kind}.")
        _, made = AreaMembership.objects.get_or_create(part=part, whole=whole, vintage=vintage)
        counts["added" if made else "unchanged"] += 1
    details = {"vintage": vintage, **counts}
    record(by=by, action="area_memberships.imported", subject=authority.code, details=details)
    return counts


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
        return _newest(authority, code, number)
    if kind not in AreaKind.values or not name or not code:
        raise PlaceFileError(f"Row {number}: whole_kind or whole_name is missing or unknown.")
    same = Area.objects.filter(authority=authority, kind=kind, code=code)
    return same.order_by("-vintage").first() or Area.objects.create(
        authority=authority, kind=kind, code=code, vintage=vintage, name=name
    )


def _newest(authority: Authority, code: str, number: int) -> Area:
    """The newest area with a code."""
    area = Area.objects.filter(authority=authority, code=code).order_by("-vintage").first()
    if area is None:
        raise PlaceFileError(f"Row {number}: no area of the register has this code.")
    return area
