"""oTree from PyPI, under its own production command (by default on a SQLite file).

(oTree: Chen, Schonger and Wickens, Journal of Behavioral and Experimental Finance 9, 88-97.)
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, LiteralString

from benchmarks.peers.browser import Browser, Unexpected
from benchmarks.peers.journey import all_answers, answers
from benchmarks.peers.product import Product
from benchmarks.peers.server import Server, free_port, run

PACKAGES = ("otree==6.0.15", "psycopg2-binary==2.9.13")


class OTree(Product):
    name = "oTree 6.0.15"

    def prepare(self) -> None:
        python = self.install(PACKAGES)
        self.copy_project("otree")
        (self.folder / "_static").mkdir()  # a project of its own making has one, and it looks
        self._otree = str(python.with_name("otree"))
        self._env = {
            "JOURNEY": str(self.journey),
            "OTREE_PRODUCTION": "1",
            "OTREE_ADMIN_PASSWORD": "of-a-benchmark-only",
            "PATH": f"{python.parent}:/usr/bin:/bin",
        }
        if self.database:
            self._env["DATABASE_URL"] = self.database.url
        command = [self._otree, "create_session", "journey", str(self.pupils)]
        run(command, folder=self.folder, env=self._env)
        rows = self._rows("SELECT id_in_session, code FROM otree_participant")
        self._codes = {row["id_in_session"] - 1: row["code"] for row in rows}

    def serve(self) -> Server:
        port = free_port()
        command = [self._otree, "prodserver1of2", f"127.0.0.1:{port}"]
        return Server(command, port=port, folder=self.folder, env=self._env)

    def walk(self, pupil: int, port: int) -> Iterator[None]:
        browser = Browser(port)
        browser.get(f"/InitializeParticipant/{self._codes[pupil]}")
        yield
        for paper in answers(pupil):
            here = browser.url
            browser.submit(paper)
            if browser.url == here:
                raise Unexpected(f"{here} did not take its answers.")
            yield
        browser.close()

    def stored(self) -> dict[int, dict[str, int]]:
        """An answer that was never given stands as an empty column."""
        keys = all_answers(0).keys()
        return {
            row["id_in_group"] - 1: {key: row[key] for key in keys if row[key] is not None}
            for row in self._rows("SELECT * FROM journey_player")
        }

    def _rows(self, query: LiteralString) -> list[dict[str, Any]]:
        if self.database:
            return self.database.rows(query)
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query)]
