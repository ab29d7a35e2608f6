"""A database of its own on a PostgreSQL server at hand, for one product; gone afterwards."""

from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from benchmarks.peers.server import used


class Postgres:
    """`server`: an address such as postgres://postgres@127.0.0.1:5432 that may create databases."""

    def __init__(self, server: str, name: str) -> None:
        self._server = server.rstrip("/")
        self._name = name
        self._tell("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._tell("CREATE DATABASE {}")

    @property
    def url(self) -> str:
        return f"{self._server}/{self._name}"

    def rows(self, query: LiteralString) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            return connection.execute(query).fetchall()

    def processor(self) -> float:
        """Seconds used so far by the server's processes that hold a connection to it."""
        mark = f" {self._name} ".encode()
        return sum(used(each) for each in Path("/proc").glob("[0-9]*") if mark in _command(each))

    def drop(self) -> None:
        self._tell("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def _tell(self, order: LiteralString) -> None:
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(order).format(sql.Identifier(self._name)))


def _command(process: Path) -> bytes:
    try:
        line = (process / "cmdline").read_bytes()
    except OSError:
        return b""
    return line if line.startswith(b"postgres:") else b""
