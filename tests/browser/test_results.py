"""Everything that is published, open and unfolded: no violation, and nothing off the screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from schools.models import Authority, School
from tests import released
from tests.cast import build_cast

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("width", [320, 1280])
def test_published_pages_are_accessible(
    page_of: Callable[..., Page], transactional_db: None, width: int
) -> None:
    build = released.store()
    one, two = School.objects.filter(key__in=("100001", "100002"))
    cast = build_cast(Authority.objects.get(code=released.BOROUGH), one, two)
    results = f"/results/{build.wave.key}/"
    report = f"/reports/{build.wave.key}/100001/"
    public = ["/", "/log-in/", "/method/", "/accessibility/", results, f"{results}ward/W0/"]
    size = {"width": width, "height": 800}
    faults: list[str] = []
    for user, addresses in (
        (None, public),
        (cast.lead_a, ["/", report, f"{report}?sex=F"]),
        (cast.analyst, ["/builds/", f"/builds/{build.pk}/"]),
    ):
        page = page_of(user, viewport=size)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            page.evaluate(OPEN_ALL)
            faults += looked_at(page)
    assert faults == []


def looked_at(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    named = [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    return named + ([f"{page.url}: wider than the screen"] if page.evaluate(TOO_WIDE) else [])
