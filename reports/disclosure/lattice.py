"""The closed list: places, whole breakdowns of places, and the groups they are made of."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.disclosure.rules import RuleSet

Bools = NDArray[np.bool_]
Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, order=True)
class Place:
    """A borough, locality, ward or school, by its key."""

    kind: str
    key: str

    @property
    def id(self) -> str:
        """The place's part of a group id."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, order=True)
class Breakdown:
    """A place split by demographics (in alphabetical order), published whole or not at all."""

    place: Place
    dims: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """For example `school:100001|sex|year_group`."""
        return "|".join((self.place.id, *self.dims))


@dataclass(frozen=True, order=True)
class Group:
    """One part of a breakdown: a place and a value of each of its demographics."""

    place: Place
    values: Values = ()

    @property
    def breakdown(self) -> Breakdown:
        """The breakdown this group is a part of."""
        return Breakdown(self.place, tuple(dim for dim, _ in self.values))


@dataclass(frozen=True)
class Candidates:
    """Breakdowns that may go to the certificate, and those refused with the reason."""

    offered: tuple[Breakdown, ...]
    refused: tuple[tuple[Breakdown, str], ...]


def group_id(group: Group) -> str:
    """For example `school:100001|sex=F|year_group=8`."""
    return "|".join((group.place.id, *(f"{dim}={value}" for dim, value in group.values)))


def parse_group(text: str) -> Group:
    """The group an id names.

    Raises:
        ValueError: the text is not a group id.
    """
    place, *pairs = text.split("|")
    kind, colon, key = place.partition(":")
    values = tuple(tuple(pair.split("=")) for pair in pairs)
    if not colon or any(len(value) != 2 for value in values):
        raise ValueError(f"not a group id: {text!r}")
    return Group(Place(kind, key), tuple((dim, value) for dim, value in values))


def places(profiles: pd.DataFrame, authority: str) -> tuple[Place, ...]:
    """Every place with pupils, the borough first."""
    found = [Place("borough", authority)]
    for kind in ("locality", "school", "ward"):
        if kind in profiles:
            found += [Place(kind, key) for key in sorted(profiles[kind].dropna().unique())]
    return tuple(found)


def within(profiles: pd.DataFrame, place: Place) -> Bools:
    """Which profiles are in a place (P,)."""
    if place.kind == "borough":
        return np.ones(len(profiles), dtype=bool)
    return (profiles[place.kind] == place.key).to_numpy(bool)


def parts(profiles: pd.DataFrame, breakdown: Breakdown, rules: RuleSet) -> tuple[Group, ...]:
    """The groups of a breakdown that have pupils, in order of their values."""
    dims = list(breakdown.dims)
    rows = profiles[within(profiles, breakdown.place)]
    if not dims:
        return (Group(breakdown.place),) if len(rows) else ()
    keep = ~rows[dims].isna().any(axis=1)
    for dim, value in rules.totals_only:
        if dim in dims:
            keep &= rows[dim] != value
    found = sorted(set(rows.loc[keep, dims].itertuples(index=False, name=None)))
    return tuple(Group(breakdown.place, tuple(zip(dims, v, strict=True))) for v in found)


def membership(profiles: pd.DataFrame, groups: Iterable[Group]) -> Bools:
    """Which profiles are in which groups: (P, G)."""
    chosen = list(groups)
    columns = np.ones((len(profiles), len(chosen)), dtype=bool)
    known: dict[tuple[str, str], Bools] = {}
    for number, group in enumerate(chosen):
        for dim, value in group.values:
            if (dim, value) not in known:
                known[dim, value] = (profiles[dim] == value).to_numpy(bool)
            columns[:, number] &= known[dim, value]
        columns[:, number] &= within(profiles, group.place)
    return columns


def candidates(profiles: pd.DataFrame, rules: RuleSet, authority: str) -> Candidates:
    """Every breakdown on the closed list whose parts are all large enough.

    A coarser form is offered beside the fine one: it is the fine one's sums, so it gives nothing
    away, and a school that has only the coarse form can still be set beside the borough.
    Pupils in no part (sex X, an unknown) are left for the certificate to judge.
    """
    offered: list[Breakdown] = []
    refused: list[tuple[Breakdown, str]] = []
    for place in places(profiles, authority):
        reason = _unfit(profiles, place, rules)
        for dims in _asked(place, rules, profiles):
            breakdown = Breakdown(place, dims)
            if reason:
                refused.append((breakdown, reason))
            elif fits(profiles, breakdown, rules):
                offered.append(breakdown)
            else:
                refused.append((breakdown, _too_small(rules)))
    return Candidates(tuple(offered), tuple(refused))


def fits(profiles: pd.DataFrame, breakdown: Breakdown, rules: RuleSet) -> bool:
    """Does every part have at least k pupils, and is there more than one part (or no split)?"""
    groups = parts(profiles, breakdown, rules)
    if not groups or (breakdown.dims and len(groups) == 1):
        return False
    return bool((profiles["n"].to_numpy() @ membership(profiles, groups)).min() >= rules.k)


def _asked(place: Place, rules: RuleSet, profiles: pd.DataFrame) -> list[tuple[str, ...]]:
    wanted: list[tuple[str, ...]] = [(), *((dim,) for dim in rules.one_way)]
    wanted += rules.pairs if place.kind != "ward" else ()
    wanted += [coarser for dims in wanted if (coarser := rules.coarser(dims))]
    return [tuple(sorted(dims)) for dims in wanted if set(dims) <= set(profiles.columns)]


def _too_small(rules: RuleSet) -> str:
    return f"a group of fewer than {rules.k} pupils, or one group only"


def _unfit(profiles: pd.DataFrame, place: Place, rules: RuleSet) -> str | None:
    """Why a public area may not be shown at all."""
    if place.kind not in {"locality", "ward"}:
        return None
    outside = (
        int(profiles.loc[profiles["locality"].isna(), "n"].sum()) if ("locality" in profiles) else 0
    )
    if place.kind == "locality" and 0 < outside < rules.k:
        return f"fewer than {rules.k} pupils live outside all localities"
    schools = profiles[within(profiles, place)].groupby("school")["n"].sum()
    if len(schools) < rules.min_schools:
        return f"pupils of fewer than {rules.min_schools} schools"
    if schools.max() > rules.max_school_share * schools.sum():
        return f"more than {rules.max_school_share:.0%} of the pupils go to one school"
    return None
