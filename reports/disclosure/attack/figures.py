"""What each published number says: bounds on counts of pupils, with its rounding and its labels.

Read from the served documents alone, by the method that is public; nothing of the code that made
them is used, so that a mistake there is seen here.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reports.disclosure.attack.findings import Finding
from reports.disclosure.attack.holdings import Bools, Floats
from reports.disclosure.lattice import parse_group
from reports.disclosure.rules import RuleSet
from reports.stats.measures import Measure, Measures, ScoreMeasure

SLACK = 1e-6
VALID = 1  # of a headline or a score: pupils with an answer; quantity 0 is what they add up to


@dataclass(frozen=True)
class Quantities:
    """What is unknown of each row of pupils, Q numbers, and how they hang together.

    answers: (A, Q) what is protected, as sums of quantities; named by `codes`.
    valid: (Q,) pupils with an answer, likewise. most: (Q,) of one pupil.
    anyway: (Q,) which may be above nought where nobody was asked.
    within: weights (Q,) whose sum lies between low and high times the pupils of the row.
    """

    codes: tuple[int, ...]
    answers: Floats
    valid: Floats
    most: Floats
    anyway: Bools
    within: tuple[Floats, float, float]


def of_answers(codes: Sequence[int]) -> Quantities:
    """A question: everybody is counted under one code; non-answers are below zero."""
    given, one = np.array(codes) >= 0, np.ones(len(codes))
    answered = tuple(code for code in codes if code >= 0)
    return Quantities(
        answered, np.eye(len(codes))[given], given.astype(np.float64), one, ~given, (one, 1.0, 1.0)
    )


def of_points(top: float, codes: tuple[int, ...]) -> Quantities:
    """A score of 0 to `top` points, or a headline (0 or 1): points, and pupils who have any.

    Protected are the points, and how many there are short of everybody having all.
    """
    answers = np.array([[1.0, 0.0], [-1.0, top]])
    within = (np.array([1.0, -top]), -math.inf, 0.0)
    most = np.array([top, 1.0])
    return Quantities(codes, answers, np.array([0.0, 1.0]), most, np.zeros(2, dtype=bool), within)


@dataclass(frozen=True)
class Statement:
    """low <= sum of weight x quantity over (group id, quantity) <= high."""

    terms: tuple[tuple[str, int, float], ...]
    low: float
    high: float


@dataclass(frozen=True)
class Figures:
    """All that is published of one measure.

    bases: valid answers of each group, as stated. years: who was asked; None for all.
    rare: answers that so few gave in the borough that one more or less would tell.
    """

    quantities: Quantities
    bases: Mapping[str, int]
    statements: tuple[Statement, ...]
    rare: tuple[bool, ...]
    years: frozenset[str] | None

    @property
    def groups(self) -> list[str]:
        """Ids of the groups it is shown for."""
        return list(self.bases)

    def counts(self) -> Floats:
        """The first answer's count in each group; NaN where it is not known to the pupil."""
        exact = {
            each.terms[0][0]: each.low
            for each in self.statements
            if len(each.terms) == 1 and each.terms[0][1] == 0 and each.high - each.low < 1
        }
        return np.array([exact.get(group, np.nan) for group in self.groups], dtype=float)


def figures(
    documents: Iterable[Mapping[str, Any]], rules: RuleSet, measures: Measures
) -> dict[str, Figures]:
    """Every measure with all that the documents say about it, each number once.

    Args:
        measures: what the public questionnaire says: ranges of scores, and who is asked.
    """
    cells: dict[str, dict[str, Any]] = {}
    comparisons: dict[str, dict[str, Any]] = {}
    sizes: dict[str, int] = {}
    for document in documents:
        sizes |= dict(document["groups"])
        for group, row in document["cells"].items():
            for measure, cell in row.items():
                cells.setdefault(measure, {})[group] = cell
        for group, row in document["comparisons"].items():
            for measure, each in row.items():
                comparisons.setdefault(measure, {})[group] = each
    known = measures.all
    return {
        measure: _figures(row, comparisons.get(measure, {}), sizes, rules, known.get(measure))
        for measure, row in sorted(cells.items())
    }


