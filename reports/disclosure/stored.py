"""Stored cells, read when they are asked for."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from reports.disclosure.canonical import plain

Item = TypeVar("Item")


class Row(Mapping[str, Item]):
    """A stored group's cells, each made when it is first asked for.

    A page shows a few of a place's hundred groups, and most of its first request was cells that
    nobody saw.
    """

    def __init__(self, packed: Mapping[str, Any], make: Callable[[list[Any]], Item]) -> None:
        self._packed, self._make = packed, make
        self._made: dict[str, Item] = {}

    def __getitem__(self, measure: str) -> Item:
        if measure not in self._made:
            self._made[measure] = self._make(plain(self._packed[measure]))
        return self._made[measure]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._packed))

    def __len__(self) -> int:
        return len(self._packed)


def stored(
    rows: Mapping[str, Mapping[str, Any]], make: Callable[[list[Any]], Item]
) -> dict[str, Mapping[str, Item]]:
    """The rows of a document's part by group, groups and measures in order."""
    return {group: Row(rows[group], make) for group in sorted(rows)}
