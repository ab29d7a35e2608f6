"""Everybody can answer: axe, three themes, a narrow screen, big text, right to left, keyboard."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from surveys.actions.lessons import close_lesson, pause_lesson
from surveys.actions.translations import adopt_translation
from surveys.display import SIZES, THEMES
from tests.browser import pupils
from tests.classroom import Classroom

QUESTIONNAIRES = Path(__file__).resolve().parents[2] / "surveys" / "questionnaires"
NARROW = {"width": 320, "height": 640}  # also what is left of 1280 pixels at 400% zoom

OpenPage = Callable[..., Page]

# Everything that can be pressed and is smaller than 44 pixels; a button inside its label is
# pressed by the label. What is only there for readers has no place on the screen.
SMALL = """() => [...document.querySelectorAll("a, button, label.choice, input[type=text]")]
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.width && !each.closest(".visually-hidden, .skip-link"))
    .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
    .map(([each, box]) => `${each.textContent.trim()}: ${box.width} x ${box.height}`)"""
WIDE = """() => {
    const edge = document.documentElement.clientWidth + 0.5;
    return document.documentElement.scrollWidth <= edge ? [] : [...document.querySelectorAll("*")]
        .filter((each) => each.getBoundingClientRect().right > edge
            || each.getBoundingClientRect().left < -0.5)
        .filter((each) => !each.closest(".visually-hidden, .skip-link"))
        .map((each) => each.outerHTML.slice(0, 120));
}"""
EVERY = """(nth) => document.querySelectorAll("[data-page]")
    .forEach((each, place) => { each.hidden = Boolean(place % nth); })"""
# Where the focus is, and whether all of its place is to be seen.
FOCUS = """() => {
    const here = document.activeElement;
    const seen = here.closest("label.choice") || here;
    const box = seen.getBoundingClientRect();
    const inside = box.top >= -1 && box.bottom <= innerHeight + 1;
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const styled = [here, seen].some((each) => getComputedStyle(each).outlineStyle !== "none");
    return {
        type: here.type || "", name: here.name || "", value: here.value || "",
        text: here.textContent.trim(), go: here.dataset.go || "",
        checked: Boolean(here.checked), id: here.id,
        seen: inside && Boolean(top) && (seen.contains(top) || top.contains(seen)) && styled,
    };
}"""


def faults(page: Page, what: str) -> list[str]:
    found = Axe().run(page).response["violations"]
    lines = [f"{each['id']} {each['nodes'][0]['html'][:160]}" for each in found]
    return [f"{what}: {line}" for line in [*lines, *cramped(page)]]


def cramped(page: Page) -> list[str]:
    small = [f"small {each}" for each in page.evaluate(SMALL)]
    return small + [f"wide {each}" for each in page.evaluate(WIDE)][:3]


@pytest.fixture
def room(transactional_db: None) -> Classroom:
    return pupils.open_room()


@pytest.fixture
def core(transactional_db: None) -> Classroom:
    """One pupil in front of the whole questionnaire."""
    document = json.loads((QUESTIONNAIRES / "core.json").read_text(encoding="utf-8"))
    return pupils.open_room(1, document)


def wear(page: Page, look: str) -> None:
    cookie = {"name": "display", "value": look, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def seated(page_of: OpenPage, room: Classroom, look: str = "light-100") -> Page:
    page = page_of(viewport=NARROW)
    wear(page, look)
    pupils.sit_down(page, room, offline_too=False)
    return page


@pytest.mark.parametrize("theme", THEMES)
def test_every_state_of_a_page_is_accessible(
    page_of: OpenPage, room: Classroom, theme: str
) -> None:
    page = page_of(viewport=NARROW)
    found: list[str] = []
    for what in _states(page, room, f"{theme}-100"):
        expect(page.locator("html"), what).to_have_class(re.compile(f"theme-{theme} "))
        found += faults(page, what)
    assert found == []


def _states(page: Page, room: Classroom, look: str) -> Iterator[str]:
    """Take the page from one state to the next, telling which one it is in."""
    wear(page, look)
    page.goto("/go/")
    page.get_by_role("textbox").fill("wrong")
    page.get_by_role("button", name="Go on").click()
    yield "a wrong code"
    page.goto(f"/go/{room.slips[0].code}/")
    yield "before the start"
    page.goto("/lesson/display/")
    yield "display without script"
    pupils.sit_down(page, room, offline_too=False)
    yield "a page"
    pupils.press(page, "Next")
    yield "reminded"
    page.get_by_role("button", name="Help", exact=True).click()
    yield "help"
    page.get_by_role("button", name="Display", exact=True).click()
    yield "display"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Hide", exact=True).click()
    page.get_by_label("Type the last 4").fill("wrong")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not the end")
    yield "hidden"
    page.get_by_label("Type the last 4").fill(room.slips[0].code)
    page.get_by_role("button", name="Go on", exact=True).click()
    pupils.answer_all(page, ["p01", "p02"])
    pupils.answer(page, "p03", {"at_home": 10})
    pupils.press(page, "Next")
    expect(page.locator(".problem")).to_have_count(1)
    yield "a mistake"
    page.get_by_role("banner").get_by_role("button", name="Stop").click()
    pupils.press(page, "Stop")
    expect(pupils.shown(page).get_by_role("alert")).to_be_visible()
    yield "stopping, nothing chosen"
    pupils.press(page, "No, go on with the questions")
    pupils.answer_all(page, ["p03", "p05"])
    pupils.on(page, "end")
    yield "the end"
    pupils.press(page, "Send")
    pupils.all_sent(page)
    yield "sent"
    wear(page, look)  # it went with the pupil
    page.goto("/lesson/p01/")
    yield "turned away"
    page.goto(f"/go/{room.slips[1].code}/")
    page.goto("/lesson/p03/")
    page.locator("#at_home-typed").fill("10")
    page.get_by_role("button", name="Next", exact=True).click()
    yield "a mistake, page by page"
    page.goto("/lesson/stop/")
    yield "stopping, page by page"
    pause_lesson(lesson=room.lesson, by=None)
    page.goto("/lesson/p01/")
    yield "paused"
    close_lesson(lesson=room.lesson, by=None)
    page.goto("/lesson/p01/")
    yield "closed"
    page.goto("/lesson/done/")
    yield "done"


@pytest.mark.parametrize(("theme", "nth"), [("light", 1), ("cream", 6), ("dark", 6)])
def test_every_page_of_the_questionnaire_is_accessible(
    page_of: OpenPage, core: Classroom, theme: str, nth: int
) -> None:
    """All at once, for the time it takes: what axe finds on one page it finds among all."""
    page = seated(page_of, core, f"{theme}-100")
    expect(page.locator("html")).to_have_class(re.compile(f"theme-{theme} "))
    page.evaluate(EVERY, nth)
    assert page.locator("section.paper:visible").count() > 45 // nth
    assert faults(page, theme) == []


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]])
def test_big_words_fit_a_narrow_screen(page_of: OpenPage, core: Classroom, size: int) -> None:
    page = seated(page_of, core, f"light-{size}")
    expect(page.locator("html")).to_have_class(re.compile(f"size-{size} "))
    page.evaluate(EVERY, 1)
    page.get_by_role("button", name="Help", exact=True).click()
    assert cramped(page) == []


def test_from_right_to_left(page_of: OpenPage, core: Classroom) -> None:
    """Arabic: the page runs the other way, and nothing sticks out on either side."""
    words = json.loads((QUESTIONNAIRES / "core.ar.json").read_text(encoding="utf-8"))
    adopt_translation(questionnaire=core.wave.questionnaire, words=words, by=None)
    page = page_of(viewport=NARROW, locale="ar")
    pupils.sit_down(page, core, offline_too=False)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.evaluate(EVERY, 1)
    assert faults(page, "Arabic") == []
    row = page.locator("label.choice").nth(20)
    box, button = row.bounding_box(), row.locator("input").bounding_box()
    assert box
    assert button
    assert button["x"] > box["x"] + box["width"] / 2


def test_the_whole_questionnaire_by_keyboard_on_a_narrow_screen(
    page_of: OpenPage, core: Classroom
) -> None:
    """Tab, Space, arrows and Enter alone; the focus is always to be seen; nothing sticks out."""
    page = seated(page_of, core)
    given: dict[str, dict[str, Any]] = {}
    found: list[str] = []
    while (name := here(page)) != "end":
        found += [f"{name}: {line}" for line in cramped(page)]
        given[name], unseen = by_keyboard(page)
        found += [f"{name}: the focus is not to be seen on {each}" for each in unseen]
        page.keyboard.press("Enter")
        expect(page.locator(f"section[data-page={name}]")).to_be_hidden()
    assert found == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    pupils.all_sent(page)
    assert len(given) > 40
    assert pupils.stored(core).answers == given


def here(page: Page) -> str:
    return str(pupils.shown(page).get_attribute("data-page"))


def by_keyboard(page: Page) -> tuple[dict[str, Any], list[str]]:
    """Answer every question of the page and end on Next: the answers, and what was not seen."""
    answers: dict[str, Any] = {}
    unseen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not focus["seen"]:
            unseen.append(f"{focus['name']} {focus['value']} {focus['text'][:40]}")
        if focus["go"] == "next":
            return answers, unseen
        if focus["type"] == "radio":
            page.keyboard.press("ArrowDown")
            chosen = page.evaluate(FOCUS)
            answers[chosen["name"]] = int(chosen["value"])
        elif focus["type"] == "checkbox" and focus["name"] not in answers:
            page.keyboard.press("Space")
            answers[focus["name"]] = [int(focus["value"])]
        elif focus["type"] == "text" and re.search("-typed$", focus["id"]):
            typed = 100 - sum(each for each in answers.values() if isinstance(each, int)) % 101
            page.keyboard.type(str(typed))
            answers[focus["name"]] = typed
    raise AssertionError(f"Next was not reached on {here(page)}")
