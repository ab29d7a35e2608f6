"""Who sees a school's report, and what it shows."""

import io
import json
import re
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from openpyxl import load_workbook

from reports.models import Build, ExternalTable
from reports.presenters import compose
from schools.models import AuditEntry, School
from tests import released
from tests.cast import Cast
from tests.unit.reports.test_presenters import given

PAGE = "/reports/oakmere-2026/100001/"
TOPIC = f"{PAGE}topics/sleep_topic/"
MORE = re.compile(r'class="topic-more"[^>]*><a href="([^"]+)"')
CHART = f"{PAGE}charts/c-enough-sleep"
BOOK = f"{PAGE}table.xlsx"
PAPERS = ("report.pdf", "table.csv", "summary.pdf", "pupils.pdf")
FORMS = (
    PAGE,
    *(f"{PAGE}{name}" for name in PAPERS),
    TOPIC,
    BOOK,
    *(f"{CHART}.{media}" for media in ("png", "svg", "csv")),
)
WRITTEN = ["page", "pdf", "csv", "summary", "pupils", "topic", "xlsx"]
WRITTEN += [f"c-enough-sleep.{media}" for media in ("png", "svg", "csv")]
MAY = {"lead_a", "analyst", "public_health", "releaser_1", "releaser_2"}


def client_of(person: object) -> Client:
    client = Client()
    if not isinstance(person, AnonymousUser):
        client.force_login(person)  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize("address", FORMS)
def test_each_of_the_cast(files: Build, cast: Cast, address: str) -> None:
    for name, person in cast.items():
        status = client_of(person).get(address).status_code
        assert (name, status) == (name, 200 if name in MAY else 404)


