"""A pupil at a device: the client's half of the saving protocol, and a ledger beside it.

A model of surveys/static/surveys/lesson/{outbox,send}.js in the same words: answers wait in an
outbox under numbers that only grow, one request at a time takes them, what fails is tried again
after a wait with jitter, and only the server's word "saved" takes anything out of the outbox.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from http.cookiejar import CookieJar
from threading import Event, Lock
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tests.faults.ledger import Ledger, Save
from tests.faults.prepare import HIGHEST, PAGES

STEP = 2**20  # two devices that know the same numbers hardly ever choose the same next one


# The client stops at these words; at anything else it tries again later.
FINAL = {(400, "invalid"), (403, "unknown"), (409, "closed"), (409, "finished")}
# What is heard in a lesson where nothing goes wrong. Only starts may have to wait in line (503).
ALL_WELL = {"302", "200", "503"}


class GaveUp(Exception):
    """The server refused for good, or nothing got through for longer than a lesson would wait."""


@dataclass(frozen=True)
class Patience:
    """Seconds: until a request counts as lost; between tries at first and at most; in all."""

    lost: float = 20.0
    first: float = 0.05
    longest: float = 0.4
    total: float = 90.0


REAL = Patience(first=1.0, longest=30.0, total=600.0)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Browser:
    """Cookies, and requests that say no more than a browser's."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self.address, self.headers, self.cookies = address, dict(headers or {}), CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies), _Stay)

    def ask(
        self, path: str, body: Any = None, *, seat: str = "", timeout: float = 5.0
    ) -> tuple[int, dict[str, Any]]:
        """The status and the JSON in it; (0, {}) when nothing came back that a script can use."""
        request = Request(self.address + path, headers=dict(self.headers))  # noqa: S310
        if seat:
            request.add_header("X-Seat", seat)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with self._open(request, timeout) as response:
                content = response.read()
                return response.status, json.loads(content or b"{}")
        except ValueError:  # a page, not JSON
            return response.status, {}
        except (OSError, HTTPException):
            return 0, {}

    def _open(self, request: Request, timeout: float) -> "HTTPResponse | HTTPError":
        try:
            response: HTTPResponse = self._opener.open(request, timeout=timeout)
        except HTTPError as refused:  # an answer like any other
            return refused
        return response


class Outbox:
    """One pupil's answers on one device: shared by its tabs, as the device's store is."""

    def __init__(self, dice: random.Random) -> None:
        self._rows: dict[str, tuple[Save, bool]] = {}  # the newest of each page, does it wait?
        self._highest, self._dice, self._lock = 0, dice, Lock()

    def keep(self, page: str, answers: dict[str, Any]) -> None:
        with self._lock:
            self._highest += self._dice.randint(1, STEP)
            self._rows[page] = Save(page, self._highest, answers), True

    def learn(self, page: str, seq: int, answers: dict[str, Any]) -> None:
        """What the server says it holds."""
        with self._lock:
            self._highest = max(self._highest, seq)
            if page not in self._rows or self._rows[page][0].seq < seq:
                self._rows[page] = Save(page, seq, answers), False

    def settle(self, saves: list[Save]) -> None:
        with self._lock:
            for save in saves:
                if self._rows[save.page][0] == save:
                    self._rows[save.page] = save, False

    @property
    def waiting(self) -> list[Save]:
        with self._lock:
            return [save for save, waits in self._rows.values() if waits]


