"""Charts under a real keyboard and pointer, with the strict policy that the product serves."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from reports.charts import DotAgainstLine, DotRow
from reports.charts.figures import figure_html

STATIC = Path(__file__).parents[2] / "census/static"
LABELS = ("All pupils", "Year 8, girls who receive free school meals", "Year 10")
PAGE = """<!doctype html><html lang="en-GB"><head><title>Charts</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/census/vendor/govuk-frontend-6.6.0.min.css">
<link rel="stylesheet" href="/static/census/site.css">
<link rel="stylesheet" href="/static/census/charts.css">
<script src="/static/census/charts.js" defer></script></head>
<body><main class="govuk-width-container"><h1>Charts</h1>{figure}</main></body></html>"""


def serve(route: Route) -> None:
    address = route.request.url.partition("census.test")[2]
    if address.startswith("/static/"):
        route.fulfill(path=STATIC / address.removeprefix("/static/"))
        return
    rows = tuple(DotRow(label, 30, 20, 40, 35, f"{label}: 30 in 100.") for label in LABELS)
    chart = DotAgainstLine("sleep", "About a third sleep enough", rows, "Your school", "All")
    figure = figure_html(chart)
    policy = {"Content-Security-Policy": "default-src 'self'"}
    route.fulfill(body=PAGE.format(figure=figure), content_type="text/html", headers=policy)


@pytest.fixture
def chart_page(new_context: Callable[..., BrowserContext]) -> Page:
    context = new_context(viewport={"width": 320, "height": 800})
    context.route("**/*", serve)
    page = context.new_page()
    page.goto("http://census.test/")
    return page


def test_one_tab_stop_then_arrows_and_the_same_words_on_the_screen(chart_page: Page) -> None:
    marks, words = chart_page.locator(".mark"), chart_page.locator(".chart-words")
    chart_page.keyboard.press("Tab")
    expect(marks.nth(0)).to_be_focused()
    expect(words).to_have_text(f"{LABELS[0]}: 30 in 100.")
    chart_page.keyboard.press("ArrowUp")
    expect(marks.nth(2)).to_be_focused()
    expect(words).to_have_text(f"{LABELS[2]}: 30 in 100.")
    chart_page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    chart_page.keyboard.press("Tab")
    expect(chart_page.locator("summary")).to_be_focused()
    chart_page.keyboard.press("Shift+Tab")
    expect(marks.nth(2)).to_be_focused()


def test_the_pointer_shows_the_words_and_may_rest_on_them(chart_page: Page) -> None:
    words = chart_page.locator(".chart-words")
    chart_page.locator(".mark").nth(1).hover()
    expect(words).to_have_text(f"{LABELS[1]}: 30 in 100.")
    words.hover()
    expect(words).to_be_visible()
    chart_page.locator("h1").hover()
    expect(words).to_be_hidden()


def test_nothing_runs_off_a_narrow_screen_and_axe_finds_nothing(chart_page: Page) -> None:
    assert chart_page.evaluate("document.documentElement.scrollWidth") == 320
    results = Axe().run(chart_page)
    assert results.violations_count == 0, results.generate_report()
