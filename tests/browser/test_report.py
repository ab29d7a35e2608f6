"""A school's report under a real keyboard: groups and topics swapped in, and the paper it makes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from reports.models import Build
from schools.models import Authority, School
from tests import released
from tests.cast import Cast, build_cast

STATUS = "#report-size"
BOYS = "//nav[@id='filters']//a[text()='Boys']"


@pytest.fixture
def build(transactional_db: None) -> Build:
    return released.store()


@pytest.fixture
def cast(build: Build) -> Cast:
    one, two = School.objects.filter(key__in=("100001", "100002"))
    return build_cast(Authority.objects.get(code=released.BOROUGH), one, two)


@pytest.fixture
def report(page_of: Callable[..., Page], cast: Cast) -> Iterator[Page]:
    """The report of Alder School. Nothing may be refused by the policy, and nothing may fail."""
    faults: list[str] = []
    page = page_of(cast.lead_a, viewport={"width": 1280, "height": 800})
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("/reports/oakmere-2026/100001/")
    page.evaluate("window.stayed = true")
    yield page
    assert [each for each in faults if "404" not in each] == []


def test_a_filter_swaps_the_figures_and_history_walks_back_and_forth(report: Page) -> None:
    all_pupils = report.inner_text(STATUS)
    report.locator(BOYS).focus()
    report.keyboard.press("Enter")
    expect(report.locator(STATUS)).to_contain_text("Boys")
    expect(report.locator(STATUS)).to_have_role("status")
    expect(report.locator(BOYS)).to_be_focused()
    expect(report.locator(BOYS)).to_have_attribute("aria-current", "true")
    expect(report.locator("#report .chart-figure").first).to_contain_text("Your boys")
    assert report.url.endswith("?sex=M")
    assert report.title().startswith("Boys, Alder School")
    report.go_back()
    expect(report.locator(STATUS)).to_have_text(all_pupils)
    expect(report.locator("#report .chart-figure").first).to_contain_text("Your pupils")
    report.go_forward()
    expect(report.locator(STATUS)).to_contain_text("Boys")
    # All on one page, and nothing of it left behind for whoever uses this browser next.
    assert report.evaluate("window.stayed")
    kept = report.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage)]")
    assert not [text for text in kept if "pupils" in text]


def test_somebody_signed_out_meanwhile_is_shown_nothing_more(report: Page) -> None:
    report.context.clear_cookies()
    with report.expect_navigation():
        report.locator(BOYS).click()
    assert "Alder School" not in report.inner_text("body")


def test_a_topic_opens_in_its_place_and_the_arrow_keys_reach_every_mark(report: Page) -> None:
    link = report.locator(".topic-more a").filter(has_text="Sleep")
    topic = report.locator("#topic-sleep-topic, #topic-sleep_topic")
    link.focus()
    report.keyboard.press("Enter")
    whole = topic.locator(".topic-whole")
    expect(whole).to_be_focused()
    assert report.url.endswith("/100001/")
    figures = whole.locator(".chart-figure")
    assert figures.count() > 1
    for figure in figures.all():
        marks, words = figure.locator(".mark"), figure.locator(".chart-words")
        report.keyboard.press("Tab")
        for number in range(marks.count()):
            mark = marks.nth(number)
            expect(mark).to_be_focused()
            expect(words).to_have_text(mark.get_attribute("aria-label") or "none")
            report.keyboard.press("ArrowDown")
        expect(marks.first).to_be_focused()
        report.keyboard.press("Tab")
        expect(figure.locator("summary")).to_be_focused()


def test_paper_has_the_charts_and_reasons_and_none_of_the_navigation(report: Page) -> None:
    report.emulate_media(media="print")
    for gone in ("#filters", ".report-contents", ".report-files", ".topic-more >> nth=0"):
        expect(report.locator(gone)).to_be_hidden()
    assert report.locator(".finding svg.chart").count() > 4
    expect(report.locator("#took-part .reasons li").first).to_be_visible()
    broken = "n => getComputedStyle(n).breakInside"
    assert report.locator(".chart-figure").first.evaluate(broken) == "avoid"
