"""Help, Display and Hide on the pupil's pages, in a real browser, also with no network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from surveys.codes import shown as printed
from tests.browser import pupils
from tests.classroom import Classroom

OpenPage = Callable[..., Page]
NEUTRAL = {"display", "screen", "seat", "csrftoken", "language"}


@pytest.fixture
def room(transactional_db: None) -> Classroom:
    return pupils.open_room()


@pytest.fixture
def page(page_of: OpenPage, room: Classroom) -> Page:
    """The first question of the document, with the first pupil in front of it."""
    page = page_of(viewport={"width": 390, "height": 844})
    pupils.sit_down(page, room)
    return page


def tool(page: Page, name: str) -> object:
    return page.get_by_role("banner").get_by_role("button", name=name, exact=True)


def hide(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()


def come_back(page: Page, symbols: str) -> None:
    page.get_by_label("Type the last 4 letters or numbers").fill(symbols)
    page.get_by_role("button", name="Go on", exact=True).click()


def root_classes(page: Page) -> set[str]:
    return set(page.evaluate("document.documentElement.className").split())


def test_help_opens_without_leaving_and_without_a_network(page: Page) -> None:
    page.locator("label:has(#happy-1)").click()
    page.context.set_offline(True)
    tool(page, "Help").click()
    panel = page.get_by_role("region", name="Help")
    expect(panel).to_be_focused()
    expect(panel.get_by_text("Put your hand up")).to_be_visible()
    expect(panel.get_by_text("0800 1111")).to_be_visible()
    question = page.locator("#happy").bounding_box()
    covering = panel.bounding_box()
    assert question
    assert covering
    assert question["y"] >= covering["y"] + covering["height"]
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(tool(page, "Help")).to_be_focused()
    expect(page.locator("#happy-1")).to_be_checked()


def test_a_link_among_buttons_answers_to_space_and_only_one_panel_is_open(page: Page) -> None:
    tool(page, "Help").focus()
    page.keyboard.press("Space")
    expect(tool(page, "Help")).to_have_attribute("aria-expanded", "true")
    tool(page, "Display").click()
    expect(tool(page, "Help")).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("region", name="Help")).to_be_hidden()
    page.get_by_role("region", name="Display").get_by_role("button", name="Close").click()
    expect(tool(page, "Display")).to_be_focused()


def test_the_look_changes_at_once_stays_and_goes_with_the_pupil(
    page: Page, room: Classroom
) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    ground = "getComputedStyle(document.body).backgroundColor"
    usual, light = page.evaluate(size), page.evaluate(ground)
    tool(page, "Display").click()
    page.get_by_label("Dark").check()
    page.get_by_label("150").check()
    assert page.evaluate(size) == pytest.approx(usual * 1.5)
    assert page.evaluate(ground) != light
    page.reload()
    pupils.on(page, "p01")
    assert page.evaluate(size) == pytest.approx(usual * 1.5)
    tool(page, "Display").click()
    expect(page.get_by_label("Dark")).to_be_checked()
    names = {each["name"].partition("-")[0] for each in page.context.cookies()}
    assert names <= NEUTRAL
    assert all(
        each["expires"] == -1 for each in page.context.cookies() if each["name"] == "display"
    )
    pupils.answer_all(page, list(pupils.ANSWERS))
    pupils.send(page)
    pupils.all_sent(page)
    assert {"theme-dark", "size-150"} <= root_classes(page)
    page.goto("/go/")
    assert {"theme-light", "size-100"} <= root_classes(page)


def test_the_look_without_script_loses_no_answer(page_of: OpenPage, room: Classroom) -> None:
    page = page_of(java_script_enabled=False)
    page.goto(f"/go/{room.slips[0].code}/")
    page.goto("/lesson/p01/")
    page.locator("label:has(#happy-2)").click()
    page.get_by_role("button", name="Display").click()
    page.get_by_label("Cream").check()
    page.get_by_label("200").check()
    page.get_by_role("button", name="Use this").click()
    expect(page.locator("html")).to_have_class("theme-cream size-200")
    assert page.url.endswith("/lesson/p01/")
    expect(page.locator("#happy-2")).to_be_checked()
    expect(page.get_by_role("button", name="Hide")).to_be_hidden()


def test_help_without_script(page_of: OpenPage, room: Classroom) -> None:
    page = page_of(java_script_enabled=False)
    page.goto(f"/go/{room.slips[0].code}/")
    page.goto("/lesson/p01/")
    expect(page.get_by_text("0800 1111")).to_be_hidden()
    page.get_by_role("link", name="Help").click()
    expect(page.get_by_text("0800 1111")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_text("0800 1111")).to_be_hidden()


def test_a_hidden_screen_shows_nothing_to_eye_keyboard_or_reader(
    page: Page, room: Classroom
) -> None:
    page.locator("label:has(#happy-1)").click()
    page.context.set_offline(True)
    page.locator("#happy-1").focus()
    hide(page)
    assert page.title() == "Paused"
    read = page.locator("body").aria_snapshot()
    assert "Paused" in read
    for secret in ("happy", "Part 1", "Saved", "Help", "Stop"):
        assert secret not in read
        assert secret not in page.locator("body").inner_text()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || "
            "document.activeElement.closest('.curtain') !== null"
        )
    code = room.slips[0].code
    come_back(page, "2222" if code[-4:] != "2222" else "3333")
    expect(page.get_by_role("alert")).to_contain_text("not the end of your code")
    come_back(page, code[:4])
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    come_back(page, f" {code[-4:].lower()}")
    pupils.on(page, "p01")
    expect(page.locator("#happy-1")).to_be_focused()
    expect(page.locator("#happy-1")).to_be_checked()
    assert page.title() == "Your lesson"


def test_hidden_stays_hidden_over_a_reload_and_in_another_tab(page: Page, room: Classroom) -> None:
    tool(page, "Hide").click()
    page.context.set_offline(True)
    page.reload()
    other = page.context.new_page()
    for each in (page, other):
        if each is other:
            each.goto(page.url)
        expect(each.get_by_role("heading", name="Paused")).to_be_visible()
        expect(each.get_by_role("button", name="Next")).to_have_count(0)
    come_back(page, printed(room.slips[0].code))
    pupils.on(page, "p01")
    expect(page.get_by_role("button", name="Next")).to_be_visible()


def test_the_whole_code_is_always_a_way_back(page: Page, room: Classroom) -> None:
    hide(page)
    page.goto("/lesson/stop/")
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    page.get_by_role("link", name="Type your whole code").click()
    page.get_by_label("The code on your slip").fill(room.slips[0].code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Before you start")).to_be_visible()


def test_looking_at_the_code_page_opens_nothing(page: Page) -> None:
    hide(page)
    page.goto("/go/")
    page.go_back()
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()


def test_one_escape_closes_a_panel_and_hides_nothing(page: Page) -> None:
    tool(page, "Help").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Help")).to_be_hidden()
    expect(page.get_by_role("heading", name="Start")).to_be_visible()
    assert "screen-hidden" not in root_classes(page)
