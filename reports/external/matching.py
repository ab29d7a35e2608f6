"""Which of our measures an external figure may stand beside: only where all of it agrees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.external.figures import KINDS, Figure


@dataclass(frozen=True)
class Definition:
    """`column` is the released measure; the rest are the columns of a table that must agree.

    low, high: between which a figure can lie. years: the year groups asked.
    """

    column: str
    measure: str
    statistic: str
    unit: str
    threshold: str
    low: float
    high: float
    years: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """`whole`: of all the year groups asked, not of one of them."""

    figure: Figure
    definition: Definition

    @property
    def whole(self) -> bool:
        return self.figure.year_groups == self.definition.years


Matches = Mapping[str, tuple[Match, ...]]


def match(figure: Figure, ours: Iterable[Definition]) -> Match | str:
    """The measure that a figure matches, or a sentence saying what does not agree."""
    named = [
        each
        for each in ours
        if (each.measure, each.statistic) == (figure.measure, figure.statistic)
    ]
    if not named:
        return f"There is no {figure.statistic} called {figure.measure} in this wave."
    alike = [each for each in named if each.unit == figure.unit]
    if not alike:
        return f"Unit: ours is {named[0].unit}, the figure's is {figure.unit}."
    wrong = _difference(figure, alike[0])
    return wrong or Match(figure, alike[0])


def matches(figures: Iterable[Figure], ours: tuple[Definition, ...]) -> Matches:
    """Released measure -> figures that may stand beside it: nearest place, then newest, first."""
    found: dict[str, list[Match]] = {}
    for figure in figures:
        one = match(figure, ours)
        if isinstance(one, Match):
            found.setdefault(one.definition.column, []).append(one)
    return {column: tuple(sorted(each, key=_order)) for column, each in found.items()}


def _difference(figure: Figure, ours: Definition) -> str:
    if figure.threshold != ours.threshold:
        return f"Threshold: ours is {ours.threshold}, the figure's is {figure.threshold}."
    if not ours.low <= figure.value <= ours.high:
        return f"Value: ours lies between {ours.low:g} and {ours.high:g}, this is {figure.value:g}."
    theirs = figure.year_groups
    # A figure of one year group stands beside that year group alone.
    if theirs != ours.years and not (len(theirs) == 1 and theirs[0] in ours.years):
        asked, told = " and ".join(ours.years), " and ".join(theirs)
        return f"Year groups: ours are {asked}, the figure's {told}."
    return ""


def _order(one: Match) -> tuple[int, int, str, str]:
    figure = one.figure
    return KINDS.index(figure.kind), -figure.year, figure.place, figure.source
