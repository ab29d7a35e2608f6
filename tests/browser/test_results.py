"""Everything that is published, open and unfolded: no violation, and nothing off the screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import FrameLocator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from reports import ledger
from reports.models import Build, ExternalTable, PublicationEvent, QualityRecord, RegisterTable
from reports.quality.sections import Section
from schools.models import Authority, School
from surveys.models import Wave
from tests import released
from tests.cast import build_cast

OPEN_ALL = """document.querySelectorAll('details').forEach(one => one.open = true);
document.querySelectorAll('.topic').forEach(one => one.style.contentVisibility = 'visible');"""
OWN_WORDS = {
    "kind": "school-headline",
    "measure": "enough_sleep",
    "school": "100001",
    "pattern": "{figure}; the likely range is {range}.",
}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("width", [320, 1280])
def test_published_pages_are_accessible(
    page_of: Callable[..., Page], transactional_db: None, width: int
) -> None:
    build = released.store()
    one, two = School.objects.filter(key__in=("100001", "100002"))
    ExternalTable.objects.create(authority=build.wave.authority, figures=[released.OUTSIDE])
    RegisterTable.objects.create(authority=build.wave.authority, counts=[released.KNOWN])
    cast = build_cast(Authority.objects.get(code=released.BOROUGH), one, two)
    results = f"/results/{build.wave.key}/"
    report = f"/reports/{build.wave.key}/100001/"
    topic = f"{results}?topic=mood_topic"
    public = ["/", "/log-in/", "/method/", "/accessibility/", results, f"{results}ward/W0/"]
    public += [f"{results}method/", "/releases/", topic, f"{results}?sex=F"]
    public += [f"{results}locality/north/", f"{results}locality/north/?with=ward/W0"]
    public += [f"{results}embed/locality/north/enough_sleep/"]
    words = f"/words/{released.BOROUGH}/"
    officers = f"/borough/{build.wave.key}/"
    later = to_approve(build)
    # Somebody's grant ends, and there is no roll: lines of the first page that lead nowhere.
    cast.lead_b.memberships.update(expires_on=timezone.localdate())
    draft(build.wave)
    size = {"width": width, "height": 800}
    faults: list[str] = []
    for user, addresses in (
        (None, public),
        (cast.lead_a, ["/", report, f"{report}?sex=F", f"{report}topics/sport/"]),
        (cast.analyst, [officers, f"{officers}?theme=health", f"{officers}?theme=health&names=1"]),
        (cast.analyst, ["/", "/builds/", f"/builds/{build.pk}/", f"/builds/{build.pk}/quality/"]),
        (cast.releaser_1, ["/", f"/builds/{later.pk}/"]),
        (cast.data_team, ["/", "/waves/"]),
        (cast.data_team, [words, f"{words}school-score/", f"{words}school-beside/?measure=mood"]),
        (cast.administrator, ["/"]),
    ):
        page = page_of(user, viewport=size)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            page.evaluate(OPEN_ALL)
            if address in (topic, report):
                assert "An example survey" in page.inner_text("main")
            if address == officers:
                assert "the register held 141" in page.inner_text("main")
            faults += looked_at(page)
    assert faults == []


def test_other_peoples_pages_may_show_a_chart_and_no_other_page(
    page_of: Callable[..., Page], transactional_db: None, live_server: LiveServer
) -> None:
    results = f"{live_server.url}/results/{released.store().wave.key}/"
    page = page_of(None)
    # Under our own name: Chromium lets no stranger's page at this machine, and "none" means us too.
    elsewhere = f"{live_server.url}/elsewhere/"

    def show(address: str) -> FrameLocator:
        body = f'<!doctype html><title>x</title><iframe src="{address}" title="Chart"></iframe>'
        page.unroute_all()
        page.route(
            elsewhere,
            lambda route: route.fulfill(body=body, content_type="text/html"),
        )
        page.goto(elsewhere)
        return page.frame_locator("iframe")

    chart = show(f"{results}embed/locality/north/enough_sleep/")
    expect(chart.locator("svg.chart")).to_be_visible()
    chart.locator(".mark").first.focus()
    page.keyboard.press("ArrowDown")
    expect(chart.locator(".chart-words")).to_be_visible()
    with page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")):
        refused = show(f"{results}locality/north/")
    expect(refused.locator("main")).to_have_count(0)


def draft(like: Wave) -> None:
    """A wave in preparation."""
    wave = Wave.objects.get(pk=like.pk)
    wave.pk, wave.key, wave.name, wave.state = None, "draft", "The draft", Wave.State.DRAFT
    wave.save()


def test_the_councils_colour_is_on_header_and_buttons(
    page_of: Callable[..., Page], transactional_db: None, settings: Settings
) -> None:
    settings.COUNCIL_COLOUR, settings.COUNCIL_LINK_COLOUR = "#7a1030", "#00524d"
    page = page_of(None)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/method/")
    ground = "one => getComputedStyle(one).backgroundColor"
    assert page.locator(".site-council").evaluate(ground) == "rgb(122, 16, 48)"
    link = page.get_by_role("main").get_by_role("link").first
    assert link.evaluate("one => getComputedStyle(one).color") == "rgb(0, 82, 77)"
    page.goto("/")
    assert page.locator(".govuk-button").first.evaluate(ground) == "rgb(122, 16, 48)"
    assert refused == []


def to_approve(build: Build) -> Build:
    """A correction that waits: like the public build, whose quality is on record too."""
    PublicationEvent.objects.create(wave=build.wave, build=build, note="First figures.")
    ledger.store(build, b"", beside=ledger.Held(), key=bytes(32))
    section = Section("coverage", "Coverage", "90 answered.", ("Pupils", "Number"), (("All", "1"),))
    document = {"sections": [section.to_document()]}
    QualityRecord.objects.create(build=build, document=document, sha256="0" * 64)
    held = ledger.held(build.wave, bytes(32))
    later = Build.objects.create(
        wave=build.wave, input_key="1" * 64, state=Build.State.COMPLETE, words=[OWN_WORDS]
    )
    ledger.store(later, b"", beside=held, key=bytes(32))
    for place in build.places.all():
        place.pk, place.build = None, later
        place.save()
    return later


def looked_at(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    named = [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    return named + ([f"{page.url}: wider than the screen"] if page.evaluate(TOO_WIDE) else [])
