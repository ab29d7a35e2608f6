"""Real threads before a line with few places."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from surveys.line import Line
from surveys.refusal import Refused


def test_who_finds_no_place_is_told_at_once_and_nobody_waits() -> None:
    line, inside, leave = Line(2), Barrier(3), Event()

    def start() -> None:
        with line.place():
            inside.wait(10)
            leave.wait(10)

    with ThreadPoolExecutor(2) as others:
        busy = [others.submit(start) for _ in range(2)]
        inside.wait(10)
        for _ in range(100):
            with pytest.raises(Refused) as refusal, line.place():
                pass
            assert refusal.value.code == "line"
        leave.set()
        assert [each.result(10) for each in busy] == [None, None]
    with line.place(), line.place():  # both places are free again
        pass


def test_a_refused_start_gives_its_place_back() -> None:
    line = Line(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), line.place():
            raise ZeroDivisionError
