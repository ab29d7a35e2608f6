"""A question that only fills a page is asked in place of another, and is nowhere in the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.definition.problems import Problem, pointer

Entry = Mapping[str, Any]


def filler_problems(document: Entry) -> Iterator[Problem]:
    fillers = {entry["key"] for entry in document["items"] if entry.get("filler")}
    for n, entry in enumerate(document["items"]):
        if entry.get("filler") and "when" not in entry:
            yield Problem(pointer("items", n), "A question that fills a page needs a condition.")
    for name in ("topics", "scales"):
        for n, entry in enumerate(document.get(name, ())):
            for key in sorted(fillers & set(_names(entry))):
                yield Problem(
                    pointer(name, n), f"Item {key} only fills a page and has no place in results."
                )


def _names(entry: Any) -> Iterator[str]:
    """Every text in an entry that could name an item."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, Mapping):
        for value in entry.values():
            yield from _names(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _names(value)
