"""The papers: what a reader of a tagged PDF finds, as the same tree as that of a page."""

import re
from collections import defaultdict
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from tests import papers
from tests.flow.every_number.account import Account, Unchecked
from tests.flow.every_number.charts import chart
from tests.flow.every_number.drawn import fits, joined
from tests.flow.every_number.pages import block, names, table
from tests.flow.every_number.statements import View
from tests.flow.every_number.tree import Node
from tests.flow.every_number.words import ITEMS, figure_of, numbers

TAGS = {"L": "ul", "LI": "li", "Table": "table", "TR": "tr", "TH": "th", "TD": "td", "P": "p"}
# The parts of a paper by their headings, under the names that they have on the page.
PARTS = {
    "Who took part": "took-part",
    "What stands out": "stands-out",
    "Groups": "groups",
    "How to read this": "method",
}
Words = dict[papers.Piece, list[str]]


def paper(account: Account, content: bytes, view: View) -> None:
    """Every number of a paper, in its words, its pictures and the words that stand for them."""
    reader = papers.read(content)
    pieces, outside = written(reader)
    told = [each for each in papers.tree(reader).kids if isinstance(each, papers.Node)]
    nodes = [element(each, pieces) for each in told]
    done: set[int] = set()
    for number, (each, node) in enumerate(zip(told, nodes, strict=True)):
        if node.tag == "figure":
            done |= {number, *figure(account, each, nodes, number, view)}
    part_by_part(nodes)
    question = ""
    for number, node in enumerate(nodes):
        if node.tag in {"h2", "h3", "h4"}:
            question = ""
        elif node.tag == "p":
            question = question_of(node.text) or question
        if node.tag == "table":
            table_of(account, node, view, question)
            question = ""
        elif number not in done:
            for inner in node.walk():
                block(account, inner, view)
    around(account, reader, outside, view)


def part_by_part(nodes: list[Node]) -> None:
    """What follows a heading of a part stands in that part, as on the page."""
    part = Node("document")
    for node in nodes:
        if node.tag == "h2":
            part = Node("section", {"id": part_of(node.text)})
        node.parent = part
        part.kids.append(node)


def around(account: Account, reader: PdfReader, outside: list[list[str]], view: View) -> None:
    """The numbers of the sheets, and the title of the paper."""
    allowed = names(view)
    for page, words in enumerate(outside, 1):
        found = numbers(" ".join(words), allowed)
        account.same("paper: foot", found, [str(page)], " ".join(words))
    title = str(reader.metadata.title) if reader.metadata else ""
    account.agree("paper: title", not numbers(title, allowed), title, "no figure")


def part_of(heading: str) -> str:
    return PARTS.get(heading) or ("change" if heading.startswith("Change since") else "")


def written(reader: PdfReader) -> tuple[Words, list[list[str]]]:
    """The words of every marked piece, and of each sheet those that are decoration."""
    found: Words = defaultdict(list)
    outside: list[list[str]] = []
    for index, page in enumerate(reader.pages):
        fonts = {name: letters(font) for name, font in page["/Resources"]["/Font"].items()}
        outside.append([])
        into, font = outside[-1], {}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"BDC" and "/MCID" in operands[1]:
                into = found[index, int(operands[1]["/MCID"])]
            elif operator == b"EMC":
                into = outside[-1]
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator in {b"Tj", b"TJ"}:
                into.append(decoded(operands[0], font))
    return found, outside


def decoded(shown: Any, font: dict[int, str]) -> str:
    strings = shown if isinstance(shown, list) else [shown]
    codes = (each.original_bytes for each in strings if not isinstance(each, int | float))
    return "".join(font[code] for each in codes for code in each)


def letters(font: Any) -> dict[int, str]:
    """What each code of an embedded font stands for, as the paper itself says."""
    table = font.get_object()["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"^<(\w\w)> <(\w{4})>$", table, re.MULTILINE)
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}


def element(found: papers.Node, pieces: Words, parent: Node | None = None) -> Node:
    """An element of the structure tree with its words. A list's dot is no word of it."""
    tag = TAGS.get(found.kind, found.kind.lower())
    made = Node(tag, {"scope": "col"} if found.scope == "/Column" else {}, parent=parent)
    for kid in found.kids:
        if isinstance(kid, papers.Node):
            if kid.kind == "LBody":
                made.kids.append(" ".join(joined(pieces[each] for each in kid.pieces())))
            elif kid.kind != "Lbl":
                made.kids.append(element(kid, pieces, made))
        else:
            made.kids.append(" ".join(pieces[kid]))
    return made


def table_of(account: Account, node: Node, view: View, question: str) -> None:
    """A table of numbers has heads, or is of a question's answers; names with their values are
    as a list of terms on a page."""
    if question or any(each.attributes.get("scope") == "col" for each in node.all("th")):
        table(account, node, view, question)
        return
    for row in node.all("tr"):
        head, value = row.all("th", "td")
        terms = Node("dl", parent=node.parent)
        terms.kids = [
            Node("dt", kids=[head.text], parent=terms),
            Node("dd", kids=[value.text], parent=terms),
        ]
        for each in terms.kids:
            assert isinstance(each, Node)
            block(account, each, view)


def question_of(words: str) -> str:
    return next((item["text"] for item in ITEMS.values() if item["text"] == words), "")


def figure(
    account: Account, found: papers.Node, nodes: list[Node], number: int, view: View
) -> set[int]:
    """A chart on paper: the words that stand for it, and those that are drawn; its title above and
    its note below. Gives the places of these two."""
    key = chart_key(found.alt, view)
    try:
        drawn = chart(view, key)
    except Unchecked as missing:
        account.unchecked(f"{missing}: {found.alt}")
        return set()
    node, kind = nodes[number], type(drawn).__name__.lower()
    order = sorted(drawn.labels(), key=node.text.find)  # as they stand in the picture
    said = joined(sentence for label in order for sentence in drawn.said(label))
    account.same(f"paper: {kind}: words", numbers(found.alt), [*drawn.title, *said], found.alt)
    expected = [*drawn.key, *drawn.drawing(order)]
    shown = numbers(node.text)
    account.agree(f"paper: {kind}: picture", fits(shown, expected), shown, expected, found.alt)
    done = set()
    above = nodes[number - 1]
    if above.tag == "p" and found.alt.startswith(above.text):
        account.same(f"paper: {kind}: title", numbers(above.text), drawn.title, above.text)
        done.add(number - 1)
    if drawn.note:
        below = sorted(numbers(nodes[number + 1].text))
        account.same(f"paper: {kind}: note", below, sorted(drawn.note), nodes[number + 1].text)
        done.add(number + 1)
    return done


def chart_key(alt: str, view: View) -> str:
    """The chart that words stand for: they begin with its title."""
    for item in ITEMS.values():
        if alt.startswith(item["text"]) or f"“{item['text']}” and " in alt[:120]:
            return f"c-answers-{item['key']}"
    name = (figure_of(alt) or "of nothing known").replace("_", "-")
    return f"c-pupils-{name}" if view.page == "pupils" else f"c-{name}"
