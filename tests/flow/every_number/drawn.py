"""What a chart has to show, whichever way it is drawn: rows by their labels, with their numbers.

Each kind says the numbers of its table, of its sentences, of its drawing from the first row to the
last, and the rows of its file. `ANY` stands for an end of an axis, `Maybe` for a number that is
left out where it has no room.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.flow.every_number.formulas import Interval
from tests.flow.every_number.words import numbers, shown

ANY = "ANY"
Line = list[str]
HATCHED = "Too few answers to show"


class Maybe(str):
    """A number that may be left out."""


def fits(found: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether the numbers found are those expected, in their order."""
    parts = (
        r"[+−]?\d+\S* "
        if each == ANY
        else f"(?:{re.escape(each)} )" + "?" * isinstance(each, Maybe)
        for each in expected
    )
    return re.fullmatch("".join(parts), "".join(f"{each} " for each in found)) is not None


def csv_number(value: float | None) -> str:
    return "" if value is None else str(round(value, 4))


@dataclass
class Drawn:
    """A chart. title, note, key: the numbers in them."""

    title: Line = field(default_factory=list)
    note: Line = field(default_factory=list)
    key: Line = field(default_factory=list)

    def labels(self) -> list[str]:
        raise NotImplementedError

    def cells(self, label: str) -> list[Line]:
        """The numbers of each cell of a row of the table, behind its label."""
        raise NotImplementedError

    def said(self, label: str) -> list[Line]:
        """The numbers of each sentence of a row."""
        raise NotImplementedError

    def drawing(self, order: Sequence[str]) -> Line:
        """All numbers of the drawing, without those of the key."""
        raise NotImplementedError

    def csv(self, label: str) -> list[tuple[str, ...]]:
        """The rows of the file, the label first."""
        raise NotImplementedError


@dataclass
class Dot:
    """`value` None where nothing is shown; `reference` what it stands against."""

    value: float | None
    low: float | None
    high: float | None
    reference: float | None
    sentence: Line


@dataclass
class Dots(Drawn):
    rows: dict[str, Dot] = field(default_factory=dict)
    decimals: int = 0
    signed: bool = False
    axis: Line = field(default_factory=lambda: ["0", "50", "100"])

    def labels(self) -> list[str]:
        return list(self.rows)

    def show(self, value: float | None) -> Line:
        return [] if value is None else [shown(value, self.decimals, signed=self.signed)]

    def cells(self, label: str) -> list[Line]:
        row = self.rows[label]
        ends = [*self.show(row.low), *self.show(row.high)]
        return [self.show(row.value), ends, self.show(row.reference)]

    def said(self, label: str) -> list[Line]:
        return [self.rows[label].sentence]

    def drawing(self, order: Sequence[str]) -> Line:
        rows = ([*numbers(label), *self.show(self.rows[label].value)] for label in order)
        return [*joined(rows), *self.axis]

    def csv(self, label: str) -> list[tuple[str, ...]]:
        row = self.rows[label]
        ends = (row.low, row.high, row.reference)
        found = ("" if end is None else str(end) for end in ends)
        mark = HATCHED if row.value is None else "yes"
        return [(label, csv_number(row.value), *found, mark)]


@dataclass
class Bar:
    """shares: (answer, percent). sentences: of each share that is more than nought."""

    shares: list[tuple[str, float]]
    sentences: list[Line]


@dataclass
class Bars(Drawn):
    rows: dict[str, Bar] = field(default_factory=dict)

    def labels(self) -> list[str]:
        return list(self.rows)

    def cells(self, label: str) -> list[Line]:
        return [[shown(percent)] for _, percent in self.rows[label].shares]

    def said(self, label: str) -> list[Line]:
        return self.rows[label].sentences

    def drawing(self, order: Sequence[str]) -> Line:
        found: Line = []
        for label in order:
            found += numbers(label)
            found += [Maybe(shown(percent)) for _, percent in self.rows[label].shares if percent]
        return found

    def csv(self, label: str) -> list[tuple[str, ...]]:
        shares = self.rows[label].shares
        return [(label, answer, csv_number(percent), "yes") for answer, percent in shares]


@dataclass
class Pair:
    """Two groups with their shares; gap and rate of the larger over the smaller."""

    one: tuple[str, float]
    two: tuple[str, float]
    gap: Interval
    rate: Interval
    sentence: Line


