"""What everybody may see: figures of the borough and its areas, and never a school."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from reports.charts.words import number
from reports.disclosure import rules
from reports.disclosure.released import HeadlineCell
from reports.models import Build
from tests import released
from tests.cast import PASSWORD, Cast

START = "/results/oakmere-2026/"
PAGES = (
    "/",
    START,
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
    row = page[page.rindex('<th scope="row">Jay ward</th>') :][:200]
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
