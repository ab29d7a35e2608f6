"""A chart on a page, on a slide and in its file, held against what it has to show."""

import csv
import io
from itertools import pairwise

from tests.flow.every_number.account import Account, Unchecked
from tests.flow.every_number.charts import chart
from tests.flow.every_number.drawn import ANY, Areas, Drawn, Lines, fits, joined
from tests.flow.every_number.statements import View
from tests.flow.every_number.tree import Node, read
from tests.flow.every_number.words import group_label, numbers, rounded, year_of


def figure(account: Account, node: Node, view: View) -> None:
    """Every number of a `figure` of a page."""
    try:
        drawn = chart(view, node.id)
    except Unchecked as missing:
        account.unchecked(str(missing))
        return
    kind = type(drawn).__name__.lower()
    order = _table(account, node, drawn, kind)
    if order is None:
        return
    account.orders |= {link.attributes["href"]: order for link in node.all("a")}
    said = [each for each in node.walk() if each.attributes.get("role") == "img"]
    sentences = [numbers(each.attributes["aria-label"], view.truth.reasons) for each in said]
    _sentences(account, kind, sentences, drawn, order)
    _drawing(account, node, drawn, kind, order)
    _around(account, node, drawn, kind, view)


def _table(account: Account, node: Node, drawn: Drawn, kind: str) -> list[str] | None:
    """The labels of the rows in their order; None where they are not those of the chart."""
    rows = {_head(row): row for row in node.all("tr") if row.all("td")}
    account.same(f"{kind}: rows", sorted(rows), sorted(drawn.labels()))
    if rows.keys() != set(drawn.labels()):
        return None
    for label, row in rows.items():
        found = [numbers(cell.text) for cell in row.all("td")]
        account.same(f"{kind}: table", found, drawn.cells(label), f"{node.id}, {label}")
    return list(rows)


def _head(row: Node) -> str:
    return row.first("th").text


def _sentences(
    account: Account, kind: str, said: list[list[str]], drawn: Drawn, order: list[str]
) -> None:
    expected = [sentence for label in order for sentence in drawn.said(label)]
    account.same(f"{kind}: marks", len(said), len(expected))
    for sentence, wanted in zip(said, expected, strict=False):
        account.same(f"{kind}: sentence", sentence, wanted)


def _drawing(account: Account, node: Node, drawn: Drawn, kind: str, order: list[str]) -> None:
    """What is written in the picture, in the order in which it stands there."""
    found = numbers(" ".join(each.text for each in node.walk() if _is_written(each)))
    expected = drawn.drawing(order)
    account.agree(f"{kind}: picture", fits(found, expected), found, expected, node.id)
    if isinstance(drawn, Lines):
        panels = [each for each in node.all("svg") if each.attributes.get("role") == "group"]
        for panel in panels:
            axis(account, numbers(panel.text), drawn)


def _is_written(node: Node) -> bool:
    named = node.tag == "p" and node.attributes.get("aria-hidden") == "true"  # a panel
    return (node.tag == "text" or named) and not node.within(_is_key)


def _is_key(node: Node) -> bool:
    return node.tag == "li"


def axis(account: Account, found: list[str], drawn: Lines) -> None:
    """The ends of an axis hold every number drawn against it."""
    *before, high, _, _ = found
    crosses = drawn.signed and before[-1] == "0" and before[-2].startswith("−")
    low = before[-2] if crosses else before[-1]
    least, most = drawn.ends()
    ends = [float(end.replace("−", "-")) for end in (low, high)]
    account.agree("axis", ends[0] <= least <= most <= ends[1], ends, (least, most))


