"""Several writers to one response, and several pupils at one device."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.faults.ledger import Findings, Save
from tests.faults.lesson import findings, pupils_of, sit_while
from tests.faults.prepare import PAGES
from tests.faults.pupil import ALL_WELL, Browser, Pupil
from tests.faults.site import Site


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Everything at the same moment; what each came to."""
    start = Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> Any:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as room:
        return list(room.map(one, deeds))


def seated(pupils: Sequence[Pupil]) -> list[Pupil]:
    for pupil in pupils:
        pupil.arrive()
    return list(pupils)


def test_double_clicks(site: Site) -> None:
    save = Save("p03", 7, {"n_p03": 12})
    body = {"pages": [vars(save)]}
    saved = {"saved": [{"page": "p03", "seq": 7}], "lesson": "open", "ended": False}
    for pupil in seated(pupils_of(site, 5)):
        pupil.ledger.sent.append(save)
        click = partial(pupil.browser.ask, "/lesson/save/", body, seat=pupil.seat)
        assert together(click, click, click) == [(200, saved)] * 3
        pupil.ledger.acknowledged.append(save)
        assert findings(site, [pupil]) == Findings()


def test_the_end_clicked_twice(site: Site) -> None:
    for pupil in seated(pupils_of(site, 5)):
        pupil.answer("p02")
        together(pupil.finish, pupil.finish)
        pupil.finish()  # and once more, when the first answer has been heard
        assert pupil.ledger.ended == "send"
        assert findings(site, [pupil]) == Findings()


def test_one_slip_scanned_at_two_devices_at_once_is_one_response(site: Site) -> None:
    for first in pupils_of(site, 5):
        second = first.other_device()
        together(first.arrive, second.arrive)
        assert first.seat == second.seat
        assert len(site.stored()[first.code]) == 1


@pytest.mark.parametrize("beside", [Pupil.tab, Pupil.other_device])
def test_two_writers_to_one_response(site: Site, beside: Callable[[Pupil], Pupil]) -> None:
    for first in seated(pupils_of(site, 3)):
        second = beside(first)
        second.arrive()
        together(partial(write, first, 25), partial(write, second, 25))
        first.finish()
        assert findings(site, [first]) == Findings()


def write(pupil: Pupil, saves: int) -> None:
    """On few pages, so that two writers meet on each."""
    for _ in range(saves):
        pupil.answer(pupil.dice.choice(PAGES[:3]))
        pupil.deliver()


def test_whoever_comes_back_is_shown_all_that_was_saved(site: Site) -> None:
    pupil = seated(pupils_of(site, 1))[0]
    write(pupil, 10)
    back = pupil.other_device()
    back.arrive()
    newest = {save.page: save for save in sorted(pupil.ledger.acknowledged, key=by_number)}
    expected = {page: {"seq": s.seq, "answers": s.answers} for page, s in newest.items()}
    assert back.shown == expected


def by_number(save: Save) -> int:
    return save.seq


@pytest.mark.parametrize(
    "pupils", [25, pytest.param(500, marks=pytest.mark.nightly)], ids=["class", "all week"]
)
def test_pupil_after_pupil_on_one_device(site: Site, pupils: int) -> None:
    """Each sits down while answers of the one before still wait; nobody sees or spoils them."""
    device = Browser(site.address)
    row = [Pupil(code, device) for code in site.take_codes(pupils)]
    for before, pupil in zip([None, *row], row, strict=False):
        pupil.arrive()
        assert pupil.outbox.waiting == []
        assert not pupil.shown
        if before:
            before.finish()
        pupil.answer("p01")
        pupil.deliver()
        pupil.answer("p02")  # waits
    row[-1].finish()
    assert findings(site, row) == Findings()


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1)], ids=["ahead", "behind"])
def test_a_clock_that_is_a_day_off(site: Site, off: timedelta) -> None:
    """The client's cookies live by its own clock; the server takes no notice of any date."""
    with time_machine.travel(timezone.now() + off, tick=True):
        pupils = pupils_of(site, 3)
        for pupil in pupils:
            pupil.browser.headers["Date"] = timezone.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
            pupil.browser.headers["If-Unmodified-Since"] = "Thu, 01 Jan 1970 00:00:00 GMT"
        sit_while(pupils, lambda: None, pace=0.02)
        assert {word for pupil in pupils for word in pupil.words} <= ALL_WELL
    assert findings(site, pupils) == Findings()
