"""One pupil's browser, as far as a server notices: cookies, forms, redirects, a kept connection.

It keeps to the standard library so that every product is asked in the same way, and it loads
neither style sheets nor scripts nor pictures: every product lets a browser keep those.
"""

import gzip
import http.client
import json
import random
import re
import time
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input[^>]*name="csrfmiddlewaretoken"[^>]*value="([^"]+)"')
SEQ = re.compile(r'<input[^>]*name="seq"[^>]*value="([^"]+)"')
REDIRECTS = {301, 302, 303, 307}
LATER = {429, 503}
TRIES = 20
FORM = "application/x-www-form-urlencoded"


class Unexpected(Exception):
    """A server did not answer as a pupil's browser needs it; the message says how."""


class Browser:
    """`url` and `text` are those of the page that stands on the screen."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.url = "/"
        self.text = ""

    def get(self, url: str) -> str:
        return self._open("GET", url, b"", {})

    def submit(self, fields: dict[str, Any], url: str | None = None) -> str:
        """Send the form on the screen, with the hidden fields that it holds."""
        for name, pattern in (("csrfmiddlewaretoken", HIDDEN), ("seq", SEQ)):
            if found := pattern.search(self.text):
                fields = {name: found[1], **fields}
        body = urlencode(fields).encode()
        return self._open("POST", url or self.url, body, {"Content-Type": FORM})

    def call(self, method: str, url: str, seat: str = "", document: Any = None) -> Any:
        """What a script asks in the background; the screen stays as it is."""
        headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
        if seat:
            headers["X-Seat"] = seat
        body = b"" if document is None else json.dumps(document).encode()
        status, _, text = self._send(method, url, body, headers)
        if status != 200:
            raise Unexpected(f"{method} {url}: {status} {text[:200]}")
        return json.loads(text) if text.startswith("{") else text

    def close(self) -> None:
        self._connection.close()

    def _open(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> str:
        status, place, text = self._send(method, url, body, headers)
        while status in REDIRECTS:
            parts = urlsplit(place)
            url = parts.path + (f"?{parts.query}" if parts.query else "")
            status, place, text = self._send("GET", url, b"", {})
        if status != 200:
            raise Unexpected(f"{method} {url}: {status} {' '.join(text.split())[:200]}")
        self.url, self.text = url, text
        return text

    def _send(
        self, method: str, url: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        """Status, place and text; who is asked to come again later does so, as a browser would."""
        for turn in range(TRIES):
            answer, text = self._ask(method, url, body, headers)
            wait = answer.headers["Retry-After"]
            if answer.status not in LATER or not wait:
                break
            # Never all at the same second: as surveys/static/surveys/lesson/in_line.js waits.
            time.sleep(float(wait) * (1 + random.random() * 2 ** min(turn, 4)))
        return answer.status, answer.headers["Location"] or "", text

    def _ask(
        self, method: str, url: str, body: bytes, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        own = {"Accept-Encoding": "gzip", "Accept": "text/html"}
        self._connection.request(
            method, url, body or None, own | ({"Cookie": cookies} if cookies else {}) | headers
        )
        answer = self._connection.getresponse()
        raw = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, cookie in SimpleCookie(header).items():
                self._cookies[name] = cookie.value
        text = gzip.decompress(raw) if answer.headers["Content-Encoding"] == "gzip" else raw
        return answer, text.decode()
