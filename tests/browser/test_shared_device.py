"""One device, one pupil after another: nobody sees another's answers, and nobody's are lost."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pupils
from tests.browser.pupils import Ledger
from tests.classroom import Classroom

MANY = 15
NIGHTLY = 500
GIVEN = [
    {"p01": {"happy": happy, "travels": 2}, "p03": {}, "p05": {"days": days}}
    for happy, days in product([1, 2, 9], range(8))
]


def given_by(number: int) -> dict[str, Any]:
    return GIVEN[number % len(GIVEN)]


@pytest.fixture
def page(page_of: Callable[..., Page], transactional_db: None) -> Page:
    return page_of(viewport={"width": 390, "height": 844})


@pytest.fixture
def ledger(page: Page) -> Iterator[Ledger]:
    ledger = Ledger(page.context)
    yield ledger
    ledger.check()


def nothing_chosen(page: Page) -> None:
    """No page of the document shows an answer, nor does the page before it."""
    assert page.locator("input:checked:not([name=theme], [name=size])").count() == 0
    typed = page.locator(".paper input[type=text]").evaluate_all("all => all.map((x) => x.value)")
    assert set(typed) <= {""}


def one_pupil(page: Page, room: Classroom, number: int, *, first: bool, cut: bool) -> None:
    """Sits down, finds nothing, answers; every third sends into a network that is away."""
    pupils.sit_down(page, room, number, offline_too=first)
    pupils.on(page, "p01")
    nothing_chosen(page)
    for name, answers in given_by(number).items():
        pupils.answer(page, name, answers)
        pupils.press(page, "Next")
        if not answers:
            pupils.press(page, "Next")  # after the reminder that something was left out
    pupils.on(page, "end")
    if cut:
        page.context.route(pupils.SAVE, pupils.cut)
        pupils.send(page)
        expect(page.locator("[data-page=done] [data-when=waiting]")).to_be_visible()
        page.context.unroute(pupils.SAVE)
        return
    pupils.send(page)
    pupils.all_sent(page)


def pupils_in_turn(page: Page, many: int) -> None:
    room = pupils.open_room(many)
    for number in range(many):
        one_pupil(page, room, number, first=number == 0, cut=number % 3 == 1 and number < many - 1)
    for number in range(many):
        found = pupils.stored(room, number)
        assert (found.answers, found.state) == (given_by(number), "submitted"), number


def test_pupils_in_turn(page: Page, ledger: Ledger) -> None:
    pupils_in_turn(page, MANY)


@pytest.mark.nightly
def test_pupils_in_turn_all_night(page: Page, ledger: Ledger) -> None:
    pupils_in_turn(page, NIGHTLY)


def test_a_pupil_who_sits_down_while_the_one_before_is_in_the_middle(
    page: Page, ledger: Ledger
) -> None:
    room = pupils.open_room()
    pupils.sit_down(page, room, 0)
    page.context.route(pupils.SAVE, pupils.cut)
    pupils.answer_all(page, ["p01", "p02"])
    pupils.answer(page, "p03")  # chosen, and nowhere yet but in the form
    pupils.says(page, "Waiting to send. You can go on.")
    pupils.sit_down(page, room, 1, offline_too=False)
    pupils.on(page, "p01")
    nothing_chosen(page)
    page.go_back()
    page.go_back()
    expect(pupils.shown(page).or_(page.locator("a[data-document]"))).to_be_visible()
    nothing_chosen(page)
    page.context.unroute(pupils.SAVE)
    page.goto("/lesson/")
    page.locator("a[data-document]").click()
    pupils.answer(page, "p01", {"happy": 9})
    pupils.press(page, "Next")
    pupils.press(page, "Next")
    pupils.says(page, "Saved")
    pupils.until(page, ONE_SEAT)
    assert pupils.stored(room, 0).answers == {p: pupils.ANSWERS[p] for p in ("p01", "p02")}
    assert pupils.stored(room, 1).answers == {"p01": {"happy": 9}}


ONE_SEAT = """() => new Promise((done) => {
    const request = indexedDB.open('lesson');
    request.onsuccess = () => {
        const count = request.result.transaction('seats').objectStore('seats').count();
        count.onsuccess = () => done(count.result === 1);
    };
})"""


def test_the_next_pupil_s_first_page_fails_to_load(page: Page, ledger: Ledger) -> None:
    """The code was right and then the network went: the document in its place is not A's."""
    room = pupils.open_room()
    pupils.sit_down(page, room, 0)
    pupils.answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    page.request.get(f"/go/{room.slips[1].code}/")  # the same browser, the page never arrives
    page.context.set_offline(True)
    page.goto("/lesson/")
    pupils.on(page, "wait")
    nothing_chosen(page)
    page.context.set_offline(False)
    pupils.on(page, "p01")
    nothing_chosen(page)


def test_an_open_tab_of_the_pupil_before_goes_when_it_is_looked_at(
    page: Page, ledger: Ledger
) -> None:
    room = pupils.open_room()
    pupils.sit_down(page, room, 0)
    pupils.answer_all(page, ["p01"])
    pupils.says(page, "Saved")
    other = page.context.new_page()
    pupils.sit_down(other, room, 1)
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("a[data-document]")).to_be_visible()
    assert page.url.endswith("/lesson/")


def test_what_lies_on_the_device_cannot_be_read_and_has_no_telling_name(
    page: Page, ledger: Ledger
) -> None:
    room = pupils.open_room()
    pupils.sit_down(page, room, 0)
    pupils.answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    lying = page.evaluate(EVERYTHING)
    assert lying["exported"] == ["refused"]
    assert lying["stores"] == ["keys", "pages", "seats"]
    for word in ("happy", "travels", "how"):
        assert word not in lying["text"]
    assert lying["caches"] == [True]


EVERYTHING = """async () => {
    const result = (request) => new Promise((done) => {
        request.onsuccess = () => done(request.result);
    });
    const base = await result(indexedDB.open('lesson'));
    const stores = [...base.objectStoreNames];
    const change = base.transaction(stores);
    const rows = await Promise.all(stores.map((s) => result(change.objectStore(s).getAll())));
    const keys = rows[stores.indexOf('keys')];
    const exported = await Promise.all(keys.map((key) =>
        crypto.subtle.exportKey('raw', key).then(() => 'open', () => 'refused')));
    const decode = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder().decode(value) : value;
    const text = JSON.stringify(rows, (_, value) => decode(value)) + JSON.stringify({
        ...localStorage, ...sessionStorage, cookie: document.cookie });
    const caching = await Promise.all((await caches.keys()).map(async (name) => {
        const kept = await (await caches.open(name)).keys();
        return kept.every(({ url }) => !/state|save/.test(url));
    }));
    return { stores, exported, text, caches: caching };
}"""
