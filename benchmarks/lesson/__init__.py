"""The lesson under load: bursts of starts and saves, a steady lesson, an hour's slot, saturation.

Real servers with production settings. Pupils are one other process on the same machine, so
figures are those of a machine that also plays the pupils.
"""

import asyncio
import os
from contextlib import ExitStack

from benchmarks.lesson.scenes import play
from benchmarks.lesson.server import postgres, serving

PUPILS = 1_300  # every scene has its own


def main() -> None:
    """SQLite as in a small install; PostgreSQL under gunicorn where TEST_POSTGRES_URL names one."""
    _run("small", "")
    url = os.environ.get("TEST_POSTGRES_URL") or os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        _run("gunicorn", url)


def _run(name: str, url: str) -> None:
    with ExitStack() as stack:
        database = stack.enter_context(postgres(url)) if url else ""
        server = stack.enter_context(serving(name, PUPILS, database))
        print(f"  {name} on {'PostgreSQL' if url else 'SQLite'}", end="")
        print(f" (load of the machine before: {os.getloadavg()[0]:.1f})")
        asyncio.run(play(server))
