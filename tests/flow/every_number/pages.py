"""Every page: each chart, each table and each block of words with a number in it."""

from tests.flow.every_number.account import Account
from tests.flow.every_number.answers import is_drawn, shares
from tests.flow.every_number.figures import figure
from tests.flow.every_number.rules import RULES
from tests.flow.every_number.statements import View, decimals
from tests.flow.every_number.tree import Node
from tests.flow.every_number.words import (
    ITEMS,
    Values,
    figure_of,
    headline_of,
    numbers,
    short_label,
    shown,
)

# Read with what they stand in.
INNER = frozenset({"a", "span", "strong", "code", "time"})


def page(account: Account, tree: Node, view: View) -> None:
    """Every number of a page, its head included."""
    done: set[int] = set()
    for node in tree.walk():
        if id(node) in done:
            continue
        if node.tag == "figure" and node.id:
            figure(account, node, view)
        elif node.tag == "table":
            table(account, node, view)
        else:
            block(account, node, view)
            continue
        done |= {id(each) for each in node.walk()}


def block(account: Account, node: Node, view: View) -> None:
    """One line of words, and those of its attributes."""
    if node.tag not in INNER:
        said(account, node, node.line, view)
    if node.attributes.get("type") != "hidden":
        for words in node.spoken:
            said(account, node, words, view)


def said(account: Account, node: Node, words: str, view: View) -> None:
    """Words that only name something need no rule."""
    if not numbers(words, names(view)):
        return
    for rule in RULES:
        expected = rule(node, view)
        if expected is not None:
            account.same(rule.__name__, numbers(words, view.truth.reasons), expected, words)
            return
    account.unchecked(f"<{node.tag}> {words}")


def names(view: View) -> frozenset[str]:
    """Phrases with a number in them that say no figure."""
    return view.truth.names | {"Year 8", "Year 10"}


# Tables that stand under no chart


def table(account: Account, node: Node, view: View, title: str = "") -> None:
    """title: what the table is of, where no caption says it."""
    heads = [each.text for each in node.all("th") if each.attributes.get("scope") == "col"]
    captions = node.all("caption")
    title = captions[0].text if captions else title
    for row in node.all("tr"):
        cells = [numbers(each.text, view.truth.reasons) for each in row.all("td")]
        if not cells:
            continue
        name = row.first("th").text
        kind, expected = _row(name, title, heads, view)
        if kind:
            account.same(f"table: {kind}", cells, expected, f"{title}, {name}")
        else:
            account.unchecked(f"a row of the table {title or heads}: {row.text}")
    for text in (title, *heads):
        account.agree("table: head", not numbers(text, names(view)), text, "no figure")


def _row(name: str, title: str, heads: list[str], view: View) -> tuple[str, list[list[str]]]:
    """What kind of row it is, "" for one that nobody knows, and the numbers of its cells."""
    if heads[-1:] == ["Verdict"]:
        return "change", _then_and_now(name, view)
    if heads[:1] == ["Ward"]:
        return "wards", _ward(name, heads, view)
    question = next((key for key, item in ITEMS.items() if item["text"] == title), None)
    if question and not is_drawn(view.place, question, view.values):
        return "answers", [_answer(name, question, view)]
    if heads and heads[0].startswith("Pupils who"):
        return "groups", _by_group(name, heads, view)
    return "", []


def _then_and_now(name: str, view: View) -> list[list[str]]:
    key = figure_of(name)
    found = view.place.since(key, view.values) if key else None
    if not key or not found:
        return [["no figure of", name]]
    places = decimals(key)
    then, now = (shown(each, places) for each in (found.before, found.value))
    signed = (found.difference, found.low, found.high)
    difference, *ends = (shown(each, places, signed=True) for each in signed)
    return [[then], [now], [difference], ends, []]


def _ward(name: str, heads: list[str], view: View) -> list[list[str]]:
    key, place = headline_of(heads[1]), view.truth.named(name)
    found = place.figure(key, view.values) if place and key else None
    if found is None:
        return [[], []]
    if found.value is None:
        return [numbers(found.label), []]
    return [[shown(found.value)], [shown(found.low), shown(found.high)]]


def _answer(name: str, question: str, view: View) -> list[str]:
    for text, percent, label in shares(view.place, question, view.values):
        if text == name:
            return numbers(label) if percent is None else [shown(percent)]
    return ["no answer", name]


def _by_group(name: str, heads: list[str], view: View) -> list[list[str]]:
    """A headline by each group, whose short names stand above the columns."""
    key = headline_of(name)
    groups: dict[str, Values] = {short_label(values): values for values in view.place.groups(1)}
    found = [view.place.figure(key, groups[head]) if key else None for head in heads[1:]]
    return [
        [] if each is None else numbers(each.label) if each.value is None else [shown(each.value)]
        for each in found
    ]
