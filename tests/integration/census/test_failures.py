"""Pages for what is not there, and for when something went wrong."""

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from pytest_django import DjangoAssertNumQueries

from tests import released
from tests.cast import Cast
from tests.integration.conftest import client_of


@pytest.mark.django_db
def test_what_is_not_there_is_said_alike_whether_or_not_it_exists(cast: Cast) -> None:
    """A stranger, and somebody without the grant, cannot tell the one from the other."""
    released.store()
    report = "/reports/oakmere-2026/{}/"
    assert client_of(cast.lead_a).get(report.format("100001")).status_code == 200
    for person in (cast.stranger, cast.teacher_a):
        mains = set()
        for address in ("/nowhere/", report.format("100001"), report.format("999999")):
            answer = client_of(person).get(address)
            assert answer.status_code == 404
            mains.add(answer.content.decode().partition("<main")[2].partition("</main>")[0])
        (main,) = mains
        assert "Page not found" in main


@pytest.mark.django_db
def test_the_way_on_is_for_who_asks(cast: Cast, client: Client) -> None:
    assert 'href="/log-in/">signed in' in client.get("/nowhere/").content.decode()
    text = client_of(cast.lead_a).get("/nowhere/").content.decode()
    assert "may also not have been granted" in text


@pytest.mark.django_db
def test_a_failure_is_told_without_database_or_council(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    text = answer.content.decode()
    assert answer.status_code == 500
    assert text.startswith("<!doctype html>")
    assert "Sorry, something went wrong" in text
    assert 'href="/council.css"' in text
