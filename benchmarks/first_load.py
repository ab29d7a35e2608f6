"""From the code to the first question: bytes on the wire, and how long a slow Chromebook takes.

A real Chromium, its processor slowed down four times, and the real server with production
settings. Interactive is when the first question can be answered. Needs requirements-dev.txt.
"""

import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from threading import Thread
from typing import Any

from benchmarks.lesson.server import Server, serving

SLOWER = 4
TIMES = 5
LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.IGNORECASE)
MOST_BYTES, MOST_SECONDS = 60 * 1024, 1.5
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
READY = "() => performance.getEntriesByName('lesson-ready').length > 0"
SINCE = "performance.getEntriesByName('lesson-ready')[0].startTime / 1000"


def main() -> None:
    with serving("small", TIMES + 1, "") as server, chromium() as browser:
        # The first pupil of all waits for what the server makes once in a process.
        figures = [first_load(browser, server, code) for code in server.room["codes"]][1:]
    content, received, seconds = (median(column) for column in zip(*figures, strict=True))
    most = MOST_BYTES / 1024
    print(f"first load: {received / 1024:.1f} KB with all headers (at most {most:.0f})")
    print(f"  of content, compressed: {content / 1024:.1f} KB")
    print(f"interactive at {SLOWER}x slowdown: {seconds:.2f} s (at most {MOST_SECONDS})")


class Wire:
    """A port that passes everything on to another one, and keeps what comes back: to the pages
    and to the worker, which fetches for itself."""

    def __init__(self, port: int) -> None:
        self.onwards, self.came = port, []  # type: tuple[int, list[list[bytes]]]
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        Thread(target=self._accept, daemon=True).start()

    @property
    def received(self) -> int:
        """Bytes with all headers."""
        return sum(len(block) for came in self.came for block in came)

    @property
    def content(self) -> int:
        """Bytes of content, compressed as it came."""
        return sum(int(n) for came in self.came for n in LENGTH.findall(b"".join(came)))

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return  # closed
            far = socket.create_connection(("127.0.0.1", self.onwards))
            came: list[bytes] = []
            self.came.append(came)
            Thread(target=self._pass, args=(near, far, []), daemon=True).start()
            Thread(target=self._pass, args=(far, near, came), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, came: list[bytes]) -> None:
        try:
            while block := source.recv(65536):
                came.append(block)
                target.sendall(block)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            target.close()


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


def first_load(browser: Any, server: Server, code: str) -> tuple[int, int, float]:
    """From the code page to the first question: bytes of content, bytes with headers, seconds.

    The seconds count from the tap that leads to the questions.
    """
    wire = Wire(server.port)
    context = browser.new_context(base_url=f"http://127.0.0.1:{wire.port}")
    page = context.new_page()
    slow = context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto("/go/")
    page.get_by_role("textbox").first.fill(code)
    page.get_by_role("button", name="Go on").click()
    page.locator("a[data-document]").click()
    page.wait_for_function(READY)
    seconds = float(page.evaluate(SINCE))
    context.close()
    wire.listener.close()
    return wire.content, wire.received, seconds


if __name__ == "__main__":
    main()
