"""Pictures to share: the sentence, the people filled in, and where it comes from."""

from collections import Counter

from tests.flow.every_number.account import Account
from tests.flow.every_number.statements import View, told
from tests.flow.every_number.tree import read
from tests.flow.every_number.words import numbers, shown


def shared(account: Account, content: bytes, view: View) -> None:
    """A picture of one figure as a drawing."""
    tree = read(content.decode())
    found = view.place.figure(view.subject)
    assert found
    assert found.value is not None
    sentence, names = told(found, view.subject), view.truth.names
    account.same("shared: title", numbers(tree.first("title").text), sentence)
    filled = shown(found.value)
    described = numbers(tree.first("desc").text, names)
    account.same("shared: words", described, [*sentence, filled])
    written = numbers(" ".join(node.text for node in tree.all("text")), names)
    account.same("shared: picture", written, sentence)
    # A person is a head and a body; those filled in have the colour of most of their edges.
    heads = Counter(each.attributes["fill"] for each in tree.all("circle"))
    edge = {each.attributes["stroke"] for each in tree.all("circle")}
    people = (sum(heads.values()), sum(heads[colour] for colour in edge))
    account.same("shared: people", people, (100, int(filled)))