def _around(account: Account, node: Node, drawn: Drawn, kind: str, view: View) -> None:
    """Title, key, heads of the table and note, which have few numbers, and nothing else."""
    for each in node.walk():
        if each.tag in {"figcaption", "title", "caption", "summary"} or _is_download(each):
            account.same(f"{kind}: title", numbers(each.text), drawn.title, each.text)
        elif each.tag == "th" and each.attributes.get("scope") == "col":
            dates = [*view.truth.years, *year_of(view.values)]
            extra = [number for number in numbers(each.text) if number not in dates]
            account.agree(f"{kind}: head", set(extra) <= set(drawn.key), extra, drawn.key)
        elif each.tag == "p" and each.attributes.get("aria-hidden") != "true":
            found = sorted(numbers(each.text, view.truth.names))
            account.same(f"{kind}: note", found, sorted(drawn.note), each.text)
        elif each.tag not in {"td", "th", "text", "li", "p", "a", "span"} and numbers(each.line):
            account.unchecked(each.line)
        if each.attributes.get("role") != "img":
            for words in each.spoken:
                known = [drawn.title, *(numbers(label) for label in drawn.labels())]
                account.agree(f"{kind}: name", numbers(words) in known, words, known)
    found = numbers(" ".join(each.text for each in node.all("li")))
    if isinstance(drawn, Areas):
        classes(account, found)
    else:
        account.same(f"{kind}: key", found, drawn.key)


def _is_download(node: Node) -> bool:
    return node.tag == "p" and bool(node.all("a"))


def classes(account: Account, found: list[str]) -> None:
    """Classes of a map follow one another: "Under 45", "45 to 49", "50 or more"."""
    ends = [int(number) for number in found]
    starts, lasts = ends[1::2], [ends[0] - 1, *ends[2::2]] if ends else []
    ok = [last + 1 for last in lasts] == starts
    account.agree("areas: classes", ok and ends == sorted(ends), ends, "classes without gaps")


# Files


def slide(account: Account, content: bytes, view: View, key: str, order: list[str]) -> None:
    """A chart as a drawing: its words, and those that stand for it. order: of its rows."""
    drawn = chart(view, key)
    kind = type(drawn).__name__.lower()
    tree = read(content.decode())
    names = view.truth.reasons | {view.truth.source, view.truth.build.wave.name}
    caption = numbers(group_label(view.values)) if view.is_school else []
    said = joined(sentence for label in order for sentence in drawn.said(label))
    account.same(f"{kind}: slide's title", numbers(tree.first("title").text), drawn.title)
    described = numbers(tree.first("desc").text, names)
    expected = [*caption, *drawn.title, *said, *drawn.note]
    account.same(f"{kind}: slide's words", described, expected, key)
    written = numbers(" ".join(node.text for node in tree.all("text")), names)
    expected = [*caption, *drawn.title, *drawn.note, *drawn.key, *drawn.drawing(order)]
    if isinstance(drawn, Areas):  # the key of a map stands behind it
        expected += [ANY] * (len(written) - len(drawn.title) - len(drawn.drawing(order)))
    account.agree(f"{kind}: slide", fits(written, expected), written, expected, key)
    if isinstance(drawn, Areas):
        shades(account, tree, [drawn.rows[label][0] for label in order])


def shades(account: Account, tree: Node, values: list[float | None]) -> None:
    """Each area has the colour that the key gives to its number as it is printed."""
    kids = [kid for kid in tree.first("svg").kids if isinstance(kid, Node)]
    painted = [
        (node.attributes["fill"], next_.text if next_.tag == "text" else "")
        for node, next_ in pairwise(kids)
        if "stroke" in node.attributes and node.attributes.get("fill") not in {None, "none"}
    ]
    known = [value for value in values if value is not None]
    areas, key = painted[: len(known)], painted[len(known) :]
    for value, (colour, _) in zip(known, areas, strict=True):
        over = [c for c, words in key[1:] if rounded(value) >= int(numbers(words)[0])]
        account.same("areas: shade", colour, over[-1] if over else key[0][0], str(value))


def chart_csv(account: Account, content: bytes, view: View, key: str) -> None:
    """The numbers of a chart as a file: as released, not rounded."""
    drawn = chart(view, key)
    kind = type(drawn).__name__.lower()
    head, *rows = csv.reader(io.StringIO(content.decode()))
    ends = [name for name in head if name.startswith("Likely range")]
    account.agree(f"{kind}: file", ends in [[], ["Likely range from", "Likely range to"]], head, "")
    expected = [row for label in drawn.labels() for row in drawn.csv(label)]
    account.same(f"{kind}: file", sorted(map(tuple, rows)), sorted(expected), key)
