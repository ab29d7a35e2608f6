"""The site as it runs in production: how light it is, that it asks nobody else, and that names
which change with their content work without a network, too."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request, expect

from benchmarks.first_load import MOST_BYTES, Wire
from benchmarks.lesson.server import Server, serving
from surveys.definition import load
from tests.browser import pupils
from tests.vectors.generate import SHIPPED

# What a school's filter stumbles over, beside the keys of all questions.
WORDS = ["drug", "vap", "alcohol", "harm", "suicid", "mental", "wellbeing", "anonym"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("small", 2, "") as server:
        yield server


def test_from_the_code_to_a_lesson_without_a_network(
    new_context: Callable[..., BrowserContext], server: Server
) -> None:
    wire = Wire(server.port)
    context = new_context(base_url=f"http://127.0.0.1:{wire.port}")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context.on("request", note)
    page = context.new_page()
    page.goto("/go/")
    page.get_by_role("textbox").first.fill(server.room["codes"][0])
    page.get_by_role("button", name="Go on").click()
    pupils.kept(page)
    page.locator("a[data-document]").click()
    pupils.on(page, "p01")
    assert 20_000 < wire.received <= MOST_BYTES, wire.received
    assert {urlsplit(each).netloc for each in asked} - {""} == {f"127.0.0.1:{wire.port}"}
    assert telling([*asked, *names(page)]) == []
    context.set_offline(True)
    page.reload()
    pupils.on(page, "p01")
    page.locator(".paper:not([hidden]) .choice").first.click()
    pupils.press(page, "Next")
    pupils.on(page, "p02")
    pupils.says(page, "Waiting to send. You can go on.")
    context.set_offline(False)
    pupils.says(page, "Saved")
    expect(page).to_have_title("Your lesson")
    wire.listener.close()


def telling(texts: list[str]) -> list[str]:
    """Addresses and names of what is kept that tell what the questions are about."""
    keys = load(SHIPPED / "core.json").items
    said = re.compile("|".join([*map(re.escape, keys), *WORDS]), re.IGNORECASE)
    return [text for text in texts if said.search(urlsplit(text).path or text)]


def names(page: Any) -> list[str]:
    found: list[str] = page.evaluate(
        """async () => [
            document.title, document.cookie,
            ...Object.keys(localStorage), ...Object.keys(sessionStorage),
            ...(await indexedDB.databases()).map((base) => base.name),
            ...(await caches.keys()),
        ]"""
    )
    return found + [cookie["name"] for cookie in page.context.cookies()]
