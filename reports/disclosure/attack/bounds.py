"""How many of a few pupils gave an answer, at least and at most, by all that is published?

Every table that agrees with the published numbers is a point of a polytope: x[t, q] is quantity q
of the pupils of row t. A linear program finds the least and the most that any small group can
have. Its bounds hold for whole pupils too; the best ones may be narrower.
"""

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from reports.disclosure.attack.figures import Figures, Statement
from reports.disclosure.attack.holdings import Bools, Floats

NEAR = 1e-5
SWEEPS = 12  # programs that look at all open counts at once
SINGLES = 40  # counts that stay open after that and get programs of their own
CROWDS = 12  # the smallest crowds around a suspect


class Contradiction(Exception):
    """No table agrees with the published numbers."""


@dataclass
class Tables:
    """Every table of one measure that agrees with what is published.

    rows: (P, C) which rows are in which of the measure's groups, of `sizes` pupils each (P,).
    asked: (P,) rows that were asked at all.
    """

    figures: Figures
    rows: Bools
    sizes: Floats
    asked: Bools
    programs: int = 0

    def __post_init__(self) -> None:
        quantities, size = self.figures.quantities, len(self.sizes)
        self.statements = said_once(self.figures.statements)
        self.top = np.outer(np.where(self.asked, self.sizes, 0), quantities.most)
        self.top[:, quantities.anyway] = self.sizes[:, None]
        person = sparse.identity(size, format="csr")
        equal, low, high = quantities.within
        within = sparse.kron(person, np.atleast_2d(equal), format="csr")
        self.constraints = [
            LinearConstraint(within, low * self.sizes, high * self.sizes),
            self._published(),
        ]

    def least(self, cost: Floats) -> tuple[float, Floats]:
        """The table (P, Q) with the least sum of cost (P, Q) x table, and that sum.

        Raises:
            Contradiction: there is no such table.
        """
        self.programs += 1
        limits = Bounds(0, self.top.ravel())
        solved = milp(cost.ravel(), constraints=self.constraints, bounds=limits)
        if solved.x is None:
            raise Contradiction(solved.message)
        return float(solved.fun), solved.x.reshape(self.top.shape)

    def end(self, group: Floats, answer: Floats, sign: int) -> tuple[float, Floats]:
        """The least (sign 1) or the most (-1) of an answer (Q,) in a group (P,), and a table."""
        value, table = self.least(sign * np.outer(group, answer))
        return sign * value, table

    def used(self, bound: "Bound") -> list[int]:
        """Columns of the groups whose numbers make a bound what it is: those with a price."""
        # The stubs know neither what a constraint was made of nor that a program may be sparse.
        within, published = cast("tuple[Any, Any]", tuple(self.constraints))
        each = [sparse.csr_matrix(sign * one.A) for one in (within, published) for sign in (1, -1)]
        lines: Any = sparse.vstack(each, format="csr")
        ends = np.r_[within.ub, -within.lb, published.ub, -published.lb]
        finite = np.isfinite(ends)
        answer = self.figures.quantities.answers[bound.answer]
        place = {group: number for number, group in enumerate(self.figures.groups)}
        found: set[int] = set()
        solve: Any = linprog
        for sign in (1, -1):
            cost = sign * np.outer(bound.rows, answer).ravel()
            limits = np.column_stack([np.zeros(len(cost)), self.top.ravel()])
            solved = solve(
                cost, A_ub=lines[finite], b_ub=ends[finite], bounds=limits, method="highs-ds"
            )
            price = np.zeros(len(ends))
            price[finite] = solved.ineqlin.marginals
            one, other = np.split(price[2 * len(within.ub) :], 2)
            for number in np.flatnonzero(np.abs(one) + np.abs(other) > NEAR):
                found |= {place[group] for group, _, _ in self.statements[number].terms}
        return sorted(found)

    def _published(self) -> LinearConstraint:
        statements, width = self.statements, self.top.shape[1]
        column = {group: number for number, group in enumerate(self.figures.groups)}
        wanted = np.zeros((len(statements), len(column), width))
        for number, statement in enumerate(statements):
            for group, quantity, weight in statement.terms:
                wanted[number, column[group], quantity] += weight
        member = sparse.csr_matrix(self.rows.T.astype(float))
        spread = sparse.kron(member, sparse.identity(width), format="csr")
        flat = sparse.csr_matrix(wanted.reshape(len(statements), -1))
        low = [statement.low for statement in statements]
        high = [statement.high for statement in statements]
        return LinearConstraint(flat @ spread, low, high)


def said_once(statements: Sequence[Statement]) -> list[Statement]:
    """The same in fewer statements: programs take a quarter of the time.

    What is said of the same sum several times is said once, with the narrowest ends. What is said
    of a sum of numbers that are all known exactly says nothing new, unless it contradicts them.
    """
    ends: dict[tuple[Any, ...], tuple[float, float]] = {}
    for each in statements:
        low, high = ends.get(each.terms, (-math.inf, math.inf))
        ends[each.terms] = max(low, each.low), min(high, each.high)
    exact = {
        terms[0][:2]: low / terms[0][2]
        for terms, (low, high) in ends.items()
        if len(terms) == 1 and low == high
    }

    def is_known(terms: tuple[Any, ...], low: float, high: float) -> bool:
        if len(terms) == 1 or not all(term[:2] in exact for term in terms):
            return False
        return bool(low <= sum(exact[group, number] * by for group, number, by in terms) <= high)

    return [
        Statement(terms, low, high)
        for terms, (low, high) in ends.items()
        if not is_known(terms, low, high)
    ]


