"""Slow, lossy and dark networks, and a Redis that is not there: what is said to be saved, is."""

import socket
from threading import Event

import pytest

from tests.faults.ledger import Findings
from tests.faults.lesson import await_answers, await_word, findings, pupils_of, sit_while
from tests.faults.network import FATES, Network, network_to
from tests.faults.pupil import ALL_WELL, REAL
from tests.faults.site import NOBODY, Site

BAD = {"lost": 0.05, "unanswered": 0.1, "twice": 0.1, "late": 0.1}


def nothing() -> None:
    """The network itself is the fault."""


def test_requests_lost_doubled_and_late_and_answers_lost_after_the_commit(site: Site) -> None:
    with network_to(site.port, delay=0.05, **BAD) as network:
        pupils = pupils_of(site, 8, through=network.address)
        sit_while(pupils, lambda: await_answers(pupils, each=12), pace=0.05)
        network.calm()
        assert all(network.fates[fate] for fate in FATES)
        assert findings(site, pupils) == Findings()


def test_a_late_request_never_undoes_a_newer_one(site: Site) -> None:
    with network_to(site.port, late=1.0, lateness=0.5) as network:
        pupil = pupils_of(site, 1)[0]
        pupil.arrive()
        pupil.answer("p05")
        pupil.browser.address = network.address
        assert not pupil.send()  # on its way still, and the pupil thinks better of it
        network.heal()
        pupil.answer("p05")
        pupil.deliver()
        network.calm()
        assert findings(site, [pupil]) == Findings()


def test_a_black_out(site: Site) -> None:
    with network_to(site.port) as network:
        pupils = pupils_of(site, 6, through=network.address)

        def fault() -> None:
            network.dark = True
            for pupil in pupils:
                await_word([pupil], "0")
            network.dark = False
            await_answers(pupils, each=1)

        sit_while(pupils, fault)
        assert findings(site, pupils) == Findings()


def test_a_lesson_that_goes_dark_before_its_end_is_complete_when_it_is_light(site: Site) -> None:
    """Every answer given in the dark arrives, and "all sent" waits for it."""
    with network_to(site.port) as network:
        pupil = pupils_of(site, 1, through=network.address)[0]
        pupil.arrive()
        network.dark = True
        for page in ("p01", "p02", "p03", "p02"):
            pupil.answer(page)
            assert not pupil.send()
        assert pupil.ledger.acknowledged == []
        assert site.stored()[pupil.code][0].pages == ()
        network.dark = False
        pupil.finish()
        assert {save.page for save in pupil.ledger.acknowledged} == {"p01", "p02", "p03"}
        assert findings(site, [pupil]) == Findings()


def test_a_lesson_needs_no_redis(site: Site) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", NOBODY), timeout=5)
    assert f":{NOBODY}/" in site.environment["CELERY_BROKER_URL"]
    pupils = pupils_of(site, 4)
    sit_while(pupils, nothing)
    assert {word for pupil in pupils for word in pupil.words} <= ALL_WELL
    assert findings(site, pupils) == Findings()


@pytest.mark.nightly
def test_slow_and_lossy_for_a_minute_with_black_outs_of_half_a_minute(site: Site) -> None:
    """The real figures: 400 ms, 5 % lost, 30 s of darkness, and a browser's own patience."""
    with network_to(site.port, delay=0.4, lost=0.05, unanswered=0.05) as network:
        pupils = pupils_of(site, 12, through=network.address, patience=REAL)

        def fault() -> None:
            clock = Event()
            clock.wait(30.0)
            darken(network, clock)
            await_answers(pupils, each=3)
            darken(network, clock)

        sit_while(pupils, fault, pace=1.0)
        assert findings(site, pupils) == Findings()


def darken(network: Network, clock: Event) -> None:
    network.dark = True
    clock.wait(30.0)
    network.dark = False
