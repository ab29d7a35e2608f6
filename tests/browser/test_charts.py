"""Charts under a real keyboard and pointer, with the strict policy that the product serves."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from reports.charts import Chart, DotAgainstLine, DotRow, Moment, Trend, Trends
from reports.charts.figures import figure_html
from reports.charts.trends import axis_of

STATIC = Path(__file__).parents[2] / "census/static"
LABELS = ("All pupils", "Year 8, girls who receive free school meals", "Year 10")
PAGE = """<!doctype html><html lang="en-GB" class="govuk-template"><head><title>Charts</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/census/vendor/govuk-frontend-6.6.0.min.css">
<link rel="stylesheet" href="/static/census/site.css">
<link rel="stylesheet" href="/static/census/charts.css">
<script src="/static/census/charts.js" defer></script></head>
<body class="govuk-template__body"><main class="govuk-width-container">
<h1>Charts</h1>{figure}</main></body></html>"""


def dots() -> Chart:
    rows = tuple(DotRow(label, 30, 20, 40, 35, f"{label}: 30 in 100.") for label in LABELS)
    return DotAgainstLine("sleep", "About a third sleep enough", rows, "Your school", "All")


def changes() -> Chart:
    labels = (*LABELS, "Feel that they belong at school")
    rows = tuple(DotRow(label, -12, -18, -5, 0, f"{label}: down.") for label in labels)
    axis = {"floor": -30.0, "ceiling": 30.0, "unit": " points", "signed": True}
    return DotAgainstLine("moved", "Less sleep", rows, "Change", "None", **axis)  # type: ignore[arg-type]


GROUPS = ("Girls", "Not eligible for free school meals", "Year 8", "North locality", "Year 10")
DATES = ("October 2021", "June 2022", "October 2023", "September 2024", "October 2025")
DAYS = (0, 250, 730, 1080, 1460)
# Steep, flat, up and down; None: too few answers.
SHARES: tuple[tuple[float | None, ...], ...] = (
    (41, 44, 60, 52, 51),
    (52, 50, 48, 30, 35),
    (40, None, 62, 58, 57),
    (38, 38, 38, 39, 38),
    (67, 45, 66, 44, None),
)


def trends(panels: int, moments: int, *, less: float = 0) -> Chart:
    """`less` is taken from every share: gaps on both sides of nought."""
    when = list(zip(DATES, DAYS, strict=True))[:moments]
    groups = zip(GROUPS[:panels], SHARES, strict=False)
    found = tuple(
        Trend(
            group, tuple(told(group, *pair) for pair in zip(when, moved(row, less), strict=False))
        )
        for group, row in groups
    )
    ends = (end for panel in found for m in panel.moments for end in (m.low, m.high))
    floor, ceiling = axis_of(ends, within=None if less else (0, 100))
    look = {"floor": floor, "ceiling": ceiling, "unit": " points" if less else "%"}
    key = f"{'gap' if less else 'share'}-{panels}-{moments}"
    return Trends(key, f"Sleep {key}", found, "Sleep", signed=bool(less), **look)  # type: ignore[arg-type]


def moved(shares: tuple[float | None, ...], less: float) -> list[float | None]:
    return [None if share is None else share - less for share in shares]


def told(group: str, when: tuple[str, int], share: float | None) -> Moment:
    ends = (None, None) if share is None else (share - 6, share + 8)
    return Moment(*when, share, *ends, f"{group}, {when[0]}: {share}.")


@pytest.fixture
def open_charts(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page of charts, `width` pixels wide."""

    def opened(width: int, *charts: Chart) -> Page:
        def serve(route: Route) -> None:
            address = route.request.url.partition("census.test")[2]
            if address.startswith("/static/"):
                route.fulfill(path=STATIC / address.removeprefix("/static/"))
                return
            body = PAGE.format(figure="".join(map(figure_html, charts)))
            policy = {"Content-Security-Policy": "default-src 'self'"}
            route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=policy)

        context = new_context(viewport={"width": width, "height": 800})
        context.route("**/*", serve)
        page = context.new_page()
        page.goto("http://census.test/")
        return page

    return opened


@pytest.fixture
def chart_page(open_charts: Callable[..., Page]) -> Page:
    return open_charts(320, dots())


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