@dataclass(frozen=True)
class Bound:
    """A group of rows (P,) of `pupils`, and how many of them gave an answer: low to high.

    answer: its number among the measure's answers.
    """

    rows: Floats
    answer: int
    pupils: int
    low: float
    high: float

    @property
    def pinned(self) -> bool:
        """Only one number of pupils is left."""
        return self.high - self.low < 1 - NEAR


@dataclass(frozen=True)
class Settled:
    """suspects: counts that are above nought (of rare answers) or known to the pupil.

    counts: how many were looked at. unsettled: open when the programs ran out.
    """

    suspects: tuple[Bound, ...]
    narrowest: Bound | None
    counts: int
    unsettled: int


def settle(tables: Tables, groups: Floats, seed: str) -> Settled:
    """Bound the answers of every small group (A, P), many at once.

    Any table shows for all groups at once what they may have. Tables are sought that empty the
    open counts, or fill them, until each is seen to be nought in one, or, unless the answer is
    rare, to differ by a pupil between two. What is left is bounded by programs of its own.

    A count that must be nought, or everybody, is not looked for: by duality it comes of sums of
    published groups in which everybody touched is known to the same degree, and the certificate
    says of any such sum that it touches m pupils or more. They are a crowd who answered alike.
    """
    answers, rare = tables.figures.quantities.answers, np.array(tables.figures.rare)
    dice = np.random.default_rng(zlib.crc32(seed.encode()))
    shape = (len(groups), len(answers))
    low, high = np.full(shape, np.inf), np.full(shape, -np.inf)
    open_ = np.ones(shape, dtype=bool)
    everybody = np.outer(groups @ tables.sizes, _tops(tables))

    def look(table: Floats) -> None:
        seen = groups @ table @ answers.T
        np.minimum(low, seen, out=low)
        np.maximum(high, seen, out=high)
        told = (high - low < 1 - NEAR) & (high < everybody - NEAR)
        np.copyto(open_, (low > NEAR) & (rare | told))

    for turn in range(SWEEPS):
        if open_.any():
            # By turns: empty what is open, fill it, and tilt at random.
            sign = (1.0, -1.0, dice.choice([-1.0, 1.0], shape))[turn % 3]
            weight = sign * dice.uniform(0.1, 1, shape) * open_
            look(tables.least(groups.T @ weight @ answers)[1])

    def bound(group: int, answer: int) -> Bound:
        ends = [tables.end(groups[group], answers[answer], sign) for sign in (1, -1)]
        for _, table in ends:
            look(table)
        pupils = round(float(groups[group] @ tables.sizes))
        return Bound(groups[group], answer, pupils, ends[0][0] + 0.0, ends[1][0] + 0.0)

    left = [(int(a), int(q)) for a, q in np.argwhere(open_)]
    bounds = [bound(*each) for each in left[:SINGLES] if open_[each]]
    suspects = tuple(b for b in bounds if b.pinned or (rare[b.answer] and b.low > NEAR))
    narrowest = None
    if len(groups):
        # What nobody is seen to have given says nothing of how narrow bounds can get.
        width = np.where(high > NEAR, high - low, np.inf)
        group, answer = np.unravel_index(int(np.argmin(width)), shape)
        narrowest = bound(int(group), int(answer))
    unsettled = sum(bool(open_[each]) for each in left[SINGLES:])
    return Settled(suspects, narrowest, math.prod(shape), unsettled)


def unexplained(
    tables: Tables, suspects: Sequence[Bound], crowds: Sequence[Floats]
) -> Iterator[Bound]:
    """Suspects whose bounds say more than one crowd of enough pupils says about itself.

    In a crowd of n pupils of whom at least c gave an answer, any s gave at least c - (n - s), and
    never more than the whole crowd. That a crowd answered alike is outside of the promise. So is
    that somebody did not answer.

    Args:
        crowds: (P,) rows of groups of m pupils or more, published or found by subtraction.
    """
    quantities = tables.figures.quantities
    top = _tops(tables)
    end = cache(
        lambda crowd, answer, sign: tables.end(crowds[crowd], quantities.answers[answer], sign)[0]
    )
    for bound in suspects:
        if tables.end(bound.rows, quantities.valid, -1)[0] < 1 - NEAR:
            continue
        around = [n for n, crowd in enumerate(crowds) if (crowd >= bound.rows).all()]
        around.sort(key=lambda number: float(crowds[number] @ tables.sizes))
        whole = bound.pupils * top[bound.answer]
        raised, capped = bound.low > NEAR, bound.pinned and bound.high < whole - NEAR
        for number in around[:CROWDS]:
            if not raised and not capped:
                break
            others = float((crowds[number] - bound.rows) @ tables.sizes) * top[bound.answer]
            if raised:
                raised = end(number, bound.answer, 1) - others < bound.low - NEAR
            if capped:
                capped = end(number, bound.answer, -1) > bound.high + NEAR
        if raised or capped:
            yield bound


def _tops(tables: Tables) -> Floats:
    """The most of each answer that one pupil can add (A,)."""
    quantities = tables.figures.quantities
    return np.asarray((quantities.answers * quantities.most).max(axis=1), dtype=float)
