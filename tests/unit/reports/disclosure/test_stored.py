"""Rows that are read late say what they would have said at once."""

from typing import Any

import pytest
from msgspec import Raw

from reports.disclosure.stored import stored


def test_rows_are_dictionaries_whose_cells_are_made_once() -> None:
    made: list[Any] = []

    def make(packed: list[Any]) -> tuple[Any, ...]:
        made.append(packed)
        return tuple(packed)

    rows = stored(Raw(b'{"b": {"y": [0.0, 2], "x": [1, null]}, "a": {}}'), make)
    assert list(rows) == ["a", "b"]
    assert made == []
    assert rows["b"]["x"] is rows["b"]["x"]
    assert made == [[1, None]]
    assert list(rows["b"].items()) == [("x", (1, None)), ("y", (0.0, 2))]
    assert rows["b"] == {"x": (1, None), "y": (0.0, 2)}
    assert rows["b"].get("z") is None
    with pytest.raises(KeyError):
        rows["b"]["z"]
