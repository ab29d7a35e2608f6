"""One public figure as a picture: the right number of people, the right words, or no picture."""

import io
import re
from html import unescape

import pytest
from django.test import Client
from PIL import Image

from reports.charts.palette import NAVY
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell, Hidden
from reports.models import Build
from tests import released

START = "/results/oakmere-2026/"
BOROUGH = f"borough/{released.BOROUGH}"
PLACES = {BOROUGH: "Oakmere", "locality/north": "North Oakmere", "ward/W0": "Fen ward"}
SLEEP = "pictures/enough_sleep/"


def cell(place: str, measure: str) -> object:
    return released.small_cube().cell(place.replace("/", ":"), measure)


@pytest.mark.parametrize("shape", ["wide", "square"])
@pytest.mark.parametrize("place", PLACES)
def test_as_many_people_as_the_released_percent(
    build: Build, client: Client, place: str, shape: str
) -> None:
    found = cell(place, "enough_sleep")
    assert isinstance(found, HeadlineCell)
    shown = number(found.percent, 0, "")
    drawing = client.get(f"{START}{place}/{SLEEP}{shape}.svg").content.decode()
    heads = re.findall(r'<circle [^>]*fill="([^"]+)"', drawing)
    assert len(heads) == 100
    assert heads == [NAVY] * int(shown) + ["#ffffff"] * (100 - int(shown))
    assert f"<title>{shown} in 100 pupils in {PLACES[place]} said they get" in drawing
    said = " ".join(re.findall(r"<text[^>]*>([^<]*)", drawing))
    ends = f"between {number(found.low, 0, '')} and {number(found.high, 0, '')}."
    for words in (f"{shown} in 100", ends, "Source: Oakmere", str(build.pk)[:8], "Made-up data"):
        assert words in said


@pytest.mark.parametrize(("shape", "size"), [("wide", (1200, 630)), ("square", (1080, 1080))])
def test_the_picture_has_the_size_of_its_place(
    build: Build, client: Client, shape: str, size: tuple[int, int]
) -> None:
    response = client.get(f"{START}{BOROUGH}/{SLEEP}{shape}.png")
    assert Image.open(io.BytesIO(response.content)).size == size
    assert f"enough-sleep-{shape}" in response["Content-Disposition"].replace("_", "-")


def test_the_page_shows_it_with_words_to_paste(build: Build, client: Client) -> None:
    address = f"{START}locality/north/{SLEEP}"
    page = unescape(client.get(address).content.decode())
    (alternative,) = re.findall(r"<textarea[^>]*>([^<]+)</textarea>", page)
    assert "in 100 pupils in North Oakmere said they get enough sleep" in alternative
    assert "Source: Oakmere" in alternative
    assert f'alt="{alternative}"' in page
    for name in re.findall(r'(?:src|href)="((?:wide|square)\.\w+)"', page):
        assert client.get(address + name).status_code == 200
    assert not [school for school in released.SCHOOLS.values() if school in page]


def test_no_picture_of_what_is_hidden_or_a_label(build: Build, client: Client) -> None:
    """Of every public place and headline: a picture exactly where there is a percent."""
    kinds, measures = set(), ("calm_often", "rare_always", "bullied_often")
    for kind, key in released.names():
        found = [cell(f"{kind}/{key}", measure) for measure in measures]
        for measure, each in zip(measures, found, strict=True):
            drawn = kind != "school" and isinstance(each, HeadlineCell) and each.percent is not None
            for name in ("", "wide.svg"):
                response = client.get(f"{START}{kind}/{key}/pictures/{measure}/{name}")
                assert response.status_code == (200 if drawn else 404), (kind, key, measure)
            kinds.add("hidden" if isinstance(each, Hidden) else "drawn" if drawn else "label")
    assert kinds == {"drawn", "hidden", "label"}


def links(client: Client, address: str) -> set[str]:
    """The headlines that a page offers a picture of, each of which is there."""
    found = re.findall(r'href="([^"]*pictures/(\w+)/)"', client.get(address).content.decode())
    for link, _ in found:
        whole = link if link.startswith("/") else address + link
        assert client.get(whole).status_code == 200
    return {measure for _, measure in found}


@pytest.mark.parametrize("place", PLACES)
def test_an_area_leads_to_the_pictures_that_there_are(
    build: Build, client: Client, place: str
) -> None:
    heads = ("calm_often", "life_high", "enough_sleep", "rare_always", "bullied_often")
    cells = {key: cell(place, key) for key in heads}
    shown = {key for key, each in cells.items() if getattr(each, "percent", None) is not None}
    assert links(client, f"{START}{place}/") == shown


def test_the_dashboard_leads_to_the_picture_of_its_topic(build: Build, client: Client) -> None:
    assert links(client, f"{START}?topic=sleep_topic") == {"enough_sleep"}


@pytest.mark.parametrize("name", ["tall.png", "wide.gif", "wide.csv"])
def test_no_other_shape_or_file(build: Build, client: Client, name: str) -> None:
    assert client.get(f"{START}{BOROUGH}/{SLEEP}{name}").status_code == 404


def test_nothing_before_publication(build: Build, client: Client) -> None:
    build.wave.publication.delete()
    for name in ("", "wide.png"):
        assert client.get(f"{START}{BOROUGH}/{SLEEP}{name}").status_code == 404