def test_arrows_walk_a_trend_by_panel_and_time(open_charts: Callable[..., Page]) -> None:
    chart = trends(2, 3)
    page = open_charts(390, chart)
    marks, words = page.locator(".mark"), page.locator(".chart-words")
    page.keyboard.press("Tab")
    for number, sentence in enumerate(chart.sentences()):
        expect(marks.nth(number)).to_be_focused()
        expect(words).to_have_text(sentence)
        page.keyboard.press("ArrowRight")
    expect(marks.first).to_be_focused()
    page.keyboard.press("End")
    expect(words).to_have_text("Not eligible for free school meals, October 2023: 48.")
    page.keyboard.press("Tab")
    expect(page.locator("summary")).to_be_focused()


def test_a_finger_finds_a_moment_beside_its_dot_and_one_that_is_not_shown(
    open_charts: Callable[..., Page],
) -> None:
    page = open_charts(390, trends(3, 3))
    words = page.locator(".chart-words")
    dot = page.locator(".mark .dot").first.bounding_box()
    assert dot
    page.mouse.move(dot["x"] - 6, dot["y"] + 12)
    expect(words).to_have_text("Girls, October 2021: 41.")
    page.locator(".plot .patterned").hover()
    expect(words).to_have_text("Year 8, June 2022: None.")


# Words over words, over a line or a dot, or off the page; of letters only what is ink.
CLASHES = """() => {
    const box = ({left, right, top, bottom}) =>
        ({left, right, top: top + (bottom - top) * .22, bottom: bottom - (bottom - top) * .22});
    const boxes = (node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].map(box);
    };
    const meet = (a, b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const along = (line) => [...Array(101).keys()].map((i) => {
        const at = line.getPointAtLength(line.getTotalLength() * i / 100);
        const {x, y} = at.matrixTransform(line.getScreenCTM());
        return {left: x, right: x, top: y, bottom: y};
    });
    const found = [];
    for (const figure of document.querySelectorAll(".chart-figure")) {
        const words = [...figure.querySelectorAll(".chart text, .panel-label")]
            .flatMap((node) => boxes(node).map((each) => [node, each]));
        words.forEach(([node, each], i) => {
            const say = (what) => found.push(`${figure.id}: ${node.textContent} ${what}`);
            if (each.left < 0 || each.right > innerWidth) say("is off the page");
            words.slice(0, i).forEach(([other, its]) => {
                if (node !== other && meet(each, its)) say(`is over ${other.textContent}`);
            });
            if (!node.matches(".point")) return;
            for (const line of figure.querySelectorAll(".chart-panel .trend"))
                if (along(line).some((at) => meet(each, at))) say("is over a line");
            for (const dot of figure.querySelectorAll(".chart-panel :is(.dot, .patterned)"))
                if (meet(each, dot.getBoundingClientRect())) say("is over a mark");
        });
    }
    return found;
}"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_word_of_a_trend_covers_another_or_a_line(
    open_charts: Callable[..., Page], width: int
) -> None:
    charts = [trends(*size) for size in product((1, 2, 4, 5), (2, 3, 5))]
    charts += [trends(2, moments, less=50) for moments in (2, 3, 5)]
    page = open_charts(width, *charts, changes())
    assert page.evaluate(CLASHES) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # And every number that is shown is there to be read.
    shown = [cell for chart in charts for row in chart.table()[1] for cell in row[1::2]]
    assert page.locator(".point").count() == len([cell for cell in shown if "few" not in cell])


def test_panels_stand_in_a_row_where_they_have_room(open_charts: Callable[..., Page]) -> None:
    def in_first_row(width: int, moments: int) -> int:
        page = open_charts(width, trends(4, moments))
        tops = [box["y"] for each in page.locator(".plot").all() if (box := each.bounding_box())]
        return tops.count(tops[0])

    assert [in_first_row(1280, moments) for moments in (2, 5)] == [2, 2]
    assert in_first_row(320, 5) == 1


def test_axe_finds_nothing_in_trends(open_charts: Callable[..., Page]) -> None:
    results = Axe().run(open_charts(390, trends(4, 3), trends(1, 2, less=50), changes()))
    assert results.violations_count == 0, results.generate_report()


def test_forced_colours_leave_every_word_and_line_to_be_seen(
    open_charts: Callable[..., Page],
) -> None:
    page = open_charts(390, trends(3, 3, less=50))
    page.emulate_media(forced_colors="active", color_scheme="dark")
    paint = "(nodes, kind) => [...new Set(nodes.map((node) => getComputedStyle(node)[kind]))]"
    white, black = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
    for words in (".tick", ".point", ".zero", ".plot .dot"):
        assert page.locator(words).evaluate_all(paint, "fill") == [white], words
    assert page.locator(".trend").evaluate_all(paint, "stroke") == [white]
    assert page.locator(".point").evaluate_all(paint, "stroke") == [black]
