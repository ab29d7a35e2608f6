"""A map of areas shaded by a few classes, hatched where too few answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.charts.palette import shade
from reports.charts.words import WITHHELD, Table, number, require_key, require_within, rounded


@dataclass(frozen=True)
class MapArea:
    """`geometry` is a GeoJSON Polygon or MultiPolygon; `value` None when withheld."""

    key: str
    name: str
    geometry: Mapping[str, Any]
    value: float | None
    text: str


@dataclass(frozen=True)
class Choropleth:
    """`breaks`, rising, part the values into one class more than there are breaks (at most 5).

    An area belongs to the class of its number *as shown*, so nobody reads 35% on an area
    that the legend puts below 35%.
    """

    key: str
    title: str
    areas: tuple[MapArea, ...]
    breaks: tuple[float, ...]
    value_label: str
    area_heading: str = "Ward"
    note: str = ""
    decimals: int = 0
    unit: str = "%"

    def __post_init__(self) -> None:
        require_key(self.key)
        if not self.areas:
            raise ValueError(f"map {self.key}: no areas")
        if len(self.breaks) > 4 or list(self.breaks) != sorted(set(self.breaks)):
            raise ValueError(f"map {self.key}: breaks must rise, and be four at most")
        for area in self.areas:
            require_within(area.name, area.value, float("-inf"), float("inf"))

    def ordered(self) -> tuple[MapArea, ...]:
        """By name: an order by value would be a league table."""
        return tuple(sorted(self.areas, key=lambda area: area.name.casefold()))

    def tone(self, area: MapArea) -> str:
        """Class of the fill: `t0`-`t10`, or `withheld`."""
        if area.value is None:
            return "withheld"
        shown = rounded(area.value, self.decimals)
        return self._tone_of_class(sum(shown >= edge for edge in self._edges()))

    def legend(self) -> tuple[tuple[str, str], ...]:
        """(tone, words) of every class, lowest first, then of what is withheld, if anything."""
        classes = range(len(self.breaks) + 1)
        entries = [(self._tone_of_class(i), self._class_words(i)) for i in classes]
        if any(area.value is None for area in self.areas):
            entries.append(("withheld", WITHHELD))
        return tuple(entries)

    def _edges(self) -> list[Decimal]:
        return [rounded(edge, self.decimals) for edge in self.breaks]

    def _tone_of_class(self, index: int) -> str:
        return f"t{shade(index, len(self.breaks) + 1)}"

    def _class_words(self, index: int) -> str:
        edges, step = self._edges(), Decimal(1).scaleb(-self.decimals)
        if not edges:
            return "All areas with enough answers"
        if index == 0:
            return f"Under {edges[0]}{self.unit}"
        if index == len(edges):
            return f"{edges[-1]}{self.unit} or more"
        return f"{edges[index - 1]} to {edges[index] - step}{self.unit}"

    def sentences(self) -> tuple[str, ...]:
        """One sentence a mark, in the order in which the arrow keys visit them."""
        return tuple(area.text for area in self.ordered())

    def table(self) -> Table:
        """(headers, rows) in alphabetical order, all text: the same numbers as the picture."""
        rows = ((area.name, self.show(area.value)) for area in self.ordered())
        return (self.area_heading, self.value_label), tuple(rows)

    def show(self, value: float | None) -> str:
        return number(value, self.decimals, self.unit)
