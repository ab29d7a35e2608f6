"""What a visitor may read within so many clicks of a page, by the links on it alone."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client

FILE = re.compile(r"\.(csv|xlsx|png|svg)(\?|$)|/data/|/pictures/")  # taken away, not read


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


def links(client: Client, address: str, page: str) -> set[str]:
    """The addresses under the same root as the page itself, as a browser would resolve them."""
    root = "/".join(address.split("?", maxsplit=1)[0].split("/")[:3]) + "/"
    found = (urljoin(address, each).split("#")[0] for each in _Links(page).found)
    return {each for each in found if each.startswith(root) and not FILE.search(each)}


def within(client: Client, start: str, clicks: int) -> dict[str, tuple[int, str]]:
    """Address -> (fewest clicks, words) of every page that is that near."""
    pages: dict[str, tuple[int, str]] = {}
    next_ones = {start}
    for click in range(clicks + 1):
        here = next_ones - pages.keys()
        next_ones = set()
        for address in sorted(here):
            response = client.get(address)
            assert response.status_code == 200, address
            page = response.content.decode()
            pages[address] = click, unescape(page)
            next_ones |= links(client, address, page)
    return pages
