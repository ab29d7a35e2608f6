"""A sentence is worded in a real browser that runs no script: locked parts cannot be touched."""

import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reports.models import WordsEdit
from schools.models import School
from tests import released
from tests.cast import build_cast

BETWEEN = "Words between the figure and the likely range"


def test_refused_looked_at_and_saved_without_script(
    page_of: Callable[..., Page], transactional_db: None
) -> None:
    build = released.store()
    cast = build_cast(build.wave.authority, *School.objects.filter(key__in=("100001", "100002")))
    page = page_of(
        cast.data_team, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page.goto("/builds/")
    page.get_by_role("link", name="The words of the reports").click()
    page.get_by_role(
        "link", name="Change the words of “A share with its likely range” in school"
    ).click()
    expect(page.locator("textarea")).to_have_count(3)
    page.get_by_text("Words for one measure").click()
    page.get_by_label("Measure").select_option(label="Pupils who said they get enough sleep")
    page.get_by_label("School").select_option(label="Alder School")
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_text("Pupils who said they get enough sleep, Alder School")).to_be_visible()
    page.get_by_label(BETWEEN).fill("; only thirty, because")
    page.get_by_role("button", name="Show what it would say").click()
    problems = page.get_by_role("alert")
    expect(problems.get_by_role("listitem")).to_have_count(3)
    problems.get_by_role("link", name="thirty").click()
    expect(page.get_by_label(BETWEEN)).to_be_focused()
    expect(page.get_by_label(BETWEEN)).to_have_value("; only thirty, because")
    expect(page.get_by_label(BETWEEN)).to_have_accessible_description(
        re.compile(
            r"^Error:\s+“thirty” says how many, .* only the locked figures may do that\.\s+Error:"
        )
    )
    page.get_by_label(BETWEEN).fill("; the likely range is")
    page.get_by_role("button", name="Show what it would say").click()
    expect(page.get_by_role("heading", name="What it would say")).to_be_in_viewport()
    expect(page.locator("#preview")).to_contain_text(
        "get enough sleep; the likely range is between"
    )
    assert Axe().run(with_script(page_of, cast.data_team, page)).response["violations"] == []
    page.get_by_role("button", name="Save these words").click()
    expect(page.get_by_role("alert")).to_contain_text("Saved.")
    assert WordsEdit.objects.get().pattern == "{figure}; the likely range is {range}."


def with_script(page_of: Callable[..., Page], user: object, page: Page) -> Page:
    """The same markup where axe can run, which is a script itself."""
    other = page_of(user, viewport={"width": 390, "height": 800})
    other.goto(page.url.partition("#")[0])
    other.evaluate(
        "(markup) => { document.querySelector('main').innerHTML = markup }", page.inner_html("main")
    )
    return other
