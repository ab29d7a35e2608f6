"""This product in its production settings: by its script, and page by page without one."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers.browser import Browser, Unexpected
from benchmarks.peers.journey import PAGES, answers
from benchmarks.peers.product import Product
from benchmarks.peers.server import Server, free_port, run
from census.serving import server_command

ROOT = Path(__file__).resolve().parents[2]
SIGNS_EVERY = 5  # saves: how often the script sends its signs of how was answered
DOCUMENT = re.compile(r'data-document="([^"]+)"')
LESSON_PAGE = re.compile(r"/lesson/p\d+/")


class ByScript(Product):
    name = "ours, by script"

    def prepare(self) -> None:
        self._env = {
            "SECRET_KEY": "of-a-benchmark-only-" + "0" * 40,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DEBUG": "0",
            "RUN_IN_LINE": "1",
            "SECURE_SSL_REDIRECT": "0",
            "DATA_DIR": str(self.folder / "data"),
            "DATABASE_URL": self._address(),
            "KEY_DIR": str(self.folder / "keys"),
            "DJANGO_SETTINGS_MODULE": "census.settings",
            "PYTHONPATH": str(ROOT),
        }
        self._codes: list[str] = json.loads(self._data("fill", str(self.pupils)))

    def serve(self) -> Server:
        port = free_port()
        return Server(server_command(port), port=port, folder=self.folder, env=self._env)

    def walk(self, pupil: int, port: int) -> Iterator[None]:
        """What the script asks of the server, in its order (surveys/static/surveys/lesson)."""
        browser = Browser(port)
        browser.get(f"/go/{self._codes[pupil]}/")
        document = DOCUMENT.search(browser.text)
        if not document:
            raise Unexpected("The page before the questions names no document.")
        browser.call("GET", "/lesson/state/")
        browser.get(document[1])
        seat = browser.call("GET", "/lesson/state/")["seat"]
        yield
        for seq, ticks in enumerate(answers(pupil), start=1):
            pages = [_page(f"p{seq:02d}", seq, ticks)]
            _save(browser, seat, pages if seq % SIGNS_EVERY else [*pages, _signs(seq)])
            yield
        _save(browser, seat, [_signs(PAGES + 1)], end="send")
        browser.close()

    def stored(self) -> dict[int, dict[str, int]]:
        """Read as the analysis worker reads: with the private key, which the web never holds."""
        return {int(pupil): given for pupil, given in json.loads(self._data("read")).items()}

    def _address(self) -> str:
        file = self.folder / "data" / "census.sqlite3"
        return self.database.url if self.database else f"sqlite:///{file}"

    def _data(self, *task: str) -> str:
        command = [sys.executable, "-m", "benchmarks.peers.ours_data", *task]
        return run(command, folder=ROOT, env=self._env)


def _page(key: str, seq: int, ticks: dict[str, Any]) -> dict[str, Any]:
    return {"page": key, "seq": seq, "answers": ticks}


def _signs(seq: int) -> dict[str, Any]:
    """How was answered, as the script counts it."""
    spent = {f"p{n:02d}": 20 for n in range(1, min(seq, PAGES) + 1)}
    told = {"device": "computer", "language": "en-GB", "aloud": 0, "waits": 0, "seconds": spent}
    return _page("about", seq, told)


def _save(browser: Browser, seat: str, pages: list[dict[str, Any]], **end: str) -> None:
    said = browser.call("POST", "/lesson/save/", seat, {"pages": pages, **end})
    if len(said["saved"]) != len(pages) or said["ended"] != bool(end):
        raise Unexpected(f"Saving {pages}: {said}")


class ByForm(ByScript):
    name = "ours, without script"

    def walk(self, pupil: int, port: int) -> Iterator[None]:
        browser = Browser(port)
        browser.get(f"/go/{self._codes[pupil]}/")
        browser.get("/lesson/p01/")
        yield
        for ticks in answers(pupil):
            here = browser.url
            browser.submit({**ticks, "go": "next"})
            if browser.url == here or not (
                LESSON_PAGE.fullmatch(browser.url) or browser.url == "/lesson/finish/"
            ):
                raise Unexpected(f"{here} led to {browser.url}.")
            yield
        browser.submit({})
        browser.close()
