"""All that a reader holds: the groups that releases name, and the pupils who are in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.disclosure.lattice import Group, membership, parse_group

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Documents = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Release:
    """What one release served, and what a neighbour knows of its pupils: no answers.

    documents: `ReleasedCube` documents as they are served, of any places.
    population: one row a pupil who took part, with the demographics that groups name. Where
        several releases are held, `pupil` says who is who, and `state` tells answers that were
        corrected in between from what they were.
    members: who was in which group, where that is known otherwise than from demographics: a row
        a row of the population, a column a group id.
    """

    documents: Documents
    population: pd.DataFrame
    members: pd.DataFrame | None = None


@dataclass(frozen=True)
class Column:
    """One published group of one release (0 is the newest)."""

    release: int
    group: Group
    stated: int

    @property
    def name(self) -> str:
        """In words."""
        return in_words(self.group, self.release)


@dataclass(frozen=True)
class Holdings:
    """Who is in which published group: a row a pupil (a row a state of a pupil's answers).

    member: (N, G). pupil: (N,) whose a row is; shares: (N,) what it counts for: 1, or a part of a
    pupil with several rows, so that a combination that touches them all touches one pupil.
    population: (N) the demographics of each row, the newest known.
    """

    columns: tuple[Column, ...]
    member: Bools
    pupil: Ints
    shares: Floats
    population: pd.DataFrame

    def merged(self, columns: Sequence[int], asked: Bools | None = None) -> tuple[Bools, Ints]:
        """Pupils that some of the groups do not tell apart, as one row: (P, C), and which row is
        whose (N,), -1 for pupils in none. With `asked` (N,) those asked and those not stay
        apart, and it is the last column."""
        chosen = self.member[:, list(columns)]
        seen = chosen.any(axis=1)
        if asked is not None:
            chosen = np.column_stack([chosen, asked])
        row = np.full(len(chosen), -1)
        if not seen.any():
            return chosen[:0], row
        packed = np.packbits(chosen[seen], axis=1)
        keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1])))[:, 0]
        _, first, row[seen] = np.unique(keys, return_index=True, return_inverse=True)
        return chosen[seen][first], row

    def sizes(self, row: Ints) -> Floats:
        """Pupils in each merged row (P,)."""
        return np.bincount(row[row >= 0], weights=self.shares[row >= 0]).astype(float)


def hold(releases: Sequence[Release]) -> Holdings:
    """Everything of all releases side by side."""
    tables = [_table(release, len(releases) > 1) for release in releases]
    people = pd.concat([population for population, _ in tables])
    people = people[~people.index.duplicated()]
    member, columns = [], []
    for number, (release, (_, members)) in enumerate(zip(releases, tables, strict=True)):
        stated = _stated(release.documents)
        whole = members.reindex(people.index, fill_value=False)
        member.append(whole.to_numpy(bool))
        columns += [Column(number, parse_group(name), stated[name]) for name in members.columns]
    pupil = pd.factorize(people.index.get_level_values(0))[0]
    shares = 1 / np.bincount(pupil)[pupil]
    return Holdings(tuple(columns), np.hstack(member), pupil, shares, people)


def _stated(documents: Documents) -> dict[str, int]:
    """Every group that is named, with the number of pupils said to be in it."""
    return {name: n for document in documents for name, n in document["groups"]}


def _table(release: Release, several: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Population and members of a release, by (pupil, state)."""
    names = sorted(_stated(release.documents))
    table = release.population.reset_index(drop=True)
    pupil = table["pupil"] if several else pd.Series(range(len(table)))
    state = table["state"] if "state" in table else pd.Series("", index=table.index)
    table.index = pd.MultiIndex.from_arrays([pupil, state], names=["of", "in"])
    if release.members is not None:
        known = release.members.reindex(columns=names, fill_value=False)
        return table, known.set_axis(table.index)
    member = membership(table, [parse_group(name) for name in names])
    return table, pd.DataFrame(member, index=table.index, columns=names)


def in_words(group: Group, release: int = 0, beside: Group | None = None) -> str:
    """A group in words; beside its own whole, only what is more than the whole."""
    known = beside.values if beside else ()
    words = [f"{dim} {value}" for dim, value in group.values if (dim, value) not in known]
    if beside is None or beside.place != group.place:
        words.insert(0, f"{group.place.kind} {group.place.key}")
    return ", ".join(words) + (f" (release {release} before)" if release else "")
