"""The process that answers is killed again and again; whatever it said is saved, is."""

from collections import Counter
from collections.abc import Callable
from threading import Event

import pytest

from tests.faults.ledger import Findings
from tests.faults.lesson import await_answers, findings, pupils_of, sit_while
from tests.faults.pupil import Pupil
from tests.faults.site import Site

EARLY = "tests.faults.acknowledges_early:application"


MOST_KILLS = 12


def lesson_with_kills(site: Site, *, kills: int, pupils: int = 6) -> list[Pupil]:
    """A class whose worker is killed whenever everybody has got on a little, until it is felt."""
    seated = pupils_of(site, pupils)

    def fault() -> None:
        for _ in range(kills):
            site.kill_worker()
            await_answers(seated, each=1)
        for _ in range(MOST_KILLS - kills):
            if was_felt(seated):
                return
            site.kill_worker()
            await_answers(seated, each=1)

    sit_while(seated, fault)
    return seated


def was_felt(pupils: list[Pupil]) -> bool:
    return any(word == "0" for pupil in pupils for word in pupil.words)


def test_killed_workers_lose_nothing(site: Site) -> None:
    pupils = lesson_with_kills(site, kills=3)
    assert was_felt(pupils)
    assert findings(site, pupils) == Findings()


def test_a_server_that_acknowledges_before_the_commit_is_caught(
    make_site: Callable[[], Site],
) -> None:
    site = make_site()
    site.start(EARLY)
    assert findings(site, lesson_with_kills(site, kills=3)).lost


@pytest.mark.nightly
@pytest.mark.parametrize("run", range(20))
def test_killed_two_seconds_after_it_is_back_in_twenty_lessons(site: Site, run: int) -> None:
    pupils, clock = pupils_of(site, 6), Event()

    def fault() -> None:
        for _ in range(5):
            clock.wait(2.0)
            site.kill_worker()

    sit_while(pupils, fault)
    assert was_felt(pupils)
    assert findings(site, pupils) == Findings()
    print(f"run {run}: {tally(pupils)}, lost 0, stale 0, duplicate 0")


def tally(pupils: list[Pupil]) -> str:
    words = Counter(word for pupil in pupils for word in pupil.words)
    saves = sum(len(pupil.ledger.acknowledged) for pupil in pupils)
    return f"{saves} acknowledged saves, {words['0']} requests without an answer"
