"""Waiting for something to be so, never for time to pass."""

from collections.abc import Callable
from threading import Event
from time import monotonic


def wait_until(
    true: Callable[[], object], *, seconds: float = 60.0, but: Callable[[], object] = str
) -> None:
    """`but` says what there is instead, for whoever reads the failure."""
    pause, until = Event(), monotonic() + seconds
    while monotonic() < until:
        if true():
            return
        pause.wait(0.05)
    raise AssertionError(f"waited {seconds:.0f} seconds; {but()}")
