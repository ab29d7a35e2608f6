"""A real Chromium: the machine's own, driven by Playwright."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from schools.models import Authority, School, User
from tests.cast import Cast, build_cast

CHROMIUM = shutil.which("chromium")
expect.set_options(timeout=15_000)  # two browsers on two cores are slow now and then


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = pytest.mark.skip(reason="no Chromium here: apt-get install chromium")
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(absent)


@pytest.fixture(scope="session", autouse=True)
def orm_beside_playwright() -> Iterator[None]:
    """Playwright keeps an event loop in this thread until the session ends.

    The database is used beside that loop, never in it; Django cannot tell and would refuse.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    }


@pytest.fixture
def authority(transactional_db: None) -> Authority:
    return Authority.objects.create(code="E09000099", name="Exampleham")


@pytest.fixture
def school(authority: Authority) -> School:
    return School.objects.create(authority=authority, key="100001", name="Ash", estab="3114001")


@pytest.fixture
def cast(authority: Authority, school: School) -> Cast:
    other = School.objects.create(authority=authority, key="100002", name="Birch", estab="3114002")
    return build_cast(authority, school, other)


@pytest.fixture
def page_of(new_context: Callable[..., BrowserContext], live_server: LiveServer) -> Iterator[Any]:
    """A page of somebody's own browser: signed in when a user is given, a pupil's otherwise."""
    opened: list[BrowserContext] = []

    def open_page(user: User | None = None, **options: Any) -> Page:
        context = new_context(base_url=live_server.url, **options)
        opened.append(context)
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(40_000)  # the first page of a run renders them all
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_page
    # Before the database goes: pupils' pages ask the server by themselves.
    for context in opened:
        context.close()
