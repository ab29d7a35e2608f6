"""An adult enters a pupil's answers: in the document, and page by page without script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from schools.models import School
from surveys.models import Response
from tests.browser import pupils
from tests.cast import build_cast
from tests.classroom import Classroom

BANNER = "Entered by an adult."
WIDTHS = (320, 1280)


@pytest.fixture
def room(transactional_db: None) -> Classroom:
    return pupils.open_room()


def enter(page: Page, room: Classroom, way: str) -> None:
    page.goto("/go/helper/")
    page.get_by_label(way).check()
    page.get_by_label("The code on the pupil’s slip or form").fill(room.slips[0].code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Before you start")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_paper_form_is_typed_in(
    page_of: Callable[..., Page], room: Classroom, script: bool
) -> None:
    page = page_of(java_script_enabled=script)
    enter(page, room, "I am typing in a paper form")
    expect(page.get_by_text(BANNER)).to_be_visible()
    page.get_by_role("link", name="I am happy to start").click()
    expect(page.get_by_text("Part 1 of 3")).to_be_visible()
    expect(page.get_by_text(BANNER)).to_be_visible()
    if script:
        pupils.answer_all(page, ["p01", "p02", "p03", "p05"])
        pupils.send(page)
        pupils.all_sent(page)
    else:
        page.get_by_role("button", name="Stop").click()
        page.get_by_label("Keep").check()
        page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("0800 1111").last).to_be_visible()
    kept = Response.objects.get()
    assert (kept.entered, kept.state) == ("paper", "submitted" if script else "stopped")
    nothing_is_left(page)


def nothing_is_left(page: Page) -> None:
    page.goto("/lesson/p01/")
    expect(page.get_by_text("Are you happy?")).to_have_count(0)
    seats = [each for each in page.context.cookies() if each["name"].startswith("seat-")]
    assert [each["value"] for each in seats] == ["ended"]


def test_a_pupil_is_not_told_of_an_adult(page_of: Callable[..., Page], room: Classroom) -> None:
    page = page_of()
    pupils.sit_down(page, room)
    expect(page.get_by_text(BANNER)).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_adults_page_for_everyone(
    page_of: Callable[..., Page], room: Classroom, width: int
) -> None:
    page = page_of(viewport={"width": width, "height": 800})
    page.goto("/go/helper/")
    clean(page)
    page.get_by_label("The code on the pupil’s slip or form").fill("222 222 2222")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how you help.")
    clean(page)
    page.get_by_label("I am sitting beside the pupil").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("That code does not work.")
    clean(page)
    enter(page, room, "I am sitting beside the pupil")
    clean(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_printing_a_form(page_of: Callable[..., Page], room: Classroom, width: int) -> None:
    other = School.objects.create(authority=room.school.authority, key="100002", name="Birch")
    cast = build_cast(room.school.authority, room.school, other)
    page = page_of(cast.teacher_a, viewport={"width": width, "height": 800})
    page.goto(f"/lessons/{room.lesson.pk}/")
    page.get_by_role("link", name="The questions on paper").click()
    clean(page)
    page.get_by_label("Size of print").select_option("large")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the form").click()
    assert download.value.suggested_filename == "paper.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
