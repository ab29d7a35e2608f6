"""The demonstration at its full size: what it publishes, and that nothing small can be isolated."""

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import pytest
from django.test import Client

from census.demo.build import build
from census.demo.keys import prepare_keys
from reports import pipeline, queries
from reports.charts.words import number
from reports.disclosure.attack import attack
from reports.disclosure.control import control
from reports.disclosure.lattice import parse_group
from reports.disclosure.released import HeadlineCell
from reports.models import Publication
from reports.presenters import labels
from schools.keys import read_key
from schools.models import RollPupil
from tests.clicks import within

pytestmark = pytest.mark.django_db

BOROUGH = "borough:X99000001"
NORTH = "locality:X99-NORTH"

# What a council published of its first wave: headline, group, per cent.
PUBLISHED = [
    ("active_5_days", f"{BOROUGH}|sex=F", 33),
    ("active_5_days", f"{BOROUGH}|sex=M", 54),
    ("lonely_sometimes", f"{BOROUGH}|sex=F", 36),
    ("lonely_sometimes", f"{BOROUGH}|sex=M", 21),
    ("bullied_4_times", f"{BOROUGH}|year_group=8", 22),
    ("bullied_4_times", f"{BOROUGH}|sen=any", 22),
    ("discrimination_disability", f"{BOROUGH}|sen=any", 16),
    ("discrimination_race", BOROUGH, 10),
    ("feel_safe_local", NORTH, 70),
    ("enough_sleep", f"{BOROUGH}|sex=F", 38.5),
]


@pytest.fixture(scope="module")
def demo(
    kept_database: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    from django.test import override_settings

    # Its own keys: the demonstration's figures are those of its fixed release key.
    with override_settings(KEY_DIR=tmp_path_factory.mktemp("demo-keys")):
        prepare_keys()
        made = build()
        found = Publication.objects.get(wave=made.wave).build
        yield SimpleNamespace(wave=made.wave, build=found)


@pytest.fixture(scope="module")
def counted(demo: SimpleNamespace) -> pipeline.Counted:
    return pipeline.count(
        demo.wave,
        private_key=read_key("ANALYSIS_PRIVATE_KEY"),
        release_key=read_key("RELEASE_KEY"),
    )


def test_it_has_the_size_of_a_real_first_wave(demo: SimpleNamespace) -> None:
    assert demo.build.report["pupils"] == 2287
    assert RollPupil.objects.filter(year_group__in=[8, 10]).count() == 6350
    kinds = list(demo.build.places.values_list("kind", flat=True))
    assert (kinds.count("school"), kinds.count("locality"), kinds.count("ward")) == (10, 3, 20)


def test_a_localitys_page_shows_its_figures_over_time(demo: SimpleNamespace) -> None:
    page = Client().get(f"/results/{demo.wave.key}/locality/X99-NORTH/").content.decode()
    assert "Health and routines, over time: pupils in North who" in page
    assert "June 2024" in page


@pytest.mark.parametrize(("headline", "group", "percent"), PUBLISHED)
def test_the_published_findings_come_out(
    demo: SimpleNamespace, headline: str, group: str, percent: float
) -> None:
    kind, _, key = group.partition("|")[0].partition(":")
    cell = queries.cube(queries.place(demo.build, kind, key)).cell(group, headline)
    assert isinstance(cell, HeadlineCell)
    assert cell.percent is not None
    assert round(cell.percent, 0 if float(percent).is_integer() else 1) == percent


def test_every_published_finding_is_two_clicks_from_the_first_page(demo: SimpleNamespace) -> None:
    pages = within(Client(), f"/results/{demo.wave.key}/", 1)
    assert all("Made-up data" in page for _, page in pages.values())
    unsaid = [said for said in map(partial(sentence, demo), PUBLISHED) if not read(pages, said)]
    assert unsaid == []


def sentence(demo: SimpleNamespace, finding: tuple[str, str, float]) -> str:
    """How a page says a finding: "33 in 100 girls in Larkford were active …"."""
    headline, group, percent = finding
    parsed = parse_group(group)
    name = queries.place(demo.build, parsed.place.kind, parsed.place.key).name
    known = {each.key: each.label for each in demo.wave.questionnaire.definition.headlines}
    people = labels.pupils(parsed.values)
    return f"{number(percent, 0, '')} in 100 {people} in {name} {known[headline]}"


def read(pages: dict[str, tuple[int, str]], said: str) -> bool:
    return any(said in page for _, page in pages.values())


def test_the_attack_finds_nothing_in_what_is_published(
    demo: SimpleNamespace, counted: pipeline.Counted
) -> None:
    documents = [place.document for place in demo.build.places.all()]
    found = attack(documents, counted.known)
    assert found.found == ()
    assert found.groups > 400


def test_with_certification_off_it_finds_groups_under_ten(counted: pipeline.Counted) -> None:
    cube, _ = control(
        counted.raw, measures=counted.measures, authority="X99000001", certified=False
    )
    found = attack([cube.to_document()], counted.known).found
    assert found
    assert all(0 < finding.pupils < 10 for finding in found if finding.kind != "zero")


def test_most_breakdowns_are_shown(demo: SimpleNamespace) -> None:
    said = demo.build.report["control"]
    proof = said["certificates"][0]
    assert proof["smallest"] >= 10
    assert proof["kept"] / (proof["kept"] + proof["dropped"]) >= 0.95
