"""Every address that the pages of a school or an area lead to, and what stands there."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import resolve

from tests.flow.every_number import api
from tests.flow.every_number.account import Account, Unchecked
from tests.flow.every_number.books import book
from tests.flow.every_number.figures import chart_csv, slide
from tests.flow.every_number.pages import page
from tests.flow.every_number.papers import paper
from tests.flow.every_number.pictures import shared
from tests.flow.every_number.rows import open_data, table_csv
from tests.flow.every_number.statements import View
from tests.flow.every_number.tree import Node, read
from tests.flow.every_number.truth import Place, Truth
from tests.flow.every_number.words import DIMS


@dataclass(frozen=True)
class Served:
    """What an address gave, and what the address says of it."""

    content: bytes
    named: dict[str, str]
    asked: dict[str, str]
    address: str

    @cached_property
    def tree(self) -> Node:
        return read(self.content.decode())


@dataclass
class Walk:
    """files: of the open data, which one of them describes. routes: that were walked."""

    truth: Truth
    client: Client
    account: Account = field(default_factory=Account)
    files: dict[str, bytes] = field(default_factory=dict)
    routes: set[str] = field(default_factory=set)

    def everything(self, start: str, ours: str, others: str) -> None:
        """All that an address leads to.

        Args:
            ours, others: patterns of the addresses that are walked, and of those that are not. An
                address of neither kind is one that nobody checks.
        """
        todo, seen = deque([start]), {start}
        while todo:
            address = todo.popleft()
            for link in self.look(address):
                if link in seen:
                    continue
                seen.add(link)
                if re.fullmatch(ours, link):
                    todo.append(link)
                elif not re.fullmatch(others, link):
                    self.account.where = address
                    self.account.unchecked(f"a link to {link}")

    def look(self, address: str) -> list[str]:
        """Check one address; where it leads to."""
        self.account.where, parts = address, urlsplit(address)
        rule, named = _rule(parts.path)
        if rule is None:
            self.account.unchecked("an address without a rule")
            return []
        response = self.client.get(address)
        if response.status_code != 200:
            self.account.problems.append(f"{address} answered {response.status_code}")
            return []
        self.routes.add(resolve(parts.path).route)
        served = Served(response.content, named, dict(parse_qsl(parts.query)), address)
        try:
            rule(self, served)
        except Unchecked as missing:
            self.account.unchecked(str(missing))
        if not response["Content-Type"].startswith("text/html"):
            return []
        return list(links(address, served.tree))

    def view(self, served: Served, name: str) -> View:
        """The place, group and subject that an address names."""
        named = served.named
        kind = "school" if "school" in named else named.get("kind", "borough")
        key = named.get("school") or named.get("key") or self.truth.borough.key
        other: Place | None = None
        if served.asked.get("with"):
            other = self.truth.places[tuple(served.asked["with"].split("/"))]
        values = tuple(sorted((d, v) for d, v in served.asked.items() if d in DIMS))
        subject = served.asked.get("topic") or named.get("measure", "")
        return View(self.truth, name, self.truth.places[kind, key], values, other, subject)


Rule = Callable[[Walk, Served], None]


def _rule(path: str) -> tuple[Rule | None, dict[str, str]]:
    for pattern, rule in ADDRESSES.items():
        found = re.fullmatch(pattern, path)
        if found:
            return rule, found.groupdict()
    return None, {}


def links(address: str, tree: Node) -> Iterator[str]:
    """Links, pictures, the other choices of a form, and the lines to copy into other pages."""
    for node in tree.walk():
        for name in ("href", "src"):
            if node.tag in {"a", "img"} and node.attributes.get(name):
                yield urljoin(address, node.attributes[name]).split("#")[0]
        if node.tag == "option" and node.attributes.get("value"):
            yield f"{urlsplit(address).path}?with={node.attributes['value']}"
        if node.tag == "textarea":
            yield from re.findall(r'src="https?://[^/]+([^"]+)"', node.text)


# What stands at each address


def _report(walk: Walk, served: Served) -> None:
    page(walk.account, served.tree, walk.view(served, "school"))


def _topic(walk: Walk, served: Served) -> None:
    page(walk.account, served.tree, walk.view(served, "topic"))


def _dashboard(walk: Walk, served: Served) -> None:
    name = "borough" if "topic" in served.asked else "overview"
    page(walk.account, served.tree, walk.view(served, name))


def _area(walk: Walk, served: Served) -> None:
    page(walk.account, served.tree, walk.view(served, "area"))


def _embed(walk: Walk, served: Served) -> None:
    page(walk.account, served.tree, walk.view(served, "embed"))


def _picture(walk: Walk, served: Served) -> None:
    page(walk.account, served.tree, walk.view(served, "picture"))


def _method(walk: Walk, served: Served) -> None:
    page(walk.account, served.tree, walk.view(served, "method"))


def _data(walk: Walk, served: Served) -> None:
    names = [each.text for each in served.tree.all("h3")]
    files = {name: walk.client.get(urljoin(served.address, name)).content for name in names}
    page(walk.account, served.tree, replace(walk.view(served, "data"), files=files))


def _chart(walk: Walk, served: Served) -> None:
    """The numbers of a chart, or its drawing. Its PNG is of the same marks: see the test of it."""
    key, media = served.named["chart"], served.named["media"]
    view = walk.view(served, "chart")
    if media == "csv":
        chart_csv(walk.account, served.content, view, key)
    elif media == "svg":
        slide(walk.account, served.content, view, key, walk.account.orders[served.address])
    else:
        raise Unchecked(f"a chart as {media}")


def _shared(walk: Walk, served: Served) -> None:
    shared(walk.account, served.content, walk.view(served, "picture"))


def _paper(walk: Walk, served: Served) -> None:
    name = served.named["paper"]
    view = walk.view(served, "school" if name == "report" else name)
    paper(walk.account, served.content, view)


def _table(walk: Walk, served: Served) -> None:
    table_csv(walk.account, served.content, walk.view(served, "table").place)


def _book(walk: Walk, served: Served) -> None:
    own = [walk.view(served, "book").place] if "school" in served.named else None
    book(walk.account, served.content, walk.truth, own or walk.truth.public)


def _file(walk: Walk, served: Served) -> None:
    name = served.named["file"]
    walk.files[name] = served.content
    open_data(walk.account, name, served.content, walk.truth)


def _api(walk: Walk, served: Served) -> None:
    found: Any = json.loads(served.content)
    place, tail = walk.view(served, "api").place, served.named["tail"]
    if tail == "cells/":
        api.cells(walk.account, found, place)
    elif tail == "changes/":
        api.told_changes(walk.account, found, place)
    elif tail == "sentences/":
        api.sentences(walk.account, found, walk.view(served, "api"))
    elif tail == "":
        api.document(walk.account, found, place, walk.truth)
    else:
        raise Unchecked(f"the API's {tail}")


SCHOOL = r"/reports/[\w-]+/(?P<school>\w+)/"
WAVE = r"/results/[\w-]+/"
AREA = WAVE + r"(?P<kind>borough|locality|ward)/(?P<key>\w+)/"
CHART = r"charts/(?P<chart>[\w-]+)\.(?P<media>\w+)"
MEASURE = r"pictures/(?P<measure>\w+)/"
ADDRESSES: dict[str, Rule] = {
    SCHOOL: _report,
    SCHOOL + r"topics/\w+/": _topic,
    SCHOOL + r"(?P<paper>report|summary|pupils)\.pdf": _paper,
    SCHOOL + r"table\.csv": _table,
    SCHOOL + r"table\.xlsx": _book,
    SCHOOL + CHART: _chart,
    WAVE: _dashboard,
    WAVE + CHART: _chart,
    WAVE + r"table\.xlsx": _book,
    WAVE + r"data/": _data,
    WAVE + r"data/(?P<file>[\w.-]+)": _file,
    WAVE + r"method/": _method,
    WAVE + r"embed/(?P<kind>\w+)/(?P<key>\w+)/(?P<measure>\w+)/": _embed,
    AREA: _area,
    AREA + r"table\.csv": _table,
    AREA + CHART: _chart,
    AREA + MEASURE: _picture,
    AREA + MEASURE + r"(wide|square)\.svg": _shared,
    r"/api/v1/waves/[\w-]+/places/(?P<kind>\w+)/(?P<key>\w+)/(?P<tail>(\w+/)?)": _api,
}
