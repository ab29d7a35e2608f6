"""Stacked bars: how the answers to a question, or to several alike, were spread."""

from dataclasses import dataclass

from reports.charts.palette import shade
from reports.charts.words import Table, number, require_key, require_within


@dataclass(frozen=True)
class Segment:
    """One answer's share of a bar.

    `percent` is 0 to 100, or None when withheld. `text` is a full sentence.
    `answered` is False for "prefer not to say", skipped and the like: drawn hatched.
    """

    label: str
    percent: float | None
    text: str
    answered: bool = True


@dataclass(frozen=True)
class BarRow:
    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Extent:
    """A drawn piece of a bar: `start` and `width` in percent of the whole width."""

    start: float
    width: float
    segment: Segment
    tone: str


@dataclass(frozen=True)
class StackedBars:
    """Rows that share the same answers in the same order (ValueError otherwise).

    `title` says what the chart shows. `row_heading` names the first column of the table.
    """

    key: str
    title: str
    rows: tuple[BarRow, ...]
    row_heading: str = "Question"
    note: str = ""
    decimals: int = 0

    def __post_init__(self) -> None:
        require_key(self.key)
        if not self.rows or len({self._answers(row) for row in self.rows}) != 1:
            raise ValueError(f"chart {self.key}: every row needs the same answers in order")
        for row in self.rows:
            for segment in row.segments:
                require_within(f"{row.label}, {segment.label}", segment.percent, 0, 100)

    @staticmethod
    def _answers(row: BarRow) -> tuple[tuple[str, bool], ...]:
        return tuple((segment.label, segment.answered) for segment in row.segments)

    def tones(self) -> dict[str, str]:
        """Answer label -> class of its fill: `t0`-`t10` for answers, `n0`-`n2` for none."""
        answers = self._answers(self.rows[0])
        answered = [label for label, real in answers if real]
        silent = [label for label, real in answers if not real]
        tones = {label: f"t{shade(i, len(answered))}" for i, label in enumerate(answered)}
        return tones | {label: f"n{i % 3}" for i, label in enumerate(silent)}

    def extents(self, row: BarRow) -> tuple[Extent, ...]:
        """The pieces of one bar from left to right; answers nobody gave take no room.

        Rounded shares may total 101: the bar is then squeezed to its frame. What is
        withheld is one hatched piece that fills the rest.
        """
        tones = self.tones()
        squeeze = 100 / max(100, sum(segment.percent or 0 for segment in row.segments))
        pieces, start = [], 0.0
        for segment in row.segments:
            if segment.percent:
                width = segment.percent * squeeze
                pieces.append(Extent(start, width, segment, tones[segment.label]))
                start += width
        withheld = [segment for segment in row.segments if segment.percent is None]
        if withheld and start < 100:
            pieces.append(Extent(start, 100 - start, withheld[0], "withheld"))
        return tuple(pieces)

    def sentences(self) -> tuple[str, ...]:
        """One sentence a mark, in the order in which the arrow keys visit them."""
        return tuple(piece.segment.text for row in self.rows for piece in self.extents(row))

    def table(self) -> Table:
        """(headers, rows), all text: the same numbers as the picture."""
        headers = (self.row_heading, *(segment.label for segment in self.rows[0].segments))
        rows = ((row.label, *(self.show(s.percent) for s in row.segments)) for row in self.rows)
        return headers, tuple(rows)

    def show(self, percent: float | None) -> str:
        return number(percent, self.decimals)
