"""A PostgreSQL of the test's own: on its own port and folder, so that it may be killed."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests.faults.waiting import wait_until

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root


class Cluster:
    """Durable as in production: only its size is smaller."""

    def __init__(self, port: int, folder: Path | None = None) -> None:
        self.port, self.process = port, None  # type: tuple[int, subprocess.Popen[bytes] | None]
        self.folder = folder or Path(tempfile.mkdtemp(prefix="faults-postgres-"))
        self.data = self.folder / "data"
        if USER:
            shutil.chown(self.folder, USER)
        initdb = [*self._program("initdb"), "--no-sync", "-U", "postgres", "-A", "trust"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, user=USER, cwd="/")

    def address(self, database: str = "postgres") -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        options = [f"-p{self.port}", f"-k{self.folder}", "-cshared_buffers=32MB"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self._program("postgres"), *options], stdout=log, stderr=log, user=USER, cwd="/"
            )
        wait_until(self.answers, but=lambda: (self.folder / "log").read_text()[-2000:])

    def answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def kill(self) -> None:
        """As the kernel kills: every process at once, and nobody tidies up."""
        assert self.process
        for process in [self.process.pid, *children(self.process.pid)]:
            os.kill(process, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        shutil.rmtree(self.folder)

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _program(self, name: str) -> list[str]:
        return [str(PROGRAMS[-1] / name), "-D", str(self.data)]


def children(process: int) -> list[int]:
    return [
        int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]
