"""Setting up an authority and its schools."""

from django.db import transaction

from schools.audit import record
from schools.models import Authority, School, User
from schools.place_files import PlaceFileError, csv_rows


@transaction.atomic
def set_up_authority(*, code: str, name: str, by: User | None) -> Authority:
    """The authority with a code, made or renamed."""
    authority, made = Authority.objects.get_or_create(code=code, defaults={"name": name})
    if made or authority.name != name:
        authority.name = name
        authority.save(update_fields=["name"])
        record(by=by, action="authority.set_up", subject=code, details={"name": name})
    return authority


@transaction.atomic
def import_schools(*, authority: Authority, content: bytes, by: User | None) -> dict[str, int]:
    """Schools from CSV with the columns URN, name and, if known, Estab (seven digits).

    The answer counts ``added``, ``changed`` and ``unchanged``. Raises PlaceFileError; then
    nothing is written.
    """
    counts = dict.fromkeys(("added", "changed", "unchanged"), 0)
    for number, row in csv_rows(content, needs=("urn", "name")):
        counts[_put_school(authority, _checked(row, number), number)] += 1
    record(by=by, action="schools.imported", subject=authority.code, details=counts)
    return counts


def _checked(row: dict[str, str], number: int) -> dict[str, str]:
    urn, estab = row["urn"], row.get("estab", "")
    # A school in a pilot's file may have a letter for a URN; it is then known by that letter.
    if not (urn.isascii() and urn.isalnum() and len(urn) <= 20 and row["name"]):
        raise PlaceFileError(f"Row {number}: a school needs a URN (digits or letters) and a name.")
    if estab and not (estab.isascii() and estab.isdigit() and len(estab) == 7):
        raise PlaceFileError(f"Row {number}: Estab must be 7 digits, LA and establishment.")
    return {"key": urn.lstrip("0"), "name": row["name"], "estab": estab}


def _put_school(authority: Authority, fields: dict[str, str], number: int) -> str:
    estab, key = fields["estab"], fields["key"]
    if estab and School.objects.filter(estab=estab).exclude(key=key).exists():
        raise PlaceFileError(f"Row {number}: another school has this Estab.")
    school = School.objects.filter(key=key).first()
    if school is None:
        School.objects.create(authority=authority, **fields)
        return "added"
    if school.authority_id != authority.pk:
        raise PlaceFileError(f"Row {number}: the school belongs to another authority.")
    if (school.name, school.estab) == (fields["name"], estab):
        return "unchanged"
    school.name, school.estab = fields["name"], estab
    school.save(update_fields=["name", "estab"])
    return "changed"
