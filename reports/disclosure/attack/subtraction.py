"""Plain subtraction: what somebody with pencil and paper would try."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.disclosure.attack.findings import Finding
from reports.disclosure.attack.holdings import Bools, Column, Floats, Ints, in_words
from reports.disclosure.lattice import Group

ENOUGH = 40  # findings; one stops a release, more only tire the reader
PAIRS = 3000


@dataclass(frozen=True)
class Sums:
    """Sets of pupils that a recipe reaches.

    holds: (S, P) 1 for the rows each holds. terms: (S, C) +1 and -1 for the columns taken.
    """

    recipes: tuple[str, ...]
    holds: NDArray[np.int8]
    terms: NDArray[np.int8]

    def few(self, bases: Floats, sizes: Floats, m: int) -> Iterator[tuple[str, int, Ints]]:
        """Sums, and differences of one that lies within another, with fewer than m answers.

        Args:
            bases: answers in each published group (C,), as stated.

        Yields:
            The recipe, the number of answers, and the columns used.
        """
        answers = self.terms @ bases
        for number in np.flatnonzero((answers > 0) & (answers < m)):
            yield self.recipes[number], int(answers[number]), np.flatnonzero(self.terms[number])
        # Far more pupils than answers are seldom left, so few pairs need a closer look.
        near = answers[:, None] - answers[None, :]
        for one, other in np.argwhere((near > 0) & (near < m)):
            if (self.holds[one] >= self.holds[other]).all():
                recipe = f"({self.recipes[one]}) − ({self.recipes[other]})"
                used = np.flatnonzero(self.terms[one] | self.terms[other])
                yield recipe, int(near[one, other]), used

    def alike(self, counts: Floats, bases: Floats) -> int:
        """How many sums within others have all that gave an answer: the rest is known not to.

        From such noughts more follows, as no label hides them. NaN where a count is not known.
        """
        answers, unknown = self.terms @ bases, np.abs(self.terms) @ np.isnan(counts) > 0
        known = np.where(unknown, np.nan, self.terms @ np.nan_to_num(counts))
        same = np.abs(known[:, None] - known[None, :]) < 0.5
        pairs = np.argwhere(same & (answers[:, None] > answers[None, :]))[:PAIRS]
        return sum(bool((self.holds[one] >= self.holds[other]).all()) for one, other in pairs)


def sums(columns: Sequence[Column], rows: Bools) -> Sums:
    """Published groups, and what is left of each when a whole family of parts is taken off."""
    recipes, holds, terms = [], [], []
    for release in sorted({column.release for column in columns}):
        of = {c.group: n for n, c in enumerate(columns) if c.release == release}
        for recipe, taken in _sums(of, rows, release):
            term = np.zeros(len(columns), dtype=np.int8)
            term[taken[0]], term[taken[1:]] = 1, -1
            left = rows.astype(np.int8) @ term if len(taken) > 1 else rows[:, taken[0]]
            if left.any() and left.min() >= 0:
                recipes.append(recipe)
                holds.append(left.astype(np.int8))
                terms.append(term)
    shape = (0, len(rows)), (0, len(columns))
    empty = [np.zeros(each, dtype=np.int8) for each in shape]
    return Sums(tuple(recipes), np.array([*empty[0], *holds]), np.array([*empty[1], *terms]))


def subtractions(tried: Sums, sizes: Floats, m: int) -> Iterator[Finding]:
    """Every sum by itself, and every difference of two, that leaves a few pupils."""
    holds = tried.holds.astype(float)
    size = holds @ sizes
    found = [
        Finding(
            "subtraction", f"{tried.recipes[number]} = {pupils(size[number])}", int(size[number])
        )
        for number in np.flatnonzero((size > 0) & (size < m))[:ENOUGH]
    ]
    apart = np.round(size[:, None] + size[None, :] - 2 * (holds * sizes) @ holds.T, 9)
    for one, other in np.argwhere(np.triu((apart > 0) & (apart < m), k=1))[:ENOUGH]:
        n = apart[one, other]
        recipe = f"({tried.recipes[one]}) − ({tried.recipes[other]}) = {pupils(n)}"
        found.append(Finding("subtraction", recipe, int(n)))
    yield from found[:ENOUGH]


def pupils(n: float) -> str:
    return "1 pupil" if n == 1 else f"{n:.3g} pupils"


def _sums(of: Mapping[Group, int], rows: Bools, release: int) -> Iterator[tuple[str, list[int]]]:
    """A recipe in words, and its columns: the whole, then what is taken off."""
    for whole, column in of.items():
        recipe = in_words(whole, release)
        yield recipe, [column]
        for parts in _families(whole, of, rows):
            taken = " − ".join(in_words(part, beside=whole) for part in parts)
            yield f"{recipe} − {taken}", [column, *(of[part] for part in parts)]


def _families(whole: Group, of: Mapping[Group, int], rows: Bools) -> list[list[Group]]:
    """Parts of a group: by one more demographic in its place, or by smaller places within it."""
    by_dim: dict[str, list[Group]] = {}
    by_kind: dict[str, list[Group]] = {}
    for part, column in of.items():
        if part.place == whole.place:
            more = set(part.values) - set(whole.values)
            if len(more) == 1 and set(whole.values) < set(part.values):
                by_dim.setdefault(next(iter(more))[0], []).append(part)
        elif (
            part.values == whole.values
            and part.place.kind != whole.place.kind
            and (rows[:, column] <= rows[:, of[whole]]).all()
        ):
            by_kind.setdefault(part.place.kind, []).append(part)
    return [*by_dim.values(), *by_kind.values()]
