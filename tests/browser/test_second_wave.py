"""What has changed, under a real keyboard: each page of a second wave, and each state of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from schools.models import Authority, School, User
from tests import released
from tests.browser.test_results import OPEN_ALL, looked_at
from tests.cast import build_cast

REPORT = "/reports/oakmere-2026/100003/"
RESULTS = "/results/oakmere-2026/"
PUBLIC = [
    RESULTS,
    f"{RESULTS}?topic=sleep_topic",
    f"{RESULTS}locality/north/",
    f"{RESULTS}ward/W0/",
    f"{RESULTS}locality/north/?with=locality/south",
    "/method/",
    "/releases/",
]
# Marks whose chart has not exactly one place for the Tab key to stop at.
STOPS = """figures => figures.filter(one => one.querySelector('.mark')
    && one.querySelectorAll('.mark[tabindex="0"]').length !== 1).map(one => one.id)"""


@pytest.fixture
def lead(transactional_db: None) -> User:
    """The lead of Cedar School."""
    released.store_second()
    three, two = School.objects.filter(key__in=("100003", "100002")).order_by("-key")
    return build_cast(Authority.objects.get(code=released.BOROUGH), three, two).lead_a


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_a_second_wave_are_accessible(
    page_of: Callable[..., Page], lead: User, width: int
) -> None:
    faults: list[str] = []
    own = [REPORT, f"{REPORT}?sex=F", f"{REPORT}topics/sleep_topic/"]
    for user, addresses in ((lead, own), (None, PUBLIC)):
        page = page_of(user, viewport={"width": width, "height": 800})
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            page.evaluate(OPEN_ALL)
            faults += looked_at(page)
    assert faults == []


def test_every_state_of_a_report_is_accessible(page_of: Callable[..., Page], lead: User) -> None:
    page = page_of(lead, viewport={"width": 390, "height": 800})
    page.goto(REPORT)
    page.evaluate(OPEN_ALL)
    page.locator("#change .mark").first.focus()
    expect(page.locator("#change .chart-words").first).to_be_visible()
    faults = looked_at(page)
    page.locator("#filters a").filter(has_text="Boys").click()
    expect(page.locator("#report-size")).to_contain_text("Boys")
    page.evaluate(OPEN_ALL)
    faults += looked_at(page)
    page.locator(".topic-more a").filter(has_text="Sleep").click()
    expect(page.locator(".topic-whole")).to_be_focused()
    page.evaluate(OPEN_ALL)
    faults += looked_at(page)
    assert faults == []


@pytest.mark.parametrize("address", [REPORT, f"{REPORT}topics/sleep_topic/", *PUBLIC[:3]])
def test_the_keyboard_reaches_every_mark(
    page_of: Callable[..., Page], lead: User, address: str
) -> None:
    page = page_of(lead, viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.evaluate(OPEN_ALL)
    assert page.locator(".chart-figure").evaluate_all(STOPS) == []
    figures = page.locator(".chart-figure:has(.mark)").all()
    assert len(figures) > 2
    for figure in figures:
        marks, words = figure.locator(".mark"), figure.locator(".chart-words")
        figure.locator('.mark[tabindex="0"]').focus()
        for sentence in marks.evaluate_all("all => all.map(one => one.ariaLabel)"):
            expect(words).to_have_text(sentence)
            page.keyboard.press("ArrowDown")
        expect(marks.first).to_be_focused()
