"""What a reader of a tagged PDF finds: its tree, and whose each drawn piece is."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

SHOWING = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"}
SHOWING |= {b"Do", b"sh", b"BI"}

FOOT = 55  # points from the lower edge: just under the frame of the text

Piece = tuple[int, int]  # page from nought, marked-content id


@dataclass(frozen=True)
class Node:
    """An element of the structure tree, with its dictionary."""

    kind: str
    entry: Any
    kids: "tuple[Node | Piece, ...]"

    def walk(self) -> "Iterator[Node]":
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def pieces(self) -> list[Piece]:
        """Every piece of content in reading order."""
        own = [kid.pieces() if isinstance(kid, Node) else [kid] for kid in self.kids]
        return [piece for each in own for piece in each]

    @property
    def alt(self) -> str:
        return str(self.entry.get("/Alt", ""))

    @property
    def scope(self) -> str:
        return str(self.entry["/A"].get("/Scope", "")) if "/A" in self.entry else ""


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    """All text, with single spaces."""
    text = " ".join(page.extract_text() for page in read(content).pages)
    return re.sub(r"\s+", " ", text)


def below_the_foot(content: bytes) -> list[str]:
    """Words that stand lower than the text of a page may, without the running foot."""
    found: list[str] = []

    def seen(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip() and tm[5] * cm[3] + cm[5] < FOOT:
            found.append(text.strip())

    for page in read(content).pages:
        page.extract_text(visitor_text=seen)
    return [text for text in found if not re.match(r"Page \d|Made-up data", text)]


def tree(reader: PdfReader) -> Node:
    """The document's element. Parents must point back (AssertionError otherwise)."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    pages = {page.indirect_reference.idnum: i for i, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    entry = root["/K"].get_object()
    assert entry["/P"] == root
    return _node(entry, pages)


def _node(entry: Any, pages: dict[int, int]) -> Node:
    kids: list[Node | Piece] = []
    for kid in entry["/K"]:
        if isinstance(kid, int):
            kids.append((pages[entry.raw_get("/Pg").idnum], int(kid)))
        elif kid.get_object().get("/Type") == "/MCR":
            found = kid.get_object()
            kids.append((pages[found.raw_get("/Pg").idnum], int(found["/MCID"])))
        else:
            assert kid.get_object()["/P"] == entry
            kids.append(_node(kid.get_object(), pages))
    return Node(str(entry["/S"])[1:], entry, tuple(kids))


def drawn(reader: PdfReader) -> dict[Piece, str]:
    """The kind that each marked piece bears on its page; nothing may be drawn outside of them.

    AssertionError for anything untagged, or tagged twice, or a mark that does not close.
    """
    found: dict[Piece, str] = {}
    for index, page in enumerate(reader.pages):
        stack: list[str] = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in {b"BDC", b"BMC"}:
                stack.append(str(operands[0])[1:])
                assert len(stack) == 1, "a mark inside a mark"
                if stack[0] != "Artifact":
                    piece = (index, int(operands[1]["/MCID"]))
                    assert piece not in found
                    found[piece] = stack[0]
            elif operator == b"EMC":
                stack.pop()
            elif operator in SHOWING:
                assert stack, f"page {index + 1}: {operator!r} outside of every mark"
        assert not stack
    return found


def back(reader: PdfReader) -> dict[Piece, str]:
    """The kind of element that the parent tree gives for each piece."""
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    rows = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    return {
        (index, mcid): str(element.get_object()["/S"])[1:]
        for index, page in enumerate(reader.pages)
        for mcid, element in enumerate(rows[int(page["/StructParents"])])
    }


def check(content: bytes) -> Node:
    """Everything that holds for every paper of ours; gives its tree."""
    reader = read(content)
    whole = tree(reader)
    marked = drawn(reader)
    assert whole.kind == "Document"
    assert whole.pieces() == sorted(marked)  # all of them, once, in the order of drawing
    assert back(reader) == marked
    _check_kinds(whole)
    _check_catalog(reader)
    _check_fonts(reader)
    return whole


def _check_kinds(whole: Node) -> None:
    kinds = [node.kind for node in whole.walk()]
    levels = [int(kind[1]) for kind in kinds if re.fullmatch(r"H\d", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(low <= high + 1 for high, low in pairwise(levels))
    for node in whole.walk():
        inside = {kid.kind for kid in node.kids if isinstance(kid, Node)}
        assert inside <= {"Table": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI"}}.get(node.kind, inside)
        if node.kind == "Figure":
            assert len(node.alt) > 20
            assert len(node.entry["/A"]["/BBox"]) == 4
        if node.kind == "TR":
            assert "TH" in inside
        if node.kind == "TH":
            assert node.scope in {"/Row", "/Column"}
        if node.kind == "LI":
            assert inside == {"Lbl", "LBody"}


def _check_catalog(reader: PdfReader) -> None:
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert bool(catalog["/MarkInfo"]["/Marked"]) is True
    assert bool(catalog["/ViewerPreferences"]["/DisplayDocTitle"]) is True
    packet = catalog["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert reader.xmp_metadata is not None
    assert reader.metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": reader.metadata.title}
    assert all(page["/Tabs"] == "/S" for page in reader.pages)


def _check_fonts(reader: PdfReader) -> None:
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            found = font.get_object()
            assert "/FontFile2" in found["/FontDescriptor"], found["/BaseFont"]
            assert "/ToUnicode" in found
