"""What earlier releases said of a wave's answers, so that a new one is safe beside them all.

A *unit* is one pupil in one state of their answers. Every release is a table of units by published
columns; put side by side they are one matrix, and the certificate's theorem holds for it as it
does for one release. A correction, a withdrawal, a late school or a new boundary needs no rule of
its own: the difference of two releases touches exactly the units in which they differ.

Each wave's answers have a ledger of their own. A figure over two waves (the change of linked
pupils) is a sum over answers of the one and a sum over answers of the other; as an `Entry` of both
ledgers neither sum can fall on fewer than m pupils, whatever the other is.
"""

import hashlib
import hmac
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from reports.disclosure.combinations import Floats, Ints, kinds
from reports.disclosure.lattice import Bools, membership, parse_group

Years = frozenset[str] | None
UNIT = ("pupil", "state")
MARK = b"ledger 1\n"


@dataclass(frozen=True, eq=False)
class Entry:
    """What one release published of a wave's answers. Holds no answer, but says who was counted.

    pupils, states: the units (U,), opaque text; both stay the same while a pupil's answers do.
    pattern: each unit's row of the patterns (U,). years: year group of each pattern (P,).
    columns, members: published groups by id, and whether a pattern is in each (P, G).
    weighted: other published columns, a weight for each pattern (P,).
    routes: measures that only some years were asked: the columns published for them.
    """

    pupils: tuple[str, ...]
    states: tuple[str, ...]
    pattern: Ints
    years: tuple[str, ...]
    columns: tuple[str, ...]
    members: Bools
    weighted: Mapping[str, Floats] = field(default_factory=dict)
    routes: Mapping[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def values(self, years: Years = None) -> Floats:
        """Every column over the patterns (P, G + W); of measures asked of some years, theirs."""
        if years is None:
            shown = np.ones(len(self.columns), dtype=bool)
            rows = np.ones(len(self.years), dtype=bool)
        else:
            shown = np.isin(self.columns, list(self.routes.get(years, ())))
            rows = np.isin(self.years, list(years))
        table = np.column_stack([self.members[:, shown], *self.weighted.values()])
        return np.asarray(table.astype(float) * rows[:, None], dtype=float)

    def to_bytes(self) -> bytes:
        """For storage, under seal: who was in which group is not for everybody."""
        head: dict[str, Any] = {
            "pupils": self.pupils,
            "states": self.states,
            "pattern": self.pattern.tolist(),
            "years": self.years,
            "columns": self.columns,
            "weighted": {name: list(values) for name, values in self.weighted.items()},
            "routes": [[sorted(years), sorted(names)] for years, names in self.routes.items()],
        }
        text = json.dumps(head, separators=(",", ":")).encode()
        bits = np.packbits(self.members, axis=1).tobytes()
        return MARK + zlib.compress(len(text).to_bytes(8) + text + bits)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Entry":
        """A stored entry, as it was.

        Raises:
            ValueError: these bytes are no ledger entry.
        """
        if not stored.startswith(MARK):
            raise ValueError("not a ledger entry, or one of another version")
        plain = zlib.decompress(stored[len(MARK) :])
        end = 8 + int.from_bytes(plain[:8])
        head = json.loads(plain[8:end])
        shape = len(head["years"]), len(head["columns"])
        bits = np.frombuffer(plain[end:], dtype=np.uint8).reshape(shape[0], -1)
        return cls(
            pupils=tuple(head["pupils"]),
            states=tuple(head["states"]),
            pattern=np.array(head["pattern"], dtype=np.int64),
            years=tuple(head["years"]),
            columns=tuple(head["columns"]),
            members=np.unpackbits(bits, axis=1, count=shape[1]).astype(bool),
            weighted={name: np.array(values) for name, values in head["weighted"].items()},
            routes={frozenset(years): frozenset(names) for years, names in head["routes"]},
        )


@dataclass(frozen=True, eq=False)
class Fixed:
    """Columns that stand whatever is withheld, with the rows they need.

    values: (R, F). profile: row of the new release's profiles (R,), -1 where it counts nobody
    there. kind: whose row it is (R,); a kind of pupil has a row for each state of their answers.
    sizes: pupils of each kind (T,).
    """

    values: Floats
    profile: Ints
    kind: Ints
    sizes: Ints


@dataclass(frozen=True)
class Beside:
    """What a release must be safe together with.

    population: one row a pupil with the profiles' dims, and `pupil` and `state` (`ledger.units`).
    ledger: releases of this wave's answers that anybody may hold.
    weighted: columns published besides and never withheld, a weight for each row of the population.
    """

    population: pd.DataFrame
    ledger: tuple[Entry, ...] = ()
    weighted: Mapping[str, Floats] = field(default_factory=dict)

    def fixed(self, profiles: pd.DataFrame, years: Years = None) -> Fixed:
        """The columns that stand beside a certificate over those years."""
        chosen = np.ones(len(self.population), dtype=bool)
        if years is not None:
            chosen = self.population["year_group"].isin(years).to_numpy(bool)
        weights = {name: np.asarray(each)[chosen] for name, each in self.weighted.items()}
        return fixed_columns(profiles, self.population[chosen], self.ledger, weights, years)


def units(table: pd.DataFrame, columns: Sequence[str], key: bytes) -> pd.DataFrame:
    """`pupil` and `state` of each row, by HMAC-SHA256: a state is a pupil with all that is counted.

    Args:
        table: one row a pupil, with `person` (unique text).
        columns: everything that figures are made of: items, scores, headlines. A new way to score
            then changes the state of exactly the pupils for whom it makes a difference.
    """
    ordered = table[sorted(columns)].astype(float) + 0.0  # no minus nought
    rows = np.ascontiguousarray(ordered.to_numpy(float)).astype("<f8")
    rows[np.isnan(rows)] = np.nan
    people = [str(person).encode() for person in table["person"]]
    return pd.DataFrame(
        {
            "pupil": [_opaque(key, b"pupil", person) for person in people],
            "state": [
                _opaque(key, b"state", person, row.tobytes())
                for person, row in zip(people, rows, strict=True)
            ],
        },
        index=table.index,
    )


def record(
    population: pd.DataFrame,
    groups: Sequence[str],
    routes: Mapping[frozenset[str], frozenset[str]],
    weighted: Mapping[str, Floats],
) -> Entry:
    """The entry of a release.

    Args:
        population: one row a pupil with `pupil`, `state`, `year_group` and what groups name.
        groups: ids of everything published. routes: as in `Entry`.
        weighted: other published columns, a weight a pupil.
    """
    member = membership(population, [parse_group(name) for name in groups])
    year = population["year_group"].astype(str).to_numpy()
    codes = np.column_stack([pd.factorize(year)[0], member, *weighted.values()]).astype(float)
    _, first, pattern = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    return Entry(
        pupils=tuple(population["pupil"]),
        states=tuple(population["state"]),
        pattern=pattern.reshape(-1).astype(np.int64),
        years=tuple(year[first].tolist()),
        columns=tuple(groups),
        members=member[first],
        weighted={name: np.asarray(each, dtype=float)[first] for name, each in weighted.items()},
        routes=dict(routes),
    )


def fixed_columns(
    profiles: pd.DataFrame,
    population: pd.DataFrame,
    entries: Iterable[Entry] = (),
    weighted: Mapping[str, Floats] | None = None,
    years: Years = None,
) -> Fixed:
    """Everything that stands beside a new release, over the units of all releases.

    Args:
        profiles: the new release's profiles. population: its pupils, a row each, with the
            profiles' dims, `pupil` and `state`.
        entries: of the releases before. weighted: columns of the new one that are never
            withheld, a weight for each row of the population.
        years: for measures that only these years were asked.

    Raises:
        ValueError: a pupil twice, or of no profile.
    """
    if population["pupil"].duplicated().any():
        raise ValueError("a pupil stands twice in the population")
    held = list(entries)
    tables = [entry.values(years) for entry in held]
    own = pd.DataFrame({name: population[name].to_numpy() for name in UNIT})
    frames = [own, *(pd.DataFrame({"pupil": e.pupils, "state": e.states}) for e in held)]
    together = pd.concat(frames, ignore_index=True)
    unit = together.groupby(list(UNIT), sort=True).ngroup().to_numpy(np.int64)
    first = np.unique(unit, return_index=True)[1]
    pupil = pd.factorize(together["pupil"].to_numpy()[first], sort=True)[0]
    parts = np.split(unit, np.cumsum([len(frame) for frame in frames])[:-1])
    numbers = [_profile_of(profiles, population), *(entry.pattern for entry in held)]
    codes = np.full((len(first), len(frames)), -1, dtype=np.int64)
    for column, (where, number) in enumerate(zip(parts, numbers, strict=True)):
        codes[where, column] = number
    beside = np.zeros((len(first), len(weighted or {})))
    beside[parts[0]] = np.column_stack([np.zeros((len(own), 0)), *(weighted or {}).values()])
    rows, kind, sizes = kinds(
        np.column_stack([codes, beside]), pupil, np.ones(pupil.max(initial=-1) + 1, dtype=np.int64)
    )
    values = [_looked_up(t, codes[rows, n]) for n, t in enumerate(tables, start=1)]
    return Fixed(np.column_stack([beside[rows], *values]), codes[rows, 0], kind, sizes)


def _looked_up(table: Floats, number: Ints) -> Floats:
    """Rows of a table by number, noughts for -1."""
    return np.asarray(np.where((number >= 0)[:, None], table[number], 0.0), dtype=float)


def _profile_of(profiles: pd.DataFrame, population: pd.DataFrame) -> Ints:
    dims = [name for name in profiles.columns if name != "n"]
    both = pd.concat([profiles[dims], population[dims]], ignore_index=True).astype(object)
    both = both.where(both.notna(), None).map(lambda value: "" if value is None else f"={value}")
    number = both.groupby(dims, sort=False).ngroup().to_numpy(np.int64)[len(profiles) :]
    if number.max(initial=-1) >= len(profiles):
        raise ValueError("a pupil of the population is of none of the profiles")
    return np.asarray(number, dtype=np.int64)


def _opaque(key: bytes, kind: bytes, *words: bytes) -> str:
    return hmac.new(key, b"\n".join((kind, *words)), hashlib.sha256).hexdigest()[:32]
