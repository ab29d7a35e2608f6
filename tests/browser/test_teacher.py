"""The teacher's pages in a real browser: counts that refresh, a rehearsal, and how they look."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from schools.models import Authority, School
from surveys.actions.lessons import close_lesson, pause_lesson, start_lesson
from surveys.actions.rehearsals import book_rehearsal
from surveys.models import QuestionnaireVersion, Response
from tests.cast import Cast
from tests.classroom import ANSWERS, Classroom, build_classroom

OpenPage = Callable[..., Page]


def console(page_of: OpenPage, cast: Cast, room: Classroom) -> Page:
    """The console on a clock that the test moves; `marked` tells whether it was loaded again."""
    page = page_of(cast.teacher_a)
    page.clock.install()
    page.goto(f"/lessons/{room.lesson.pk}/")
    page.evaluate("window.marked = true")
    return page


def a_moment_later(page: Page) -> None:
    with page.expect_event("requestfinished", lambda each: "/counts/" in each.url):
        page.clock.run_for(5_000)


def shown(page: Page, **counts: int) -> None:
    for name, number in counts.items():
        expect(page.locator(f"[data-count={name}]")).to_have_text(str(number))
    assert page.evaluate("window.marked") is True


def test_counts_refresh_by_themselves(
    page_of: OpenPage, cast: Cast, authority: Authority, school: School
) -> None:
    room = build_classroom(authority, school, pupils=6)
    page = console(page_of, cast, room)
    shown(page, not_started=6, connecting=0, under_way=0, finished=0, codes=6)
    room.seat(0)
    a_moment_later(page)
    shown(page, not_started=5, connecting=1, under_way=0, finished=0)
    room.answer(0, {"p01": {}}, send=False)
    room.answer(1, ANSWERS)
    a_moment_later(page)
    shown(page, not_started=4, connecting=0, under_way=1, finished=1)
    page.get_by_text("Close the lesson").first.click()
    expect(page.get_by_text("1 pupil has begun and not finished.")).to_be_visible()


def test_a_few_slips_are_not_counted(
    page_of: OpenPage, cast: Cast, authority: Authority, school: School
) -> None:
    room = build_classroom(authority, school, pupils=2)
    page = console(page_of, cast, room)
    expect(page.locator(".big-number")).to_have_count(0)
    for number in (0, 1):
        expect(page.locator("[data-count=everyone]")).to_have_text("Not everyone has finished yet.")
        room.answer(number, ANSWERS)
        a_moment_later(page)
    expect(page.locator("[data-count=everyone]")).to_have_text("Everyone has finished.")


def test_the_console_says_when_it_is_old(
    page_of: OpenPage, cast: Cast, authority: Authority, school: School
) -> None:
    room = build_classroom(authority, school, pupils=6)
    page = console(page_of, cast, room)
    told = page.locator("[data-told]")
    page.route("**/counts/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.run_for(5_000)
    expect(told).to_contain_text("No connection")
    page.unroute("**/counts/")
    a_moment_later(page)
    expect(told).to_have_text("")
    pause_lesson(lesson=room.lesson, by=None)
    a_moment_later(page)
    expect(told).to_contain_text("changed from elsewhere")
    page.context.clear_cookies()
    page.clock.run_for(5_000)
    expect(told).to_contain_text("signed out")


def test_a_rehearsal_is_a_whole_lesson_and_leaves_nothing(
    page_of: OpenPage, cast: Cast, authority: Authority, school: School
) -> None:
    room = build_classroom(authority, school)
    lesson, slips = book_rehearsal(
        wave=room.wave,
        school=school,
        title="Trying it out",
        year_group=8,
        codes=2,
        held_on=room.lesson.held_on,
        by=cast.teacher_a,
    )
    teacher = page_of(cast.teacher_a)
    teacher.goto(f"/lessons/{lesson.pk}/")
    expect(teacher.get_by_text("This is a rehearsal.")).to_be_visible()
    teacher.get_by_role("button", name="Start the lesson").click()
    pupil = page_of()
    pupil.goto(f"/go/{slips[0].code}/")
    pupil.get_by_role("link", name="I am happy to start").click()
    for question in ("Are you happy?", "Do you travel?"):
        pupil.get_by_role("group", name=question).get_by_role("radio", name="Yes").check()
    pupil.get_by_role("button", name="Next", exact=True).click()
    expect(teacher.locator("[data-count=under_way]")).to_have_text("1", timeout=20_000)
    assert Response.objects.get().wave is None
    teacher.get_by_text("Close the lesson").first.click()
    teacher.get_by_role("button", name="Close the lesson").click()
    expect(teacher.get_by_text("What was answered in it is deleted.")).to_be_visible()
    assert not Response.objects.exists()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_is_accessible(
    page_of: OpenPage, cast: Cast, authority: Authority, school: School, width: int
) -> None:
    room = build_classroom(authority, school, pupils=6, started=False)
    with_short_version(room)
    page = page_of(cast.teacher_a, viewport={"width": width, "height": 800})
    faults = []
    address = f"/lessons/{room.lesson.pk}/"
    for deed in (
        lambda: None,
        lambda: start_lesson(lesson=room.lesson, minutes=30, by=None),
        lambda: pause_lesson(lesson=room.lesson, by=None),
        lambda: close_lesson(lesson=room.lesson, by=None),
    ):
        deed()
        faults += looked_at(page, address)
    for other in ("/", "/lessons/", "/lessons/book/", "/lessons/rehearse/", "/preview/spring/"):
        faults += looked_at(page, other)
    parents = page.get_by_text("/questions/").get_attribute("href")
    stranger = page_of(viewport={"width": width, "height": 800})
    for other in (parents, "/lesson-task/", "/lesson-task/2/", "/lesson-task/4/", "/check/page/"):
        faults += looked_at(stranger, str(other))
    page.goto("/lessons/rehearse/")
    page.get_by_label("How many play codes?").fill("0")
    page.get_by_role("button", name="Download the play slips").click()
    expect(page.get_by_role("alert")).to_be_visible()
    faults += seen(page, "a wrong form")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("How many play codes?")).to_be_focused()
    assert faults == []


def with_short_version(room: Classroom) -> None:
    version: QuestionnaireVersion = room.wave.questionnaire
    room.wave.short_questionnaire = version
    room.wave.save()


def looked_at(page: Page, address: str) -> list[str]:
    page.goto(address)
    return seen(page, address)


def seen(page: Page, address: str) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    faults = [f"{address}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return faults + ([f"{address}: wider than the screen"] if wide else [])
