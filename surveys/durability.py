"""Is a commit on the disk when the database says so? "Saved" is only true if it is.

SQLite must run with `synchronous` FULL or more; PostgreSQL with `fsync`, `full_page_writes`
and a `synchronous_commit` that waits at least for the local disk.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_FULL = 2  # PRAGMA synchronous: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA
WAITS_FOR_DISK = {"on", "local", "remote_write", "remote_apply"}


def unsafe(connection: "BaseDatabaseWrapper") -> tuple[str, ...]:
    """A sentence for each setting under which an acknowledged answer could be lost."""
    return CHECKS[connection.vendor](connection)


def _sqlite(connection: "BaseDatabaseWrapper") -> tuple[str, ...]:
    level = int(_ask(connection, "PRAGMA synchronous"))
    if level >= SQLITE_FULL:
        return ()
    return (f"SQLite runs with synchronous={level}: a power cut could undo saved answers.",)


def _postgresql(connection: "BaseDatabaseWrapper") -> tuple[str, ...]:
    found = []
    if _ask(connection, "SHOW synchronous_commit") not in WAITS_FOR_DISK:
        found.append("PostgreSQL runs with synchronous_commit=off: set it to on.")
    found += [
        f"PostgreSQL runs with {name}=off: set it to on."
        for name in ("fsync", "full_page_writes")
        if _ask(connection, f"SHOW {name}") != "on"
    ]
    return tuple(found)


def _ask(connection: "BaseDatabaseWrapper", question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


CHECKS: dict[str, Callable[["BaseDatabaseWrapper"], tuple[str, ...]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
