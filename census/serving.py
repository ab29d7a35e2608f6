"""The server of a small install and of the demonstration: one process with threads on SQLite.

SQLite has one writer, and a queue in one process is fair. A production with PostgreSQL runs
gunicorn instead (docs/running.md).
"""

import sys
from pathlib import Path

THREADS = 8
# A pupil's browser keeps its connection open all lesson, and every one counts.
CONNECTIONS = 4096


def server_command(
    port: int, *, host: str = "127.0.0.1", application: str = "census.wsgi:application"
) -> list[str]:
    """The command, to be run in the project's folder."""
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": 1,
        "blocking-threads": THREADS,
        "backlog": CONNECTIONS,
        "backpressure": CONNECTIONS,
        "http": 1,
        "log-level": "error",  # it warns of more threads than processors; ours wait for the disk
    }
    written = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [str(Path(sys.executable).with_name("granian")), "--no-ws", *written, application]
