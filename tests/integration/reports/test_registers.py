"""Register counts: loaded whole or not at all, and shown to officers and to nobody else."""

import io
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from reports import queries, rendering
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell
from reports.models import Build, RegisterTable
from reports.registers import COLUMNS
from schools.models import Area, AuditEntry, Authority, RollPupil, School
from tests import released
from tests.cast import Cast

PAGE = "/borough/oakmere-2026/"
MAY = {"analyst", "public_health"}
HEAD = ",".join(COLUMNS)
ABOUT = "Known to <b>us</b>,enough_sleep,2026-03-31,Our list of 2026,Children on our list"
WHOLE = f"{ABOUT},borough,{released.BOROUGH},8 10,141,6350"
SPLIT = (
    WHOLE,
    f"{ABOUT},borough,{released.BOROUGH},8,61,3250",
    f"{ABOUT},borough,{released.BOROUGH},10,80,3100",
    f"{ABOUT},locality,north,8 10,50,2000",
    f"{ABOUT},locality,south,8 10,40,2100",
    f"{ABOUT},locality,west,8 10,30,2000",
)


@pytest.fixture
def localities(build: Build) -> None:
    for key, name in released.LOCALITIES.items():
        Area.objects.create(
            authority=build.wave.authority, kind="locality", code=key, vintage="2025", name=name
        )


def load(tmp_path: Path, *rows: str, **options: object) -> str:
    file, out, err = tmp_path / "counts.csv", io.StringIO(), io.StringIO()
    file.write_text("\n".join([HEAD, *rows]))
    call_command(
        "load_register", str(file), authority=released.BOROUGH, stdout=out, stderr=err, **options
    )
    return out.getvalue() + err.getvalue()


def client_of(person: object) -> Client:
    client = Client()
    if getattr(person, "pk", None):
        client.force_login(person)  # type: ignore[arg-type]
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_officers_see_it_and_everybody_else_gets_404(
    build: Build, cast: Cast, tmp_path: Path
) -> None:
    load(tmp_path, WHOLE)
    for name, person in cast.items():
        response = client_of(person).get(PAGE)
        assert (name, response.status_code) == (name, 200 if name in MAY else 404)
        assert (name, "Our list of 2026" in response.content.decode()) == (name, name in MAY)


def test_no_public_page_no_school_and_no_file_has_it(
    build: Build, cast: Cast, client: Client, tmp_path: Path
) -> None:
    before = [rendering.render(build, "school", "100001", media) for media in ("pdf", "csv")]
    load(tmp_path, WHOLE)
    assert [rendering.render(build, "school", "100001", m) for m in ("pdf", "csv")] == before
    start = "/results/oakmere-2026/"
    public = ("/", start, f"{start}?topic=sleep_topic", f"{start}borough/{released.BOROUGH}/")
    files = (f"{start}data/datapackage.json", f"{start}data/results.csv", f"{start}data/")
    api = ("/api/v1/waves/", f"/api/v1/waves/oakmere-2026/places/borough/{released.BOROUGH}/")
    for address in (*public, *files, *api):
        assert "Our list of 2026" not in text(client, address), address
    for person in (cast.lead_a, cast.analyst, cast.public_health):
        report = text(client_of(person), "/reports/oakmere-2026/100001/")
        assert "Our list of 2026" not in report
    assert "Our list of 2026" not in text(client_of(cast.analyst), f"{PAGE}?theme=health")


def test_the_page_says_what_the_released_cells_and_the_counts_say(
    build: Build, cast: Cast, localities: None, tmp_path: Path
) -> None:
    load(tmp_path, *SPLIT)
    page, cube = text(client_of(cast.analyst), PAGE), released.small_cube()
    cell = cube.cell(f"borough:{released.BOROUGH}", "enough_sleep")
    assert isinstance(cell, HeadlineCell)
    assert cell.percent is not None
    assert cell.low is not None
    assert cell.high is not None
    low, high = (10 * round(end * 6350 / 1000) for end in (cell.low, cell.high))
    share = number(cell.percent, 0, "")
    assert f"{share} in 100 pupils in Oakmere said they get enough sleep" in page
    assert f"children of Years 8 and 10 in Oakmere, it makes about {low:,} to {high:,}." in page
    assert "On 31 March 2026 the register held 141" in page
    for name in (*released.LOCALITIES.values(), "Year 8", "Year 10"):
        assert f'<th scope="row">{name}</th><td>' in page
    assert "<td>50</td>" in page
    assert "style=" not in page
    assert "<b>us</b>" not in client_of(cast.analyst).get(PAGE).content.decode()


def test_the_page_that_an_officer_keeps_is_out_of_date_after_a_load(
    build: Build, cast: Cast, tmp_path: Path
) -> None:
    client = client_of(cast.analyst)
    mark = client.get(PAGE)["ETag"]
    load(tmp_path, WHOLE)
    again = client.get(PAGE, headers={"If-None-Match": mark})
    assert again.status_code == 200
    assert client.get(PAGE, headers={"If-None-Match": again["ETag"]}).status_code == 304


