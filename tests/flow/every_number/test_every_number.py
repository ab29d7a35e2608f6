"""Every number of one school and of one area equals its released cell, wherever it is served.

The walk begins at the report of a school, and at the borough's first page, and follows each link
that it finds: pages, papers, tables, spreadsheets, charts as files, open data, the API. What has
to stand there comes from the stored documents alone, by the oracle in the modules beside this one,
which has its own rounding, its own names and its own formulas. A table, a chart, a sheet, a
sentence or an address that the oracle has no rule for is a failure too: nobody checks its numbers.

Where a dot lies and how long a bar is are asked in tests/unit/reports/charts.
"""

import copy
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import getitem
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from reports import rendering
from reports.charts import pictures, slides
from reports.charts.marks import Picture
from reports.charts.raster import to_png
from reports.views import bodies, open_data
from tests.flow.every_number import rules
from tests.flow.every_number.conftest import BIRCH, BOROUGH, FEN, NORTH
from tests.flow.every_number.controls import CONTROLS, Control
from tests.flow.every_number.papers import paper
from tests.flow.every_number.rows import package_files
from tests.flow.every_number.statements import View
from tests.flow.every_number.truth import Truth
from tests.flow.every_number.walk import Walk

pytestmark = pytest.mark.django_db

WAVE = "oakmere-2026"
REPORT = f"/reports/{WAVE}/{BIRCH.partition('/')[2]}/"
RESULTS = f"/results/{WAVE}/"
PLACE = "api/v1/waves/<slug:wave>/places/<slug:kind>/<str:key>/"
# Not walked: pages of no place, the wave before, pictures as PNG (`test_a_png_is_its_drawing`).
OTHERS = (
    r"/(method/|releases/|accessibility/|log-(in|out)/|api/v1/)?|https?://(?!testserver).*"
    r"|/results/oakmere-2024/.*|.*\.png(\?.*)?"
)
ONE = r"(\?[a-z_]+=\w+)?"  # a group by one demographic
CHART = r"charts/[\w-]+\.(csv|svg)"
KINDS = {
    "school": {"dots", "bars", "pairs", "lines"},
    "results": {"dots", "areas", "pairs", "lines"},
}
RULES = {
    "school": {
        "reading", "method", "took_part", "pupils", "same_as_then", "changed", "groups_apart",
        "elsewhere", "external", "step", "summary", "edition", "paragraph", "then",
        "paper: crowds: words",
        "table: change", "table: answers", "table: groups", "book: in words", "note: Answers",
    },
    "results": {
        "rule", "method", "boundaries", "took_part", "pupils", "same_as_then", "changed", "glance",
        "area", "external", "picture", "file", "embed", "paragraph", "then", "table: change",
        "table: wards", "shared: people", "book: in words", "package", "areas.geojson",
        "not-compared.csv: rows",
    },
}  # fmt: skip


def test_of_a_school(truth: Truth, lead: Client) -> None:
    """Groups by two demographics on the report itself; files of the charts of some groups."""
    walk = Walk(truth, lead)
    files = r"(report|summary|pupils)\.pdf|table\.(csv|xlsx)"
    charts = rf"{CHART}(\?year_group=8)?"
    ours = rf"{REPORT}((\?.*)?|topics/\w+/{ONE}|{files}|{charts})"
    others = rf"{OTHERS}|{REPORT}(topics/\w+/\?.*|{CHART}\?.*)"
    walk.everything(REPORT, ours, others)
    api(walk, BIRCH)
    complete(walk, "school", "reports/<slug:wave>/<slug:school>/")


def test_of_the_areas(truth: Truth) -> None:
    """The borough by topic and by group, a locality beside every other area, and a ward."""
    walk = Walk(truth, Client())
    areas = "|".join((NORTH, BOROUGH, FEN))
    dashboard = rf"(\?topic=\w+(&[a-z_]+=\w+)?)?|{ONE}|{CHART}(\?year_group=8)?"
    area = rf"({areas})/(|table\.csv|pictures/\w+/((wide|square)\.svg)?|{CHART})"
    beside = rf"{NORTH}/({CHART})?\?with=.*"
    files = r"table\.xlsx|method/|data/[\w.-]*"
    ours = rf"{RESULTS}({dashboard}|{area}|{beside}|{files}|embed/({areas})/\w+/)"
    elsewhere = r"(locality|ward)/\w+/|(borough|ward)/\w+/\?with=.*"
    others = rf"{OTHERS}|{RESULTS}({elsewhere}|\?.*&.*|{CHART}\?.*)"
    walk.everything(RESULTS, ours, others)
    for place in (NORTH, BOROUGH, FEN):
        api(walk, place)
    package_files(walk.account, walk.files["datapackage.json"], walk.files)
    complete(walk, "results", "results/<slug:wave>/")


