"""A page as a tree that a test can walk: elements, their words, and what they stand in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements that run on in the line of whatever they stand in.
INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "time", "u"})
EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "source"})
SILENT = frozenset({"script", "style"})
SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title")


@dataclass(eq=False)
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    kids: "list[Node | str]" = field(default_factory=list)
    parent: "Node | None" = None

    def walk(self) -> "Iterator[Node]":
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def all(self, *tags: str) -> "list[Node]":
        return [node for node in self.walk() if node.tag in tags]

    def first(self, *tags: str) -> "Node":
        return self.all(*tags)[0]

    def above(self) -> "Iterator[Node]":
        """What it stands in, the nearest first, itself included."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent

    def within(self, wanted: Callable[["Node"], bool]) -> "Node | None":
        return next((node for node in self.above() if wanted(node)), None)

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def text(self) -> str:
        """All words inside, with single spaces; elements are apart."""
        return " ".join(" ".join(_words(self)).split())

    @property
    def line(self) -> str:
        """Its own words, with those of the elements that run on in its line."""
        parts = []
        for kid in self.kids:
            if isinstance(kid, str):
                parts.append(kid)
            elif kid.tag in INLINE:
                parts.append(kid.line)
        return " ".join("".join(parts).split())

    @property
    def spoken(self) -> list[str]:
        """Words that stand in attributes and are read aloud or shown."""
        return [self.attributes[name] for name in SPOKEN if self.attributes.get(name)]

    @property
    def older(self) -> "list[Node]":
        """The elements before it under the same parent."""
        return self._beside()[0]

    @property
    def younger(self) -> "list[Node]":
        """The elements after it under the same parent."""
        return self._beside()[1]

    def _beside(self) -> "tuple[list[Node], list[Node]]":
        kids = [kid for kid in self.parent.kids if isinstance(kid, Node)] if self.parent else []
        at = kids.index(self) if self in kids else len(kids)
        return kids[:at], kids[at + 1 :]


def _words(node: Node) -> Iterator[str]:
    for kid in node.kids:
        if isinstance(kid, str):
            yield kid
        else:
            yield from _words(kid)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.node = Node("document")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Node(tag, {name: value or "" for name, value in attrs}, parent=self.node)
        self.node.kids.append(made)
        if tag not in EMPTY:
            self.node = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Node(tag, {name: value or "" for name, value in attrs}, parent=self.node)
        self.node.kids.append(made)

    def handle_endtag(self, tag: str) -> None:
        found = self.node.within(lambda node: node.tag == tag)
        if found and found.parent:
            self.node = found.parent

    def handle_data(self, data: str) -> None:
        if self.node.tag not in SILENT:
            self.node.kids.append(data)


def read(page: str) -> Node:
    """HTML or SVG as a tree."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.root
