"""A bad network between pupils and the server: a proxy that delays, loses, doubles and goes dark.

Every connection carries one request. Whatever is lost ends the connection, as a browser would
see it in the end; `dark` swallows what comes until it is light again.
"""

import random
import re
import socket
import socketserver
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any

FATES = ("lost", "unanswered", "twice", "late", "delivered")


class Network(socketserver.ThreadingTCPServer):
    """Rates are shares of all requests.

    lost        the request never reaches the server
    unanswered  it does, and the answer never reaches the pupil: a response lost after commit
    twice       it reaches the server twice at once
    late        it counts as lost, and reaches the server `lateness` seconds later all the same
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(
        self, server_port: int, *, delay: float = 0.0, lateness: float = 0.3, **rates: float
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.server_port, self.delay, self.lateness = server_port, delay, lateness
        self.weights = [rates.pop(fate, 0.0) for fate in FATES[:-1]]
        assert not rates, f"there is no fate {rates}"
        self.fates, self.dark, self.never = Counter[str](), False, Event()
        self._dice, self._lock = random.Random(5), Lock()
        self._stragglers: list[Thread] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fate(self) -> str:
        with self._lock:
            weights = [*self.weights, 1 - sum(self.weights)]
            fate = "dark" if self.dark else self._dice.choices(FATES, weights)[0]
            self.fates[fate] += 1
            return fate

    def heal(self) -> None:
        """From now on every request fares well."""
        self.weights = [0.0 for _ in self.weights]

    def calm(self) -> None:
        """Wait until what was late has arrived."""
        for straggler in self._stragglers:
            straggler.join()

    def straggle(self, deed: Callable[..., Any], *values: Any) -> None:
        """Something that happens beside the pupil's own connection."""
        self._stragglers.append(Thread(target=deed, args=values, daemon=True))
        self._stragglers[-1].start()

    def travel(self) -> None:
        """One way."""
        self.never.wait(self.delay / 2)

    def later(self, request: bytes) -> None:
        self.never.wait(self.lateness)
        self.forward(request)

    def forward(self, request: bytes) -> bytes:
        """What the server answers; nothing where there is no server."""
        try:
            with socket.create_connection(("127.0.0.1", self.server_port), timeout=30) as server:
                server.sendall(request)
                return b"".join(iter(lambda: server.recv(65536), b""))
        except OSError:
            return b""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A pupil who did not wait is nothing to report."""


class _Connection(socketserver.BaseRequestHandler):
    server: Network

    def handle(self) -> None:
        network, request = self.server, _read_request(self.request)
        fate = network.fate()
        network.travel()
        if fate in {"lost", "dark"}:
            return
        if fate == "late":
            network.straggle(network.later, request)
            return
        if fate == "twice":
            network.straggle(network.forward, request)
        answer = network.forward(request)
        network.travel()
        if fate != "unanswered" and not network.dark:
            self.request.sendall(answer)


def _read_request(connection: socket.socket) -> bytes:
    """One whole request: its head, and as much as its head announces."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head)
    while len(body) < int(length[1] if length else 0):
        body += _more(connection)
    return head + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionResetError
    return data


@contextmanager
def network_to(port: int, **options: float) -> Iterator[Network]:
    with Network(port, **options) as network:
        Thread(target=network.serve_forever, args=(0.02,), daemon=True).start()
        yield network
        network.shutdown()
