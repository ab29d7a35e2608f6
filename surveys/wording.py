"""Wording packs: licensed sentences laid over the stand-in wording of one scale.

A pack is JSON: {questionnaire, version, scale, language, texts: {item: text},
option_labels?: {coding or item: {code: label}}, permission: {holder, registered_with,
reference, date}}. Scoring, keys and codes never change.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.definition.problems import DefinitionErrors, Problem, pointer

Document = Mapping[str, Any]

_NEEDED: Mapping[str, type] = {
    "questionnaire": str,
    "version": str,
    "scale": str,
    "language": str,
    "texts": dict,
    "permission": dict,
}
_PERMISSION = ("holder", "registered_with", "reference", "date")


def apply_pack(document: Document, pack: Document) -> dict[str, Any]:
    """A new document with the pack's wording, its permission, and the scale named in its version.

    `document` must be one that `parse` accepts. Raises DefinitionErrors; the paths are the pack's.
    """
    problems = list(_shape(pack)) or list(_fit(document, pack))
    if problems:
        raise DefinitionErrors(tuple(problems))
    worded = copy.deepcopy(dict(document))
    for item in worded["items"]:
        item["text"] = pack["texts"].get(item["key"], item["text"])
    for name, labels in pack.get("option_labels", {}).items():
        for option in _options(worded, name):
            option["label"] = labels.get(str(option["code"]), option["label"])
    scale = next(entry for entry in worded["scales"] if entry["key"] == pack["scale"])
    scale["wording"] = {"status": "licensed", "permission": dict(pack["permission"])}
    mark = "." if "+" in worded["version"] else "+"
    worded["version"] += mark + pack["scale"].replace("_", "-")
    return worded


def _shape(pack: Document) -> Iterator[Problem]:
    for key, kind in _NEEDED.items():
        if not isinstance(pack.get(key), kind) or not pack[key]:
            yield Problem(pointer(key), "This must be given in a wording pack.")
    for key in pack.keys() - _NEEDED.keys() - {"option_labels"}:
        yield Problem(pointer(key), "This is not known in a wording pack.")
    yield from _permission(pack.get("permission"))
    yield from _sentences(pack.get("texts"), "texts")
    labels = pack.get("option_labels", {})
    if not isinstance(labels, dict):
        yield Problem("/option_labels", "This must be an object of codings and labels.")
        return
    for name, texts in labels.items():
        yield from _sentences(texts, "option_labels", name)


def _permission(permission: object) -> Iterator[Problem]:
    if not isinstance(permission, dict):
        return
    for key in _PERMISSION:
        if not isinstance(permission.get(key), str) or not permission[key].strip():
            yield Problem(pointer("permission", key), "This must be recorded with a permission.")
    for key in sorted(permission.keys() - set(_PERMISSION)):
        yield Problem(pointer("permission", key), "This is not known in a permission.")


def _sentences(texts: object, *steps: str) -> Iterator[Problem]:
    if not isinstance(texts, dict):
        yield Problem(pointer(*steps), "This must be an object of keys and sentences.")
        return
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            yield Problem(pointer(*steps, key), "This must be a sentence.")


def _fit(document: Document, pack: Document) -> Iterator[Problem]:
    """The pack is for this very questionnaire, and words every item of the scale and no other."""
    for key, here in (
        ("questionnaire", document["key"]),
        ("version", document["version"].split("+")[0]),
        ("language", document["language"]),
    ):
        if pack[key] != here:
            yield Problem(
                pointer(key), f"The pack is for {pack[key]}, the questionnaire is {here}."
            )
    scale = next((e for e in document.get("scales", ()) if e["key"] == pack["scale"]), None)
    if scale is None:
        yield Problem("/scale", f"There is no scale {pack['scale']}.")
        return
    items = set(_items(scale))
    for key in sorted(items - pack["texts"].keys()):
        yield Problem("/texts", f"Item {key} of the scale has no wording.")
    for key in sorted(pack["texts"].keys() - items):
        yield Problem(pointer("texts", key), "This item is not part of the scale.")
    for name, labels in pack.get("option_labels", {}).items():
        yield from _labels(document, name, labels, items)


def _labels(document: Document, name: str, labels: Document, items: set[str]) -> Iterator[Problem]:
    codes = {str(option["code"]) for option in _options(document, name)}
    users = {e["key"] for e in document["items"] if e.get("coding") == name or e["key"] == name}
    for code in sorted(labels.keys() - codes):
        yield Problem(pointer("option_labels", name, code), "There is no such option.")
    for key in sorted(users - items):
        yield Problem(pointer("option_labels", name), f"Item {key} of another scale uses it too.")


def _options(document: Document, name: str) -> list[dict[str, Any]]:
    """The option set of that name, or the options of the item of that name."""
    own = {entry["key"]: entry.get("options", []) for entry in document["items"]}
    return list(document.get("codings", {}).get(name, own.get(name, [])))


def _items(formula: Document) -> Iterator[str]:
    for part in formula.get("parts", ()):
        key = part if isinstance(part, str) else part.get("item")
        if key:
            yield key
    for branch in formula.keys() & {"then", "otherwise"}:
        yield from _items(formula[branch])
