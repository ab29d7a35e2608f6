"""The attack: what can somebody work out who holds all that was ever published?

It reads released documents and what a neighbour knows of pupils (school, year, sex, home...), no
answers. It trusts nothing that the certificate says: it rebuilds the groups from their names,
computes the smallest combination anew, and looks for leaks by plain subtraction besides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.disclosure.certificate import leaks
from reports.disclosure.combinations import EXACT, merge
from reports.disclosure.lattice import Group, membership, parse_group
from reports.disclosure.rules import STANDARD, RuleSet

ENOUGH = 20  # findings of a kind; one stops a release, more only tire the reader


@dataclass(frozen=True)
class Finding:
    """Something that ought not to be possible. kind: combination, subtraction, zero, or count."""

    kind: str
    recipe: str
    pupils: int

    def __str__(self) -> str:
        return self.recipe


@dataclass(frozen=True)
class Findings:
    """What the attack found, and how much it had to go on."""

    found: tuple[Finding, ...]
    groups: int
    profiles: int
    sums_tried: int

    def to_document(self) -> dict[str, Any]:
        """As plain data, for the staff's report of a build."""
        return asdict(self)


@dataclass(frozen=True)
class _Sum:
    """A set of pupils reached by a recipe: 1 for those it holds (P,)."""

    recipe: str
    holds: NDArray[np.int64]


def attack(
    documents: Iterable[Mapping[str, Any]], population: pd.DataFrame, rules: RuleSet = STANDARD
) -> Findings:
    """Try to isolate fewer than m pupils, or to read an answer off a nought.

    Args:
        documents: `ReleasedCube` documents as they are served, of any places.
        population: one row a pupil who took part, with the demographics that groups name.
    """
    held = list(documents)
    stated = {name: n for document in held for name, n in document["groups"]}
    groups = [parse_group(name) for name in sorted(stated)]
    profiles = _profiles(population, groups)
    matrix = membership(profiles, groups)
    rows, sizes, _ = merge(matrix, profiles["n"].to_numpy(np.int64))
    sums = _sums(groups, rows.astype(np.int64))
    found = (
        *_wrong_counts(stated, sizes @ rows),
        *_combinations(groups, rows, sizes, rules.m),
        *_subtractions(sums, sizes, rules.m),
        *_zeros(held),
    )
    return Findings(found, len(groups), len(rows), len(sums) * (len(sums) + 1) // 2)


def _profiles(population: pd.DataFrame, groups: Sequence[Group]) -> pd.DataFrame:
    """Pupils counted by the demographics that the groups name, missing ones as their own kind."""
    named = {dim for group in groups for dim, _ in group.values}
    named |= {group.place.kind for group in groups} - {"borough"}
    dims = sorted(named) or ["school"]
    return population.groupby(dims, dropna=False).size().rename("n").reset_index()


def _wrong_counts(stated: Mapping[str, int], counted: NDArray[np.int64]) -> Iterator[Finding]:
    """A count that the population does not bear out: then nothing else here can be trusted."""
    for name, n in zip(sorted(stated), counted, strict=True):
        if stated[name] != n:
            yield Finding("count", f"{name} is said to be {stated[name]} pupils, not {n}", int(n))


def _combinations(
    groups: Sequence[Group], rows: NDArray[np.bool_], sizes: NDArray[np.int64], m: int
) -> Iterator[Finding]:
    """The certificate anew, from the names of the published groups."""
    for leak in leaks(rows, sizes, m, most=ENOUGH):
        terms = np.flatnonzero(np.abs(leak.weights) > EXACT).tolist()
        recipe = " ".join(f"{leak.weights[term]:+.3g} x [{_name(groups[term])}]" for term in terms)
        yield Finding("combination", f"{recipe} = {_pupils(leak.touched)}", leak.touched)


def _sums(groups: Sequence[Group], rows: NDArray[np.int64]) -> list[_Sum]:
    """Published groups, and what is left of each when a whole family of parts is taken off."""
    column = {group: rows[:, number] for number, group in enumerate(groups)}
    sums = [_Sum(_name(group), column[group]) for group in groups]
    for whole in groups:
        for parts in _families(whole, groups, column):
            left = column[whole] - sum(column[part] for part in parts)
            if left.any() and left.min() >= 0:
                taken = " − ".join(_name(part, beside=whole) for part in parts)
                sums.append(_Sum(f"{_name(whole)} − {taken}", left))
    return sums


def _families(
    whole: Group, groups: Sequence[Group], column: Mapping[Group, NDArray[np.int64]]
) -> Iterator[list[Group]]:
    """Parts of a group: by one more demographic in its place, or by smaller places within it."""
    by_dim: dict[str, list[Group]] = {}
    by_kind: dict[str, list[Group]] = {}
    for part in groups:
        more = sorted(set(part.values) - set(whole.values))
        if part.place == whole.place:
            if len(more) == 1 and set(whole.values) < set(part.values):
                by_dim.setdefault(more[0][0], []).append(part)
        elif part.values == whole.values and part.place.kind != whole.place.kind:
            inside = (column[part] <= column[whole]).all()
            by_kind.setdefault(part.place.kind, []).extend([part] if inside else [])
    yield from by_dim.values()
    yield from by_kind.values()


def _subtractions(sums: Sequence[_Sum], sizes: NDArray[np.int64], m: int) -> Iterator[Finding]:
    """Every sum by itself, and every difference of two, that leaves a few pupils."""
    holds = np.array([each.holds for each in sums], dtype=float)
    overlap = (holds * sizes) @ holds.T
    size = np.diag(overlap)
    few = [
        Finding("subtraction", f"{each.recipe} = {_pupils(n)}", int(n))
        for each, n in zip(sums, size, strict=True)
        if 0 < n < m
    ]
    apart = size[:, None] + size[None, :] - 2 * overlap
    ones, others = np.nonzero(np.triu((apart > 0) & (apart < m), k=1))
    for one, other in zip(ones[:ENOUGH], others[:ENOUGH], strict=True):
        n = int(apart[one, other])
        recipe = f"({sums[one].recipe}) − ({sums[other].recipe}) = {_pupils(n)}"
        few.append(Finding("subtraction", recipe, n))
    yield from few[: 2 * ENOUGH]


def _zeros(documents: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Cells that show that nobody, or everybody, gave an answer."""
    for document in documents:
        for group, row in document["cells"].items():
            for measure, (kind, n, *rest) in row.items():
                if kind == "h" and (rest[0] in {0, n} or rest[1] in {0, 100}):
                    yield Finding("zero", f"{group}: {measure} is {rest[0]} of {n}", n)
                if kind == "a":
                    for code, percent, _ in rest[0]:
                        if percent in {0, 100}:
                            recipe = f"{group}: {measure}, answer {code} is {percent} % of {n}"
                            yield Finding("zero", recipe, n)


def _name(group: Group, beside: Group | None = None) -> str:
    """In words; beside its own whole, only what is more than the whole."""
    known = beside.values if beside else ()
    words = [f"{dim} {value}" for dim, value in group.values if (dim, value) not in known]
    if beside is None or beside.place != group.place:
        words.insert(0, f"{group.place.kind} {group.place.key}")
    return ", ".join(words)


def _pupils(n: float) -> str:
    return "1 pupil" if n == 1 else f"{n:.0f} pupils"
