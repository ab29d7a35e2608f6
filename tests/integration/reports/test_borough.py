"""The officers' view: for whom it is, what is written down, and whose figures it shows."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from reports.charts.words import number
from reports.disclosure.released import HeadlineCell
from reports.models import Build
from schools.models import AuditEntry, Authority, Membership, Role, School
from tests import released
from tests.cast import Cast

PAGE = "/borough/oakmere-2026/"
HEALTH = f"{PAGE}?theme=health"
MAY = {"analyst", "public_health"}


def client_of(person: object) -> Client:
    client = Client()
    if not isinstance(person, AnonymousUser):
        client.force_login(person)  # type: ignore[arg-type]
    return client


def text(person: object, address: str) -> str:
    response = client_of(person).get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("address", [PAGE, HEALTH, f"{HEALTH}&names=1"])
def test_each_of_the_cast(build: Build, cast: Cast, address: str) -> None:
    for name, person in cast.items():
        status = client_of(person).get(address).status_code
        assert (name, status) == (name, 200 if name in MAY else 404)


def test_an_officer_of_one_school_or_of_another_authority_is_a_stranger(
    build: Build, cast: Cast
) -> None:
    Membership.objects.filter(user=cast.public_health, school=None).delete()
    assert client_of(cast.public_health).get(PAGE).status_code == 404
    elsewhere = Authority.objects.create(code="E09000098", name="Elsewhere")
    Membership.objects.filter(user=cast.analyst).update(authority=elsewhere)
    assert client_of(cast.analyst).get(PAGE).status_code == 404


def test_nothing_before_publication_nor_of_an_unknown_theme(build: Build, cast: Cast) -> None:
    assert client_of(cast.analyst).get(f"{PAGE}?theme=nonsense").status_code == 404
    build.wave.publication.delete()
    assert client_of(cast.analyst).get(PAGE).status_code == 404


def test_names_are_shown_when_asked_for_and_every_look_is_written_down(
    build: Build, cast: Cast
) -> None:
    names = released.SCHOOLS.values()
    for address in (PAGE, HEALTH):
        page = text(cast.analyst, address)
        assert not [name for name in names if name in page]
        assert not re.search(r"10000[1-5]", page)
        assert "School E" in page
    page = text(cast.analyst, f"{HEALTH}&names=1")
    assert all(name in page for name in names)
    client_of(cast.lead_a).get(f"{HEALTH}&names=1")
    seen = AuditEntry.objects.filter(action="borough.seen").order_by("number")
    assert [(e.by_id, e.subject) for e in seen] == 3 * [(cast.analyst.pk, "oakmere-2026")]
    assert [(e.details["theme"], e.details["names"]) for e in seen] == [
        ("", False),
        ("health", False),
        ("health", True),
    ]


def test_schools_are_told_by_their_own_released_cells_in_order_of_names(
    build: Build, cast: Cast
) -> None:
    page, cube = text(cast.analyst, f"{HEALTH}&names=1"), released.small_cube()
    rows = []
    for key, name in sorted(released.SCHOOLS.items(), key=lambda each: each[1]):
        cell = cube.cell(f"school:{key}", "enough_sleep")
        assert isinstance(cell, HeadlineCell)
        assert f"{name}: {number(cell.percent, 0, '')} in 100 of {cell.n} answers" in page
        rows.append(f'<th scope="row">{name}</th><td>{number(cell.percent)}</td><td>{cell.n}</td>')
    places = [page.index(row) for row in rows]
    assert places == sorted(places)


def test_only_schools_whose_report_one_may_open(build: Build, cast: Cast) -> None:
    page = text(cast.public_health, f"{HEALTH}&names=1")
    others = [name for key, name in released.SCHOOLS.items() if key != "100001"]
    assert "Alder School: " in page
    assert not [name for name in others if name in page]
    assert text(cast.public_health, HEALTH).count('<circle class="dot" cx="11"') >= 1
    Membership.objects.filter(user=cast.public_health, school__isnull=False).delete()
    page = text(cast.public_health, HEALTH)
    assert "No school’s report has been granted to you" in page
    assert "<svg" not in page


def test_the_first_page_counts_who_took_part_and_says_what_stands_out(
    build: Build, cast: Cast
) -> None:
    page = text(cast.analyst, f"{PAGE}?names=1")
    assert "700 pupils of 1,200 on the roll (58%)" in page
    row = page[page.index('<th scope="row">Alder School</th>') :][:120]
    assert "<td>180</td><td>240</td><td>75%</td><td>One to nine</td>" in row
    assert "What stands out by locality and group" in page


def test_home_leads_officers_there_and_nobody_else(build: Build, cast: Cast) -> None:
    for name, person in cast.items():
        page = client_of(person).get("/").content.decode()
        assert (name, f'href="{PAGE}"' in page) == (name, name in MAY)


def test_an_officer_is_a_member_of_the_whole_authority(build: Build, cast: Cast) -> None:
    """Being granted all of its schools one by one is not that."""
    Membership.objects.filter(user=cast.analyst).delete()
    for school in School.objects.all():
        Membership.objects.create(
            user=cast.analyst, role=Role.ANALYST, authority=school.authority, school=school
        )
    assert client_of(cast.analyst).get(PAGE).status_code == 404
