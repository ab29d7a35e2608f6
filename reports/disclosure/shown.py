"""What a release leaves to be shown: of the tables that are large enough, by size of school."""

from collections.abc import Collection
from dataclasses import astuple, dataclass
from typing import Any

import pandas as pd

from reports.disclosure.lattice import Breakdown, membership, parts
from reports.disclosure.rules import RuleSet

SIZES = ((1, 59), (60, 119), (120, 239), (240, 479), (480, 10_000))


@dataclass(frozen=True)
class Shown:
    """Schools of low to high pupils, or all places where low is None.

    kept, offered: breakdowns. covered: share of the pupils who are in a part of some kept split.
    """

    low: int | None
    high: int | None
    schools: int
    kept: int
    offered: int
    covered: float

    def to_row(self) -> list[Any]:
        """As plain data, in the order of the fields."""
        return list(astuple(self))


def shown(
    profiles: pd.DataFrame,
    offered: Collection[Breakdown],
    kept: Collection[Breakdown],
    rules: RuleSet,
) -> tuple[Shown, ...]:
    """Shares of what could be shown, first of all places and then of schools by their size."""
    sizes = profiles.groupby("school")["n"].sum()
    bands = [_band(profiles, offered, kept, rules, None, None, len(sizes))]
    for low, high in SIZES:
        some = set(sizes.index[(sizes >= low) & (sizes <= high)])
        if some:
            theirs = [b for b in offered if b.place.kind == "school" and b.place.key in some]
            rows = profiles[profiles["school"].isin(some)]
            bands.append(_band(rows, theirs, kept, rules, low, high, len(some)))
    return tuple(bands)


def _band(
    rows: pd.DataFrame,
    offered: Collection[Breakdown],
    kept: Collection[Breakdown],
    rules: RuleSet,
    low: int | None,
    high: int | None,
    schools: int,
) -> Shown:
    held = [each for each in offered if each in set(kept)]
    split = [group for each in held if each.dims for group in parts(rows, each, rules)]
    seen = membership(rows, split).any(axis=1)
    pupils = rows["n"].to_numpy()
    covered = float(pupils[seen].sum() / pupils.sum()) if pupils.sum() else 0.0
    return Shown(low, high, schools, len(held), len(offered), round(covered, 3))
