"""One real lesson in a real browser: slip, code, every page, reload, send, console, linkage."""

import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from reports import queries
from reports.actions.builds import request_build
from reports.disclosure.released import AnswersCell
from schools.keys import read_key
from schools.models import Authority, School, User
from surveys.actions.lessons import reissue
from surveys.actions.responses import PageSave, finish, save_pages, take_seat
from surveys.actions.waves import (
    adopt_questionnaire,
    open_wave,
    permit_stand_in_wording,
    set_up_wave,
)
from surveys.coding import NOT_ASKED, SKIPPED, coded
from surveys.definition import Item, Questionnaire
from surveys.frames import QUESTION, wave_frame
from surveys.models import Wave
from tests.cast import Cast
from tests.classroom import build_classroom, enrol

CORE = Path(__file__).resolve().parents[2] / "surveys" / "questionnaires" / "core.json"

# Answers that open some branches and leave others shut; the rest is the last answer shown.
CHOSEN: dict[str, Any] = {
    "bullied_times": 2,
    "vaping_often": 1,
    "carer": 1,
    "support_wanted": 1,
    "physical_days": 3,
    "life_satisfaction": 7,
    "bullied_how": [2, 4],
    "time_online": 30,
    "time_offline": 70,
}
SKIPPED_ON_PURPOSE = "lonely"
CLASS = 13  # more than ten others, so that the release can speak of them and of our pupil

OpenPage = Callable[..., Page]


@pytest.fixture
def wave(authority: Authority, school: School) -> Wave:
    enrol(authority, school, CLASS)
    document = json.loads(CORE.read_text(encoding="utf-8"))
    questionnaire = adopt_questionnaire(document=document, by=None)
    permit_stand_in_wording(questionnaire=questionnaire, by=None)
    wave = set_up_wave(
        authority=authority,
        key="spring",
        name="Spring",
        questionnaire=questionnaire,
        schools=[school],
        year_groups=[8],
        opens_on=date(2026, 3, 1),
        closes_on=date(2026, 7, 1),
        by=None,
    )
    open_wave(wave=wave, by=None)
    return wave


