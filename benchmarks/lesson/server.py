"""The real servers in a process of their own, with production settings and a folder that goes."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

from census.serving import server_command

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
PG_SIZE = """
    SELECT pg_total_relation_size('surveys_response') + pg_total_relation_size('surveys_sealedpage')
"""


@dataclass(frozen=True)
class Server:
    """A server that answers on `port`; `room` is what benchmarks/lesson/room.py made."""

    name: str
    port: int
    pid: int
    room: dict[str, Any]
    database: str

    def processor(self) -> float:
        """Seconds of processor used so far by the server and its workers."""
        return sum(_used(pid) for pid in (self.pid, *_children(self.pid)))

    def stored(self) -> int:
        """Bytes that responses and their pages take in the database, with its indexes."""
        if self.database.startswith("postgres"):
            import psycopg

            with psycopg.connect(self.database) as connection:
                row = connection.execute(PG_SIZE).fetchone()
            return int(row[0]) if row else 0
        return sum(file.stat().st_size for file in Path(self.database).parent.glob("*.sqlite3"))


@contextmanager
def serving(name: str, pupils: int, database: str = "") -> Iterator[Server]:
    """ "small" (census/serving.py) or "gunicorn" (2 workers of 8 threads) on a new database."""
    folder = Path(tempfile.mkdtemp(prefix="lesson-"))
    environment, port = _environment(folder, database), _free_port()
    prepared = subprocess.run(
        [sys.executable, "-m", "benchmarks.lesson.room", str(pupils)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            _command(name, port), cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        _wait_for(port)
        where = database or str(folder / "data" / "census.sqlite3")
        yield Server(name, port, process.pid, json.loads(prepared.stdout), where)
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder)


@contextmanager
def postgres(url: str) -> Iterator[str]:
    """A new database beside the one that `url` names, gone afterwards; its address."""
    import psycopg

    name = f"lesson_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield url.rpartition("/")[0] + "/" + name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _environment(folder: Path, database: str) -> dict[str, str]:
    (folder / "data").mkdir()
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a benchmark is no production, but its settings are: " + "x" * 20,
        "ALLOWED_HOSTS": "127.0.0.1",
        "RUN_IN_LINE": "1",
        "SECURE_SSL_REDIRECT": "0",
        "DATA_DIR": str(folder / "data"),
        "KEY_DIR": str(folder / "keys"),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "census.settings",
        **({"DATABASE_URL": database} if database else {}),
    }


def _command(name: str, port: int) -> list[str]:
    if name == "small":
        return server_command(port)
    options = [f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=8", "--keep-alive=60"]
    return [sys.executable, "-m", "gunicorn", *options, "census.wsgi:application"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        sleep(0.1)
    raise TimeoutError("the server does not answer")


def _used(pid: int) -> float:
    # After the name in brackets, which may hold blanks: user and system time are 12th and 13th.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
