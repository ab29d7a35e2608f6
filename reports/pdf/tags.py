"""The structure tree of a PDF, which the open-source ReportLab does not write.

Whatever is drawn belongs either to an element of the tree (`content`) or to the decoration
(`artifact`). An element joins the tree where its first content is drawn, so the tree stands in
reading order, and a paragraph that runs over a page is one element with content on both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFPage,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

RUNNING = "/Artifact <</Type /Pagination>> BDC"
DECORATION = "/Artifact BMC"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Content:
    """A marked piece of a page: `page` counts from nought."""

    page: int
    mcid: int


@dataclass(eq=False)
class Element:
    """A node of the tree. `attributes` is a finished PDF dictionary, or nothing.

    parent: None for what stands directly in the document.
    """

    kind: str
    parent: "Element | None" = None
    alt: str = ""
    attributes: str = ""
    kids: "list[Element | Content]" = field(default_factory=list)

    def descendants(self) -> "Iterator[Element]":
        """The element itself and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.descendants()


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that knows what it draws. Its file says that it follows PDF/UA-1."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "pdfVersion": (1, 7)})
        self.root = Element("Document")
        self.pages: list[list[Element]] = [[]]  # whose each marked piece is

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element."""
        self._place(element)
        mcid = len(self.pages[-1])
        self.pages[-1].append(element)
        element.kids.append(Content(len(self.pages) - 1, mcid))
        self.addLiteral(f"/{element.kind} <</MCID {mcid}>> BDC")
        yield
        self.addLiteral("EMC")

    @contextmanager
    def artifact(self, operator: str = DECORATION) -> Iterator[None]:
        """What is drawn inside is left out when the document is read aloud."""
        self.addLiteral(operator)
        yield
        self.addLiteral("EMC")

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        super().showPage()
        self.pages.append([])

    def save(self) -> None:
        """Write the tree, then the file."""
        if self._code:
            self.showPage()
        self.pages.pop()  # the one that would have come next
        Tree(self._doc, self.root, self.pages).write()
        self._identify()
        super().save()

    def _place(self, element: Element) -> None:
        if element.kids or element is self.root:
            return
        parent = element.parent or self.root
        self._place(parent)
        parent.kids.append(element)

    def _identify(self) -> None:
        catalog, info = self._doc.Catalog, self._doc.info
        lang = catalog.Lang.s
        packet = XMP.format(title=escape(info.title), lang=escape(lang)).encode()
        kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
        catalog.Metadata = PDFStream(PDFDictionary(kind), packet)
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})


class Written(PDFObject):  # type: ignore[misc]
    """An object whose number is known before its text is."""

    __RefOnly__ = 1
    text = b""

    def format(self, _document: Any) -> bytes:
        return self.text


class Tree:
    """Writes the elements of a finished document."""

    def __init__(self, document: Any, root: Element, pages: list[list[Element]]) -> None:
        self.document, self.root, self.pages = document, root, pages
        self.objects: dict[int, Written] = {}
        self.numbers: dict[int, int] = {}
        self.page_numbers = [self._number(each) for each in document.Pages.pages]

    def write(self) -> None:
        elements = list(self.root.descendants())
        top = self._new(self)
        for element in elements:
            self._new(element)
        for element in elements:
            parent = element.parent or (self.root if element is not self.root else self)
            self.objects[id(element)].text = self._element(element, self.numbers[id(parent)])
        top.text = self._top()
        self.document.Catalog.StructTreeRoot = top
        for index, page in enumerate(self.document.Pages.pages):
            self._page(page, index)

    def _new(self, node: object) -> Written:
        written = self.objects[id(node)] = Written()
        self.numbers[id(node)] = self._number(written)
        return written

    def _number(self, written: Any) -> int:
        name = self.document.Reference(written).name
        return int(self.document.idToObjectNumberAndVersion[name][0])

    def _element(self, element: Element, parent: int) -> bytes:
        pages = [kid.page for kid in element.kids if isinstance(kid, Content)]
        own = pages[0] if pages else None
        kids = " ".join(self._kid(kid, own) for kid in element.kids)
        page = "" if own is None else f" /Pg {self.page_numbers[own]} 0 R"
        shape = f" /A {element.attributes}" if element.attributes else ""
        start = f"<</S /{element.kind} /P {parent} 0 R{page}{shape} /K [{kids}]"
        alt = b" /Alt " + PDFString(element.alt).format(self.document) if element.alt else b""
        return start.encode() + alt + b">>"

    def _kid(self, kid: Element | Content, own: int | None) -> str:
        if isinstance(kid, Element):
            return f"{self.numbers[id(kid)]} 0 R"
        if kid.page == own:
            return str(kid.mcid)
        return f"<</Type /MCR /Pg {self.page_numbers[kid.page]} 0 R /MCID {kid.mcid}>>"

    def _top(self) -> bytes:
        """The root of the tree, with the way back from each page's pieces to their elements."""
        rows = (" ".join(f"{self.numbers[id(e)]} 0 R" for e in page) for page in self.pages)
        back = "\n".join(f"{index} [{row}]" for index, row in enumerate(rows))
        document = self.numbers[id(self.root)]
        tree = f"/ParentTree <</Nums [{back}]>> /ParentTreeNextKey {len(self.pages)}"
        return f"<</Type /StructTreeRoot /K {document} 0 R {tree}>>".encode()

    @staticmethod
    def _page(page: PDFPage, index: int) -> None:
        # ReportLab's pages do not know these two names.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = index, PDFName("S")
        # Without its second filter, which makes text of the bytes and adds a quarter to them.
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
