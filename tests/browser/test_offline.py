"""A lesson on a network that fails in every way it can: nothing acknowledged is ever lost."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import pupils
from tests.browser.pupils import ANSWERS, Ledger, answer, answer_all, press
from tests.classroom import Classroom

OpenPage = Callable[..., Page]
WAITING = "Waiting to send. You can go on."
ALL = ["p01", "p02", "p03", "p05"]


@pytest.fixture
def room(transactional_db: None) -> Classroom:
    return pupils.open_room()


@pytest.fixture
def page(page_of: OpenPage, room: Classroom) -> Page:
    return page_of(viewport={"width": 390, "height": 844})


@pytest.fixture
def ledger(page: Page) -> Iterator[Ledger]:
    """Compared with the database at the end of every test."""
    ledger = Ledger(page.context)
    yield ledger
    ledger.check()


def complete(page: Page, room: Classroom) -> None:
    pupils.all_sent(page)
    found = pupils.stored(room)
    assert (found.answers, found.state) == (ANSWERS, "submitted")
    assert nothing_is_left(page)


def nothing_is_left(page: Page) -> bool:
    left = page.evaluate(
        """() => new Promise((done) => {
            const request = indexedDB.open('lesson');
            request.onsuccess = () => {
                const names = [...request.result.objectStoreNames];
                const change = request.result.transaction(names);
                const counts = names.map((name) => change.objectStore(name).count());
                change.oncomplete = () => done(counts.map((count) => count.result));
            };
        })"""
    )
    return set(left) == {0}


def test_the_network_is_off_from_the_third_page_to_the_end(
    page: Page, room: Classroom, ledger: Ledger
) -> None:
    pupils.sit_down(page, room)
    answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    page.context.set_offline(True)
    answer_all(page, ["p03", "p05"])
    pupils.says(page, WAITING)
    pupils.send(page)
    expect(page.locator("[data-page=done] [data-when=waiting]")).to_be_visible()
    assert set(pupils.stored(room).answers) == {"p01", "p02"}
    page.context.set_offline(False)
    complete(page, room)


def test_a_reload_without_a_network_comes_back_to_the_same_page(
    page: Page, room: Classroom, ledger: Ledger
) -> None:
    pupils.sit_down(page, room)
    answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    page.context.set_offline(True)
    answer_all(page, ["p03"])
    answer(page, "p05")  # chosen, and not sent yet
    pupils.on_device(page)
    page.reload()
    pupils.on(page, "p05")
    expect(page.locator("#days-5")).to_be_checked()
    press(page, "Back")
    expect(page.locator("#at_home-typed")).to_have_value("60")
    press(page, "Next")
    page.context.set_offline(False)
    press(page, "Next")
    pupils.send(page)
    complete(page, room)


def test_a_closed_tab_without_a_network(page: Page, room: Classroom, ledger: Ledger) -> None:
    pupils.sit_down(page, room)
    answer_all(page, ["p01"])
    pupils.says(page, "Saved")
    page.context.set_offline(True)
    answer_all(page, ["p02"])
    pupils.on(page, "p03")
    pupils.on_device(page)
    page.close()
    again = page.context.new_page()
    again.goto("/lesson/")
    pupils.on(again, "p03")
    answer_all(again, ["p03", "p05"])
    page.context.set_offline(False)
    pupils.send(again)
    complete(again, room)


def test_a_black_out_as_the_lesson_begins_again_elsewhere(
    page: Page, room: Classroom, ledger: Ledger, page_of: OpenPage
) -> None:
    """Another device goes on with what the server has; the first one's answers are no worse."""
    pupils.sit_down(page, room)
    answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    other = page_of()
    pupils.sit_down(other, room)
    pupils.on(other, "p03")
    answer_all(other, ["p03", "p05"])
    pupils.send(other)
    complete(other, room)


def test_what_the_server_says_is_lost_after_the_commit(
    page: Page, room: Classroom, ledger: Ledger
) -> None:
    pupils.sit_down(page, room)
    page.context.route(pupils.SAVE, pupils.lose_the_answer, times=2)
    answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    answer_all(page, ["p03", "p05"])
    pupils.says(page, "Saved")
    page.context.route(pupils.SAVE, pupils.lose_the_answer, times=1)
    pupils.send(page)
    complete(page, room)


