"""Load a table of external figures, whole or not at all."""

import hashlib

from django.db import transaction

from reports.external import Reading, to_document
from reports.models import ExternalTable
from schools.audit import record
from schools.models import Authority, User
from surveys.refusal import Refused


@transaction.atomic
def load_external(
    *, authority: Authority, content: bytes, reading: Reading, by: User | None
) -> ExternalTable:
    """From now on this table is shown, and none that was loaded before.

    The same file again changes nothing. A file with a heading only takes all figures away.

    Args:
        reading: what was read of `content`.

    Raises:
        Refused: with every problem of the reading.
    """
    if reading.problems:
        problems = tuple(map(str, reading.problems))
        raise Refused("Nothing was loaded: the file has problems.", problems=problems)
    mark = hashlib.sha256(content).hexdigest()
    current = ExternalTable.objects.filter(authority=authority).first()
    if current and current.sha256 == mark:
        return current
    table = ExternalTable.objects.create(
        authority=authority,
        figures=[to_document(figure) for figure in reading.figures],
        sha256=mark,
        loaded_by=by,
    )
    details = {"figures": len(reading.figures), "sha256": mark}
    record(by=by, action="external.loaded", subject=authority.code, details=details)
    return table
