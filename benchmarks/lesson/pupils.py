"""Pupils as the server sees them: keep-alive connections that start, save and wait for answers.

One process, raw requests and no library, so that the measuring costs little of what is measured.
"""

import asyncio
import gzip
import json
import random
import re
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

COOKIE = re.compile(rb"set-cookie: ([^=]+)=([^;]*);", re.IGNORECASE)
COME_AGAIN = 3.0  # seconds, as surveys/views/start.py says
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Pupil:
    """One browser with one connection. `waits` are the seconds that its saves took."""

    port: int
    code: str
    cookies: dict[bytes, bytes] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    sent: int = 0
    received: int = 0
    seq: int = 0
    started: float = 0.0
    _streams: Any = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self, patience: float = 1.0) -> None:
        """By the link of the slip, until there is a seat; `patience` shortens the page's waits."""
        begun, turn = perf_counter(), 0
        while (await self._ask("GET", f"/go/{self.code}/"))[0] != 302:
            spread = random.random() * 2**turn
            await asyncio.sleep(COME_AGAIN * patience * (1 + spread))
            turn = min(turn + 1, 2)
        self.started = perf_counter() - begun

    async def connect(self) -> None:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)

    async def state(self) -> Any:
        _, body = await self._ask("GET", "/lesson/state/")
        return json.loads(body)

    async def save(self, page: str, answers: dict[str, Any], end: str = "") -> None:
        """Until it is acknowledged, as a browser would."""
        self.seq += 1
        document: dict[str, Any] = {"pages": [{"page": page, "seq": self.seq, "answers": answers}]}
        body = json.dumps(document | ({"end": end} if end else {})).encode()
        async with self._one_at_a_time:
            await self._sent(body)

    async def _sent(self, body: bytes) -> None:
        begun = perf_counter()
        while (await self._ask("POST", "/lesson/save/", body))[0] != 200:
            await asyncio.sleep(random.uniform(0.1, 0.5))
        self.waits.append(perf_counter() - begun)

    def leave(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        while True:
            try:
                return await self._exchange(method, path, body)
            except (OSError, asyncio.IncompleteReadError):
                self.leave()

    async def _exchange(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        await self.connect()
        reader, writer = self._streams
        cookies = b"; ".join(name + b"=" + value for name, value in self.cookies.items())
        request = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n"
            f"Accept-Encoding: gzip\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n"
        ).encode() + b"Cookie: " + cookies + b"\r\n\r\n" + body  # fmt: skip
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        content = await reader.readexactly(int(length[1])) if length else b""
        self.cookies |= dict(COOKIE.findall(head))
        self.sent += len(request)
        self.received += len(head) + len(content)
        if b"connection: close" in head.lower():
            self.leave()
        packed = b"content-encoding: gzip" in head.lower()
        return int(head[9:12]), gzip.decompress(content) if packed else content