def test_one_real_lesson(page_of: OpenPage, cast: Cast, wave: Wave) -> None:
    teacher = page_of(cast.teacher_a)
    code = book(teacher)[0]
    start(teacher)

    # Page by page, as in a browser without script; test_document.py tells of the other way.
    pupil = page_of(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    pupil.goto("/go/")
    pupil.get_by_label("The code on your slip").fill(code)
    pupil.get_by_role("button", name="Go on").click()
    assert code.replace(" ", "") not in pupil.url
    pupil.get_by_role("link", name="I am happy to start").click()
    others = classmates_answer(wave)
    definition = wave.questionnaire.definition
    given = answer_all(pupil, definition, reload_at="p21")
    counted(teacher, under_way=1, finished=others)
    pupil.get_by_role("button", name="Send").click()
    expect(pupil.locator("main").get_by_text("0800 1111")).to_be_visible()
    pupil.goto("/lesson/p01/")
    expect(pupil.get_by_text("enter your code again")).to_be_visible()
    counted(teacher, under_way=0, finished=others + 1)

    close_and_link(page_of(cast.data_team))
    table = wave_frame(wave_now(wave), private_key=read_key("ANALYSIS_PRIVATE_KEY")).table
    assert len(table) == others + 1
    row = table[table[f"{QUESTION}{SKIPPED_ON_PURPOSE}"] == SKIPPED]
    assert len(row) == 1
    want = coded(definition, given, 8)
    got = {key: row[f"{QUESTION}{key}"].iloc[0] for key in want}
    assert got == want
    assert got["bullied_how__2"] == 1
    assert (got["vaping_why__1"], got["schoolwork_exams"]) == (NOT_ASKED, NOT_ASKED)
    released(wave, others)


def classmates_answer(wave: Wave) -> int:
    """Every other pupil with a code answers two questions, by the actions that pages call."""
    lesson = wave.lessons.get()
    free = lesson.codes.filter(response__isnull=True, replaced=False)
    for code in free:
        seat = take_seat(code=reissue(code=code, by=None).code)
        answers = {"p01": {"life_satisfaction": 7}, lonely_page(wave): {SKIPPED_ON_PURPOSE: 5}}
        save_pages(seat=seat, pages=[PageSave(page, 1, each) for page, each in answers.items()])
        finish(seat=seat)
    return len(free)


def lonely_page(wave: Wave) -> str:
    pages = wave.questionnaire.definition.pages
    return next(p.key for p in pages if SKIPPED_ON_PURPOSE in {item.key for item in p.items})


def released(wave: Wave, others: int) -> None:
    """Our pupil is one of those who answered, and is not one where nothing was answered."""
    build = request_build(wave=wave_now(wave), by=None)
    cube = queries.cube(queries.place(build, "school", "100001"))
    group = "school:100001"
    assert [each.n for each in cube.groups if each.id == group] == [others + 1]
    answered = cube.cell(group, f"{QUESTION}life_satisfaction")
    skipped = cube.cell(group, f"{QUESTION}{SKIPPED_ON_PURPOSE}")
    assert isinstance(answered, AnswersCell)
    assert isinstance(skipped, AnswersCell)
    assert (answered.n, skipped.n) == (others + 1, others)


def book(teacher: Page) -> list[str]:
    """Book a lesson for the class; the codes as the printed slips show them."""
    teacher.goto("/lessons/")
    teacher.get_by_role("link", name="Book a lesson").click()
    teacher.get_by_label("Class or year group").select_option(label="Class 8B (Year 8)")
    teacher.get_by_label("Name of the lesson").fill("Monday lesson")
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Book and download the slips").click()
    content = Path(download.value.path()).read_bytes()
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    codes = re.findall(r"\b[2-9B-Z]{3} [2-9B-Z]{3} [2-9B-Z]{4}\b", text)
    assert len(codes) == 10  # a sheet of the PDF holds ten
    return codes


def start(teacher: Page) -> None:
    teacher.get_by_role("link", name="your lessons").click()
    teacher.get_by_role("link", name="Monday lesson").click()
    teacher.get_by_role("button", name="Start the lesson").click()
    expect(teacher.locator("[data-count=state]")).to_have_text("Open")


def answer_all(pupil: Page, definition: Questionnaire, *, reload_at: str) -> dict[str, Any]:
    """Answer page after page until the last; everything that was answered."""
    given: dict[str, Any] = {}
    while match := re.search(r"/lesson/(p\d+)/$", pupil.url):
        if match[1] == reload_at:
            survives_a_reload(pupil, definition, match[1])
        for key in pupil.locator(".question").evaluate_all("all => all.map(one => one.id)"):
            given.update(answer(pupil, definition.items[key]))
        pupil.get_by_role("button", name="Next", exact=True).click()
        pupil.wait_for_load_state()
    assert pupil.url.endswith("/lesson/finish/")
    return given


def survives_a_reload(pupil: Page, definition: Questionnaire, key: str) -> None:
    """What was sent of the page before (all of it choices) is there after a reload."""
    before = definition.pages[definition.pages.index(definition.page[key]) - 1]
    pupil.reload()
    pupil.get_by_role("button", name="Back", exact=True).click()
    pupil.wait_for_load_state()
    pupil.reload()
    expect(pupil.locator("input:checked")).to_have_count(len(before.items))
    pupil.get_by_role("button", name="Next", exact=True).click()


def answer(pupil: Page, item: Item) -> dict[str, Any]:
    if item.key == SKIPPED_ON_PURPOSE:
        return {}
    last = item.kind.answer_codes()[-1]
    chosen = CHOSEN.get(item.key, [last] if item.kind.name == "multi" else last)
    question = pupil.locator(f"#{item.key}")
    if question.locator("input[type=text]").count():
        question.locator("input[type=text]").fill(str(chosen))
        return {item.key: chosen}
    for code in chosen if isinstance(chosen, list) else [chosen]:
        question.locator(f"label:has(#{item.key}-{code})").click()
    return {item.key: chosen}


def counted(teacher: Page, **counts: int) -> None:
    teacher.evaluate("refresh()")
    for name, number in counts.items():
        expect(teacher.locator(f"[data-count={name}]")).to_have_text(str(number))


def close_and_link(data_team: Page) -> None:
    data_team.goto("/waves/spring/")
    data_team.get_by_text("Close the wave", exact=True).first.click()
    data_team.get_by_role("button", name="Close the wave").click()
    data_team.get_by_role("button", name="Link to the roll").click()
    expect(data_team.get_by_role("table", name="What became of each response")).to_be_visible()


def wave_now(wave: Wave) -> Wave:
    return Wave.objects.get(pk=wave.pk)


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible(
    page_of: OpenPage, cast: Cast, authority: Authority, school: School, width: int
) -> None:
    """No violation that axe knows of, and nothing to scroll sideways for, on every kind of page."""
    room = build_classroom(authority, school)
    size = {"width": width, "height": 800}
    pupil = page_of(viewport=size)
    faults = []
    pupil.goto("/go/")
    pupil.get_by_role("textbox").fill("wrong")
    pupil.get_by_role("button", name="Go on").click()
    faults += looked_at(pupil)
    pupil.goto(f"/go/{room.slips[0].code}/")
    for address in ("/lesson/", "/lesson/p01/", "/lesson/p05/", "/lesson/stop/", "/lesson/done/"):
        pupil.goto(address)
        faults += looked_at(pupil)
    pupil.goto("/lesson/p03/")
    pupil.locator("#at_home-typed").fill("10")
    pupil.get_by_role("button", name="Next", exact=True).click()
    faults += looked_at(pupil)
    for user, addresses in staff_pages(cast, room.lesson.pk):
        page = page_of(user, viewport=size)
        for address in addresses:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            faults += looked_at(page)
    assert faults == []


def staff_pages(cast: Cast, lesson: object) -> list[tuple[User, list[str]]]:
    return [
        (cast.teacher_a, ["/lessons/", "/lessons/book/", f"/lessons/{lesson}/"]),
        (cast.data_team, ["/waves/", "/waves/spring/"]),
    ]


def looked_at(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return violations(page) + ([f"{page.url}: wider than the screen"] if wide else [])
