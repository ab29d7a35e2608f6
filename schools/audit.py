"""The audit log: adding to the chain, and finding a break in it.

Each entry's hash is SHA-256 over canonical JSON of its fields and of the hash before it.
The head keeps the length and the last hash, so a changed, removed, added or re-ordered
entry is found, at the end too. Someone who can rewrite the whole table and the head can
forge both: keep the printed head (``manage.py verify_audit``) outside the database.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from schools.models import AuditEntry, AuditHead, User

HEAD = 1


def record(
    *, by: User | None, action: str, subject: str = "", details: dict[str, Any] | None = None
) -> AuditEntry:
    """Add one entry, inside the transaction of what it tells about.

    ``by`` is None for the command line. Never put a name, a UPN or an answer into it.
    Raises RuntimeError outside a transaction: an action without its entry, or an entry
    without its action, must not be possible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry is written inside the transaction of its action.")
    # The lock on the head puts writers in a row, so that no two entries follow the same one.
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=HEAD)
    entry = AuditEntry(
        number=head.length + 1,
        at=timezone.now(),
        by=by,
        action=action,
        subject=subject,
        details=_plain(details or {}),
        previous_hash=head.hash,
    )
    entry.hash = _hash(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=HEAD).update(length=entry.number, hash=entry.hash)
    return entry


@dataclass(frozen=True)
class Verification:
    """What reading the whole chain showed; ``breaks`` is empty when it is whole."""

    entries: int
    head: str
    breaks: tuple[str, ...]


def verify() -> Verification:
    """Read the chain from its first entry and name every break."""
    with transaction.atomic():
        head = AuditHead.objects.select_for_update().filter(pk=HEAD).first() or AuditHead()
        entries = list(AuditEntry.objects.order_by("number"))
    last = entries[-1].hash if entries else ""
    breaks = [sentence for pair in _pairs(entries) for sentence in _breaks(*pair)]
    if len(entries) != head.length or last != head.hash:
        breaks.append(f"The head speaks of {head.length} entries; {len(entries)} follow on.")
    return Verification(len(entries), head.hash, tuple(breaks))


def _pairs(entries: list[AuditEntry]) -> Iterator[tuple[AuditEntry | None, AuditEntry]]:
    return zip([None, *entries], entries, strict=False)


def _breaks(before: AuditEntry | None, entry: AuditEntry) -> Iterator[str]:
    if entry.number != (before.number if before else 0) + 1:
        yield f"One or more entries before entry {entry.number} are missing."
    if entry.previous_hash != (before.hash if before else ""):
        yield f"Entry {entry.number} does not follow the entry before it."
    if entry.hash != _hash(entry):
        yield f"Entry {entry.number} was changed."


def _plain(details: dict[str, Any]) -> dict[str, Any]:
    """Details as they will come back from the database, so that the hash stays the same."""
    plain: dict[str, Any] = json.loads(json.dumps(details, cls=DjangoJSONEncoder, allow_nan=False))
    return plain


def _hash(entry: AuditEntry) -> str:
    fields = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
        "previous_hash": entry.previous_hash,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
