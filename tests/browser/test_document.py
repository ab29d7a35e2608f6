"""The document of all pages in a real browser: one lesson, its way, its kindness, its weight."""

import re
from collections.abc import Callable
from copy import deepcopy

import pytest
from playwright.sync_api import Page, expect

from surveys.actions.lessons import close_lesson, pause_lesson, start_lesson
from surveys.models import Response
from tests.browser import pupils
from tests.classroom import DOCUMENT, Classroom


@pytest.fixture
def room(transactional_db: None) -> Classroom:
    return pupils.open_room()


def test_a_whole_lesson(page_of: Callable[..., Page], room: Classroom) -> None:
    page = page_of(viewport={"width": 390, "height": 844})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    ledger = pupils.Ledger(page.context)
    pupils.sit_down(page, room)
    pupils.answer_all(page, ["p01", "p02", "p03", "p05"])
    pupils.says(page, "Saved")
    pupils.send(page)
    pupils.all_sent(page)
    expect(page.get_by_text("0800 1111").last).to_be_visible()
    found = pupils.stored(room)
    assert found.answers == pupils.ANSWERS
    assert found.state == "submitted"
    ledger.check()
    assert faults == []


@pytest.fixture
def page(page_of: Callable[..., Page], room: Classroom) -> Page:
    return page_of(viewport={"width": 390, "height": 844})


def test_one_gentle_reminder_a_page(page: Page, room: Classroom) -> None:
    pupils.sit_down(page, room)
    pupils.answer(page, "p01", {"happy": 1})
    pupils.press(page, "Next")
    reminder = page.get_by_role("link", name="You missed one. You can answer it or go on.")
    expect(reminder).to_be_visible()
    pupils.on(page, "p01")
    reminder.click()
    expect(page.locator("#travels-1")).to_be_focused()
    pupils.press(page, "Next")
    pupils.on(page, "p03")
    pupils.press(page, "Back")
    pupils.on(page, "p01")
    pupils.press(page, "Next")
    pupils.on(page, "p03")  # not twice on one page
    pupils.press(page, "Next")
    some = page.get_by_role("link", name="You missed some. You can answer them or go on.")
    expect(some).to_be_visible()
    pupils.press(page, "Next")
    pupils.on(page, "p05")
    assert pupils.stored(room).answers["p01"] == {"happy": 1}


def test_no_reminder_on_a_sensitive_page(
    page_of: Callable[..., Page], transactional_db: None
) -> None:
    document = deepcopy(DOCUMENT)
    document["pages"][0]["sensitive"] = True
    page, room = page_of(), pupils.open_room(document=document)
    pupils.sit_down(page, room, offline_too=False)
    pupils.press(page, "Next")
    pupils.on(page, "p03")


def test_a_number_that_does_not_fit_is_said_and_kept_in_the_form(
    page: Page, room: Classroom
) -> None:
    pupils.sit_down(page, room)
    pupils.answer(page, "p01", {"happy": 1, "travels": 2})
    pupils.press(page, "Next")
    for typed, said in (
        ((60, 30), "add up to 100. They add up to 90 now."),
        ((60, ""), "fill in both numbers, or leave both empty."),
        (("a lot", 30), "Please give a percentage from the ones allowed."),
    ):
        pupils.answer(page, "p03", {"at_home": typed[0], "at_school": typed[1]})
        pupils.press(page, "Next")
        expect(page.locator("[data-page=p03] [role=alert]")).to_contain_text(said)
        field = page.locator("#at_home-typed")
        expect(field).to_have_accessible_description(re.compile(re.escape(said)))
        expect(field).to_have_value(str(typed[0]))
        pupils.on(page, "p03")
    pupils.answer(page, "p03", {"at_home": 60, "at_school": 40})
    pupils.press(page, "Next")
    pupils.on(page, "p05")


def test_a_changed_answer_closes_the_branch_behind_it(page: Page, room: Classroom) -> None:
    pupils.sit_down(page, room)
    pupils.answer_all(page, ["p01", "p02"])
    pupils.on(page, "p03")
    pupils.press(page, "Back")
    pupils.on(page, "p02")
    pupils.press(page, "Back")
    pupils.answer(page, "p01", {"happy": 1, "travels": 2})
    pupils.press(page, "Next")
    pupils.on(page, "p03")


