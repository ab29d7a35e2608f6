"""One form of a document, whatever has stored it: then its digest is one, and so is each file."""

from collections.abc import Mapping
from typing import Any

ATOMS, LISTS = (str, int), (list, tuple)


def canonical(document: Mapping[str, Any]) -> dict[str, Any]:
    """Keys in order, and no minus nought.

    PostgreSQL keeps the keys of JSON in an order of its own and -0.0 as 0.0; SQLite keeps both as
    they were. What is read again must not tell which of them kept it.
    """
    return {key: plain(document[key]) for key in sorted(document)}


def plain(value: Any) -> Any:
    """One value of a document, in the same form."""
    # The commonest first: a school's document holds tens of thousands of numbers.
    if isinstance(value, float):
        return value + 0.0
    if isinstance(value, ATOMS):
        return value
    if isinstance(value, LISTS):
        return [plain(each) for each in value]
    return canonical(value) if isinstance(value, Mapping) else value
