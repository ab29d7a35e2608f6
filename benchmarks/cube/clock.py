"""Seconds by stage, of the clock and of the processor."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    def __init__(self) -> None:
        self.stages: dict[str, tuple[float, float]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds to the stage of that name."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        before = self.stages.get(name, (0.0, 0.0))
        passed = (time.perf_counter() - clock, time.process_time() - processor)
        self.stages[name] = (before[0] + passed[0], before[1] + passed[1])
