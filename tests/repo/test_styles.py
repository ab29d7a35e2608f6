"""Templates of staff and public pages wear classes that a style sheet knows, and no rule is dead.

The pupils' pages have a sheet of their own, `census/pupil.css`, and are not asked here.
"""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = [
    each
    for app in ("census", "surveys", "reports")
    for each in sorted((ROOT / app / "templates").rglob("*.html"))
]
# Pages on the pupils' sheet, whichever folder they lie in.
PUPILS = re.compile(r'extends "surveys/pupil|surveys/pupil/|entry/banner|support_list')
OWN = ("census/static/census/site.css", "reports/static/reports/report.css")
KNOWN = (*OWN, "census/static/census/charts.css")
DRAWN = [*sorted((ROOT / "reports/charts").glob("*.py"))]
SCRIPTS = sorted((ROOT / "surveys/static/surveys").glob("*.js"))
# Where a script or a test finds its place; nothing looks different for them.
HOOKS = {"steps", "topic-whole"}

CLASS = re.compile(r'class="([^"]*)"')
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}")
SELECTOR = re.compile(r"\.([a-z][\w-]*)")


def worn(markup: str) -> set[str]:
    """The classes of a template; of those that hang on a condition, all."""
    found = (TEMPLATE_TAG.sub(" ", each) for each in CLASS.findall(escaped(markup)))
    return {name for names in found for name in names.split() if not name.endswith("-")}


def escaped(markup: str) -> str:
    """Without quotes inside template tags, which would end an attribute."""
    return TEMPLATE_TAG.sub(lambda tag: tag.group().replace('"', "'"), markup)


def known(sheet: str) -> set[str]:
    """The classes of a style sheet's selectors."""
    without = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet, flags=re.DOTALL)
    selectors = re.findall(r"([^{}]*)\{", without)
    return {name for each in selectors for name in SELECTOR.findall(each)}


@cache
def sheets(paths: tuple[str, ...]) -> set[str]:
    return {name for path in paths for name in known((ROOT / path).read_text(encoding="utf-8"))}


@cache
def vendor() -> set[str]:
    (sheet,) = (ROOT / "census/static/census/vendor").glob("*.css")
    return known(sheet.read_text(encoding="utf-8-sig"))


def pages() -> list[Path]:
    return [
        each
        for each in TEMPLATES
        if not PUPILS.search(str(each.relative_to(ROOT)) + each.read_text(encoding="utf-8")[:60])
    ]


@pytest.mark.parametrize("page", pages(), ids=lambda each: str(each.relative_to(ROOT)))
def test_every_class_of_a_template_is_known_to_a_sheet(page: Path) -> None:
    assert worn(page.read_text(encoding="utf-8")) - sheets(KNOWN) - vendor() - HOOKS == set()


def test_no_rule_of_ours_is_for_a_class_that_nobody_wears() -> None:
    used = {name for page in pages() for name in worn(page.read_text(encoding="utf-8"))}
    code = " ".join(each.read_text(encoding="utf-8") for each in (*DRAWN, *SCRIPTS))
    dead = {name for name in sheets(OWN) - used if not re.search(rf"\b{name}\b", code)}
    assert dead == set()


def test_a_planted_class_is_found() -> None:
    page = '<p class="quiet{% if x == "y" %} button{% endif %} govuk-tag--{{ z }}">'
    assert worn(page) == {"quiet", "button"}
    assert known("a.b:not(.c) { d: e.f } /* .g */ @media (x) { .h-i > j { k: l } }") == {
        "b", "c", "h-i",
    }  # fmt: skip