def test_a_dry_run_tells_the_fate_of_every_register_and_stores_nothing(
    build: Build, tmp_path: Path
) -> None:
    told = load(tmp_path, WHOLE, WHOLE.replace("2026-03-31", "2021-03-31"), dry_run=True)
    assert "Known to <b>us</b>, 2026-03-31, beside oakmere-2026: shown to officers\n" in told
    assert "2021-03-31, beside oakmere-2026: not shown. Day: 2021-03-31 is more than a" in told
    assert "2 rows, 0 problems. Nothing was stored." in told
    told = load(tmp_path, WHOLE, WHOLE.replace(",141,", ",3,"), dry_run=True)
    assert "Row 3, known: fewer than ten is written <10: a smaller number is never kept" in told
    assert not RegisterTable.objects.exists()
    assert not AuditEntry.objects.filter(action="register.loaded").exists()


@pytest.mark.parametrize(
    "rows",
    [
        (WHOLE, "a,b"),
        (*SPLIT[:3], *SPLIT[3:5], SPLIT[5].replace(",30,", ",<10,")),
        (*SPLIT[:5], SPLIT[5].replace(",30,", ",45,")),  # six live in no locality
        (WHOLE.replace(released.BOROUGH, "E09000001"),),
        (WHOLE, SPLIT[3].replace("north", "W0")),
    ],
)
def test_one_wrong_row_and_nothing_is_written(
    build: Build, localities: None, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    load(tmp_path, WHOLE)
    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(tmp_path, *rows)
    (table,) = RegisterTable.objects.all()
    assert [count["known"] for count in table.counts] == [141]


def test_no_count_under_ten_reaches_the_database(build: Build, cast: Cast, tmp_path: Path) -> None:
    load(tmp_path, WHOLE.replace(",141,", ",<10,"))
    (table,) = RegisterTable.objects.all()
    assert [count["known"] for count in table.counts] == [None]
    page = text(client_of(cast.analyst), PAGE)
    assert "On 31 March 2026 the register held fewer than ten." in page


def test_a_new_table_takes_the_place_of_the_old_one_and_is_audited(
    build: Build, cast: Cast, tmp_path: Path
) -> None:
    load(tmp_path, WHOLE)
    load(tmp_path, WHOLE.replace(",141,", ",150,"), by=cast.analyst.email)
    load(tmp_path, WHOLE.replace(",141,", ",150,"))
    assert queries.registers(build)["enough_sleep"].whole.known == 150
    first, second = AuditEntry.objects.filter(action="register.loaded").order_by("number")
    assert (first.by, second.by) == (None, cast.analyst)
    assert second.details == {"counts": 1, "sha256": RegisterTable.objects.first().sha256}
    assert RegisterTable.objects.count() == 2
    load(tmp_path)
    assert queries.registers(build) == {}
    assert "council’s own registers" not in text(client_of(cast.analyst), PAGE)


def test_the_roll_of_the_day_stands_in_and_stays_as_it_was(
    build: Build, cast: Cast, tmp_path: Path
) -> None:
    school = School.objects.get(key="100001")
    for n in range(300):
        RollPupil.objects.create(
            authority=school.authority, school=school, pseudonym=f"{n}", year_group=8 + 2 * (n % 2)
        )
    RollPupil.objects.create(
        authority=school.authority, school=school, pseudonym="gone", year_group=8,
        left_on="2026-01-01",
    )  # fmt: skip
    load(tmp_path, WHOLE.replace(",6350", ","))
    RollPupil.objects.all().delete()
    assert "all 300 pupils of Years 8 and 10 on the council’s roll" in text(
        client_of(cast.analyst), PAGE
    )


def test_localities_that_were_drawn_anew_are_not_set_beside_the_old_ones(
    build: Build, cast: Cast, localities: None, tmp_path: Path
) -> None:
    """The council's list of 2026 counts by the localities of 2026; the wave has those of 2025."""
    for key, name in released.LOCALITIES.items():
        boundary = released.square(0 if key == "north" else 3, 0)
        for vintage in ("2025", "2026"):
            moved = released.square(9, 9) if (key, vintage) == ("south", "2026") else boundary
            Area.objects.update_or_create(
                authority=build.wave.authority, kind="locality", code=key, vintage=vintage,
                defaults={"name": name, "boundary": moved},
            )  # fmt: skip
    Build.objects.update(vintage="2025")
    load(tmp_path, *SPLIT)
    assert {count["vintage"] for count in RegisterTable.objects.get().counts} == {"", "2026"}
    page = text(client_of(cast.analyst), PAGE)
    assert '<th scope="row">North Oakmere</th>' in page
    assert '<th scope="row">South Oakmere</th>' not in page
    assert "South: not shown. The register counts by the localities of 2026" in page


def test_another_authoritys_register_is_not_shown(build: Build, cast: Cast, tmp_path: Path) -> None:
    load(tmp_path, WHOLE)
    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    RegisterTable.objects.update(authority=other)
    assert "Our list of 2026" not in text(client_of(cast.analyst), PAGE)


@pytest.mark.parametrize(
    ("content", "reason"), [("a,b\n1,2", "no column register"), ("", "empty"), (None, "opened")]
)
def test_a_file_that_is_no_table(
    build: Build, tmp_path: Path, content: str | None, reason: str
) -> None:
    file = tmp_path / "counts.csv"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError, match=reason):
        call_command("load_register", str(file), authority=released.BOROUGH)