@dataclass
class Pairs(Drawn):
    rows: dict[str, Pair] = field(default_factory=dict)

    def labels(self) -> list[str]:
        return list(self.rows)

    def cells(self, label: str) -> list[Line]:
        row = self.rows[label]
        gap, *ends = map(shown, row.gap)
        sides = [[*numbers(name), shown(value)] for name, value in (row.one, row.two)]
        return [*sides, [gap], ends, [shown(each, 1) for each in row.rate]]

    def said(self, label: str) -> list[Line]:
        return [self.rows[label].sentence]

    def drawing(self, order: Sequence[str]) -> Line:
        found: Line = []
        for label in order:
            one, two, gap, ends, _ = self.cells(label)
            found += [*one, *two, *gap, *ends]
        return [*found, "0", "50", "100"]

    def csv(self, label: str) -> list[tuple[str, ...]]:
        row = self.rows[label]
        ratio, low, high = (shown(each, 1) for each in row.rate)
        sides = (text for name, value in (row.one, row.two) for text in (name, csv_number(value)))
        return [(label, *sides, *map(csv_number, row.gap), f"{ratio} ({low} to {high})")]


@dataclass
class Moment:
    value: float
    low: float
    high: float
    sentence: Line


@dataclass
class Lines(Drawn):
    """whens: the waves. rows: of each panel one moment a wave."""

    whens: Sequence[str] = ()
    rows: dict[str, list[Moment]] = field(default_factory=dict)
    decimals: int = 0
    signed: bool = False

    def labels(self) -> list[str]:
        return list(self.rows)

    def show(self, value: float) -> str:
        return shown(value, self.decimals, signed=self.signed)

    def cells(self, label: str) -> list[Line]:
        moments = self.rows[label]
        pairs = (([self.show(m.value)], [self.show(m.low), self.show(m.high)]) for m in moments)
        return [cell for pair in pairs for cell in pair]

    def said(self, label: str) -> list[Line]:
        return [moment.sentence for moment in self.rows[label]]

    def panel(self, label: str) -> Line:
        """The numbers at the dots, the ends of the axis, and the dates."""
        values = [Maybe(self.show(moment.value)) for moment in self.rows[label]]
        dates = [when.split()[1] for when in self.whens]
        return [*values, ANY, *([Maybe("0")] if self.signed else []), ANY, *dates]

    def drawing(self, order: Sequence[str]) -> Line:
        return joined([*numbers(label), *self.panel(label)] for label in order)

    def csv(self, label: str) -> list[tuple[str, ...]]:
        rows = zip(self.whens, self.rows[label], strict=True)
        return [
            (label, when, *map(csv_number, (each.value, each.low, each.high)), "yes")
            for when, each in rows
        ]

    def ends(self) -> tuple[float, float]:
        """The furthest of all that the axis has to hold."""
        moments = [moment for row in self.rows.values() for moment in row]
        return min(m.low for m in moments), max(m.high for m in moments)


@dataclass
class Areas(Drawn):
    """rows: (number or None, sentence)."""

    rows: dict[str, tuple[float | None, Line]] = field(default_factory=dict)

    def labels(self) -> list[str]:
        return list(self.rows)

    def cells(self, label: str) -> list[Line]:
        value, _ = self.rows[label]
        return [[] if value is None else [shown(value)]]

    def said(self, label: str) -> list[Line]:
        return [self.rows[label][1]]

    def drawing(self, order: Sequence[str]) -> Line:
        return [Maybe(number) for label in order for number in self.cells(label)[0]]

    def csv(self, label: str) -> list[tuple[str, ...]]:
        value, _ = self.rows[label]
        return [(label, csv_number(value), HATCHED if value is None else "yes")]


@dataclass
class Crowds(Drawn):
    """rows: a share as so many dots of a hundred."""

    rows: dict[str, tuple[float, Line]] = field(default_factory=dict)

    def labels(self) -> list[str]:
        return list(self.rows)

    def said(self, label: str) -> list[Line]:
        return [self.rows[label][1]]

    def drawing(self, order: Sequence[str]) -> Line:
        return [shown(self.rows[label][0]) for label in order]


def joined(lines: Iterable[Line]) -> Line:
    return [number for line in lines for number in line]
