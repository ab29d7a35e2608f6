"""Pupils' pages from right to left and with drawings, as Chromium shows them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from schools.models import Authority, School
from surveys.actions.responses import open_seat
from surveys.actions.translations import adopt_translation
from tests.classroom import Classroom, build_classroom

SHIPPED = Path(__file__).resolve().parents[2] / "surveys" / "questionnaires"
# A scale, a choice, ticks with something apart, a pair of percentages, five in a row.
KINDS_OF_PAGES = ("p01", "p14", "p16", "p19", "p29", "p30")

OpenPage = Callable[..., Page]


def room_of(key: str, authority: Authority, school: School) -> Classroom:
    room = build_classroom(authority, school, pupils=1, document=shipped(key))
    for language in ("cy", "ar"):
        words = shipped(f"{key}.{language}")
        adopt_translation(questionnaire=room.wave.questionnaire, words=words, by=None)
    return room


def shipped(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text("utf-8"))
    return found


def faults(page: Page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def test_a_pupil_chooses_arabic_and_answers_from_right_to_left(
    page_of: OpenPage, authority: Authority, school: School
) -> None:
    room = room_of("core", authority, school)
    page = page_of(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page.goto("/go/")
    page.get_by_role("button", name="العربية").click()
    page.get_by_role("textbox").fill(room.slips[0].code)
    page.get_by_role("button", name="تابع").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("قبل أن تبدأ")
    page.get_by_role("link", name="أنا موافق على البدء").click()
    page.get_by_role("radio", name="7", exact=True).check()
    page.get_by_role("button", name="التالي").click()
    expect(page).to_have_url(re.compile(r"/lesson/p02/$"))
    assert open_seat(room.seat(0)).answers_by_page()["p01"] == {"life_satisfaction": 7}


def test_pages_from_right_to_left_fit_a_small_screen_and_have_no_fault(
    page_of: OpenPage, authority: Authority, school: School
) -> None:
    room = room_of("core", authority, school)
    page = page_of(viewport={"width": 320, "height": 700}, locale="ar-EG")
    page.goto(f"/go/{room.slips[0].code}/")
    for address in ("/go/", "/lesson/", *(f"/lesson/{key}/" for key in KINDS_OF_PAGES)):
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert faults(page) == [], address
    box, words = page.get_by_role("radio").first, page.locator("label.choice span").first
    at, beside = box.bounding_box(), words.bounding_box()
    assert at is not None
    assert beside is not None
    assert at["x"] > beside["x"], "the button stands where reading begins"


def test_every_drawing_of_the_short_version_is_on_the_page(
    page_of: OpenPage, authority: Authority, school: School
) -> None:
    room = room_of("core-symbols", authority, school)
    page = page_of(viewport={"width": 320, "height": 700})
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"/go/{room.slips[0].code}/")
    for number in range(1, 11):
        page.goto(f"/lesson/p{number:02}/")
        drawings = page.locator("svg.symbol use")
        expect(drawings).to_have_count(4)
        for drawing in drawings.all():
            # What could not be fetched or is not in the file has no size.
            expect(drawing).to_be_visible()
            assert drawing.evaluate("use => use.getBBox().width") > 10
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(page) == []
    assert refused == []
