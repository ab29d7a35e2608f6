"""One measure under attack: what is published of it, and the pupils behind its groups."""

import hashlib
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from reports.disclosure.attack.bounds import Bound, Contradiction, Settled, Tables, settle
from reports.disclosure.attack.bounds import unexplained as beyond
from reports.disclosure.attack.combination import combinations
from reports.disclosure.attack.figures import Figures
from reports.disclosure.attack.findings import Finding, Narrowest
from reports.disclosure.attack.holdings import Bools, Floats, Holdings
from reports.disclosure.attack.subtraction import Sums, sums
from reports.disclosure.attack.targets import small_groups
from reports.disclosure.lattice import group_id
from reports.disclosure.rules import RuleSet

ENOUGH = 5  # findings a measure
WHO = ("school", "year_group", "sex", "fsm", "sen_detail", "locality", "ward")
Known = dict[tuple[object, ...], "Rows"]


@dataclass(frozen=True)
class Bounded:
    """What bounding one measure gave; the fields are those of `Findings`."""

    found: tuple[Finding, ...]
    counts: int = 0
    programs: int = 0
    unsettled: int = 0
    narrowest: tuple[Narrowest, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The pupils behind the groups of a measure: the same for many measures.

    rows: (P, C) which rows are in which groups, of `sizes` pupils each (P,). asked: (P,).
    row: the row of every pupil.
    """

    held: Holdings
    columns: tuple[int, ...]
    years: frozenset[str] | None
    m: int

    @cached_property
    def _merged(self) -> tuple[Bools, Any]:
        return self.held.merged(self.columns, self.who)

    @cached_property
    def who(self) -> Bools:
        """Which pupils were asked."""
        if self.years is None or "year_group" not in self.held.population:
            return np.ones(len(self.held.pupil), dtype=bool)
        return self.held.population["year_group"].isin(self.years).to_numpy(bool)

    @property
    def rows(self) -> Bools:
        return self._merged[0][:, :-1]

    @property
    def asked(self) -> Bools:
        return self._merged[0][:, -1]

    @property
    def row(self) -> Any:
        return self._merged[1]

    @cached_property
    def sizes(self) -> Floats:
        return self.held.sizes(self.row)

    @cached_property
    def sums(self) -> Sums:
        return sums([self.held.columns[number] for number in self.columns], self.rows)

    @cached_property
    def small(self) -> Floats:
        """Groups of fewer than m pupils."""
        return small_groups(self.held, self.row, self.sizes, self.asked, self.m)


class Attacked:
    """One measure of the newest release, with the pupils behind its groups."""

    def __init__(
        self, name: str, said: Figures, held: Holdings, rules: RuleSet, known: Known
    ) -> None:
        self.name, self.said, self.held, self.rules = name, said, held, rules
        place = {group_id(c.group): n for n, c in enumerate(held.columns) if not c.release}
        self.columns = tuple(place[group] for group in said.groups)
        self.tables = tuple(dict.fromkeys(held.columns[n].group.breakdown for n in self.columns))
        alike = (said.years, *self.columns)
        self.of = known.setdefault(alike, Rows(held, self.columns, said.years, rules.m))

    def tells_counts(self) -> bool:
        """Are exact counts shown in other tables than the main ones? Means are rounded."""
        tables = (self.held.columns[number].group.breakdown for number in self.columns)
        told = zip(tables, np.isfinite(self.said.counts()), strict=True)
        return any(exact and not self.rules.is_main(t.place.kind, t.dims) for t, exact in told)

    def mark(self) -> str:
        """Of everything that bounds are made of."""
        whole = (self.name, self.said, self.of.rows, self.of.sizes, self.of.asked)
        return hashlib.sha256(pickle.dumps(whole)).hexdigest()

    def combined(self) -> Iterator[Finding]:
        """Combinations that touch too few of those who were asked."""
        found = combinations(self.held, self.columns, self.rules.m, among=self.of.who)
        return islice(found, ENOUGH)

    def few_answers(self) -> Iterator[Finding]:
        """Differences with too few valid answers, by the bases that are stated."""
        bases = np.array(list(self.said.bases.values()), dtype=float)
        found = self.of.sums.few(bases, self.of.sizes, self.rules.m)
        for recipe, n, used in islice(found, ENOUGH):
            words = f"{self.name}: {recipe} = {n} answers"
            yield Finding("bases", words, n, self.name, self._tables(used))

    def noughts(self) -> int:
        """How many noughts a reader can work out, of the first answer."""
        bases = np.array(list(self.said.bases.values()), dtype=float)
        return self.of.sums.alike(self.said.counts(), bases)

    def bounds(self) -> Bounded:
        """Every small group's answers, bounded."""
        tables = Tables(self.said, self.of.rows, self.of.sizes, self.of.asked)
        try:
            settled = settle(tables, self.of.small, self.name)
        except Contradiction:
            words = f"{self.name}: no answers of these pupils agree with all published numbers"
            return Bounded((Finding("contradiction", words, 0, self.name, self.tables),))
        holds = self.of.sums.holds.astype(float)
        crowds = [each for each in holds if each @ self.of.sizes >= self.rules.m]
        suspects = islice(beyond(tables, settled.suspects, crowds), ENOUGH)
        found = tuple(self._finding(each, tables) for each in suspects)
        return Bounded(
            found, settled.counts, tables.programs, settled.unsettled, self._narrowest(settled)
        )

    def _finding(self, bound: Bound, tables: Tables) -> Finding:
        people = np.flatnonzero(np.isin(self.of.row, np.flatnonzero(bound.rows)))
        first = self.held.population.iloc[people[0]].dropna()
        who = ", ".join(f"{dim} {first[dim]}" for dim in first.index if dim in WHO)
        ends = f"{bound.low:.3g} to {bound.high:.3g}"
        code = self.said.quantities.codes[bound.answer]
        words = f"{self.name}, answer {code}: {ends} of {bound.pupils} pupils such as {who}"
        used = self._tables(tables.used(bound))
        return Finding("bound", words, bound.pupils, self.name, used)

    def _tables(self, used: Sequence[int] | np.ndarray) -> tuple[Any, ...]:
        groups = (self.held.columns[self.columns[int(number)]].group for number in used)
        return tuple(dict.fromkeys(group.breakdown for group in groups))

    def _narrowest(self, settled: Settled) -> tuple[Narrowest, ...]:
        bound = settled.narrowest
        if bound is None:
            return ()
        code = self.said.quantities.codes[bound.answer]
        return (Narrowest(self.name, code, bound.pupils, bound.low, bound.high),)
