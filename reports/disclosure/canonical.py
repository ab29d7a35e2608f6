"""One form of a document, whatever has stored it: then its digest is one, and so is each file."""

from collections.abc import Mapping
from typing import Any


def canonical(document: Mapping[str, Any]) -> dict[str, Any]:
    """Keys in order, and no minus nought.

    PostgreSQL keeps the keys of JSON in an order of its own and -0.0 as 0.0; SQLite keeps both as
    they were. What is read again must not tell which of them kept it.
    """
    return {key: _plain(document[key]) for key in sorted(document)}


LEAVES = (str, int, type(None))


def _plain(value: Any) -> Any:
    # The commonest first: a document has a quarter of a million values.
    if isinstance(value, float):
        return value + 0.0
    if isinstance(value, LEAVES):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return canonical(value) if isinstance(value, Mapping) else value
