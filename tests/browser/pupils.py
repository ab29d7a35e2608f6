"""Pupils at real browsers: how they answer, and what their browsers were told was saved."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from schools.keys import read_key
from schools.models import Authority, School
from surveys.models import Response, SealedPage
from surveys.sealing import code_digest, open_answers, unwrap_for_analysis
from tests.classroom import DOCUMENT, Classroom, build_classroom

OpenPage = Callable[..., Page]
SAVE = "**/lesson/save/"
NETWORK = "**/lesson/*/"

# What a pupil of the tiny classroom does on each page, in order (Year 8 is not asked p04).
ANSWERS: dict[str, dict[str, Any]] = {
    "p01": {"happy": 1, "travels": 1},
    "p02": {"how": [1, 3]},
    "p03": {"at_home": 60, "at_school": 40},
    "p05": {"days": 5},
}


def open_room(pupils: int = 4, document: dict[str, Any] = DOCUMENT) -> Classroom:
    authority = Authority.objects.create(code="E09000099", name="Exampleham")
    school = School.objects.create(authority=authority, key="100001", name="Ash", estab="3114001")
    return build_classroom(authority, school, pupils=pupils, document=document)


# The browser tells the ledger before its own script hears of the acknowledgement.
TELL = """(() => {
    const real = self.fetch;
    self.fetch = async (address, options) => {
        const answer = await real(address, options);
        if (!String(address).endsWith('/lesson/save/') || !answer.ok) return answer;
        const said = await answer.clone().json().catch(() => ({}));
        const seat = options.headers['X-Seat'];
        if (said.saved) await self.tellLedger(seat, JSON.parse(options.body).pages);
        return answer;
    };
})()"""


class Ledger:
    """Every save that a browser was told is committed: (seat, page) -> {seq: answers}."""

    def __init__(self, context: BrowserContext) -> None:
        self.acknowledged: dict[tuple[str, str], dict[int, Any]] = {}
        context.expose_function("tellLedger", self._told)
        context.add_init_script(TELL)

    def _told(self, seat: str, pages: list[dict[str, Any]]) -> None:
        for page in pages:
            rows = self.acknowledged.setdefault((seat, page["page"]), {})
            rows[page["seq"]] = page["answers"]

    def check(self) -> None:
        """Nothing that was acknowledged is lost, and nothing older stands in its place."""
        assert self.acknowledged
        stored = {(r.tag, page): row for r in everything() for page, row in r.pages.items()}
        for place, rows in self.acknowledged.items():
            seq, answers = stored[place]
            assert seq >= max(rows), f"{place}: stored {seq}, acknowledged {max(rows)}"
            assert rows.get(seq, answers) == answers, place


class Opened:
    """A response as the analysis key opens it: pages of (seq, answers)."""

    def __init__(self, response: Response) -> None:
        from surveys.actions.responses import tag_of

        private = read_key("ANALYSIS_PRIVATE_KEY")
        context = response.pk.hex
        key = unwrap_for_analysis(private, bytes(response.analysis_wrap), context=context)
        rows = SealedPage.objects.filter(response=response)
        self.tag = tag_of(response.pk)
        self.state = response.state
        self.pages = {
            row.page: (row.seq, open_answers(key, bytes(row.sealed), context=row.context))
            for row in rows
        }

    @property
    def answers(self) -> dict[str, Any]:
        return {page: answers for page, (_, answers) in self.pages.items() if page != "about"}


def everything() -> list[Opened]:
    return [Opened(response) for response in Response.objects.all()]


def stored(room: Classroom, number: int = 0) -> Opened:
    digest = code_digest(room.slips[number].code, read_key("CODE_PEPPER"))
    return Opened(Response.objects.get(code__digest=digest))


def sit_down(page: Page, room: Classroom, number: int = 0, *, offline_too: bool = True) -> None:
    """From the code to the first question of the document, kept for a network that goes away."""
    page.goto(f"/go/{room.slips[number].code}/")
    start = page.locator("a[data-document]")
    if offline_too:
        kept(page)
    start.click()
    # The document stands on "One moment" until it knows whose seat this is.
    page.locator("section[data-page]:not([hidden]):not([data-page=wait])").wait_for()
    expect(shown(page).locator("h1")).to_be_focused()


# Playwright's own waiting takes the promise of an answer for a yes.
UNTIL = """async (given) => {
    const end = Date.now() + 20000;
    while (!(await (CONDITION)(given))) {
        if (Date.now() > end) throw new Error('still not so after 20 seconds');
        await new Promise((go) => setTimeout(go, 50));
    }
}"""


def until(page: Page, condition: str, given: Any = None) -> None:
    """Wait until a script that asks the browser's stores says yes."""
    page.evaluate(UNTIL.replace("CONDITION", condition), given)


def kept(page: Page) -> None:
    """Wait until the worker holds the document."""
    until(
        page,
        """async () => {
            const names = (await caches.keys()).filter((name) => name.startsWith('lesson-'));
            const stores = await Promise.all(names.map((name) => caches.open(name)));
            const keys = (await Promise.all(stores.map((store) => store.keys()))).flat();
            return keys.some(({ url }) => url.includes('/lesson/all/'))
                && navigator.serviceWorker.controller;
        }""",
    )


def on_device(page: Page) -> None:
    """Wait until everything that the page began to keep lies on the device."""
    page.wait_for_function(
        """() => {
            const times = (name) => performance.getEntriesByName(name).length;
            return times('lesson-keeping') === times('lesson-kept');
        }"""
    )


def shown(page: Page) -> Any:
    return page.locator("section[data-page]:not([hidden])")


def on(page: Page, name: str) -> None:
    expect(shown(page)).to_have_attribute("data-page", name)


def answer(page: Page, name: str, answers: dict[str, Any] | None = None) -> None:
    """Fill in one page as a pupil does; the page stays."""
    on(page, name)
    for key, value in (ANSWERS[name] if answers is None else answers).items():
        typed = page.locator(f"#{key}-typed")
        if typed.count():
            typed.fill(str(value))
            continue
        for code in value if isinstance(value, list) else [value]:
            page.locator(f"label:has(#{key}-{code})").click()


def press(page: Page, name: str) -> None:
    shown(page).get_by_role("button", name=name, exact=True).click()


def answer_all(page: Page, names: list[str]) -> None:
    for name in names:
        answer(page, name)
        press(page, "Next")


def send(page: Page) -> None:
    on(page, "end")
    press(page, "Send")


def all_sent(page: Page) -> None:
    expect(page.get_by_text("All sent. You can close this page now.")).to_be_visible()


def says(page: Page, word: str) -> None:
    expect(page.locator("[data-saved]")).to_have_text(word)


def cut(route: Route) -> None:
    """The network is away."""
    route.abort("connectionfailed")


def lose_the_answer(route: Route) -> None:
    """The server commits, and what it says never arrives."""
    route.fetch()
    route.abort("connectionreset")