class Pupil:
    """One pupil with one code. Another tab is another `Pupil` beside this one (see `tab`)."""

    def __init__(self, code: str, browser: Browser, *, patience: Patience | None = None) -> None:
        self.code, self.browser, self.patience = code, browser, patience or Patience()
        self.dice = random.Random()
        self.outbox, self.ledger = Outbox(self.dice), Ledger()
        self.seat, self.end, self.words = "", "", []  # type: tuple[str, str, list[str]]
        self.shown: dict[str, Any] = {}  # the answers that the server gave on arrival
        self._failures, self._not_before = 0, 0.0

    def tab(self) -> "Pupil":
        """Another tab of the same browser: one store, one set of cookies."""
        other = Pupil(self.code, self.browser, patience=self.patience)
        other.outbox, other.ledger, other.seat = self.outbox, self.ledger, self.seat
        return other

    def other_device(self) -> "Pupil":
        """The same slip at another device: nothing is shared but what the pupil was told."""
        other = Pupil(self.code, Browser(self.browser.address), patience=self.patience)
        other.ledger = self.ledger
        return other

    def arrive(self) -> None:
        """By the link of the slip, again and again until it works; then learn what is saved."""
        self._insist(self._take_seat)
        self._insist(self._learn)

    def _take_seat(self) -> bool:
        status, _ = self._ask(f"/go/{self.code}/")
        return status == 302

    def _learn(self) -> bool:
        status, state = self._ask("/lesson/state/")
        if status == 200:
            self.seat = state["seat"]
            self.shown = state["pages"]
            for page, held in self.shown.items():
                self.outbox.learn(page, held["seq"], held["answers"])
        return status == 200

    def answer(self, page: str) -> None:
        answers = {f"n_{page}": self.dice.randint(0, HIGHEST)}
        if page == PAGES[0]:
            answers["happy"] = self.dice.choice([1, 2, 9])
        self.outbox.keep(page, answers)

    def sit(self, bell: Event, pace: float) -> None:
        """Arrive, answer page after page with second thoughts until the bell, and send all."""
        self.arrive()
        for page in self._way():
            self.answer(page)
            if monotonic() >= self._not_before:
                self.send()
            if bell.wait(pace * self.dice.uniform(0.5, 1.5)):
                break
        self.finish()

    def _way(self) -> Iterator[str]:
        yield from PAGES
        while True:
            yield self.dice.choice(PAGES)

    def finish(self, end: str = "send") -> None:
        """End the response, and go on trying until that and every answer are acknowledged."""
        self.end = end
        self.deliver()

    def deliver(self) -> None:
        self._insist(self.send)

    def send(self) -> bool:
        """One request with what waits, and the end when it was asked for. True: nothing waits."""
        saves = self.outbox.waiting
        if not saves and not self.end:
            return True
        self.ledger.sent += saves
        pages = [vars(save) for save in saves]
        body = {"pages": pages, "end": self.end} if self.end else {"pages": pages}
        return self._hear(saves, *self._ask("/lesson/save/", body))

    def _hear(self, saves: list[Save], status: int, body: dict[str, Any]) -> bool:
        if status == 409 and body.get("error") == "finished" and self.end:
            # Pages and end are one commit: it was made, and its acknowledgement was lost.
            body = {"saved": [vars(save) for save in saves], "ended": True}
        elif (status, body.get("error")) in FINAL:
            raise GaveUp(f"{self.code}: {status} {body}")
        elif status != 200:
            return self._later()
        named = {(each["page"], each["seq"]) for each in body["saved"]}
        saved = [save for save in saves if (save.page, save.seq) in named]
        self.ledger.acknowledged += saved
        self.outbox.settle(saved)
        if body["ended"]:
            self.ledger.ended = self.end
        self._failures = 0
        return not self.outbox.waiting and bool(body["ended"] or not self.end)

    def _ask(self, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        status, answer = self.browser.ask(path, body, seat=self.seat, timeout=self.patience.lost)
        self.words.append(f"{status} {answer.get('error', '')}".strip())
        return status, answer

    def _later(self) -> bool:
        self._failures += 1
        doubled = self.patience.first * 2 ** min(self._failures - 1, 10)
        pause = min(self.patience.longest, doubled) * self.dice.uniform(0.5, 1)
        self._not_before = monotonic() + pause
        return False

    def _insist(self, attempt: Any) -> None:
        until, never = monotonic() + self.patience.total, Event()
        while not attempt():
            if self._not_before <= monotonic():
                self._later()
            if monotonic() > until:
                raise GaveUp(f"{self.code}: {self.words[-5:]}")
            never.wait(max(0.0, self._not_before - monotonic()))
