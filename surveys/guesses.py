"""Limits on guessing codes that never block a school behind one address.

Only failed codes count. Each address has a bucket of them that fills up again; while it is
empty the address gets no more tries, except with right codes of a school from which a right
code came here in the last hours. So a pupil who floods the door cannot lock out the class, and
can guess at that school's codes only (sums in docs/decisions/0008).

Kept in the memory of one process and nowhere else, under a hash whose key ends with it.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

AT_ONCE = 600  # failed codes: 300 pupils with two typing mistakes each
A_MINUTE = 200
REMEMBERED = 4 * 3600.0  # seconds for which a school is known at an address
MOST = 20_000  # addresses remembered; the one not seen for longest goes first


@dataclass
class _Address:
    left: float
    since: float


class Guesses:
    """How many failed codes each address has left. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._key = os.urandom(32)
        self._lock = Lock()
        self._addresses: OrderedDict[bytes, _Address] = OrderedDict()
        self._schools: OrderedDict[tuple[bytes, int], float] = OrderedDict()

    def admits(self, address: str, school: int | None) -> bool:
        """May a code be tried now, which is right at `school`, or wrong if that is None?

        Counts the failure, or remembers the school.
        """
        key = hashlib.blake2b(address.encode(), key=self._key).digest()
        with self._lock:
            found = self._filled(key)
            known = school is not None and self._knows((key, school))
            admitted = found.left >= 1 or known
            if admitted and school is None:
                found.left -= 1
            if admitted and school is not None:
                _keep(self._schools, (key, school), self._clock())
        return admitted

    def _filled(self, key: bytes) -> _Address:
        now = self._clock()
        found = self._addresses.get(key) or _Address(AT_ONCE, now)
        found.left = min(AT_ONCE, found.left + (now - found.since) * A_MINUTE / 60)
        found.since = now
        _keep(self._addresses, key, found)
        return found

    def _knows(self, place: tuple[bytes, int]) -> bool:
        seen = self._schools.get(place)
        return seen is not None and self._clock() - seen < REMEMBERED


def _keep(kept: "OrderedDict[K, V]", key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST:
        kept.popitem(last=False)
