"""Dumbbells: two groups' shares on one line, and how far they lie apart."""

from dataclasses import dataclass

from reports.charts.words import Table, number, require_key, require_within


@dataclass(frozen=True)
class Bell:
    """One end of a dumbbell: a group and its share in percent."""

    label: str
    value: float


@dataclass(frozen=True)
class DumbbellRow:
    """`label` says what parts the two groups. `text` is a full sentence.

    gap, low, high: the larger share minus the smaller as shown, in points, with its interval.
    times: in words how many times as likely, empty where it is not known.
    """

    label: str
    one: Bell
    two: Bell
    gap: float
    low: float
    high: float
    text: str
    times: str = ""


@dataclass(frozen=True)
class Dumbbells:
    """One row a pair of groups, both of them shown. Raises ValueError for a gap that is not
    the distance of its ends, or that lies outside its interval."""

    key: str
    title: str
    rows: tuple[DumbbellRow, ...]
    note: str = ""
    one_label: str = "The group named first"
    two_label: str = "The group named second"

    def __post_init__(self) -> None:
        require_key(self.key)
        if not self.rows:
            raise ValueError(f"chart {self.key}: no rows")
        for row in self.rows:
            for bell in (row.one, row.two):
                require_within(f"{row.label}, {bell.label}", bell.value, 0, 100)
            if abs(abs(row.one.value - row.two.value) - row.gap) > 0.11:  # shares have one decimal
                raise ValueError(f"{row.label}: the gap is not the distance of the two shares")
            if not row.low <= row.gap <= row.high:
                raise ValueError(f"{row.label}: the gap lies outside its interval")

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """(position, words) of the two ends and the middle of the axis."""
        return ((0.0, "0%"), (50.0, "50%"), (100.0, "100%"))

    def gap_words(self, row: DumbbellRow) -> str:
        """ "21 points apart (17 to 25)"."""
        shown = number(row.gap, 0, "")
        points = "point" if shown == "1" else "points"
        return f"{shown} {points} apart ({self.range_words(row)})"

    @staticmethod
    def range_words(row: DumbbellRow) -> str:
        low, high = (number(end, 0, "").replace("-", "−") for end in (row.low, row.high))
        return f"{low} to {high}"

    @staticmethod
    def bell_words(bell: Bell) -> str:
        return f"{bell.label}: {number(bell.value)}"

    def sentences(self) -> tuple[str, ...]:
        """One sentence a mark, in the order in which the arrow keys visit them."""
        return tuple(row.text for row in self.rows)

    def table(self) -> Table:
        """(headers, rows), all text: the same numbers as the picture."""
        headers = ("Groups", "First", "Second", "Points apart", "Likely range", "Times as likely")
        return headers, tuple(
            (
                row.label,
                self.bell_words(row.one),
                self.bell_words(row.two),
                number(row.gap, 0, ""),
                self.range_words(row),
                row.times or "–",
            )
            for row in self.rows
        )
