"""Stored cells, read when they are asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

import msgspec

Item = TypeVar("Item")


class Row(Mapping[str, Item]):
    """A stored group's cells: the row is read, and each cell made, when it is first asked for.

    A page shows a few of a place's hundred groups, and most of its first request was cells that
    nobody saw.
    """

    def __init__(self, row: msgspec.Raw, make: Callable[[list[Any]], Item]) -> None:
        self._row, self._make = row, make
        self._made: dict[str, Item] = {}

    @cached_property
    def _packed(self) -> dict[str, Any]:
        return msgspec.json.decode(self._row, type=dict[str, Any])

    def __getitem__(self, measure: str) -> Item:
        if measure not in self._made:
            self._made[measure] = self._make(self._packed[measure])
        return self._made[measure]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._packed))

    def __len__(self) -> int:
        return len(self._packed)


def stored(rows: msgspec.Raw, make: Callable[[list[Any]], Item]) -> dict[str, Mapping[str, Item]]:
    """The rows of a document's part by group, groups and measures in order."""
    by_group = msgspec.json.decode(rows, type=dict[str, msgspec.Raw])
    return {group: Row(by_group[group], make) for group in sorted(by_group)}