def test_where_i_am_is_said_and_the_browsers_own_buttons_work(page: Page, room: Classroom) -> None:
    pupils.sit_down(page, room)
    expect(page.locator("[data-part]")).to_have_text("Part 1 of 3")
    pupils.answer(page, "p01")
    page.evaluate("location.hash = '#p05'")  # not come so far yet
    pupils.answer_all(page, ["p02"])
    pupils.on(page, "p03")
    expect(page.locator("[data-part]")).to_have_text("Part 2 of 3")
    assert page.url.endswith("#p03")
    page.go_back()
    pupils.on(page, "p02")
    expect(page.locator("#how-3")).to_be_checked()
    page.go_forward()
    pupils.on(page, "p03")
    assert page.title() == "Your lesson"


@pytest.mark.parametrize(
    ("choice", "state", "left"), [("keep", "stopped", 1), ("delete", "withdrawn", 0)]
)
def test_stopping(page: Page, room: Classroom, choice: str, state: str, left: int) -> None:
    pupils.sit_down(page, room)
    pupils.answer_all(page, ["p01"])
    pupils.answer(page, "p02")
    page.get_by_role("button", name="Stop", exact=True).click()
    pupils.on(page, "stop")
    pupils.press(page, "Stop")
    expect(page.get_by_role("link", name="Please choose what happens")).to_be_visible()
    pupils.press(page, "No, go on with the questions")
    pupils.on(page, "p02")
    expect(page.locator("#how-3")).to_be_checked()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.locator(f"label[for={choice}]").click()
    pupils.press(page, "Stop")
    pupils.all_sent(page)
    found = pupils.stored(room)
    assert found.state == state
    assert found.answers == {key: pupils.ANSWERS[key] for key in ("p01", "p02") if left}


def test_a_pause_is_shown_and_ends_by_itself(page: Page, room: Classroom) -> None:
    pupils.sit_down(page, room)
    pupils.answer_all(page, ["p01"])
    pupils.says(page, "Saved")  # whatever asks for the lesson's state has had its answer
    pause_lesson(lesson=room.lesson, by=None)
    pupils.answer_all(page, ["p02"])
    pupils.on(page, "paused")
    assert pupils.stored(room).answers == {key: pupils.ANSWERS[key] for key in ("p01", "p02")}
    start_lesson(lesson=room.lesson, minutes=10, by=None)
    expect(pupils.shown(page)).to_have_attribute("data-page", "p03", timeout=15_000)


def test_a_closed_lesson_is_said_kindly(page: Page, room: Classroom) -> None:
    pupils.sit_down(page, room)
    pupils.answer_all(page, ["p01"])
    pupils.says(page, "Saved")
    close_lesson(lesson=room.lesson, by=None)
    pupils.answer_all(page, ["p02"])
    pupils.on(page, "closed")
    expect(page.get_by_text("Some of your answers could not be sent in time.")).to_be_visible()
    assert set(pupils.stored(room).answers) == {"p01"}


@pytest.mark.parametrize("rotation", [0, 1])
def test_sections_come_in_the_order_of_the_response(
    page_of: Callable[..., Page], transactional_db: None, rotation: int
) -> None:
    document = {**DOCUMENT, "rotating": ["Middle", "End"]}
    page, room = page_of(), pupils.open_room(document=document)
    page.goto(f"/go/{room.slips[0].code}/")
    Response.objects.update(rotation=rotation)
    pupils.sit_down(page, room, offline_too=False)
    pupils.answer(page, "p01", {"happy": 1, "travels": 2})
    for name in (["p03", "p05"], ["p05", "p03"])[rotation]:
        pupils.press(page, "Next")
        pupils.answer(page, name)
    pupils.press(page, "Next")
    pupils.on(page, "end")


def test_the_signs_of_how_it_was_answered_come_along(page: Page, room: Classroom) -> None:
    pupils.sit_down(page, room)
    pupils.answer(page, "p01")
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('lesson:sign',"
        " { detail: { name: 'aloud', value: 'happy' } }))"
    )
    page.context.route(pupils.SAVE, pupils.cut, times=1)
    pupils.press(page, "Next")
    pupils.says(page, "Saved")
    pupils.answer_all(page, ["p02", "p03", "p05"])
    pupils.send(page)
    pupils.all_sent(page)
    _, signs = pupils.stored(room).pages["about"]
    assert (signs["device"], signs["language"], signs["aloud"]) == ("computer", "en-GB", 1)
    assert signs["waits"] == 1
    assert set(signs["seconds"]) == {"p01", "p02", "p03", "p05"}
    assert all(0 <= spent < 60 for spent in signs["seconds"].values())