def test_every_look_is_written_down_and_no_refusal(files: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    for address in FORMS:
        client.get(address, {"sex": "F", "note": "a name"})
    client_of(cast.lead_b).get(PAGE)
    seen = AuditEntry.objects.filter(action="school_report.seen")
    forms = [entry.details["form"] for entry in seen.order_by("number")]
    assert forms == WRITTEN
    assert {entry.by_id for entry in seen} == {cast.lead_a.pk}
    assert {entry.subject for entry in seen} == {"100001"}
    assert seen.first().details["asked"] == {"sex": "F"}


def test_the_page_says_every_sentence_of_the_report(build: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    for asked in ({}, {"sex": "F", "year_group": "8"}):
        page = unescape(client.get(PAGE, asked).content.decode())
        report = compose(given(), asked)
        assert report.sentences
        for sentence in report.sentences:
            assert sentence.text in page
        assert f"{report.n} pupils took part" in page


def test_the_chosen_filter_is_marked_and_withheld_groups_are_named(
    build: Build, cast: Cast
) -> None:
    page = client_of(cast.lead_a).get(PAGE, {"sex": "F"}).content.decode()
    assert re.search(r'<a [^>]*href="\?sex=F" aria-current="true">Girls</a>', page)
    assert re.search(r'<a [^>]*href="\?sex=M">Boys</a>', page)
    assert "kind of SEN provision" in page


def test_an_unpublished_group_shows_all_pupils_and_says_so(build: Build, cast: Cast) -> None:
    page = client_of(cast.lead_a).get(PAGE, {"sex": "X"}).content.decode()
    assert "not one that we publish" in page
    assert "All pupils: 180 pupils took part" in page


def test_every_number_is_reached_without_script(build: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    for asked in ({}, {"sex": "F"}):
        whole = [topic for theme in compose(given(), asked).themes for topic in theme.topics]
        assert len(whole) == 5
        links = MORE.findall(unescape(client.get(PAGE, asked).content.decode()))
        assert len(links) == len(whole)
        for topic, link in zip(whole, links, strict=True):
            page = unescape(client.get(link).content.decode())
            parts = [each.groups for each in topic.findings] + [a.chart for a in topic.answers]
            charts = [each for each in parts if each]
            assert all(f'aria-label="{s}"' in page for each in charts for s in each.sentences())
            rows = [row for answers in topic.answers for row in answers.rows]
            assert all(f'<th scope="row">{k}</th><td>{v}</td>' in page for k, v in rows)
            assert topic.answers_note in page


def test_a_topic_that_is_none_is_not_found(build: Build, cast: Cast) -> None:
    assert client_of(cast.lead_a).get(f"{PAGE}topics/about_you/").status_code == 404


def test_what_is_kept_of_a_report_is_for_all_its_readers_alike(build: Build, cast: Cast) -> None:
    first = client_of(cast.lead_a).get(PAGE).content.decode()
    assert cast.lead_a.email in first
    second = client_of(cast.analyst).get(PAGE).content.decode()
    assert cast.analyst.email in second
    assert cast.lead_a.email not in second
    token = re.compile(r'csrfmiddlewaretoken" value="(\w+)"')
    assert token.findall(first) != token.findall(second)
    assert main_of(first) == main_of(second)
    # It is there for them, and for nobody else; and their looks were both written down.
    assert client_of(cast.lead_b).get(PAGE).status_code == 404
    assert client_of(AnonymousUser()).get(PAGE).status_code == 404
    seen = AuditEntry.objects.filter(action="school_report.seen")
    assert {entry.by_id for entry in seen} == {cast.lead_a.pk, cast.analyst.pk}


def test_what_is_kept_goes_with_what_it_was_made_from(build: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    before = main_of(client.get(PAGE).content.decode())
    assert before != main_of(client.get(PAGE, {"sex": "F"}).content.decode())
    place = build.places.get(kind="school", key="100001")
    other = build.places.get(kind="school", key="100002")
    document = json.dumps(other.document).replace("school:100002", "school:100001")
    place.document, place.sha256 = json.loads(document), "1" * 64
    place.save()
    after = main_of(client.get(PAGE).content.decode())
    assert before != after
    ExternalTable.objects.create(authority=build.wave.authority, figures=[released.OUTSIDE])
    assert "An example survey" in client.get(PAGE).content.decode()


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_no_other_school_is_named(build: Build, cast: Cast) -> None:
    page = unescape(client_of(cast.lead_a).get(PAGE).content.decode())
    assert not [name for key, name in released.SCHOOLS.items() if key != "100001" and name in page]


def test_made_up_data_and_strict_policy(build: Build, cast: Cast) -> None:
    response = client_of(cast.lead_a).get(PAGE)
    page = response.content.decode()
    assert "Made-up data" in page
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "style=" not in page
    assert "<script>" not in page


def test_the_reader_who_has_the_page_is_told_so(build: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"If-None-Match": first["ETag"]})
    other = client.get(PAGE, {"sex": "F"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, other.status_code) == (304, 200)
    assert "private" in first["Cache-Control"]
    # Not even "you have it" is said to somebody else, and the second look counts too.
    stranger = client_of(cast.lead_b).get(PAGE, headers={"If-None-Match": first["ETag"]})
    assert stranger.status_code == 404
    assert AuditEntry.objects.filter(action="school_report.seen").count() == 3


def test_nothing_before_publication_or_of_another_authority(build: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    assert client.get("/reports/no-such-wave/100001/").status_code == 404
    assert client.get("/reports/oakmere-2026/999999/").status_code == 404
    build.wave.publication.delete()
    assert client.get(PAGE).status_code == 404


def test_a_school_without_a_document_gives_404(build: Build, cast: Cast) -> None:
    build.places.filter(kind="school", key="100001").delete()
    assert School.objects.filter(key="100001").exists()
    assert client_of(cast.lead_a).get(PAGE).status_code == 404


def test_files_carry_the_name_of_school_and_wave(files: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    pdf, table = client.get(FORMS[1]), client.get(FORMS[2])
    assert pdf.content.startswith(b"%PDF")
    assert 'filename="alder-school-oakmere-2026.pdf"' in pdf["Content-Disposition"]
    assert table.content.startswith(b"place_kind,")


def test_a_spreadsheet_of_the_same_release_is_the_same_bytes(files: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    first = client.get(BOOK)
    with time_machine.travel("2031-01-02 03:04"):
        client = client_of(cast.analyst)
        assert client.get(BOOK).content == first.content
    assert 'filename="alder-school-oakmere-2026.xlsx"' in first["Content-Disposition"]
    cover = load_workbook(io.BytesIO(first.content))["Cover"]
    said = {row[0].value: row[1].value for row in cover.iter_rows(max_col=2)}
    assert said["Release"] == str(files.pk)
    assert "no real school" in said["Made-up data"]
    assert str(files.pk) in said["How to cite"]


def test_a_chart_is_of_the_group_that_is_looked_at(build: Build, cast: Cast) -> None:
    client = client_of(cast.lead_a)
    page = client.get(PAGE, {"sex": "F"}).content.decode()
    links = re.findall(r'href="([^"]+/charts/[^"]+\.svg[^"]*)"', page)
    drawing = client.get(unescape(links[0])).content.decode()
    assert "Alder School: Girls" in drawing
    assert "release " + str(build.pk)[:8] in drawing
    assert "Made-up data" in drawing
    assert "Alder School: All pupils" in client.get(f"{CHART}.svg").content.decode()


@pytest.mark.parametrize("address", [f"{CHART}.gif", f"{PAGE}charts/c-nonsense.svg"])
def test_no_such_chart(build: Build, cast: Cast, address: str) -> None:
    assert client_of(cast.lead_a).get(address).status_code == 404


def test_papers_for_governors_and_pupils_are_linked_where_they_are(
    files: Build, cast: Cast
) -> None:
    client = client_of(cast.lead_a)
    page = client.get(PAGE).content.decode()
    for name in ("summary", "pupils"):
        assert f'href="{PAGE}{name}.pdf"' in page
        paper = client.get(f"{PAGE}{name}.pdf")
        assert paper["Content-Type"] == "application/pdf"
        assert f'filename="alder-school-oakmere-2026-{name}.pdf"' in paper["Content-Disposition"]


def test_a_build_of_an_older_version_links_no_paper_that_it_lacks(files: Build, cast: Cast) -> None:
    files.files.filter(media__in=("summary", "pupils")).delete()
    client = client_of(cast.lead_a)
    assert "pupils.pdf" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}pupils.pdf").status_code == 404
