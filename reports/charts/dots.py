"""A dot with a fading band against a line: one figure a row, beside what it is compared with.

No error bars: readers take the ends of a whisker for hard limits. The band fades instead.
"""

from dataclasses import dataclass

from reports.charts.words import Table, number, require_key, require_within


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

    def __post_init__(self) -> None:
        require_key(self.key)
        for row in self.rows:
            for value in (row.value, row.low, row.high, row.reference):
                require_within(row.label, value, self.floor, self.ceiling)
            if not self._is_whole(row):
                raise ValueError(f"{row.label}: value and interval must stand together, in order")

    @staticmethod
    def _is_whole(row: DotRow) -> bool:
        if row.value is None or row.low is None or row.high is None:
            return row.value is row.low is row.high is None
        return row.low <= row.value <= row.high

    def position(self, value: float) -> float:
        """Where a value stands on the axis, 0 to 100 percent of its width."""
        return (value - self.floor) / (self.ceiling - self.floor) * 100

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """(position, words) of the two ends and the middle of the axis."""
        span = self.ceiling - self.floor
        values = (self.floor, self.floor + span / 2, self.ceiling)
        return tuple((self.position(value), f"{value:g}{self.unit}") for value in values)

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

    def range_words(self, row: DotRow) -> str:
        return f"{self.show(row.low)} to {self.show(row.high)}" if row.value is not None else "–"

    def _reference(self, row: DotRow) -> str:
        return "–" if row.reference is None else self.show(row.reference)

    def show(self, value: float | None) -> str:
        return number(value, self.decimals, self.unit)
