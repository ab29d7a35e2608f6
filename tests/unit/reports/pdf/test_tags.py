"""The structure tree, on papers made for one feature each."""

import pytest

from reports.pdf.document import build
from reports.pdf.flowables import bullets, facts, text, title
from reports.presenters import compose
from tests.papers import Node, check, read
from tests.unit.reports.test_presenters import given

LONG = " ".join(f"word{i}" for i in range(1500))


def paper(*story: object) -> bytes:
    return build(compose(given(), {}), [title("A paper"), *story])


def kinds(node: Node) -> list[str]:
    return [kid.kind for kid in node.kids if isinstance(kid, Node)]


def test_a_paragraph_over_three_pages_is_one_element() -> None:
    tree = check(paper(text("Before."), text(LONG), text("After.")))
    assert kinds(tree) == ["H1", "P", "P", "P"]
    long = tree.kids[2]
    assert isinstance(long, Node)
    assert [page for page, _ in long.pieces()] == [0, 1, 2]


def test_a_list_over_two_pages_is_one_list_and_each_entry_has_one_dot() -> None:
    content = paper(*bullets([LONG, "Last."]))
    tree = check(content)
    (entries,) = [node for node in tree.walk() if node.kind == "L"]
    assert [kinds(entry) for entry in entries.kids if isinstance(entry, Node)] == [
        ["Lbl", "LBody"],
        ["Lbl", "LBody"],
    ]
    assert sum(page.extract_text().count("•") for page in read(content).pages) == 2


def test_a_table_over_three_pages_is_one_table() -> None:
    rows = [(f"Name {i}", f"Value {i}") for i in range(80)]
    tree = check(paper(facts(rows, (200, 200))))
    (table,) = [node for node in tree.walk() if node.kind == "Table"]
    assert [kinds(row) for row in table.kids if isinstance(row, Node)] == [["TH", "TD"]] * 80
    assert {page for page, _ in table.pieces()} == {0, 1, 2}


def test_words_outside_latin_are_kept_in_the_tree_and_in_the_title() -> None:
    content = paper(text("ş, ę and ŵ <b>&amp;</b>"))
    assert kinds(check(content)) == ["H1", "P"]
    assert "ş, ę and ŵ <b>&amp;</b>" in read(content).pages[0].extract_text()


def test_the_checks_see_what_is_untagged() -> None:
    class Bare(type(text("x"))):  # type: ignore[misc]
        def draw(self) -> None:
            self.canv.drawString(0, 0, "loose")

    loose = Bare.of("x", text("x").style, text("x").element)
    with pytest.raises(AssertionError, match="outside of every mark"):
        check(paper(loose))
