"""Load a table of the council's register counts, whole or not at all."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Count as Counted

from reports.models import RegisterTable
from reports.registers import Council, Count, Reading, series, to_document
from schools.audit import record
from schools.models import Authority, RollPupil, User
from schools.vintages import in_order, localities
from surveys.refusal import Refused


def council_of(authority: Authority) -> Council:
    """What the reader of a table must know: codes of places, and the roll as it stands today."""
    pupils = RollPupil.objects.on_roll().filter(authority=authority).order_by()
    roll = pupils.values_list("year_group").annotate(n=Counted("pk"))
    return Council(
        borough=authority.code,
        localities=tuple(localities(authority).values()),
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
    counts = [to_document(count) for count in _dated(authority, reading)]
    current = RegisterTable.objects.filter(authority=authority).first()
    if current and (current.sha256, current.counts) == (mark, counts):
        return current
    table = RegisterTable.objects.create(
        authority=authority, counts=counts, sha256=mark, loaded_by=by
    )
    details = {"counts": len(counts), "sha256": mark}
    record(by=by, action="register.loaded", subject=authority.code, details=details)
    return table


def _dated(authority: Authority, reading: Reading) -> Iterator[Count]:
    """The counts with the vintage of their localities: of those with these codes the one that was
    there on the register's day."""
    known = localities(authority)
    for one in series(reading.counts):
        codes = frozenset(count.place for count in one.localities)
        ordered = in_order(known, date.fromisoformat(one.whole.as_of))
        vintage = next((each for each in ordered if known[each] == codes), "")
        yield from (one.whole, *one.years)
        yield from (replace(count, vintage=vintage) for count in one.localities)
