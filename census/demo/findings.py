"""What the demonstration aims at: published percentages, and the usual run of rarer answers.

A finding is what a council published about its first wave: it names the headline, the
demographics that make its cells, and the percentage of pupils with a valid answer who meet
the threshold in each cell. Where published groups overlap (Year 8, and SEN), all cells of a
group have its percentage, so any order solves them.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`otherwise` is for pupils in no named cell, such as those whose home is not known."""

    headline: str
    by: tuple[str, ...]
    cells: Mapping[tuple[str, ...], float]
    otherwise: float

    def percent(self, values: tuple[str | None, ...]) -> float:
        return next((p for cell, p in self.cells.items() if cell == values), self.otherwise)


FINDINGS = (
    Finding("active_5_days", ("sex",), {("F",): 33, ("M",): 54}, 43),
    Finding("lonely_sometimes", ("sex",), {("F",): 36, ("M",): 21}, 28),
    Finding(
        "bullied_4_times",
        ("year_group", "sen"),
        {("8", "any"): 22, ("8", "none"): 22, ("10", "any"): 22, ("10", "none"): 14},
        18,
    ),
    # The published figure is that of SEN. The others are put where the whole borough passes
    # ten per cent, from which on an indicator may be broken down.
    Finding("discrimination_disability", ("sen",), {("any",): 16, ("none",): 9.5}, 9.5),
    Finding("discrimination_race", (), {(): 10.3}, 10.3),
    Finding(
        "feel_safe_local",
        ("locality",),
        {("X99-NORTH",): 70, ("X99-CENTRAL",): 66, ("X99-SOUTH",): 75},
        70,
    ),
    Finding("enough_sleep", ("sex",), {("F",): 38.5, ("M",): 45.6}, 42),
)

# In 100 pupils, by code from the lowest: for questions where most have nothing to tell. Made up.
PROFILES: Mapping[str, tuple[float, ...]] = {
    "bullied_times": (52, 15, 14, 12, 7),
    "discrimination_race": (2, 3, 5, 90),
    "discrimination_disability": (2, 3, 5, 90),
    "discrimination_gender": (2, 5, 8, 85),
    "discrimination_faith": (1, 2, 4, 93),
    "discrimination_orientation": (1, 2, 4, 93),
    "things_place": (7, 93),
    "things_trips": (14, 86),
    "things_meal": (6, 94),
    "carer": (87, 13),
    "vaping_often": (84, 8, 4, 2, 2),
    "crime_seen": (76, 24),
    "support_wanted": (71, 29),
    "sleep_time": (6, 31, 38, 17, 8),
}
