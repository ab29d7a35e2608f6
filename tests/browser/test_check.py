"""The check before a lesson in a real browser: all well, and each thing that a filter can stop."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from surveys.models import Response, SealedPage
from surveys.views.check import PROBES

OpenPage = Callable[..., Page]
# A voice is a thing of the machine: this browser has none, and lessons do without.
NEEDED = [probe.key for probe in PROBES if probe.key != "voice"]


@pytest.fixture(autouse=True)
def _database(transactional_db: None) -> None:
    """The page a code is typed on is one of the things fetched."""


def checked(page: Page) -> dict[str, str]:
    """What the page says of each thing when it is done."""
    page.goto("/check/")
    expect(page.locator("[data-again]")).to_be_enabled(timeout=30_000)
    return results(page)


def results(page: Page) -> dict[str, str]:
    cards = page.locator("[data-probe]")
    return {
        str(card.get_attribute("data-probe")): card.locator("[data-result]").inner_text()
        for card in cards.all()
    }


def failed(page: Page) -> set[str]:
    return {key for key, result in checked(page).items() if result == "Does not work"}


def test_all_is_well(page_of: OpenPage) -> None:
    page = page_of(viewport={"width": 320, "height": 700})
    found = checked(page)
    assert {found[key] for key in NEEDED} == {"Works"}
    expect(page.get_by_text("Everything that a lesson needs works here.")).to_be_visible()
    expect(page.get_by_text("The checks have not begun")).to_be_hidden()
    report = page.locator("[data-report]").input_value()
    assert "Saving answers: Works" in report
    assert not page.locator("[data-remedy]:visible").count() > 1
    assert not Response.objects.exists()
    assert not SealedPage.objects.exists()
    assert violations(page) == []


STOPPED = {
    "**/check/save/": {"save", "cookie"},
    "**/check/page/": {"document"},
    "**/go/": {"entrance"},
    "**/pupil.css": {"style"},
    "**/app.js": {"script"},
    "**/lesson/worker.js": {"worker"},
    "**/check/sound/": {"sound"},
}


@pytest.mark.parametrize("stopped", STOPPED)
def test_what_is_stopped_is_named(page_of: OpenPage, stopped: str) -> None:
    page = page_of()
    page.route(stopped, lambda route: route.abort())
    assert failed(page) == STOPPED[stopped]
    expect(page.locator("[data-verdict]")).to_contain_text("not work here")


def test_a_filters_own_page_is_not_taken_for_ours(page_of: OpenPage) -> None:
    """With 200, as filters send it. When it is let through, checking again says so."""
    page = page_of(viewport={"width": 1280, "height": 800})
    filtered = "<h1>Blocked by your filter</h1>"
    for stopped in STOPPED:
        page.route(
            stopped, lambda r: r.fulfill(status=200, content_type="text/html", body=filtered)
        )
    assert failed(page) == set().union(*STOPPED.values())
    verdict = page.locator("[data-verdict]")
    expect(verdict).to_contain_text("8 things do not work here")
    assert violations(page) == []
    page.unroute_all()
    page.get_by_role("button", name="Check again").click()
    expect(verdict).to_have_text("Everything that a lesson needs works here.")


def test_a_save_stopped_says_what_to_do(page_of: OpenPage) -> None:
    page = page_of()
    page.route("**/check/save/", lambda route: route.fulfill(status=403, body="no"))
    checked(page)
    card = page.locator("[data-probe=save]")
    expect(card).to_contain_text("It was refused (403).")
    expect(card).to_contain_text("POST requests with JSON")


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("delete window.indexedDB", {"storage"}),
        (
            "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no', "
            "'SecurityError'); }})",
            {"storage"},
        ),
        ("Object.defineProperty(navigator, 'serviceWorker', {value: undefined})", {"worker"}),
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", {"secure"}),
    ],
)
def test_what_the_browser_lacks_is_named(
    page_of: OpenPage, without: str, expected: set[str]
) -> None:
    page = page_of()
    page.add_init_script(f"try {{ {without} }} catch {{}}")
    page.add_init_script("delete Window.prototype.indexedDB" if "delete" in without else "")
    assert failed(page) == expected


def test_cookies_that_are_thrown_away_are_noticed(page_of: OpenPage) -> None:
    """The server says so when it did not get its cookie back."""
    page = page_of()

    def cookieless(route: Route) -> None:
        [sent] = route.request.post_data_json["pages"]
        saved = {"page": sent["page"], "seq": sent["seq"]}
        route.fulfill(json={"saved": [saved], "cookie": False})

    page.route("**/check/save/", cookieless)
    assert failed(page) == {"cookie"}


def test_without_script_it_says_so_and_offers_another_way(page_of: OpenPage) -> None:
    page = page_of(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto("/check/")
    expect(page.get_by_text("The checks have not begun.")).to_be_visible()
    expect(page.get_by_role("button", name="Check again")).to_be_hidden()
    page.get_by_role("link", name="a page to try").click()
    expect(page.get_by_role("heading", name="A page to try")).to_be_visible()


def test_a_lessons_own_worker_is_left_alone(page_of: OpenPage) -> None:
    page = page_of()
    checked(page)
    left = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
    assert left == 0
    stores = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert stores == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found] + ["wide"] * wide
