"""A server under test: started, waited for, its processor time read, and stopped for good."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN = 60.0  # seconds


def run(command: list[str], *, folder: Path, env: dict[str, str]) -> str:
    """What a command prints. Raises CalledProcessError, after showing what it said."""
    done = subprocess.run(
        command, cwd=folder, env=os.environ | env, text=True, capture_output=True, check=False
    )
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-4000:])
    done.check_returncode()
    return done.stdout


class Server:
    """A command that listens on `port`, with every process that it starts."""

    def __init__(self, command: list[str], *, port: int, folder: Path, env: dict[str, str]) -> None:
        self.port = port
        log = (folder / "server.log").open("ab")
        # A session of its own: whatever it starts is found, counted and stopped with it.
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self._wait()

    def processor(self) -> float:
        """Seconds of processor that all its processes have used, in user and kernel code."""
        return sum(used(each, self._process.pid) for each in Path("/proc").glob("[0-9]*"))

    def stop(self) -> None:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"{self._process.args!r} does not listen on {self.port}.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def used(process: Path, session: int | None = None) -> float:
    """Seconds used by a process of /proc and the children it has seen end; 0 when it is gone,
    or is of another session than the one asked for."""
    try:
        # The name in brackets may hold anything; what follows it is numbers.
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    if session is not None and int(fields[3]) != session:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS
