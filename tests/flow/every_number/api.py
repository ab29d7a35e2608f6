"""The API: the document of a place, its numbers as rows, and what is said of them."""

from collections.abc import Mapping
from typing import Any

from tests.flow.every_number.account import Account
from tests.flow.every_number.rows import CHANGES, RESULTS, changes, results, same_rows
from tests.flow.every_number.statements import View, finding
from tests.flow.every_number.truth import NOW, Place, Truth
from tests.flow.every_number.words import HEADS, SCALES, numbers


def document(account: Account, found: Mapping[str, Any], place: Place, truth: Truth) -> None:
    account.same("API: document", found["cube"], place.documents[NOW])
    account.same("API: participation", found["participation"], place.participation)
    about = (found["kind"], found["key"], found["name"], found["release"])
    account.same("API: about", about, (place.kind, place.key, place.name, str(truth.build.pk)))


def cells(account: Account, found: list[Mapping[str, Any]], place: Place) -> None:
    same_rows(account, "API: cells", found, results(place), RESULTS)


def told_changes(account: Account, found: list[Mapping[str, Any]], place: Place) -> None:
    same_rows(account, "API: changes", found, changes(place), CHANGES)


def sentences(account: Account, found: list[Mapping[str, Any]], view: View) -> None:
    """What is said of each measure, and the cells that it is said of."""
    said: dict[str, str] = {}
    for each in found:
        said[each["measure"]] = f"{said.get(each['measure'], '')} {each['text']}".strip()
        for cell in each["cells"]:
            groups = {view.place.group(), view.borough.group()}
            ok = cell["group"] in groups and cell["measure"] == each["measure"]
            account.agree("API: cells of a sentence", ok, cell, sorted(groups))
    account.same("API: measures", set(said), {*HEADS, *SCALES})
    for measure, words in said.items():
        told = numbers(words, view.truth.reasons)
        account.same("API: sentences", told, finding(view, measure), words)
