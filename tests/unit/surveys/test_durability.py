"""Nothing is served from a database that says "saved" before it is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import ConnectionHandler

from surveys.durability import unsafe

ROOT = Path(__file__).resolve().parents[3]
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="DATABASE_URL names no PostgreSQL"
)


@pytest.fixture
def sqlite(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[DatabaseWrapper]:
    own = ConnectionHandler(
        {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": tmp_path / "one.sqlite3",
                "OPTIONS": {"init_command": f"PRAGMA synchronous={request.param}"},
            }
        }
    )["default"]
    yield own
    own.close()


@pytest.mark.django_db
def test_the_project_as_it_is_set_up_is_safe() -> None:
    assert unsafe(connection) == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sqlite", "safe"), [("OFF", 0), ("NORMAL", 0), ("FULL", 1), ("EXTRA", 1)], indirect=["sqlite"]
)
def test_sqlite_must_wait_for_the_disk(sqlite: DatabaseWrapper, safe: int) -> None:
    assert (unsafe(sqlite) == ()) == bool(safe)


@ON_POSTGRESQL
@pytest.mark.django_db
def test_postgresql_must_wait_for_the_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert unsafe(connection) == ("PostgreSQL runs with synchronous_commit=off: set it to on.",)


def served(address: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DEBUG": "1", "DATABASE_URL": address, "DATA_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-c", "import census.wsgi"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@ON_POSTGRESQL
def test_the_server_does_not_start_on_an_unsafe_database(tmp_path: Path) -> None:
    address = os.environ["DATABASE_URL"].partition("?")[0]
    assert served(address, tmp_path).returncode == 0
    refused = served(f"{address}?options=-c%20synchronous_commit%3Doff", tmp_path)
    assert refused.returncode != 0
    assert "synchronous_commit=off" in refused.stderr


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")
@pytest.mark.django_db
def test_what_sqlite_frees_it_overwrites() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
