"""What differs between two sets of released figures, counted for whoever approves. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.disclosure.released import Cell, Comparison, ReleasedCube, Since

KINDS = ("borough", "locality", "ward", "school")
Figures = dict[tuple[str, str], tuple[Cell, Comparison | None, Since | None]]


@dataclass(frozen=True)
class Change:
    """Cells of one kind of place; a cell is a measure in a group, with its comparison and
    its change since the wave before.

    `new` was not public, `withheld` is public and would no longer be, `changed` reads otherwise.
    """

    kind: str
    new: int
    changed: int
    withheld: int
    same: int


def changes(before: Iterable[ReleasedCube], after: Iterable[ReleasedCube]) -> tuple[Change, ...]:
    """By kind of place, from one cube a place each; kinds without any figure are left out."""
    old, new = _by_kind(before), _by_kind(after)
    return tuple(
        _change(kind, old.get(kind, {}), new.get(kind, {}))
        for kind in KINDS
        if kind in old or kind in new
    )


def _change(kind: str, old: Figures, new: Figures) -> Change:
    both = old.keys() & new.keys()
    changed = sum(old[each] != new[each] for each in both)
    return Change(kind, len(new) - len(both), changed, len(old) - len(both), len(both) - changed)


def _by_kind(cubes: Iterable[ReleasedCube]) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    for cube in cubes:
        places = {each.id: each.place for each in cube.groups}
        for group, row in cube.cells.items():
            # A place's document holds the borough's groups too; counted twice they are one.
            kind = places[group].kind
            beside, since = cube.comparisons.get(group, {}), cube.since.get(group, {})
            found.setdefault(kind, {}).update(
                {(group, key): (cell, beside.get(key), since.get(key)) for key, cell in row.items()}
            )
    return found
