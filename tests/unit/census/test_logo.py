"""A logo is a plain picture, or start-up ends with the reason."""

import io
from pathlib import Path

import pytest
from PIL import Image

from census.logo import HEIGHT, MOST_BYTES, LogoRefused, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {more}viewBox="0 0 200 50">{inside}</svg>'
PLAIN = SVG.format(
    more="",
    inside='<style>.a{fill:url(#g)}</style><linearGradient id="g"/><path class="a" d="M0 0h9"/>'
    '<use href="#g"/><image href="data:image/png;base64,AAAA" width="1" height="1"/>',
)


def png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#12436d").save(file, "PNG")
    return file.getvalue()


def written(folder: Path, name: str, content: bytes | str) -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [("logo.svg", PLAIN, "image/svg+xml"), ("logo.PNG", png(400, 100), "image/png")],
)
def test_a_plain_picture_is_shown_in_its_own_shape(
    tmp_path: Path, name: str, content: bytes | str, media: str
) -> None:
    logo = read_logo(written(tmp_path, name, content))
    assert (logo.media, logo.width, logo.height) == (media, 4 * HEIGHT, HEIGHT)
    assert logo.content == (tmp_path / name).read_bytes()
    other = read_logo(written(tmp_path, "other.png", png(401, 100)))
    assert other.mark != logo.mark


OUTSIDE = "outside of it"
REFUSED = {
    "a script": ("<script>alert(1)</script>", "no <script>"),
    "a page within": ("<foreignObject/>", "no <foreignObject>"),
    "a handler": ('<path onload="alert(1)"/>', "no script"),
    "a handler in capitals": ('<path ONCLICK="alert(1)"/>', "no script"),
    "another host": ('<use href="https://elsewhere.example/x.svg#a"/>', OUTSIDE),
    "a link by its old name": (
        '<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//elsewhere.example"/>',
        OUTSIDE,
    ),
    "a script's address": ('<a href="javascript:alert(1)"/>', OUTSIDE),
    "an SVG within": ('<image href="data:image/svg+xml,x"/>', OUTSIDE),
    "styles of others": ("<style>@import 'x.css';</style>", OUTSIDE),
    "a picture of others in styles": ("<style>a{fill:url( 'http://x/' )}</style>", OUTSIDE),
    "a picture of others in an attribute": ('<path fill="url(https://x/#a)"/>', OUTSIDE),
    "an address that changes": ('<animate attributeName="xlink:href"/>', "its addresses"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_an_svg_may_not_hold(tmp_path: Path, name: str) -> None:
    inside, reason = REFUSED[name]
    with pytest.raises(LogoRefused, match=reason):
        read_logo(written(tmp_path, "logo.svg", SVG.format(more="", inside=inside)))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("logo.svg", f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{PLAIN}", "no DOCTYPE"),
        ("logo.svg", f"<?xml-stylesheet href='x.css'?>{PLAIN}", "outer style sheet"),
        ("logo.svg", PLAIN[:-3], "no SVG"),
        ("logo.svg", PLAIN.encode("utf-16"), "no SVG"),
        ("logo.svg", "<html/>", "does not begin with <svg>"),
        ("logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', "needs a viewBox"),
        ("logo.svg", PLAIN.replace("200 50", "200 0"), "needs a viewBox"),
        ("logo.svg", PLAIN.replace("200 50", "900 50"), "too long"),
        ("logo.svg", PLAIN.replace("200 50", "-200 50"), "too long"),
        ("logo.svg", PLAIN.replace("200 50", "nan 50"), "too long"),
        ("logo.png", png(1, 9), "too long"),
        ("logo.png", png(9, 9)[:12], "broken"),
        ("logo.png", PLAIN, "an SVG or a PNG"),
        ("logo.svg", png(9, 9), "no SVG"),
        ("logo.jpg", png(9, 9), "an SVG or a PNG"),
        ("logo.svg", PLAIN + " " * MOST_BYTES, "a logo may have 100,000"),
    ],
)
def test_what_is_no_logo(tmp_path: Path, name: str, content: bytes | str, reason: str) -> None:
    with pytest.raises(LogoRefused, match=reason):
        read_logo(written(tmp_path, name, content))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LogoRefused, match="cannot be read"):
        read_logo(tmp_path / "logo.svg")
    with pytest.raises(LogoRefused, match="cannot be read"):
        read_logo(tmp_path)