def test_black_outs(page: Page, room: Classroom, ledger: Ledger) -> None:
    """Requests fail for a while, again and again; nobody presses anything to mend it."""
    pupils.sit_down(page, room)
    for name in ALL:
        page.context.route(pupils.SAVE, pupils.cut, times=1)
        answer_all(page, [name])
        pupils.says(page, WAITING)
        if name != "p03":
            pupils.says(page, "Saved")
    pupils.says(page, "Saved")
    assert pupils.stored(room).answers == ANSWERS
    pupils.send(page)
    complete(page, room)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "<html>Please log in to the Wi-Fi</html>"),
        (403, "<html>Blocked by the filter</html>"),
        (502, "Bad gateway"),
        (503, '{"error": "later"}'),
        (507, '{"error": "full"}'),
        (429, '{"error": "many"}'),
    ],
)
def test_an_answer_that_is_not_the_lesson_s_saves_nothing(
    page: Page, room: Classroom, ledger: Ledger, status: int, body: str
) -> None:
    pupils.sit_down(page, room, offline_too=False)

    def wrong(route: Route) -> None:
        route.fulfill(status=status, body=body)

    page.context.route(pupils.SAVE, wrong)
    answer_all(page, ["p01"])
    pupils.says(page, WAITING)
    assert pupils.stored(room).answers == {}
    page.context.unroute(pupils.SAVE)
    answer_all(page, ["p02"])
    pupils.says(page, "Saved")
    assert set(pupils.stored(room).answers) == {"p01", "p02"}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_a_day_off(page: Page, room: Classroom, ledger: Ledger, days: int) -> None:
    page.clock.set_fixed_time(datetime.now().astimezone() + timedelta(days=days))
    pupils.sit_down(page, room)
    answer_all(page, ["p01"])
    pupils.on(page, "p02")
    page.reload()
    answer_all(page, ["p02", "p03", "p05"])
    pupils.send(page)
    complete(page, room)


@pytest.mark.parametrize("they_talk", [True, False])
def test_two_tabs_are_two_writers(
    page: Page, room: Classroom, ledger: Ledger, they_talk: bool
) -> None:
    """The page that was sent last counts, whichever tab it was; both tabs learn of the end."""
    if not they_talk:
        page.context.add_init_script("delete self.BroadcastChannel")
    pupils.sit_down(page, room)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, happy in ((page, 2), (other, 9), (page, 1)):
        tab.bring_to_front()
        if tab.url.endswith("#p02"):
            press(tab, "Back")
        answer(tab, "p01", {"happy": happy, "travels": 1})
        press(tab, "Next")
        pupils.says(tab, "Saved")
        assert pupils.stored(room).answers["p01"]["happy"] == happy
    seqs = sorted(seq for rows in ledger.acknowledged.values() for seq in rows)
    assert len(set(seqs)) == len(seqs)
    answer_all(page, ["p02", "p03", "p05"])
    pupils.send(page)
    complete(page, room)
    if they_talk:
        pupils.all_sent(other)


def test_double_clicks_turn_one_page(page: Page, room: Classroom, ledger: Ledger) -> None:
    pupils.sit_down(page, room)
    for name in ALL:
        answer(page, name)
        pupils.shown(page).get_by_role("button", name="Next", exact=True).dblclick()
    pupils.on(page, "end")
    page.get_by_role("button", name="Send").dblclick()
    complete(page, room)
    numbers = [len(rows) for rows in ledger.acknowledged.values()]
    assert max(numbers) == 1


REFUSED = {
    "no storage": "Object.defineProperty(self, 'indexedDB', { get() { throw new Error('no'); } })",
    "opens and fails": "IDBFactory.prototype.open = () => { throw new Error('no'); }",
    "no sealing": "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })",
    "full at once": "IDBObjectStore.prototype.put = () => { throw new DOMException('full'); }",
    "no worker": "delete Navigator.prototype.serviceWorker",
    "no channel": "delete self.BroadcastChannel",
}


@pytest.mark.parametrize("how", REFUSED)
def test_a_browser_that_keeps_nothing(
    page: Page, room: Classroom, ledger: Ledger, how: str
) -> None:
    page.add_init_script(REFUSED[how])
    pupils.sit_down(page, room, offline_too=False)
    answer_all(page, ["p01"])
    pupils.says(page, "Saved")
    page.context.route(pupils.SAVE, pupils.cut, times=2)
    answer_all(page, ["p02"])
    pupils.says(page, WAITING)
    pupils.says(page, "Saved")
    page.reload()
    pupils.on(page, "p03")
    answer_all(page, ["p03", "p05"])
    pupils.send(page)
    pupils.all_sent(page)
    assert pupils.stored(room).answers == ANSWERS


def test_a_device_that_fills_up_in_the_middle(page: Page, room: Classroom, ledger: Ledger) -> None:
    pupils.sit_down(page, room)
    answer_all(page, ["p01"])
    page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full'); } }"
    )
    page.context.route(pupils.SAVE, pupils.cut, times=1)
    answer_all(page, ["p02", "p03", "p05"])
    pupils.says(page, "Saved")
    pupils.send(page)
    complete(page, room)
