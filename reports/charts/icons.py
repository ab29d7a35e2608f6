"""Icon arrays: a hundred dots, so many of them full. People count them; nobody needs a scale."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts.words import Table, number, require_key, require_within, rounded

ACROSS = 10  # dots in a line, and lines
MOST = 2  # arrays beside each other on a phone


@dataclass(frozen=True)
class IconPanel:
    """One array. `percent` is 0 to 100, or None when withheld. `text` is a full sentence."""

    label: str
    percent: float | None
    text: str

    def icons(self) -> Iterator[tuple[int, int, bool]]:
        """(column, line, full) of every dot; as many are full as the number shown says."""
        full = int(rounded(self.percent or 0, 0))
        for i in range(ACROSS * ACROSS):
            yield i % ACROSS, i // ACROSS, i < full


@dataclass(frozen=True)
class IconArray:
    """One or two arrays of ten times ten (ValueError otherwise)."""

    key: str
    title: str
    panels: tuple[IconPanel, ...]
    full_label: str
    empty_label: str
    row_heading: str = "Pupils"
    note: str = ""

    def __post_init__(self) -> None:
        require_key(self.key)
        if not 1 <= len(self.panels) <= MOST:
            raise ValueError(f"chart {self.key}: {len(self.panels)} arrays; one or two fit")
        for panel in self.panels:
            require_within(panel.label, panel.percent, 0, 100)

    def sentences(self) -> tuple[str, ...]:
        """One sentence a mark, in the order in which the arrow keys visit them."""
        return tuple(panel.text for panel in self.panels)

    def table(self) -> Table:
        """(headers, rows), all text: the same numbers as the picture."""
        rows = tuple((panel.label, self.show(panel.percent)) for panel in self.panels)
        return (self.row_heading, self.full_label), rows

    def show(self, percent: float | None) -> str:
        return number(percent, 0, " in 100")
