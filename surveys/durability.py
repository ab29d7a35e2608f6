"""Is a commit on the disk when the database says so? "Saved" is only true if it is.

SQLite must run with `synchronous` FULL or more; PostgreSQL with `fsync`, `full_page_writes`
and a `synchronous_commit` that waits at least for the local disk.

And is what was destroyed gone from the disk? See `empty_log`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connection as default

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_FULL = 2  # PRAGMA synchronous: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA
WAITS_FOR_DISK = {"on", "local", "remote_write", "remote_apply"}


def unsafe(connection: "BaseDatabaseWrapper") -> tuple[str, ...]:
    """A sentence for each setting under which an acknowledged answer could be lost."""
    return CHECKS[connection.vendor](connection)


def empty_log() -> None:
    """Write what is in SQLite's log to its file and empty the log, which keeps older pages.

    The file keeps nothing of them: SQLite overwrites what it frees (`secure_delete` in
    census/settings.py). PostgreSQL does the like by vacuum, in its own time.
    """
    if default.vendor == "sqlite":
        with default.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
