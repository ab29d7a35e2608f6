"""A funnel: each school's share by its number of answers, between the limits of chance.

For officers only. It has no order by value: small schools spread widely, large ones little.
"""

from dataclasses import dataclass
from math import ceil

from reports.charts.words import Table, number, require_key, require_within


@dataclass(frozen=True)
class FunnelPoint:
    """One school: `n` answers and `value` percent; `value` None where `shown` stands for it."""

    label: str
    n: int
    value: float | None
    text: str
    shown: str = ""


@dataclass(frozen=True)
class FunnelLimit:
    """Where chance alone leaves a school of `n` answers, in percent.

    inner: 95 of 100 such schools lie within. outer: 998 of 1,000.
    """

    n: int
    inner: tuple[float, float]
    outer: tuple[float, float]


@dataclass(frozen=True)
class Funnel:
    """`limits` rise by n and span the axis; `average` is the borough's share in percent."""

    key: str
    title: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    average: float
    average_label: str
    note: str = ""
    point_heading: str = "School"
    inner_label: str = "95 in 100 schools would lie within by chance"
    outer_label: str = "998 in 1,000 would"

    def __post_init__(self) -> None:
        require_key(self.key)
        require_within("the average", self.average, 0, 100)
        sizes = [limit.n for limit in self.limits]
        if len(sizes) < 2 or sizes != sorted(set(sizes)):
            raise ValueError(f"funnel {self.key}: limits must rise by number of answers")
        for point in self.points:
            require_within(point.label, point.value, 0, 100)
            if not sizes[0] <= point.n <= sizes[-1]:
                raise ValueError(f"{point.label}: {point.n} answers lie off the axis")

    @property
    def ceiling(self) -> float:
        """The top of the axis in percent: the next ten above everything drawn."""
        shares = [point.value for point in self.points if point.value is not None]
        # The first limit is that of the fewest answers, where chance may bring nearly anything.
        edges = [limit.outer[1] for limit in self.limits[1:]]
        return min(100.0, ceil(max(self.average, 10, *shares, *edges) / 10) * 10.0)

    def drawn(self) -> tuple[FunnelPoint, ...]:
        """The points with a number, by label: an order by value would be a league table."""
        return tuple(p for p in self.ordered() if p.value is not None)

    def ordered(self) -> tuple[FunnelPoint, ...]:
        return tuple(sorted(self.points, key=lambda point: point.label.casefold()))

    def across(self, n: float) -> float:
        """Where a number of answers stands, 0 to 100 percent of the width."""
        first, last = self.limits[0].n, self.limits[-1].n
        return (n - first) / (last - first) * 100

    def up(self, value: float) -> float:
        """Where a share stands, 0 to 100 percent of the height; what is above is cut off."""
        return min(value / self.ceiling, 1.0) * 100

    def sentences(self) -> tuple[str, ...]:
        """One sentence a mark, in the order in which the arrow keys visit them."""
        return tuple(point.text for point in self.drawn())

    def table(self) -> Table:
        """(headers, rows) by label, all text: the same numbers as the picture."""
        headers = (self.point_heading, "Share", "Answers")
        return headers, tuple((p.label, self.show(p), f"{p.n:,}") for p in self.ordered())

    @staticmethod
    def show(point: FunnelPoint) -> str:
        return point.shown if point.value is None and point.shown else number(point.value)
