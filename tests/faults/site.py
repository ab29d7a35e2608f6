"""The product, served by real processes from a database of its own that a test may ill-treat.

`Embedded` is the small install (census/serving.py, on SQLite), `Production` the large one
(gunicorn with two workers on PostgreSQL). What lies in the database is read past the product: by
plain SQL and the analysis key.
"""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from abc import ABC, abstractmethod
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import psycopg

from census.serving import server_command
from surveys.sealing import code_digest, open_answers, unwrap_for_analysis
from tests.faults.cluster import children
from tests.faults.ledger import Save, StoredResponse
from tests.faults.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
# A port on which nothing listens: Redis is gone for the whole of every lesson in these tests.
NOBODY = 9
PRODUCT = "census.wsgi:application"

RESPONSES = """
    SELECT code.digest, response.id, response.state, response.analysis_wrap
    FROM surveys_response response JOIN surveys_accesscode code ON code.id = response.code_id
"""
PAGES = "SELECT response_id, page, seq, sealed FROM surveys_sealedpage"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Site(ABC):
    """A folder with keys and data, the codes of one open lesson, and a server to be started."""

    def __init__(self, folder: Path, codes: list[str], **environment: str) -> None:
        self.folder, self.codes, self.port = folder, codes, free_port()
        self._free = iter(codes)
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {**surroundings(folder), **environment}
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self, application: str) -> list[str]: ...

    @abstractmethod
    def rows(self, query: str) -> list[Any]: ...

    @property
    @abstractmethod
    def database(self) -> str: ...

    @abstractmethod
    def kill_worker(self) -> None:
        """SIGKILL whatever answers requests, and wait until it does so again."""

    def take_codes(self, number: int) -> list[str]:
        """Codes that nobody has had yet."""
        return list(islice(self._free, number))

    def start(self, application: str = PRODUCT) -> None:
        self.application = application
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(application),
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.await_ready()

    def await_ready(self) -> None:
        log = self.folder / "server.log"
        wait_until(self.is_ready, but=lambda: log.read_text()[-2000:])

    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stored(self) -> dict[str, list[StoredResponse]]:
        """Everything in the database, by access code, opened with the analysis key."""
        folder = self.folder / "keys"
        keys = {path.name: bytes.fromhex(path.read_text()) for path in folder.iterdir()}
        codes = {code_digest(code, keys["CODE_PEPPER"]): code for code in self.codes}
        pages: dict[str, list[Any]] = {}
        for response, *page in self.rows(PAGES):
            pages.setdefault(_context(response), []).append(page)
        found: dict[str, list[StoredResponse]] = {}
        for digest, response, state, wrap in self.rows(RESPONSES):
            context = _context(response)
            key = unwrap_for_analysis(keys["ANALYSIS_PRIVATE_KEY"], bytes(wrap), context=context)
            opened = tuple(_opened(key, context, *page) for page in pages.get(context, ()))
            found.setdefault(codes[digest], []).append(StoredResponse(state, opened))
        return found


class Embedded(Site):
    """One process of 8 threads, and one file."""

    def command(self, application: str) -> list[str]:
        return server_command(self.port, application=application)

    def kill_worker(self) -> None:
        self.stop()
        self.start(self.application)

    def rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return connection.execute(query).fetchall()

    @property
    def database(self) -> str:
        """The path of the file."""
        return self.environment["DATABASE_URL"].removeprefix("sqlite:///")


class Production(Site):
    """A master that keeps two workers of 4 threads."""

    def command(self, application: str) -> list[str]:
        options = ["--workers=2", "--threads=4", "--no-control-socket"]
        return [
            sys.executable,
            "-m",
            "gunicorn",
            f"--bind=127.0.0.1:{self.port}",
            *options,
            application,
        ]

    def kill_worker(self) -> None:
        assert self.process
        for worker in children(self.process.pid):
            os.kill(worker, signal.SIGKILL)
        self.await_ready()

    def rows(self, query: str) -> list[Any]:
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            return connection.execute(query).fetchall()  # type: ignore[call-overload]

    @property
    def database(self) -> str:
        """The name of the database."""
        return self.environment["DATABASE_URL"].rpartition("/")[2]


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of every process of a site; its keys and its data lie in `folder`."""
    database = f"sqlite:///{folder / 'census.sqlite3'}"
    own = {"DEBUG": "1", "DATA_DIR": str(folder), "KEY_DIR": str(folder / "keys")}
    own["CELERY_BROKER_URL"] = f"redis://127.0.0.1:{NOBODY}/0"
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**plain, "DJANGO_SETTINGS_MODULE": "census.settings", "DATABASE_URL": database, **own}


def prepare(folder: Path, **environment: str) -> list[str]:
    """Fill a database with a class in an open lesson; the codes of the class."""
    command = [sys.executable, "-m", "tests.faults.prepare"]
    made = subprocess.run(
        command, cwd=ROOT, env={**surroundings(folder), **environment}, check=True, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    codes: list[str] = json.loads(made.stdout.splitlines()[-1])
    return codes


def _context(response: Any) -> str:
    return UUID(str(response)).hex


def _opened(key: bytes, context: str, page: str, seq: int, sealed: bytes) -> Save:
    answers = open_answers(key, bytes(sealed), context=f"{context} {page} {seq}")
    return Save(page, seq, answers)
