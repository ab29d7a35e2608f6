"""The two statements of a save, by hand: one locked look, one write that the higher number wins.

Everything a save needs comes in one row of plain values; building models and queries for it
would cost more than the rest of the request. Both run on SQLite and PostgreSQL alike.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone


class SeatRow(NamedTuple):
    """What the database says of one response. `mark` is the fingerprint of what it answers."""

    state: str
    edition: str
    rotation: int
    entered: str
    resume_wrap: bytes | None
    lesson: str
    in_time: bool
    year_group: int
    mark: str


_LOOK = """
    SELECT response.state, response.edition, response.rotation, response.entered,
           response.resume_wrap, lesson.state, lesson.closes_at IS NULL OR lesson.closes_at > %s,
           lesson.year_group,
           CASE WHEN response.edition = 'short' THEN coalesce(short.fingerprint, whole.fingerprint)
                ELSE whole.fingerprint END
    FROM surveys_response response
    JOIN surveys_accesscode code ON code.id = response.code_id
    JOIN surveys_lesson lesson ON lesson.id = code.lesson_id
    JOIN surveys_wave wave ON wave.id = lesson.wave_id
    JOIN surveys_questionnaireversion whole ON whole.id = wave.questionnaire_id
    LEFT JOIN surveys_questionnaireversion short ON short.id = wave.short_questionnaire_id
    WHERE response.id = %s
"""

_WRITE = """
    INSERT INTO surveys_sealedpage (response_id, page, seq, sealed) VALUES {rows}
    ON CONFLICT (response_id, page) DO UPDATE SET seq = excluded.seq, sealed = excluded.sealed
    WHERE excluded.seq > surveys_sealedpage.seq
"""


_turn = Lock()


@contextmanager
def writing() -> Iterator[None]:
    """One durable commit. On SQLite, which has one writer, the threads of a process queue up.

    Its own way of waiting is to sleep and try again: unfair, and slow with eight at once.
    """
    queues = connection.vendor == "sqlite" and not connection.in_atomic_block
    with _turn if queues else nullcontext(), transaction.atomic():
        yield


def look_at_seat(response: uuid.UUID, *, lock: bool) -> SeatRow | None:
    """One query. With `lock` no other writer to this response goes on before the commit."""
    # SQLite has locked already: its transactions are immediate.
    locked = " FOR UPDATE OF response" if lock and connection.features.has_select_for_update else ""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_LOOK + locked, [now, response.hex])
        row = cursor.fetchone()
    return SeatRow(*row) if row else None


def write_pages(response: uuid.UUID, pages: Sequence[tuple[str, int, bytes]]) -> None:
    """(page, seq, sealed) each, no page twice: stored where new or higher than what is stored."""
    values = [value for page in pages for value in (response.hex, *page)]
    statement = _WRITE.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(pages)))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
