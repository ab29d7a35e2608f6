"""A dot with a fading band against a line: one figure a row, beside what it is compared with.

No error bars: readers take the ends of a whisker for hard limits. The band fades instead.
"""

from dataclasses import dataclass

from reports.charts.words import (
    Table,
    interval,
    number,
    require_interval,
    require_key,
    require_within,
    tick,
)


@dataclass(frozen=True)
class DotRow:
    """`low` and `high` bound the interval of `value`; all three None when withheld.

    `reference` is where the line stands (None: no line). `text` is a full sentence.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    reference: float | None
    text: str


@dataclass(frozen=True)
class DotAgainstLine:
    """One row a topic, or one row a group. The axis runs from `floor` to `ceiling`.

    `signed`: numbers have their sign, for gaps and changes.
    Raises ValueError for a value off the axis or an interval without its value in it.
    """

    key: str
    title: str
    rows: tuple[DotRow, ...]
    value_label: str
    reference_label: str
    row_heading: str = "Group"
    band_label: str = "Where we would expect it if we asked again"
    note: str = ""
    floor: float = 0.0
    ceiling: float = 100.0
    decimals: int = 0
    unit: str = "%"
    signed: bool = False

    def __post_init__(self) -> None:
        require_key(self.key)
        for row in self.rows:
            for value in (row.value, row.low, row.high, row.reference):
                require_within(row.label, value, self.floor, self.ceiling)
            require_interval(row.label, row.value, row.low, row.high)

    def position(self, value: float) -> float:
        """Where a value stands on the axis, 0 to 100 percent of its width."""
        return (value - self.floor) / (self.ceiling - self.floor) * 100

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """(position, words) of the two ends and the middle of the axis."""
        span = self.ceiling - self.floor
        values = (self.floor, self.floor + span / 2, self.ceiling)
        return tuple((self.position(v), tick(v, self.unit, self.signed)) for v in values)

    def sentences(self) -> tuple[str, ...]:
        """One sentence a mark, in the order in which the arrow keys visit them."""
        return tuple(row.text for row in self.rows)

    def table(self) -> Table:
        """(headers, rows), all text: the same numbers as the picture."""
        headers = (self.row_heading, self.value_label, "Likely range", self.reference_label)
        return headers, tuple(
            (row.label, self.show(row.value), self.range_words(row), self._reference(row))
            for row in self.rows
        )

    def longest(self) -> str:
        """The longest of the numbers shown, for which the labels leave room."""
        shown = (self.show(row.value) for row in self.rows if row.value is not None)
        return max(shown, key=len, default="")

    def range_words(self, row: DotRow) -> str:
        return interval(row.low, row.high, self.decimals, self.unit, signed=self.signed)

    def _reference(self, row: DotRow) -> str:
        return "–" if row.reference is None else self.show(row.reference)

    def show(self, value: float | None) -> str:
        return number(value, self.decimals, self.unit, signed=self.signed)