def zeros(documents: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Cells that show that nobody, or everybody, gave an answer."""
    for document in documents:
        for group, row in document["cells"].items():
            where = (parse_group(group).breakdown,)
            for measure, (kind, n, *rest) in row.items():
                if kind == "h" and (rest[0] in {0, n} or rest[1] in {0, 100}):
                    recipe = f"{group}: {measure} is {rest[0]} of {n}"
                    yield Finding("zero", recipe, n, measure, where)
                if kind == "a":
                    for code, percent, _ in rest[0]:
                        if percent in {0, 100}:
                            recipe = f"{group}: {measure}, answer {code} is {percent} % of {n}"
                            yield Finding("zero", recipe, n, measure, where)


def counts(percent: float | None, label: str, n: int, hidden: int) -> tuple[float, float]:
    """The numerators of a base of n that a share to one decimal, or its label, allows."""
    if percent is None:
        return (n - hidden + 1, n) if label[:1] in {">", "a"} else (0, min(n, hidden - 1))
    # Ends that round either way are allowed: an attack must not rule out the truth.
    low = math.ceil((percent - 0.05) * n / 100 - SLACK)
    high = math.floor((percent + 0.05) * n / 100 + SLACK)
    # What is said in figures was not hidden, so it is not next to nought or to all.
    inner = max(low, hidden), min(high, n - hidden)
    return inner if inner[0] <= inner[1] else (max(low, 0), min(high, n))


def _figures(
    cells: Mapping[str, Any],
    compared: Mapping[str, Any],
    sizes: Mapping[str, int],
    rules: RuleSet,
    known: Measure | None,
) -> Figures:
    kind = next(iter(cells.values()))[0]
    scale = known if isinstance(known, ScoreMeasure) else ScoreMeasure(0, 1)
    quantities = _quantities(kind, cells, scale)
    read = _Reader(rules, scale.minimum, quantities, kind)
    statements = [each for group, cell in cells.items() for each in read.cell(group, cell, sizes)]
    for group, each in compared.items():
        whole = _whole(group, cells)
        if whole and group in cells:
            statements += read.comparison(group, whole, each)
    return Figures(
        quantities,
        {group: cell[1] for group, cell in cells.items()},
        tuple(statements),
        _rare(kind, quantities, cells, statements, rules),
        known.years if known else None,
    )


def _quantities(kind: str, cells: Mapping[str, Any], scale: ScoreMeasure) -> Quantities:
    if kind == "a":
        shares = (share for cell in cells.values() for rows in cell[2:] for share in rows)
        return of_answers(tuple(dict.fromkeys(code for code, _, _ in shares)))
    return of_points(scale.maximum - scale.minimum, (1, 0) if kind == "h" else (0, 1))


def _rare(
    kind: str,
    quantities: Quantities,
    cells: Mapping[str, Any],
    statements: Sequence[Statement],
    rules: RuleSet,
) -> tuple[bool, ...]:
    """Answers under a tenth of the borough's; all of them where the borough's are not shown."""
    if kind == "s":
        return (False, False)
    whole = next((group for group in cells if "|" not in group and group[:7] == "borough"), None)
    most = dict.fromkeys(quantities.codes, 0.0)
    for each in statements:
        for code, answer in zip(quantities.codes, quantities.answers, strict=True):
            if whole and each.terms == ((whole, int(answer.argmax()), 1.0),):
                most[code] = each.high / max(1, cells[whole][1])
    if kind == "h" and whole:
        most[0] = (
            1 - min(s.low for s in statements if s.terms == ((whole, 0, 1.0),)) / cells[whole][1]
        )
    return tuple(share < rules.two_way_share for share in most.values())


@dataclass(frozen=True)
class _Reader:
    """Turns the cells of one measure into statements. least: the minimum of a score."""

    rules: RuleSet
    least: float
    quantities: Quantities
    kind: str

    def cell(self, group: str, cell: Any, sizes: Mapping[str, int]) -> Iterator[Statement]:
        return {"a": self.answers, "h": self.headline, "s": self.score}[self.kind](
            group, cell, sizes[group]
        )

    def answers(self, group: str, cell: Any, size: int) -> Iterator[Statement]:
        _, n, shares, missing = cell
        every = [code for code, _, _ in (*shares, *missing)]
        number = {code: place for place, code in enumerate(every)}
        yield Statement(tuple((group, number[code], 1.0) for code, _, _ in shares), n, n)
        for base, rows in ((n, shares), (size, missing)):
            for code, percent, label in rows:
                ends = counts(percent, label, base, self.rules.hidden_count)
                yield Statement(((group, number[code], 1.0),), *ends)

    def headline(self, group: str, cell: Any, _size: int) -> Iterator[Statement]:
        _, n, count, percent, _, _, label = cell
        yield Statement(((group, VALID, 1.0),), n, n)
        low, high = counts(percent, label, n, self.rules.hidden_count)
        if count is not None:
            # A ward's numerator is the nearest multiple, which for three is one off at most.
            ward = parse_group(group).place.kind == "ward"
            off = self.rules.ward_multiple // 2 if ward else 0
            low, high = max(count - off, 0), min(count + off, n)
        yield Statement(((group, 0, 1.0),), low, high)

    def score(self, group: str, cell: Any, _size: int) -> Iterator[Statement]:
        _, n, mean, _, low, high = cell
        yield Statement(((group, VALID, 1.0),), n, n)
        # The interval is symmetrical, so its middle is the mean once more.
        for middle in (mean, (low + high) / 2):
            ends = ((middle - self.least + side) * n for side in (-0.05 - SLACK, 0.05 + SLACK))
            yield Statement(((group, 0, 1.0),), *ends)

    def comparison(self, group: str, whole: str, each: Any) -> Iterator[Statement]:
        """A school against the rest: more roundings of its own figure and of the rest's."""
        n, value, rest_n, rest, gap = each[:5]
        unit = 100.0 if self.kind == "h" else 1.0
        half = 0.05 / unit + SLACK
        own, others = ((group, 0, 1.0),), ((whole, 0, 1.0), (group, 0, -1.0))
        for terms, base, figure in ((own, n, value), (others, rest_n, rest)):
            middle = figure / unit - self.least
            yield Statement(terms, (middle - half) * base, (middle + half) * base)
        both = ((group, 0, 1 / n + 1 / rest_n), (whole, 0, -1 / rest_n))
        yield Statement(both, gap / unit - half, gap / unit + half)


def _whole(group: str, cells: Mapping[str, Any]) -> str:
    """The borough's group of the same values, if it is shown."""
    values = group.split("|")[1:]
    wholes = (each for each in cells if each.startswith("borough:"))
    return next((each for each in wholes if each.split("|")[1:] == values), "")
