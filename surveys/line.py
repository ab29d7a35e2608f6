"""Starts in line: above capacity a new start waits before any save gets slower.

A start costs several times a save, and a class starts at once. So only a few threads of a
process serve starts; whoever comes while they are busy is asked, at once, to come again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.utils.translation import gettext as _

from surveys.refusal import Refused

AT_ONCE = 2  # of the eight threads of a process


class Line:
    """A number of places; nobody stands and waits in it, so nobody holds a thread."""

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Raises `Refused` ("line") at once when every place is taken."""
        if not self._places.acquire(blocking=False):
            raise Refused(
                _("Many pupils are starting just now. It is your turn soon."), code="line"
            )
        try:
            yield
        finally:
            self._places.release()
