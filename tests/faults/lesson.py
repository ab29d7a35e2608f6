"""A class that sits a lesson while something goes wrong, and what the comparison says of it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.faults.ledger import Findings, Ledger, compare
from tests.faults.pupil import Browser, Patience, Pupil
from tests.faults.site import Site
from tests.faults.waiting import wait_until

PACE = 0.2  # seconds between two pages of one pupil, about


def pupils_of(
    site: Site, number: int, *, through: str = "", patience: Patience | None = None
) -> list[Pupil]:
    """Pupils who have not sat down yet, each with a device of their own."""
    address = through or site.address
    return [Pupil(code, Browser(address), patience=patience) for code in site.take_codes(number)]


def sit_while(pupils: Sequence[Pupil], fault: Callable[[], None], pace: float = PACE) -> None:
    """All answer from before the fault until after it, then send, and wait for every "saved".

    Raises `GaveUp` when somebody's answers do not get through in the end.
    """
    bell = Event()
    with ThreadPoolExecutor(len(pupils)) as room:
        lessons = [room.submit(pupil.sit, bell, pace) for pupil in pupils]
        try:
            await_answers(pupils)
            fault()
        finally:
            bell.set()
        for lesson in lessons:
            lesson.result()


def await_answers(pupils: Sequence[Pupil], each: int = 2) -> None:
    """Wait until everybody has had answers acknowledged: `each` more than now."""
    goals = [(pupil.ledger, len(pupil.ledger.acknowledged) + each) for pupil in pupils]

    def get_on() -> bool:
        return all(len(ledger.acknowledged) >= goal for ledger, goal in goals)

    wait_until(get_on, but=lambda: [pupil.words[-3:] for pupil in pupils])


def findings(site: Site, pupils: Sequence[Pupil]) -> Findings:
    """The comparison for these pupils, also while they go on answering.

    What was acknowledged before the database is read must be in it; what is in it must have
    been sent by then.
    """
    told = {p.code: (list(p.ledger.acknowledged), p.ledger.ended) for p in pupils}
    stored = {code: each for code, each in site.stored().items() if code in told}
    return compare({p.code: Ledger(list(p.ledger.sent), *told[p.code]) for p in pupils}, stored)


def await_word(pupils: Sequence[Pupil], word: str) -> None:
    """Wait until somebody is answered so from now on: a status, and the error in it."""
    seen = [(pupil.words, len(pupil.words)) for pupil in pupils]
    wait_until(lambda: any(word in words[n:] for words, n in seen), but=lambda: seen)
