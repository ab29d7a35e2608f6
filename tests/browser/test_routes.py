"""The browser's own rules against the vectors that the rules in Python fulfil."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.vectors.generate import HERE

ROUTES = """async (vectors) => {
    const { rotated, way, nextPage, previousPage, position, unreached } =
        await import('/static/surveys/lesson/routes.js');
    return vectors.map(({ routes, cases }) => cases.map(({ turn, year, answers, reached }) => {
        const turned = rotated(routes, turn);
        const keys = turned.pages.map((page) => page.key);
        const all = [null, ...keys];
        return {
            turn, year, answers, reached,
            way: way(turned, answers, year).map((p) => [p.page.key, p.items.map((i) => i.key)]),
            next: all.map((key) => nextPage(turned, key, answers, year)),
            previous: all.map((key) => previousPage(turned, key, answers, year)),
            position: keys.map((key) => position(turned, key, answers, year)),
            unreached: unreached(turned, answers, year, reached),
        };
    }));
}"""

ANSWERS = """async ({ faults, pages }) => {
    const { parseAnswers, formValues } = await import('/static/surveys/lesson/answers.js');
    const said = ({ item, fault, total }) => [item, faults[fault].replace('%(total)d', total)];
    return pages.map(({ items, cases }) => cases.map(({ data }) => {
        const { answers, problems } = parseAnswers(items, data);
        const again = parseAnswers(items, formValues(answers)).answers;
        return { data, answers, problems: problems.map(said), again };
    }));
}"""


@pytest.fixture
def page(page_of: Callable[..., Page], db: None) -> Page:
    page = page_of()
    page.goto("/go/")
    return page


def vectors(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def test_routes(page: Page) -> None:
    given = vectors("routes.json")
    for each, found in zip(given, page.evaluate(ROUTES, given), strict=True):
        assert found == each["cases"], each["name"]


def test_answers(page: Page) -> None:
    given = vectors("answers.json")
    for each, found in zip(given["pages"], page.evaluate(ANSWERS, given), strict=True):
        for case, got in zip(each["cases"], found, strict=True):
            # What is stored and shown again is stored the same.
            assert got == {**case, "again": case["answers"]}, each["name"]
