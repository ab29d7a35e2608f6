"""Files of other people are those that their README names, and ask nobody else for anything."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "census/static/census/vendor"
README = (VENDOR / "README.md").read_text()
SHEETS = sorted(VENDOR.glob("*.css"))
# What a style sheet can be made to fetch.
FETCHES = re.compile(r"@font-face|@import|url\(|image-set\(|\bsrc:", re.IGNORECASE)
# Only GOV.UK may wear these.
GOV_UK_ALONE = re.compile(r"gds[ -]?transport|crown|crest", re.IGNORECASE)


def faults(sheet: bytes) -> set[str]:
    text = sheet.decode("utf-8-sig")
    return {
        found.group() for pattern in (FETCHES, GOV_UK_ALONE) for found in pattern.finditer(text)
    }


def test_the_compiled_sheet_is_the_one_that_the_readme_names() -> None:
    named = dict(re.findall(r"^\| (\S+\.css) \|.*\| sha256-(\w{64}) \|$", README, re.M))
    assert named == {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in SHEETS}
    assert len(named) == 1


def test_the_version_is_the_one_that_its_name_and_the_recipe_say() -> None:
    (sheet,) = SHEETS
    (version,) = re.findall(r"govuk-frontend-([\d.]+)\.min\.css", sheet.name)
    assert f'--govuk-frontend-version: "{version}"' in sheet.read_text(encoding="utf-8-sig")
    assert f"govuk-frontend@{version}" in README


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda each: each.name)
def test_a_sheet_asks_for_no_font_no_picture_and_no_other_host(sheet: Path) -> None:
    assert faults(sheet.read_bytes()) == set()


@pytest.mark.parametrize(
    "planted",
    [
        '@font-face{font-family:x;src:url("x.woff2")}',
        "a{background:url(//elsewhere.example/x)}",
        '@import "x.css";',
        'p{font-family:"GDS Transport"}',
        "i{mask-image:image-set('govuk-crest.svg' 1x)}",
    ],
)
def test_what_a_sheet_may_not_ask_for_is_found(planted: str) -> None:
    assert faults(planted.encode())


def test_every_file_has_its_licence_beside_it_and_stands_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text()
    for name in ("htmx", "govuk-frontend"):
        assert (VENDOR / f"{name}.LICENSE.txt").read_text().strip()
        assert f"{name}.LICENSE.txt" in README
    assert "GOV.UK Frontend 6.6.0" in notice
    assert "htmx 2.0.10" in notice
