"""A council's logo: read once at start-up, refused unless it is a plain picture."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

MOST_BYTES = 100_000  # every page has it
HEIGHT = 48  # on the page, in CSS pixels
WIDEST = 8  # times as wide as high, or a small screen could not hold it
PNG = b"\x89PNG\r\n\x1a\n"
ACTIVE = {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler"}
CHANGES_ADDRESSES = {"animate", "set"}
# What leads out of the file: an address that is neither a part of it nor a picture within it.
OUTSIDE = re.compile(r"(?!#|data:image/(png|jpeg);)")
STYLED_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/(png|jpeg);)", re.IGNORECASE)


class LogoRefused(ValueError):
    """The file cannot be the logo; the sentence says why."""


@dataclass(frozen=True)
class Logo:
    """`width` and `height` as it is shown; `mark` changes with the file."""

    content: bytes = field(repr=False)
    media: str
    width: int
    height: int
    mark: str


def read_logo(path: Path) -> Logo:
    """The picture in a file. Raises LogoRefused."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise LogoRefused(f"{path} cannot be read: {error.strerror}.") from None
    if size > MOST_BYTES:
        raise LogoRefused(f"{path} has {size:,} bytes; a logo may have {MOST_BYTES:,}.")
    media, ratio = _read(content, path.suffix.lower())
    if not 1 / WIDEST <= ratio <= WIDEST:
        raise LogoRefused(f"{path} is too long: a side may be {WIDEST} times the other.")
    mark = hashlib.sha256(content).hexdigest()[:12]
    return Logo(content, media, round(HEIGHT * ratio), HEIGHT, mark)


def _read(content: bytes, suffix: str) -> tuple[str, float]:
    """The kind of picture, and its width by its height."""
    if content.startswith(PNG) and suffix == ".png":
        return "image/png", _png_ratio(content)
    if suffix == ".svg":
        return "image/svg+xml", _svg_ratio(content)
    raise LogoRefused("A logo is an SVG or a PNG, and its name ends with .svg or .png.")


def _png_ratio(content: bytes) -> float:
    # Its first chunk, 13 bytes long, begins with width and height.
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    if content[12:16] != b"IHDR" or not width or not height:
        raise LogoRefused("This PNG is broken.")
    return width / height


def _svg_ratio(content: bytes) -> float:
    try:
        text = content.decode("utf-8-sig")
        if re.search(r"<!(DOCTYPE|ENTITY)|<\?xml-stylesheet", text, re.IGNORECASE):
            raise LogoRefused("An SVG may have no DOCTYPE, entity or outer style sheet.")
        root = ElementTree.fromstring(text)  # noqa: S314 - no entities, and the council's own file
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise LogoRefused(f"This is no SVG: {error}.") from None
    if _local(root.tag) != "svg":
        raise LogoRefused("This is no SVG: it does not begin with <svg>.")
    for element in root.iter():
        _refuse_active(element)
    return _view_box_ratio(root.get("viewBox", ""))


def _refuse_active(element: ElementTree.Element) -> None:
    """Nothing that runs, and nothing that is fetched from elsewhere."""
    name = _local(str(element.tag))
    if name in ACTIVE:
        raise LogoRefused(f"An SVG may hold no <{name}>.")
    if name == "style" and STYLED_OUTSIDE.search("".join(element.itertext())):
        raise LogoRefused("The styles of this SVG ask for something outside of it.")
    for attribute, value in element.attrib.items():
        key = _local(attribute)
        if key.lower().startswith("on"):
            raise LogoRefused(f"An SVG may hold no script ({key}).")
        if key in {"href", "src"} and OUTSIDE.match(value.strip()):
            raise LogoRefused(f"This SVG asks for something outside of it: {value[:60]!r}.")
        if name in CHANGES_ADDRESSES and key == "attributeName" and "href" in value:
            raise LogoRefused("An SVG may not change its addresses.")
        if STYLED_OUTSIDE.search(value):
            raise LogoRefused(f"This SVG asks for something outside of it ({key}).")


def _view_box_ratio(view_box: str) -> float:
    try:
        _, _, width, height = map(float, view_box.replace(",", " ").split())
        return width / height
    except (ValueError, ZeroDivisionError):
        raise LogoRefused("An SVG needs a viewBox of four numbers, such as 0 0 200 50.") from None


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]
