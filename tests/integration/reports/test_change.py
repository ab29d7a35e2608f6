"""A second wave: what has changed, on every page and in every file, for those who may see it."""

import csv
import io
import json
from html import unescape

import pytest
from django.test import Client
from openpyxl import load_workbook

from reports.models import Build
from reports.presenters import compose
from schools.models import Authority, School
from tests import released
from tests.cast import Cast, build_cast
from tests.sources import second

CEDAR = "100003"
REPORT = f"/reports/oakmere-2026/{CEDAR}/"
RESULTS = "/results/oakmere-2026/"
API = "/api/v1/waves/oakmere-2026/places"


@pytest.fixture
def build(db: None) -> Build:
    return released.store_second()


@pytest.fixture
def cast(build: Build) -> Cast:
    one, two = School.objects.filter(key__in=(CEDAR, "100004")).order_by("key")
    return build_cast(Authority.objects.get(code=released.BOROUGH), one, two)


@pytest.fixture
def lead(cast: Cast) -> Client:
    return logged_in(cast.lead_a)


def logged_in(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def test_a_schools_report_has_a_part_on_change(lead: Client) -> None:
    page, report = text(lead, REPORT), compose(second("school", CEDAR), {})
    assert report.change is not None
    assert '<a href="#change">Change since May 2024</a>' in page
    (group,) = report.change.groups
    assert group.heading in page
    assert all(each.figures in page for each in group.changes)
    for chart in report.change.charts:
        assert all(f'aria-label="{sentence}"' in page for sentence in chart.sentences())
    assert report.change.table is not None
    for name, *figures in report.change.table[1]:
        assert f'<th scope="row">{name}</th>' + "".join(f"<td>{f}</td>" for f in figures) in page


def test_a_first_wave_speaks_of_no_change(lead: Client) -> None:
    assert 'id="change"' not in text(lead, REPORT.replace("2026", "2024"))
    assert 'id="change"' not in text(Client(), RESULTS.replace("2026", "2024"))


def test_lines_over_time_and_their_files(lead: Client) -> None:
    page = text(lead, f"{REPORT}topics/sleep_topic/")
    before = second("school", CEDAR).before
    assert before is not None
    cell = before.cube.cell(before.group(), "enough_sleep")
    assert "May 2024: " in page
    assert 'id="c-trend-enough-sleep"' in page
    address = f"{REPORT}charts/c-trend-enough-sleep"
    rows = list(csv.reader(io.StringIO(text(lead, f"{address}.csv"))))
    assert str(cell.percent) in rows[1]
    for media in ("png", "svg"):
        assert lead.get(f"{address}.{media}").status_code == 200
    assert lead.get(f"{REPORT}charts/c-trend-nothing.csv").status_code == 404


def test_public_pages_tell_the_boroughs_change_and_lines(build: Build) -> None:
    first = text(Client(), RESULTS)
    assert "Only schools that took part both times are compared" in first
    assert f'href="{RESULTS}?topic=sleep_topic"' in first
    topic = text(Client(), f"{RESULTS}?topic=sleep_topic")
    assert "In the 5 schools that took part both times it was" in topic
    for name in ("localities", "groups"):
        assert f'id="c-trend-{name}-enough-sleep"' in topic
    assert 'id="c-gaps-over-time-enough-sleep"' in topic
    assert Client().get(f"{RESULTS}charts/c-gaps-over-time-enough-sleep.csv").status_code == 200
    area = text(Client(), f"{RESULTS}locality/north/")
    assert 'id="c-trend-theme-health"' in area
    assert "schools that took part both times" not in area
    assert "School" not in "".join(line for line in first.splitlines() if "May 2024" in line)


def test_a_ward_has_its_own_line_and_no_gaps(build: Build) -> None:
    page = text(Client(), f"{RESULTS}ward/W0/")
    assert 'id="c-trend-theme-health"' in page
    assert "c-gaps-over-time" not in page


def test_the_open_data_have_the_boroughs_changes_alone(build: Build) -> None:
    rows = list(csv.DictReader(io.StringIO(text(Client(), f"{RESULTS}data/changes.csv"))))
    cube = second("borough", released.BOROUGH).cube
    assert {row["place"] for row in rows} == {released.BOROUGH}
    assert len(rows) == sum(map(len, cube.since.values()))
    sleep = next(r for r in rows if r["measure"] == "enough_sleep" and r["sex"] == "F")
    cell = cube.since[f"borough:{released.BOROUGH}|sex=F"]["enough_sleep"]
    told = (sleep["value"], sleep["before"], sleep["change"], sleep["schools"], sleep["verdict"])
    assert told == (
        str(cell.value), str(cell.before), str(cell.difference), str(cell.schools), cell.verdict,
    )  # fmt: skip
    package = json.loads(text(Client(), f"{RESULTS}data/datapackage.json"))
    paths = {each["path"] for each in package["resources"]}
    assert {"changes.csv", "not-compared.csv"} <= paths
    first = json.loads(text(Client(), f"{RESULTS.replace('2026', '2024')}data/datapackage.json"))
    assert not {"changes.csv", "not-compared.csv"} & {e["path"] for e in first["resources"]}


def test_the_spreadsheet_has_a_sheet_of_changes(lead: Client) -> None:
    book = load_workbook(io.BytesIO(lead.get(f"{REPORT}table.xlsx").content))
    rows = [[c.value for c in row] for row in book["Change"].iter_rows()]
    cell = second("school", CEDAR).cube.since[f"school:{CEDAR}"]["enough_sleep"]
    (row,) = (r for r in rows if r[:6] == [*["All"] * 5, "Pupils who said they get enough sleep"])
    assert row[6:12] == [
        cell.before, cell.value, cell.difference, cell.low, cell.high, "Lower than",
    ]  # fmt: skip
    hidden = [r for r in rows if r[6] == "[c]"]
    assert hidden
    assert all(r[-1].startswith("[note") for r in hidden)


def test_the_api_tells_changes_to_those_who_may_see_the_place(
    build: Build, cast: Cast, lead: Client
) -> None:
    own = f"{API}/school/{CEDAR}/changes/"
    rows = lead.get(own).json()
    cube = second("school", CEDAR).cube
    assert len(rows) == sum(len(r) for g, r in cube.since.items() if g.startswith("school"))
    for person in (cast.teacher_a, cast.lead_b):
        assert logged_in(person).get(own).status_code == 404
    assert Client().get(own).status_code == 404
    public = Client().get(f"{API}/borough/{released.BOROUGH}/changes/").json()
    assert {row["schools"] for row in public} == {5}
    assert Client().get(f"{API}/ward/W0/changes/").json() == []
