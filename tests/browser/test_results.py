"""Everything that is published, open and unfolded: no violation, and nothing off the screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from reports import ledger
from reports.models import Build, ExternalTable, PublicationEvent, QualityRecord
from reports.quality.sections import Section
from schools.models import Authority, School
from tests import released
from tests.cast import build_cast

OPEN_ALL = """document.querySelectorAll('details').forEach(one => one.open = true);
document.querySelectorAll('.topic').forEach(one => one.style.contentVisibility = 'visible');"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"

OUTSIDE = {
    "source": "An example survey",
    "year": 2025,
    "kind": "region",
    "place": "London",
    "measure": "calm_often",
    "statistic": "percent",
    "unit": "raw",
    "threshold": ">=3",
    "year_groups": ["8", "10"],
    "value": 48.0,
    "n": 900,
    "definition": "Felt calm often or always",
}


@pytest.mark.parametrize("width", [320, 1280])
def test_published_pages_are_accessible(
    page_of: Callable[..., Page], transactional_db: None, width: int
) -> None:
    build = released.store()
    one, two = School.objects.filter(key__in=("100001", "100002"))
    ExternalTable.objects.create(authority=build.wave.authority, figures=[OUTSIDE])
    cast = build_cast(Authority.objects.get(code=released.BOROUGH), one, two)
    results = f"/results/{build.wave.key}/"
    report = f"/reports/{build.wave.key}/100001/"
    public = ["/", "/log-in/", "/method/", "/accessibility/", results, f"{results}ward/W0/"]
    public += [f"{results}method/", "/releases/"]
    later = to_approve(build)
    size = {"width": width, "height": 800}
    faults: list[str] = []
    for user, addresses in (
        (None, public),
        (cast.lead_a, ["/", report, f"{report}?sex=F", f"{report}topics/sport/"]),
        (cast.analyst, ["/builds/", f"/builds/{build.pk}/", f"/builds/{build.pk}/quality/"]),
        (cast.releaser_1, [f"/builds/{later.pk}/"]),
    ):
        page = page_of(user, viewport=size)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            page.evaluate(OPEN_ALL)
            if address in (results, report):
                assert "An example survey" in page.inner_text("main")
            faults += looked_at(page)
    assert faults == []


def to_approve(build: Build) -> Build:
    """A correction that waits: like the public build, whose quality is on record too."""
    PublicationEvent.objects.create(wave=build.wave, build=build, note="First figures.")
    ledger.store(build, b"", beside=ledger.Held(), key=bytes(32))
    section = Section("coverage", "Coverage", "90 answered.", ("Pupils", "Number"), (("All", "1"),))
    document = {"sections": [section.to_document()]}
    QualityRecord.objects.create(build=build, document=document, sha256="0" * 64)
    held = ledger.held(build.wave, bytes(32))
    later = Build.objects.create(wave=build.wave, input_key="1" * 64, state=Build.State.COMPLETE)
    ledger.store(later, b"", beside=held, key=bytes(32))
    for place in build.places.all():
        place.pk, place.build = None, later
        place.save()
    return later


def looked_at(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    named = [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    return named + ([f"{page.url}: wider than the screen"] if page.evaluate(TOO_WIDE) else [])
