"""The few lines that turn names, classes and text into safe SVG."""

import re
from functools import lru_cache
from html import escape

# What XML 1.0 cannot hold even escaped, and with it what must be escaped.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
UNSAFE = re.compile(f"{NOT_XML.pattern}|[&<>\"']")


class Markup(str):
    """Finished markup. Templates ask for `__html__` and then do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@lru_cache(maxsize=4096)  # names of classes above all: a report has ten thousand
def words(text: str) -> Markup:
    """Text for people, made safe for an element or an attribute."""
    return Markup(escape(NOT_XML.sub("", text)) if UNSAFE.search(text) else text)


def tag(name: str, *children: Markup, **attributes: str | float) -> Markup:
    """An element. `class_` and `stroke_width` become `class` and `stroke-width`.

    Children must already be Markup: text that was not made safe fails the type check.
    """
    written = "".join([f' {attribute(k)}="{value(v)}"' for k, v in attributes.items()])
    if not children:
        return Markup(f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{''.join(children)}</{name}>")


@lru_cache(maxsize=256)
def attribute(name: str) -> str:
    return "viewBox" if name == "view_box" else name.rstrip("_").replace("_", "-")


def value(given: str | float) -> str:
    return words(given) if isinstance(given, str) else coordinate(given)


def coordinate(number: float) -> str:
    """At most one decimal, no trailing zero: half the size of a page is coordinates."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def percent(number: float) -> str:
    return f"{coordinate(number)}%"
