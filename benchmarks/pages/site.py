"""A copy of a database, with production settings: looks at pages are written down in the copy."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.lesson.server import ROOT, _command, _environment, _free_port, _wait_for


@dataclass(frozen=True)
class Site:
    port: int
    environment: dict[str, str]
    session: str
    address: str

    @property
    def start(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def site(source: Path) -> Iterator[Site]:
    """The site on a copy of the folder `source`, and somebody signed in who may see a report."""
    folder = Path(tempfile.mkdtemp(prefix="pages-"))
    environment, port = _environment(folder, ""), _free_port()
    copy(source, folder)
    run(environment, "manage.py", "collectstatic", "--noinput")
    reader = json.loads(run(environment, "-m", "benchmarks.pages.server", "reader"))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            _command("small", port), cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        _wait_for(port)
        yield Site(port, environment, **reader)
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder)


def measured(running: Site) -> dict[str, Any]:
    """What benchmarks/pages/server.py measures in a process of its own."""
    found = json.loads(run(running.environment, "-m", "benchmarks.pages.server", "times"))
    return dict(found)


def copy(source: Path, folder: Path) -> None:
    with (
        closing(sqlite3.connect(source / "census.sqlite3")) as one,
        closing(sqlite3.connect(folder / "data" / "census.sqlite3")) as other,
    ):
        one.backup(other)
    shutil.copytree(source / "keys", folder / "keys")


def run(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, *words]
    environment = {**environment, "PYTHONPATH": os.fspath(ROOT)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
