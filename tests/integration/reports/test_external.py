"""Other people's figures: loaded whole or not at all, shown with source and year where they fit."""

import io
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from reports import queries, rendering
from reports.external import COLUMNS
from reports.models import Build, ExternalTable
from reports.presenters import school_report
from schools.models import AuditEntry, Authority
from tests import released
from tests.cast import Cast
from tests.integration.reports.test_school import PAGE, client_of

HEAD = ",".join((*COLUMNS, "low", "high"))
SLEEP = "Sleep survey,2025,national,England,enough_sleep,percent,raw,>=1,8 10,55.4,9055,Enough,,"
MOOD = "Mood survey,2024,region,London,mood,mean,raw,,8 10,5.25,412,Mean of mood,5.1,5.4"
TEN = "Sleep survey,2025,national,England,enough_sleep,percent,raw,>=1,10,51.0,4000,Year 10,,"
OTHER = "Odd survey,2025,national,England,enough_sleep,percent,raw,>=2,8 10,12.0,77,Other bar,,"
PUBLIC = "/results/oakmere-2026/?topic=sleep_topic"
AREA = f"/results/oakmere-2026/borough/{released.BOROUGH}/"
LINE = "England, 2025: 55 in 100, 9,055 pupils. Source: Sleep survey. Enough."


def load(tmp_path: Path, *rows: str, **options: object) -> str:
    file, out, err = tmp_path / "figures.csv", io.StringIO(), io.StringIO()
    file.write_text("\n".join([HEAD, *rows]))
    call_command(
        "load_external", str(file), authority=released.BOROUGH, stdout=out, stderr=err, **options
    )
    return out.getvalue() + err.getvalue()


def text(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_shown_on_the_school_report_and_the_public_pages(
    build: Build, cast: Cast, client: Client, tmp_path: Path
) -> None:
    load(tmp_path, SLEEP, MOOD, OTHER)
    report = text(client_of(cast.lead_a), PAGE)
    assert LINE in report
    assert (
        "London (region), 2024: 5.3 on average (5.1 to 5.4), 412 pupils. "
        "Source: Mood survey. Mean of mood." in report
    )
    for page in (report, text(client, PUBLIC), text(client, AREA)):
        assert LINE in page
        assert "no part of any comparison" in page
        assert "Odd survey" not in page
        assert "style=" not in page


def test_a_stranger_sees_them_in_public_and_never_the_report(
    build: Build, cast: Cast, client: Client, tmp_path: Path
) -> None:
    load(tmp_path, SLEEP)
    assert LINE in text(client, PUBLIC)
    for person in (cast.stranger, cast.lead_b, cast.teacher_a):
        assert client_of(person).get(PAGE).status_code == 404


def test_beside_the_same_pupils_only(build: Build, cast: Cast, tmp_path: Path) -> None:
    load(tmp_path, SLEEP, TEN)
    client = client_of(cast.lead_a)
    year_10 = "England, 2025: 51 in 100"
    shown = {
        "": (True, False),
        "?year_group=10": (False, True),
        "?year_group=8": (False, False),
        "?sex=F": (False, False),
        "?sex=F&year_group=10": (False, False),
    }
    for query, expected in shown.items():
        page = text(client, PAGE + query)
        assert (query, LINE in page, year_10 in page) == (query, *expected)


def test_no_test_verdict_or_file_knows_them(build: Build, tmp_path: Path) -> None:
    place = queries.place(build, "school", "100001")
    before = [rendering.render(build, "school", "100001", media) for media in ("pdf", "csv")]
    plain = school_report(build, place)
    load(tmp_path, SLEEP, MOOD)
    assert [rendering.render(build, "school", "100001", m) for m in ("pdf", "csv")] == before
    beside = school_report(build, place, (), queries.external(build.wave))
    assert beside != plain
    assert beside.sentences == plain.sentences
    assert [each.topic for each in beside.stands_out] == [each.topic for each in plain.stands_out]


def test_the_page_that_a_reader_keeps_is_out_of_date_after_a_load(
    build: Build, client: Client, tmp_path: Path
) -> None:
    mark = client.get(PUBLIC)["ETag"]
    load(tmp_path, SLEEP)
    again = client.get(PUBLIC, headers={"If-None-Match": mark})
    assert again.status_code == 200
    assert client.get(PUBLIC, headers={"If-None-Match": again["ETag"]}).status_code == 304


def test_a_dry_run_tells_the_fate_of_every_row_and_stores_nothing(
    build: Build, tmp_path: Path
) -> None:
    told = load(tmp_path, SLEEP, OTHER, SLEEP.replace("2025", "25"), dry_run=True)
    assert "Row 2, oakmere-2026: shown\n" in told
    threshold = "Threshold: ours is >=1, the figure's is >=2."
    assert f"Row 3, oakmere-2026: not shown. {threshold}" in told
    assert "Row 4, year: is a whole number from 1990 to 2100" in told
    assert "2 rows, 1 problems. Nothing was stored." in told
    assert not ExternalTable.objects.exists()
    assert not AuditEntry.objects.filter(action="external.loaded").exists()


def test_one_wrong_row_and_nothing_is_written(build: Build, tmp_path: Path) -> None:
    load(tmp_path, MOOD)
    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(tmp_path, SLEEP, "a,b")
    (table,) = ExternalTable.objects.all()
    assert [figure["measure"] for figure in table.figures] == ["mood"]


def test_a_new_table_takes_the_place_of_the_old_one_and_is_audited(
    build: Build, cast: Cast, client: Client, tmp_path: Path
) -> None:
    load(tmp_path, MOOD)
    load(tmp_path, SLEEP, by=cast.analyst.email)
    load(tmp_path, SLEEP)
    assert set(queries.external(build.wave)) == {"enough_sleep"}
    first, second = AuditEntry.objects.filter(action="external.loaded").order_by("number")
    assert (first.by, second.by) == (None, cast.analyst)
    assert second.details["figures"] == 1
    assert second.details["sha256"] == ExternalTable.objects.first().sha256
    assert ExternalTable.objects.count() == 2
    load(tmp_path)
    assert queries.external(build.wave) == {}
    assert "Sleep survey" not in text(client, PUBLIC)


def test_another_authoritys_figures_are_not_shown(
    build: Build, client: Client, tmp_path: Path
) -> None:
    load(tmp_path, SLEEP)
    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    ExternalTable.objects.update(authority=other)
    assert "Sleep survey" not in text(client, PUBLIC)


@pytest.mark.parametrize(
    ("content", "reason"), [("a,b\n1,2", "no column source"), ("", "empty"), (None, "opened")]
)
def test_a_file_that_is_no_table(
    build: Build, tmp_path: Path, content: str | None, reason: str
) -> None:
    file = tmp_path / "figures.csv"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError, match=reason):
        call_command("load_external", str(file), authority=released.BOROUGH)


def test_what_stands_in_a_file_is_text_on_the_page(
    build: Build, client: Client, tmp_path: Path
) -> None:
    load(tmp_path, SLEEP.replace("Sleep survey", "<script>x</script>"))
    page = client.get(PUBLIC).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;x" in page