def api(walk: Walk, place: str) -> None:
    """Every address of the API below a place, known or not."""
    for route in routes(PLACE):
        walk.look(f"/api/v1/waves/{WAVE}/places/{place}/{route.removeprefix(PLACE)}")


def complete(walk: Walk, what: str, start: str) -> None:
    """Nothing disagrees, and nothing was passed by: no address, no kind of chart, no rule."""
    problems, seen = walk.account.problems, walk.account.seen
    lines = [f"{len(problems)} numbers do not agree:", *problems[:30]]
    assert not problems, "\n".join(lines)
    assert set(routes(start)) | set(routes(PLACE)) == walk.routes
    parts = ("table", "sentence", "picture", "slide", "file")
    charts = {f"{kind}: {part}" for kind in KINDS[what] for part in parts}
    assert {each for each in charts | RULES[what] if not seen[each]} == set()


def routes(start: str) -> list[str]:
    """Every address of the site that begins so."""
    found = _routes(get_resolver().url_patterns)
    return [route for route in found if route.startswith(start)]


def _routes(patterns: list, before: str = "") -> list[str]:
    found = []
    for each in patterns:
        route = f"{before}{each.pattern}"
        found += _routes(each.url_patterns, route) if hasattr(each, "url_patterns") else [route]
    return found


def test_every_rule_is_needed() -> None:
    assert {rule.__name__ for rule in rules.RULES} <= RULES["school"] | RULES["results"]


PAPERS = {"summary.pdf": "summary", "pupils.pdf": "pupils"}


@pytest.fixture
def afresh() -> Iterator[None]:
    """Nothing that was made before is served, and nothing made here is kept."""
    kept = (bodies._body, open_data._tables, open_data._xlsx)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.name)
def test_a_wrong_number_is_seen(
    truth: Truth, lead: Client, afresh: None, monkeypatch: pytest.MonkeyPatch, control: Control
) -> None:
    walk = Walk(truth, lead)
    start = REPORT if control.place == "school" else RESULTS
    if control.at.endswith((".csv", ".svg")) and "charts/" in control.at:
        walk.look(start)  # the order of its rows
    control.alter(monkeypatch)
    if control.at in PAPERS:  # made with the build, so made again
        media = PAPERS[control.at]
        content = rendering.render(truth.build, *BIRCH.split("/"), media)
        paper(walk.account, content, View(truth, media, truth.places[*BIRCH.split("/")]))
    else:
        walk.look(f"{start}{control.at}")
    found = [each for each in walk.account.problems if f": {control.kind}" in each]
    assert found, walk.account.problems[:5]


def test_each_number_of_a_figure_is_looked_at(truth: Truth, lead: Client) -> None:
    """The page stays as it is; what it is held against has another number, one at a time."""
    place = truth.places[*BIRCH.split("/")]
    then, now = place.documents
    page, unseen = lead.get(REPORT), []
    for path in printed(now, place.group()):
        changed = copy.deepcopy(now)
        *way, last = path
        row = reduce(getitem, way, changed)
        row[last] += 1
        other = Truth(truth.build)
        other.__dict__["places"] = {
            **truth.places,
            (place.kind, place.key): replace(place, documents=(then, changed)),
        }
        walk = Walk(other, SimpleNamespace(get=lambda address: page))
        walk.look(REPORT)
        if not walk.account.problems:
            unseen.append(path)
    assert unseen == []


def printed(document: dict[str, Any], group: str) -> Iterator[tuple[Any, ...]]:
    """Where numbers stand that the report prints of a headline and a score."""
    yield from (("cells", group, "enough_sleep", at) for at in (3, 4, 5))
    yield from (("cells", group, "mood", at) for at in (2, 4, 5))
    for measure in ("enough_sleep", "mood"):
        yield from (("since", group, measure, at) for at in (1, 3, 4, 5, 6))
    mixes = len(document["elsewhere"][group]["enough_sleep"])
    for mix in range(mixes):
        yield from (("elsewhere", group, "enough_sleep", mix, at) for at in (2, 3, 4))


PICTURES = [
    *(
        f"{REPORT}charts/c-{key}"
        for key in ("calm-often", "trend-enough-sleep", "gaps-enough-sleep", "answers-calm")
    ),
    f"{RESULTS}charts/c-wards-enough-sleep",
    f"{RESULTS}{NORTH}/pictures/enough_sleep/wide",
]


def test_a_png_is_its_drawing(truth: Truth, lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each kind of chart: the PNG is drawn from the marks of the SVG that the walk reads."""
    made: list[Picture] = []
    for module, name in ((slides, "slide"), (pictures, "draw")):
        draw = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, d=draw: made.append(d(*a)) or made[-1])
    for address in PICTURES:
        made.clear()
        drawing, png = (lead.get(f"{address}.{media}") for media in ("svg", "png"))
        assert [response.status_code for response in (drawing, png)] == [200, 200], address
        assert len(made) == 2
        assert made[0] == made[1]
    assert png.content == to_png(made[0], 1200)
