"""Load a table of the council's register counts, whole or not at all."""

import hashlib

from django.db import transaction
from django.db.models import Count as Counted

from reports.models import RegisterTable
from reports.registers import Council, Reading, to_document
from schools.audit import record
from schools.models import Area, AreaKind, Authority, RollPupil, User
from surveys.refusal import Refused


def council_of(authority: Authority) -> Council:
    """What the reader of a table must know: codes of places, and the roll as it stands today."""
    vintages: dict[str, set[str]] = {}
    areas = Area.objects.filter(authority=authority, kind=AreaKind.LOCALITY)
    for vintage, code in areas.values_list("vintage", "code"):
        vintages.setdefault(vintage, set()).add(code)
    pupils = RollPupil.objects.on_roll().filter(authority=authority).order_by()
    roll = pupils.values_list("year_group").annotate(n=Counted("pk"))
    return Council(
        borough=authority.code,
        localities=tuple(map(frozenset, vintages.values())),
        roll={str(year): n for year, n in roll},
    )


@transaction.atomic
def load_register(
    *, authority: Authority, content: bytes, reading: Reading, by: User | None
) -> RegisterTable:
    """From now on this table is shown, and none that was loaded before.

    The same file again changes nothing unless the roll that stands in for a number has changed.
    A file with a heading only takes all counts away.

    Args:
        reading: what was read of `content`.

    Raises:
        Refused: with every problem of the reading.
    """
    if reading.problems:
        problems = tuple(map(str, reading.problems))
        raise Refused("Nothing was loaded: the file has problems.", problems=problems)
    mark = hashlib.sha256(content).hexdigest()
    counts = [to_document(count) for count in reading.counts]
    current = RegisterTable.objects.filter(authority=authority).first()
    if current and (current.sha256, current.counts) == (mark, counts):
        return current
    table = RegisterTable.objects.create(
        authority=authority, counts=counts, sha256=mark, loaded_by=by
    )
    details = {"counts": len(counts), "sha256": mark}
    record(by=by, action="register.loaded", subject=authority.code, details=details)
    return table
