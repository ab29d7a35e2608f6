"""What everybody may see: figures of the borough and its areas, and never a school."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from reports.charts.words import number
from reports.disclosure import rules
from reports.disclosure.released import HeadlineCell
from reports.models import Build
from reports.presenters import labels
from tests import released
from tests.cast import PASSWORD, Cast
from tests.clicks import within

START = "/results/oakmere-2026/"
PAGES = (
    "/",
    START,
    f"{START}?sex=F",
    f"{START}locality/north/?with=ward/W0",
    f"{START}embed/locality/north/enough_sleep/",
    f"{START}?topic=sleep_topic",
    f"{START}borough/{released.BOROUGH}/",
    f"{START}locality/north/",
    f"{START}ward/W0/",
    f"{START}ward/W0/table.csv",
    f"{START}ward/W0/charts/c-theme-self.svg",
    f"{START}charts/c-groups-enough-sleep.svg",
    "/method/",
    f"{START}method/",
    "/releases/",
    "/accessibility/",
)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("address", PAGES)
def test_open_to_everybody_and_no_school_is_named(
    files: Build, client: Client, address: str
) -> None:
    page = text(client, address)
    assert not [name for name in released.SCHOOLS.values() if name in page]
    assert not re.search(r"\b10000[1-5]\b", page)
    assert "style=" not in page
    assert "<script>" not in page


def test_every_topic_is_one_click_away(build: Build, client: Client) -> None:
    page = text(client, START)
    topics = re.findall(r'href="\?topic=(\w+)"', page)
    assert topics == ["mood_topic", "life_topic", "sleep_topic", "sport", "bullying"]
    for topic in topics:
        assert "in 100 pupils in Oakmere" in text(client, f"{START}?topic={topic}")


def test_every_published_headline_of_a_group_is_two_clicks_away(
    build: Build, client: Client
) -> None:
    """Of the borough, each locality and each ward: all pupils, and groups by one demographic."""
    pages = within(client, START, 2)
    everything = "".join(page for _, page in pages.values())
    cube, names, missing = released.small_cube(), released.names(), []
    for group in cube.groups:
        if group.place.kind == "school" or len(group.values) > 1:
            continue
        for head in released.definition().headlines:
            cell = cube.cell(group.id, head.key)
            if not isinstance(cell, HeadlineCell) or cell.percent is None:
                continue
            people = labels.pupils(group.values)
            place = names[group.place.kind, group.place.key]
            said = f"{number(cell.percent, 0, '')} in 100 {people} in {place} {head.label}"
            if said not in everything:
                missing.append(said)
    assert len(pages) > 20
    assert missing == []


def test_the_first_page_tells_who_took_part_and_a_figure_of_every_topic(
    build: Build, client: Client
) -> None:
    page, cube = text(client, START), released.small_cube()
    assert "700 pupils of 1,200 on the roll (58%)" in page
    for measure in ("calm_often", "life_high", "enough_sleep"):
        cell = cube.cell(f"borough:{released.BOROUGH}", measure)
        assert isinstance(cell, HeadlineCell)
        assert f">{number(cell.percent, 0, '')} in 100</strong>" in page


def test_areas_stand_by_name_and_lead_to_their_pages(build: Build, client: Client) -> None:
    page = text(client, START)
    areas = re.findall(r'href="(/results/oakmere-2026/(?:locality|ward)/\w+/)">([^<]+)', page)
    names = [name for _, name in areas]
    assert names == [*sorted(names[:3]), *sorted(names[3:])]
    assert len(names) == 6
    assert "Jay ward <span" in page
    assert {client.get(address).status_code for address, _ in areas} == {200}


def test_a_chosen_group_goes_along_to_the_topic(build: Build, client: Client) -> None:
    girls, cube = text(client, f"{START}?sex=F"), released.small_cube()
    cell = cube.cell(f"borough:{released.BOROUGH}|sex=F", "enough_sleep")
    assert isinstance(cell, HeadlineCell)
    assert f">{number(cell.percent, 0, '')} in 100</strong>" in girls
    assert 'href="?topic=sleep_topic&sex=F"' in girls
    topic = text(client, f"{START}?topic=sleep_topic&sex=F")
    assert f"{number(cell.percent, 0, '')} in 100 girls in Oakmere" in topic
    assert 'href="?topic=sleep_topic&sex=M"' in topic
    north = cube.cell("locality:north|sex=F", "enough_sleep")
    assert isinstance(north, HeadlineCell)
    assert f"{number(north.percent, 0, '')} in 100 girls in North Oakmere" in topic


def test_a_group_that_is_not_published_is_said_and_not_shown(build: Build, client: Client) -> None:
    assert text(client, f"{START}?sex=X").count("not one that we publish") == 1
    assert "All pupils: 700 pupils" in text(client, f"{START}?topic=sleep_topic&sex=X")


def test_two_areas_side_by_side_make_no_claim(build: Build, client: Client) -> None:
    page, cube = text(client, f"{START}locality/north/?with=locality/south"), released.small_cube()
    for key, name in (("north", "North Oakmere"), ("south", "South Oakmere")):
        cell = cube.cell(f"locality:{key}", "enough_sleep")
        assert isinstance(cell, HeadlineCell)
        shares = f"{number(cell.percent)}</td><td>{number(cell.low)} to {number(cell.high)}"
        assert f"Said they get enough sleep: {name}</th><td>{shares}" in page
    assert "Where the ranges of two areas overlap" in page
    assert not re.search(r"[Hh]igher than|[Ll]ower than|About the same", page)


@pytest.mark.parametrize("other", ["school/100001", "ward/W4", "nonsense", "locality/"])
def test_what_has_no_page_stands_beside_nothing(build: Build, client: Client, other: str) -> None:
    assert client.get(f"{START}locality/north/?with={other}").status_code == 404


def test_gaps_between_groups_stand_on_topic_and_area(build: Build, client: Client) -> None:
    cube = released.small_cube()
    for place, page in (
        (f"borough:{released.BOROUGH}", f"{START}?topic=sleep_topic"),
        ("locality:north", f"{START}locality/north/"),
    ):
        girls, boys = (cube.cell(f"{place}|sex={sex}", "enough_sleep") for sex in "FM")
        assert isinstance(girls, HeadlineCell)
        assert isinstance(boys, HeadlineCell)
        shares = [f"{number(cell.percent, 0, '')} in 100" for cell in (girls, boys)]
        said = f"{shares[0]} girls and {shares[1]} boys said they get enough sleep"
        assert said in text(client, page)


def test_only_a_chart_alone_may_stand_in_other_peoples_pages(build: Build, client: Client) -> None:
    address = f"{START}embed/locality/north/enough_sleep/"
    alone = client.get(address)
    again = client.get(address, headers={"If-None-Match": alone["ETag"]})
    assert again.status_code == 304
    for response in (alone, again):
        assert "frame-ancestors *" in response["Content-Security-Policy"]
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
    page = unescape(alone.content.decode())
    assert f'href="{START}locality/north/" target="_top"' in page
    assert "Source: " in page
    for other in (START, f"{START}locality/north/", "/"):
        response = client.get(other)
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("setting", "value"), [("COUNCIL_NAME", "Elm Council"), ("COUNCIL_COLOUR", "#7a1030")]
)
def test_a_page_that_a_reader_has_is_sent_again_when_the_council_looks_otherwise(
    build: Build, client: Client, settings: Settings, setting: str, value: str
) -> None:
    mark = {"If-None-Match": client.get(START)["ETag"]}
    assert client.get(START, headers=mark).status_code == 304
    setattr(settings, setting, value)
    assert client.get(START, headers=mark).status_code == 200


def test_the_code_to_embed_leads_to_the_chart(build: Build, client: Client) -> None:
    page = text(client, f"{START}locality/north/")
    sources = re.findall(r'<iframe src="http://testserver([^"]+)"', page)
    assert f"{START}embed/locality/north/enough_sleep/" in sources
    assert {client.get(address).status_code for address in sources} == {200}


@pytest.mark.parametrize(
    "tail", ["school/100001/enough_sleep", "ward/W4/enough_sleep", "ward/W0/nonsense"]
)
def test_nothing_else_can_be_embedded(build: Build, client: Client, tail: str) -> None:
    assert client.get(f"{START}embed/{tail}/").status_code == 404


def test_the_dashboard_shows_the_released_figures(build: Build, client: Client) -> None:
    page, cube = text(client, f"{START}?topic=sleep_topic"), released.small_cube()
    places = [f"borough:{released.BOROUGH}|sex=F", "locality:north", "locality:south", "ward:W0"]
    for group in places:
        cell = cube.cell(group, "enough_sleep")
        assert isinstance(cell, HeadlineCell)
        assert cell.percent is not None
        assert f"{number(cell.percent, 0, '')} in 100" in page
    row = page[page.index("/ward/W0/") :][:300]
    cell = cube.cell("ward:W0", "enough_sleep")
    assert isinstance(cell, HeadlineCell)
    assert f"<td>{number(cell.percent)}</td>" in row


def test_wards_without_figures_are_hatched_and_said_so(build: Build, client: Client) -> None:
    page = text(client, f"{START}?topic=sleep_topic")
    assert page.count('url(#c-wards-enough-sleep-withheld)"') >= 1
    row = page[page.index('<th scope="row">Jay ward</th>') :][:200]
    assert "Not shown" in row
    assert client.get(f"{START}ward/W4/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"{START}school/100001/",
        f"{START}school/100001/table.csv",
        f"{START}school/100001/charts/c-theme-self.csv",
        f"{START}locality/north/charts/c-theme-nothing.csv",
        f"{START}locality/north/charts/c-theme-self.gif",
        f"{START}charts/c-wards-nothing.csv",
        f"{START}lsoa/E1/",
        f"{START}ward/W9/",
        f"{START}?topic=nonsense",
        "/results/no-such-wave/",
    ],
)
def test_the_rest_is_not_found(files: Build, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_nothing_is_public_before_publication(build: Build, client: Client) -> None:
    build.wave.publication.delete()
    assert client.get(START).status_code == 404
    assert "Nothing has been published yet" in text(client, "/")


def test_the_method_page_makes_the_promise(client: Client, db: None) -> None:
    page = text(client, "/method/")
    assert "No calculation from our published tables can isolate fewer than ten pupils." in page
    assert "It does not cover what friends know" in page


def test_the_method_of_a_release_is_by_the_rules_stored_with_it(
    build: Build, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = json.loads((rules.FILES / "whole-breakdowns-1.json").read_text())
    document["version"] = 9
    document["rules"]["min_schools"] = {"value": 4, "source": "Because <four> is more."}
    (tmp_path / "whole-breakdowns-9.json").write_text(json.dumps(document))
    monkeypatch.setattr(rules, "FILES", tmp_path)
    build.rules["disclosure"] |= {"version": 9, "min_schools": 4}
    build.save()
    page = text(client, f"{START}method/")
    assert "pupils of at least 4 schools live there" in page
    assert '<p><strong>4</strong></p><p class="quiet">Because <four> is more.</p>' in page
    assert "Rules: whole-breakdowns 9" in page
    assert client.get("/results/no-such-wave/method/").status_code == 404


def test_the_accessibility_statement_has_the_legal_models_parts(
    client: Client, db: None, settings: Settings
) -> None:
    page = text(client, "/accessibility/")
    assert re.findall(r"<h[23]>([^<]+)</h", page) == [
        "How accessible these pages are",
        "Tell us, or ask for another form",
        "If you are not happy with the answer",
        "Technical information about accessibility",
        "Compliance status",
        "Content that does not comply",
        "Disproportionate burden",
        "Content outside the accessibility regulations",
        "What we are doing to improve",
        "How this statement was prepared, and what was tested",
    ]
    assert "tell Example Council by its usual ways" in page
    settings.ACCESSIBILITY_CONTACT = "access@council.example"
    assert "tell Example Council: access@council.example" in text(client, "/accessibility/")


def test_home_leads_to_results_codes_and_a_persons_work(cast: Cast, client: Client) -> None:
    page = text(client, "/")
    assert f'href="{START}"' in page
    assert 'href="/go/"' in page
    assert "Your work" not in page
    client.force_login(cast.lead_a)
    page = text(client, "/")
    assert 'href="/reports/oakmere-2026/100001/"' in page
    assert "100002" not in page
    assert "Builds and releases" not in page
    client.force_login(cast.releaser_1)
    assert "Builds and releases" in text(client, "/")


def test_signing_in_and_the_error_summary(cast: Cast, client: Client) -> None:
    wrong = client.post("/log-in/", {"username": "lead.a@example.org", "password": "no"})
    assert "There is a problem" in wrong.content.decode()
    right = client.post("/log-in/", {"username": "lead.a@example.org", "password": PASSWORD})
    assert right.status_code == 302
