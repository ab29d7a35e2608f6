"""Setbacks of devices, servers and whatever stands between them: nothing is lost by one."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser import pupils
from tests.browser.pupils import ANSWERS, answer_all
from tests.classroom import Classroom

WAITING = "Waiting to send. You can go on."
KEEPS_NOTHING = """() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException('full'); };
}"""
INVALID = {"error": "invalid", "reason": "Not so.", "problems": []}


@pytest.fixture
def room(transactional_db: None) -> Classroom:
    return pupils.open_room()


@pytest.fixture
def page(page_of: Callable[..., Page], room: Classroom) -> Page:
    return page_of(viewport={"width": 390, "height": 844})


def seats_kept(page: Page, many: int) -> None:
    pupils.until(
        page,
        """(many) => new Promise((done) => {
            const request = indexedDB.open('lesson');
            request.onsuccess = () => {
                const count = request.result.transaction('seats').objectStore('seats').count();
                count.onsuccess = () => done(count.result === many);
                request.result.close();
            };
        })""",
        many,
    )


# Reading fails so many times after the page is loaded; then the device works again.
READS_FAIL = """(() => {
    const real = IDBObjectStore.prototype.getAll;
    let left = Number(sessionStorage.getItem('fails') || 0);
    IDBObjectStore.prototype.getAll = function (...given) {
        if (left-- > 0) throw new DOMException('cannot be read now', 'UnknownError');
        return real.apply(this, given);
    };
})()"""


@pytest.mark.parametrize("times", [1, 4])
def test_what_cannot_be_read_for_a_moment_is_still_sent(
    page: Page, room: Classroom, times: int
) -> None:
    page.add_init_script(READS_FAIL)
    pupils.sit_down(page, room)
    page.context.route(pupils.SAVE, pupils.cut)
    answer_all(page, ["p01", "p02", "p03"])
    pupils.on(page, "p05")
    pupils.says(page, WAITING)
    page.evaluate(f"sessionStorage.setItem('fails', {times})")
    page.reload()
    expect(pupils.shown(page)).to_have_attribute("data-page", "p05" if times == 1 else "p01")
    page.context.unroute(pupils.SAVE)
    page.evaluate("dispatchEvent(new Event('online'))")
    pupils.says(page, "Saved")
    assert pupils.stored(room).answers == {name: ANSWERS[name] for name in ("p01", "p02", "p03")}


def test_what_a_failing_device_kept_never_replaces_something_newer(
    page: Page, room: Classroom
) -> None:
    pupils.sit_down(page, room)
    page.context.route(pupils.SAVE, pupils.cut)
    answer_all(page, ["p01"])
    pupils.on_device(page)
    page.evaluate(KEEPS_NOTHING)
    pupils.press(page, "Back")
    pupils.answer(page, "p01", {"happy": 2, "travels": 2})
    pupils.press(page, "Next")
    pupils.says(page, WAITING)  # no try is under way
    page.context.unroute(pupils.SAVE)
    page.evaluate("dispatchEvent(new Event('online'))")
    pupils.says(page, "Saved")
    page.reload()  # the device works again, and holds what was answered first
    pupils.says(page, "Saved")
    assert pupils.stored(room).answers["p01"] == {"happy": 2, "travels": 2}


def test_what_a_failing_device_kept_is_not_shown_for_long(page: Page, room: Classroom) -> None:
    """A pupil who presses Next on old answers would take back what they changed."""
    pupils.sit_down(page, room)
    pupils.answer(page, "p01", {"happy": 1, "travels": 1})
    pupils.on_device(page)
    page.evaluate(KEEPS_NOTHING)
    pupils.answer(page, "p01", {"happy": 2, "travels": 2})
    pupils.press(page, "Next")
    pupils.says(page, "Saved")
    page.reload()  # the device holds half a page that is old
    pupils.says(page, "Saved")
    if pupils.shown(page).get_attribute("data-page") == "p02":
        pupils.press(page, "Back")
    expect(page.locator("#happy-2")).to_be_checked()
    expect(page.locator("#travels-2")).to_be_checked()


HANGS = {
    "open": "IDBFactory.prototype.open = () => ({})",
    "put": "IDBObjectStore.prototype.put = () => ({})",
    "commit": """(() => {
        const real = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...given) {
            const change = real.apply(this, given);
            Object.defineProperty(change, 'oncomplete', { set() {} });
            return change;
        };
    })()""",
}


@pytest.mark.parametrize("what", HANGS)
def test_a_device_that_never_answers_does_not_stop_the_lesson(
    page: Page, room: Classroom, what: str
) -> None:
    page.add_init_script(HANGS[what])
    pupils.sit_down(page, room, offline_too=False)
    answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    assert set(pupils.stored(room).answers) == {"p01", "p02"}


def answers_of(*replies: dict[str, Any]) -> Callable[[Route], None]:
    """The first requests are answered so; all that follow reach the server."""
    left = list(replies)

    def handle(route: Route) -> None:
        if not left:
            return route.continue_()
        reply = left.pop(0)
        return route.fulfill(**reply) if reply else route.abort("connectionfailed")

    return handle


SPOILT = {"status": 400, "body": json.dumps(INVALID), "content_type": "application/json"}


@pytest.mark.parametrize("replies", [[{}, SPOILT], [SPOILT, SPOILT], [SPOILT, {}, SPOILT]])
def test_a_refusal_that_names_nothing_is_tried_again_by_itself(
    page: Page, room: Classroom, replies: list[dict[str, Any]]
) -> None:
    pupils.sit_down(page, room, offline_too=False)
    page.context.route(pupils.SAVE, answers_of(*replies))
    answer_all(page, ["p01"])
    pupils.says(page, WAITING)
    pupils.says(page, "Saved")
    assert pupils.stored(room).answers == {"p01": ANSWERS["p01"]}


SAID = """document.addEventListener('DOMContentLoaded', () => {
    const place = document.querySelector('[data-saved]');
    new MutationObserver(() => {
        const said = sessionStorage.getItem('said') || '';
        sessionStorage.setItem('said', said + place.textContent);
    }).observe(place, { childList: true, characterData: true, subtree: true });
})"""


def test_a_page_that_the_server_refuses_is_never_called_saved(page: Page, room: Classroom) -> None:
    page.add_init_script(SAID)
    pupils.sit_down(page, room, offline_too=False)
    refused = json.dumps({**INVALID, "problems": ["happy does not fit"]})

    def refuse(route: Route) -> None:
        pages = [each["page"] for each in route.request.post_data_json["pages"]]
        if "p01" not in pages:
            return route.continue_()
        return route.fulfill(status=400, body=refused, content_type="application/json")

    page.context.route(pupils.SAVE, refuse)
    with page.expect_response(pupils.SAVE):
        answer_all(page, ["p01"])
    with page.expect_response(lambda got: got.url.endswith("/save/") and got.ok):
        answer_all(page, ["p02"])
    answer_all(page, ["p03"])
    pupils.on(page, "p05")
    page.reload()
    pupils.on(page, "p05")
    answer_all(page, ["p05"])
    pupils.send(page)
    pupils.all_sent(page)
    assert "Saved" not in page.evaluate("sessionStorage.getItem('said') || ''")
    found = pupils.stored(room)
    assert (set(found.answers), found.state) == ({"p02", "p03", "p05"}, "submitted")


def test_a_date_in_place_of_seconds_does_not_make_a_hot_loop(page: Page, room: Classroom) -> None:
    pupils.sit_down(page, room, offline_too=False)
    waits = page.evaluate(
        """async () => {
            const { ask, pauseBefore } = await import(document.querySelector(
                'link[rel=modulepreload][href*="/send."]').href);
            const headers = ['Mon, 23 Nov 2026 02:00:00 GMT', '', '-5', '7', '86400'];
            const found = [];
            for (const each of headers) {
                self.fetch = async () => new Response('{}', {
                    status: 503, headers: each ? { 'Retry-After': each } : {} });
                const { after } = await ask('/');
                found.push([after, pauseBefore(1, after) >= 500]);
            }
            return found;
        }"""
    )
    assert waits == [[0, True], [0, True], [0, True], [7000, True], [120000, True]]


@pytest.mark.parametrize("late", ["**/lesson/state/", "**/lesson/start*.js"])
def test_a_tap_before_the_device_is_ready_leads_to_the_document(
    page: Page, room: Classroom, late: str
) -> None:
    page.context.route(late, pupils.cut)
    page.goto(f"/go/{room.slips[0].code}/")
    page.locator("a[data-document]").click()
    expect(page).to_have_url(re.compile("/lesson/all/"))
    page.context.unroute(late)
    pupils.on(page, "p01")
    answer_all(page, ["p01"])
    pupils.on(page, "p02")
    page.reload()
    pupils.on(page, "p02")


def test_a_file_that_could_not_be_kept_is_kept_later(page: Page, room: Classroom) -> None:
    failed: list[str] = []

    def fail(route: Route) -> None:
        failed.append(route.request.url)
        route.fulfill(status=503, body="later")

    # Of the worker's own requests the first ones for one file.
    def first(request: Request) -> bool:
        return bool(request.service_worker) and len(failed) < 2

    def route(route: Route) -> None:
        fail(route) if first(route.request) else route.continue_()

    page.context.route("**/surveys/lesson/routes*.js", route)
    with page.context.expect_event("response", lambda response: response.status == 503):
        pupils.sit_down(page, room, offline_too=False)
    pupils.kept(page)
    pupils.until(
        page,
        """async () => Boolean(await caches.match(
            document.querySelector('link[href*="/routes"]').href))""",
    )
    page.context.set_offline(True)
    page.reload()
    pupils.on(page, "p01")


def test_earlier_seats_neither_stop_nor_slow_the_one_in_use(page: Page, room: Classroom) -> None:
    """One seat that cannot be opened, one whose request never comes back, one that goes."""
    held: list[Route] = []
    tags = []
    for number in (0, 1, 2):
        pupils.sit_down(page, room, number, offline_too=number == 0)
        page.context.route(pupils.SAVE, pupils.cut)
        answer_all(page, ["p01"])
        pupils.says(page, WAITING)
        tags.append(page.evaluate("document.cookie.match(/screen=\\w+\\.(\\w+)/)[1]"))
        if number < 2:
            page.goto("/lesson/")
            page.context.unroute(pupils.SAVE)
            page.context.route(pupils.SAVE, pupils.cut)
    page.evaluate(SPOIL, tags[0])
    page.context.unroute(pupils.SAVE)

    def hold(route: Route) -> None:
        if route.request.headers["x-seat"] in tags[:2]:
            held.append(route)  # a black hole
        else:
            route.continue_()

    page.context.route(pupils.SAVE, hold)
    page.reload()
    pupils.says(page, "Saved")
    answer_all(page, ["p02"])
    pupils.says(page, "Saved")
    assert set(pupils.stored(room, 2).answers) == {"p01", "p02"}
    assert len(held) == 1
    page.context.unroute(pupils.SAVE)
    page.reload()
    seats_kept(page, 1)
    assert set(pupils.stored(room, 1).answers) == {"p01"}


SPOIL = """(tag) => new Promise((done) => {
    const request = indexedDB.open('lesson');
    request.onsuccess = () => {
        const change = request.result.transaction('seats', 'readwrite');
        change.objectStore('seats').put({ iv: new Uint8Array(12), data: 'spoilt' }, tag);
        change.oncomplete = () => { request.result.close(); done(); };
    };
})"""


def test_what_a_closed_lesson_did_not_take_goes_when_another_pupil_sits_down(
    page: Page, room: Classroom
) -> None:
    pupils.sit_down(page, room)
    page.context.route(pupils.SAVE, pupils.cut)
    answer_all(page, ["p01"])
    pupils.says(page, WAITING)
    page.context.unroute(pupils.SAVE)
    closed = json.dumps({"error": "closed", "reason": "", "problems": []})
    page.context.route(
        pupils.SAVE,
        lambda r: r.fulfill(status=409, body=closed, content_type="application/json"),
    )
    page.evaluate("dispatchEvent(new Event('online'))")
    pupils.on(page, "closed")
    seats_kept(page, 1)  # while the pupil is here
    pupils.sit_down(page, room, 1, offline_too=False)
    seats_kept(page, 1)
    own = page.evaluate("document.cookie.match(/screen=\\w+\\.(\\w+)/)[1]")
    assert own == pupils.stored(room, 1).tag


def test_an_end_is_never_taken_back_by_another_tab(page: Page, room: Classroom) -> None:
    page.context.add_init_script("delete self.BroadcastChannel")
    pupils.sit_down(page, room)
    answer_all(page, ["p01", "p02", "p03", "p05"])
    pupils.says(page, "Saved")
    other = page.context.new_page()
    other.goto("/lesson/")
    other.locator("a[data-document]").click()
    pupils.on(other, "p05")
    page.context.route(pupils.SAVE, pupils.cut)
    page.bring_to_front()
    pupils.send(page)
    expect(page.locator("[data-page=done] [data-when=waiting]")).to_be_visible()
    pupils.press(other, "Back")  # keeps where it is
    pupils.on(other, "p03")
    page.close()
    other.reload()
    pupils.on(other, "done")
    page.context.unroute(pupils.SAVE)
    other.evaluate("dispatchEvent(new Event('online'))")
    pupils.all_sent(other)
    assert pupils.stored(room).state == "submitted"


def test_after_the_end_on_another_device_nothing_breaks(
    page: Page, room: Classroom, page_of: Callable[..., Page]
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    pupils.sit_down(page, room)
    answer_all(page, ["p01", "p02"])
    pupils.says(page, "Saved")
    other = page_of()
    pupils.sit_down(other, room)
    answer_all(other, ["p03", "p05"])
    pupils.send(other)
    pupils.all_sent(other)
    answer_all(page, ["p03"])
    pupils.all_sent(page)
    page.go_back()
    page.evaluate("location.hash = '#p01'")
    pupils.all_sent(page)
    assert faults == []


def test_the_last_two_documents_are_kept(page: Page, room: Classroom) -> None:
    # From the page before it: an open document would keep itself again after a while.
    page.goto(f"/go/{room.slips[0].code}/")
    start = page.locator("a[data-document]")
    first = start.get_attribute("data-document") or ""
    pupils.kept(page)
    keep = """async (address) => {
        const worker = (await navigator.serviceWorker.ready).active;
        worker.postMessage({ keep: address });
    }"""
    kept = """async ([address, is]) => Boolean(await caches.match(address)) === is"""
    for stamp in ("2", "3"):
        page.evaluate(keep, f"{first}{stamp}")
        pupils.until(page, kept, [f"{first}{stamp}", True])
    pupils.until(page, kept, [first, False])
    assert all(page.evaluate(kept, [f"{first}2", True]) for _ in range(20))
