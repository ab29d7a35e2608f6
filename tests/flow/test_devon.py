"""A real wave collected in another tool, from its file to reports and filters."""

import csv
import io
import math
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from reports import pipeline, queries
from reports.actions import builds, releases
from reports.disclosure.attack import attack
from reports.disclosure.control import control
from schools.keys import read_key
from schools.models import Authority, School
from surveys.frames import wave_frame
from surveys.models import Wave
from tests.cast import build_cast

pytestmark = pytest.mark.django_db

QUESTIONNAIRES = Path(__file__).resolve().parents[2] / "surveys" / "questionnaires"
SCHOOLS = "ABCDEFG"
KEY = "devon-2023"


@pytest.fixture(scope="module")
def devon(
    kept_database: None, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> SimpleNamespace:
    """Imported by the commands that a council uses, built in line, released by two people."""
    register = tmp_path_factory.mktemp("devon") / "schools.csv"
    register.write_text("URN,name\n" + "".join(f"{key},School {key}\n" for key in SCHOOLS))
    call_command(
        "import_schools", str(register), "--authority", "E10000008", "--authority-name", "Devon"
    )
    authority = Authority.objects.get(code="E10000008")
    cast = build_cast(authority, School.objects.get(key="A"), School.objects.get(key="B"))
    document = QUESTIONNAIRES / "devon-beewell-2023.json"
    call_command("adopt_questionnaire", str(document))
    call_command(
        "set_up_wave", KEY, "--name", "Devon 2023", "--authority", "E10000008", "--from-file",
        "--questionnaire", "devon-beewell-2023", "--years", "8", "10",
        "--opens", "2023-05-01", "--closes", "2023-07-01",
    )  # fmt: skip
    call_command(
        "import_responses", str(shared_data / "devon" / "responses.csv"), "--wave", KEY,
        "--mapping", str(QUESTIONNAIRES / "devon-beewell-2023.mapping.json"),
    )  # fmt: skip
    wave = Wave.objects.get(key=KEY)
    build = builds.request_build(wave=wave, by=cast.data_team)
    build.refresh_from_db()
    for person in (cast.releaser_1, cast.releaser_2):
        releases.approve(build=build, by=person)
    releases.publish(build=build, by=cast.releaser_1, note="The pilot.")
    return SimpleNamespace(wave=wave, build=build, cast=cast, data=shared_data / "devon")


@pytest.fixture
def analyst(devon: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(devon.cast.analyst)
    return client


def test_every_expected_score_comes_out_to_six_decimals(devon: SimpleNamespace) -> None:
    frame = wave_frame(devon.wave, private_key=read_key("ANALYSIS_PRIVATE_KEY"))
    scale_of = {topic.key: topic.scale for topic in frame.definition.topics}
    with (devon.data / "expected_topic_scores.csv").open() as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 96
    for row in expected:
        scores = frame.table[scale_of[row["topic"]]]
        if row["school"] in SCHOOLS:
            scores = scores[frame.table["school"] == row["school"]]
        assert scores.count() == int(row["n"]), row
        assert math.isclose(scores.mean(), float(row["mean"]), abs_tol=1e-6), row
        assert math.isclose(scores.std(), float(row["sd"]), abs_tol=1e-6), row


@pytest.mark.parametrize("school", SCHOOLS)
def test_each_school_has_its_report_as_page_and_paper(
    devon: SimpleNamespace, analyst: Client, school: str
) -> None:
    size = queries.cube(queries.place(devon.build, "school", school)).groups
    n = next(group.n for group in size if group.id == f"school:{school}")
    page = analyst.get(f"/reports/{KEY}/{school}/")
    assert page.status_code == 200
    assert f"{n} pupils took part" in page.content.decode()
    paper = analyst.get(f"/reports/{KEY}/{school}/report.pdf")
    assert f"School {school}" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()


def test_filters_by_year_fsm_and_sen_show_the_released_group(
    devon: SimpleNamespace, analyst: Client
) -> None:
    groups = queries.cube(queries.place(devon.build, "school", "A")).groups
    sizes = {group.id: group.n for group in groups}
    for choice in ("year_group=8", "year_group=10", "fsm=yes", "fsm=no", "sen=any", "sen=none"):
        page = analyst.get(f"/reports/{KEY}/A/?{choice}").content.decode()
        assert f"{sizes[f'school:A|{choice}']} pupils took part" in page


def test_pupils_whose_facts_are_unknown_are_counted_with_others(devon: SimpleNamespace) -> None:
    filled = devon.build.report["filled"]
    assert (filled["year_group"], filled["fsm"], filled["sen"]) == (72, 91, 40)
    groups = queries.cube(queries.place(devon.build, "borough", "E10000008")).groups
    sizes = {group.id: group.n for group in groups}
    whole = sizes["borough:E10000008"]
    assert whole == 800
    for yes, no in (("year_group=8", "year_group=10"), ("fsm=yes", "fsm=no")):
        assert sizes[f"borough:E10000008|{yes}"] + sizes[f"borough:E10000008|{no}"] == whole


def test_the_attack_finds_nothing_in_what_is_released(devon: SimpleNamespace) -> None:
    documents = [place.document for place in devon.build.places.all()]
    found = attack(documents, counted(devon).known)
    assert found.found == ()
    assert found.groups > 50


def test_the_command_finds_nothing_in_what_is_served(devon: SimpleNamespace) -> None:
    said = io.StringIO()
    call_command(
        "attack_release", KEY, "--by", devon.cast.analyst.email, "--measures", "6", stdout=said
    )
    assert "Nothing found." in said.getvalue()
    assert "7 PDFs" in said.getvalue()


def test_without_the_certificate_it_finds_groups_under_ten(devon: SimpleNamespace) -> None:
    """Unknown facts left as they came, and no certificate: subtraction finds single pupils."""
    frame = wave_frame(devon.wave, private_key=read_key("ANALYSIS_PRIVATE_KEY"))
    whole = counted(devon)
    raw = pipeline.count_table(frame.table, whole.measures)
    cube, _ = control(raw, measures=whole.measures, authority="E10000008", certified=False)
    found = attack([cube.to_document()], frame.table[list(pipeline.DIMS)]).found
    assert found
    assert min(finding.pupils for finding in found if finding.kind == "combination") < 10


def counted(devon: SimpleNamespace) -> pipeline.Counted:
    return pipeline.count(
        devon.wave,
        private_key=read_key("ANALYSIS_PRIVATE_KEY"),
        release_key=read_key("RELEASE_KEY"),
    )


def test_nothing_about_a_school_is_public(devon: SimpleNamespace) -> None:
    stranger = Client()
    for form in ("", "report.pdf", "table.csv"):
        assert stranger.get(f"/reports/{KEY}/A/{form}").status_code == 404
    assert "School A" not in stranger.get(f"/results/{KEY}/").content.decode()
