"""Exact sums of every measure over every published group: what cells are made from, never shown."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.disclosure.lattice import Group, Place, membership
from reports.stats.cube import Ints, RawCube
from reports.stats.means import Summary, summarise
from reports.stats.measures import ItemMeasure, Measure, Measures
from reports.stats.proportions import Floats


@dataclass(frozen=True)
class Sums:
    """One row a group. columns: measure -> (G, K) answers, (G, 3) moments or (G, 2) n and meeting.

    codes: the codes of an item's columns. schools: how many schools have pupils in the group.
    """

    measures: Mapping[str, Measure]
    borough: Group
    row: Mapping[Group, int]
    sizes: Ints
    schools: Ints
    codes: Mapping[str, tuple[int, ...]]
    columns: Mapping[str, Floats]

    def of(self, key: str, group: Group) -> Floats:
        """The sums of a measure in a group."""
        return np.asarray(self.columns[key][self.row[group]], dtype=float)

    def base(self, key: str, group: Group) -> int:
        """Valid answers of a measure in a group."""
        sums = self.of(key, group)
        if isinstance(self.measures[key], ItemMeasure):
            return int(sums[np.array(self.codes[key]) >= 0].sum())
        return int(sums[0])

    def ruler(self, key: str) -> Summary:
        """A score over all the borough's pupils: its SD is one ruler for all schools."""
        return summarise(*self.of(key, self.borough))


def add_up(raw: RawCube, measures: Measures, groups: tuple[Group, ...], authority: str) -> Sums:
    """Sum the raw cube over groups. Memberships times counts, so everything stays linear."""
    member = membership(raw.profiles, groups)
    weights = member.T.astype(float)
    kinds = (
        (measures.items, raw.counts),
        (measures.scores, raw.moments),
        (measures.headlines, raw.headlines),
    )
    schools = raw.profiles["school"].to_numpy()
    return Sums(
        measures=measures.all,
        borough=Group(Place("borough", authority)),
        row={group: row for row, group in enumerate(groups)},
        sizes=np.asarray(raw.profiles["n"].to_numpy(np.int64) @ member, dtype=np.int64),
        schools=np.array([len(set(schools[column])) for column in member.T], dtype=np.int64),
        codes=raw.codes,
        columns={key: weights @ source[key] for names, source in kinds for key in names},
    )
