"""Writers at the same moment, as real threads with connections of their own to a real database.

PostgreSQL as it is; SQLite in a file, since the test run's own one in memory locks differently.
"""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connection, connections

from schools.keys import read_key
from schools.models import Authority, School
from surveys.actions.lessons import close_lesson
from surveys.actions.responses import PageSave, Seat, finish, save_pages, stop, take_seat
from surveys.models import Response
from surveys.refusal import Refused
from surveys.sealing import open_answers, unwrap_for_analysis
from tests.classroom import Classroom, build_classroom

T = TypeVar("T")
ROUNDS = 12


@pytest.fixture
def shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    if connection.vendor == "postgresql":
        yield
        return
    path = tmp_path / "shared.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    memory = connections["default"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "NAME", str(path))
        connections["default"] = connections.create_connection("default")
        yield
        connections["default"].close()
    connections["default"] = memory


@pytest.fixture
def classroom(shared: None) -> Classroom:
    authority = Authority.objects.create(code="E09000099", name="Exampleham")
    school = School.objects.create(authority=authority, key="100001", name="Ash")
    return build_classroom(authority, school, pupils=ROUNDS)


def at_once(*acts: Callable[[], T]) -> list[T]:
    """All acts in threads of their own, begun together."""
    begin = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        try:
            begin.wait(10)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result(60) for each in [threads.submit(run, act) for act in acts]]


def stored(seat: Seat) -> dict[str, tuple[int, dict[str, Any]]]:
    """What the analysis finds: page -> (seq, answers)."""
    response = Response.objects.get(pk=seat.response)
    key = unwrap_for_analysis(
        read_key("ANALYSIS_PRIVATE_KEY"), bytes(response.analysis_wrap), context=response.pk.hex
    )
    pages = response.pages.all()
    return {p.page: (p.seq, open_answers(key, bytes(p.sealed), context=p.context)) for p in pages}


def save(seat: Seat, seq: int) -> None:
    save_pages(seat=seat, pages=[PageSave("p05", seq, {"days": seq % 8})])


def saves_until_refused(seat: Seat) -> int:
    """The last number that was acknowledged; 0 if none was."""
    for seq in count(1):
        try:
            save(seat, seq)
        except Refused:
            return seq - 1
    raise AssertionError


def test_the_higher_number_wins_whoever_comes_second(classroom: Classroom) -> None:
    for number in range(4):
        seat = classroom.seat(number)
        rising = [partial(save, seat, seq) for seq in range(1, 5)]
        at_once(*(rising if number % 2 else reversed(rising)))
        assert stored(seat) == {"p05": (4, {"days": 4})}


def test_what_was_acknowledged_before_the_end_is_there_after_it(classroom: Classroom) -> None:
    for number in range(ROUNDS):
        seat = classroom.seat(number)
        last, _ = at_once(partial(saves_until_refused, seat), partial(finish, seat=seat))
        assert stored(seat).get("p05", (0,))[0] == last
        assert Response.objects.get(pk=seat.response).state == "submitted"


def test_nothing_is_stored_after_it_was_deleted(classroom: Classroom) -> None:
    for number in range(ROUNDS):
        seat = classroom.seat(number)
        save(seat, 1)
        at_once(partial(saves_until_refused, seat), partial(stop, seat=seat, keep=False))
        assert stored(seat) == {}


def test_two_ends_at_once_are_one(classroom: Classroom) -> None:
    def end(seat: Seat) -> str:
        try:
            finish(seat=seat)
        except Refused as refusal:
            return refusal.code
        return "sent"

    for number in range(4):
        seat = classroom.seat(number)
        assert sorted(at_once(*[partial(end, seat)] * 2)) == ["finished", "sent"]


def test_one_code_in_eight_browsers_at_once_is_one_response(classroom: Classroom) -> None:
    code = classroom.slips[0].code
    seats = at_once(*[partial(take_seat, code=code)] * 8)
    assert len(set(seats)) == 1
    assert Response.objects.count() == 1


def test_who_starts_while_it_closes_leaves_no_key_behind(classroom: Classroom) -> None:
    def start(number: int) -> str:
        try:
            classroom.seat(number)
        except Refused as refusal:
            return refusal.code
        return "started"

    def close() -> str:
        close_lesson(lesson=classroom.lesson, by=None)
        return "closed"

    starts = [partial(start, number) for number in range(ROUNDS)]
    assert set(at_once(*starts, close)) <= {"started", "closed"}
    assert not Response.objects.filter(resume_wrap__isnull=False).exists()
