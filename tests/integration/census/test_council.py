"""A council's name, colours and logo on its pages, and for how long a browser keeps them."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from census.colours import contrast
from census.logo import read_logo

pytestmark = pytest.mark.django_db
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><path d="M0 0h9"/></svg>'
MAROON = "#7a1030"


def page(client: Client, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet_address(client: Client) -> str:
    (address,) = re.findall(r'href="(/council\.css\?\w+)"', page(client))
    return str(address)


def properties(client: Client, address: str = "/council.css") -> dict[str, str]:
    text = client.get(address).content.decode()
    return dict(re.findall(r"(--[\w-]+):(#\w{6})", text))


def test_the_colours_are_a_sheet_of_their_own(client: Client, settings: Settings) -> None:
    settings.COUNCIL_COLOUR = MAROON
    answer = client.get("/council.css")
    assert answer["content-type"] == "text/css; charset=utf-8"
    found = properties(client)
    assert found["--govuk-brand-colour"] == MAROON
    assert found["--govuk-link-colour"] == settings.COUNCIL_LINK_COLOUR
    assert f'<meta name="theme-color" content="{MAROON}">' in page(client)


def test_pages_of_staff_and_public_have_it_and_pupils_do_not(client: Client) -> None:
    address = sheet_address(client)
    assert f'href="{address}"' in page(client, "/log-in/")
    assert "council.css" not in page(client, "/go/")


def test_words_can_be_read_on_every_ground_that_is_mixed(
    client: Client, settings: Settings
) -> None:
    # The palest that start-up lets through: grounds and shades come from it.
    settings.COUNCIL_COLOUR = settings.COUNCIL_LINK_COLOUR = "#767676"
    found = properties(client)
    for ground in ("--govuk-template-background-colour", "--govuk-surface-background-colour"):
        assert contrast(found[ground], "#0b0c0c") > 7
    for ground in ("--govuk-brand-colour", "--council-dark"):
        assert contrast(found[ground], "#ffffff") >= 4.5
    assert contrast(found["--govuk-link-hover-colour"], "#ffffff") > 7


def test_a_browser_keeps_it_until_the_colours_change(client: Client, settings: Settings) -> None:
    address = sheet_address(client)
    first = client.get(address)
    assert "immutable" in first["cache-control"]
    again = client.get(address, headers={"If-None-Match": first["etag"]})
    assert again.status_code == 304
    settings.COUNCIL_COLOUR = MAROON
    assert sheet_address(client) != address
    # Under the address of before nothing is kept that is no longer so.
    changed = client.get(address, headers={"If-None-Match": first["etag"]})
    assert changed.status_code == 200
    assert MAROON in changed.content.decode()
    assert "immutable" not in changed["cache-control"]
    assert "set-cookie" not in changed


def test_without_a_logo_the_name_stands_there(client: Client, settings: Settings) -> None:
    settings.COUNCIL_NAME = "Oakmere & <b>Elm"
    assert "Oakmere &amp; &lt;b&gt;Elm</p>" in page(client)
    assert "<img" not in page(client)
    assert client.get("/council-logo").status_code == 404


def test_a_logo_comes_from_our_own_address_with_the_name_as_its_words(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(SVG)
    settings.COUNCIL_LOGO, settings.COUNCIL_NAME = read_logo(file), 'Oakmere "Council"'
    (shown,) = re.findall(r"<img [^>]*>", page(client))
    assert 'alt="Oakmere &quot;Council&quot;"' in shown
    assert 'width="192" height="48"' in shown
    (address,) = re.findall(r'src="(/council-logo\?\w+)"', shown)
    answer = client.get(address)
    assert (answer.content.decode(), answer["content-type"]) == (SVG, "image/svg+xml")
    assert "immutable" in answer["cache-control"]
    # Opened by itself it is a page of ours: it may run and fetch nothing.
    policy = answer["content-security-policy"].split("; ")
    assert set(policy) == {"default-src 'none'", "style-src 'unsafe-inline'"}
    assert answer["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_they_are_only_read(client: Client, method: str) -> None:
    for address in ("/council.css", "/council-logo"):
        assert getattr(client, method)(address).status_code == 405
