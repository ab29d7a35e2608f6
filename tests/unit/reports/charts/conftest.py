"""One small chart of every kind, with numbers that are easy to follow through a drawing."""

from typing import Any

import pytest

from reports.charts import (
    BarRow,
    Bell,
    Choropleth,
    DotAgainstLine,
    DotRow,
    DumbbellRow,
    Dumbbells,
    Funnel,
    FunnelLimit,
    FunnelPoint,
    IconArray,
    IconPanel,
    MapArea,
    Moment,
    Segment,
    StackedBars,
    Trend,
    Trends,
)


def square(west: float, south: float, side: float = 1.0) -> dict[str, Any]:
    """Clockwise, as official boundaries run."""
    east, north = west + side, south + side
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def bar_row(label: str, *percents: float | None) -> BarRow:
    names = ("Never", "Often", "Always", "Skipped")
    return BarRow(
        label,
        tuple(
            Segment(name, p, f"{label}: {name} {p}.", answered=name != "Skipped")
            for name, p in zip(names, percents, strict=True)
        ),
    )


@pytest.fixture
def bars() -> StackedBars:
    rows = (bar_row("Year 8", 50.0, 30.0, 15.0, 5.0), bar_row("Year 10", None, None, None, None))
    return StackedBars("sleep", "Half of Year 8 never sleep enough", rows)


@pytest.fixture
def dots() -> DotAgainstLine:
    rows = (
        DotRow("All", 34.5, 28.0, 41.0, 30.0, "All: 35 in 100."),
        DotRow("SEND", None, None, None, 30.0, "SEND: too few answers."),
    )
    return DotAgainstLine("rest", "About a third", rows, "Your school", "All schools")


@pytest.fixture
def wards() -> Choropleth:
    areas = (
        MapArea("w2", "Upper Vale", square(1, 50), 61.0, "Upper Vale: 61 in 100."),
        MapArea("w1", "Ash Hill", square(0, 50), 54.6, "Ash Hill: 55 in 100."),
        MapArea("w3", "Mill End", square(0, 51), None, "Mill End: too few answers."),
    )
    return Choropleth("safe", "Most feel safe", areas, (55, 65), "Feel safe")


@pytest.fixture
def bells() -> Dumbbells:
    one, two = Bell("Girls", 33.0), Bell("Boys", 54.0)
    rows = (
        DumbbellRow("Sex", one, two, 21.0, 17.0, 25.0, "Girls 33, boys 54 in 100.", "1.6"),
        DumbbellRow(
            "Year", Bell("Year 8", 40.0), Bell("Year 10", 38.0), 2.0, -3.0, 7.0, "40 and 38."
        ),
    )
    return Dumbbells("gaps", "Boys more than girls", rows)


@pytest.fixture
def funnel() -> Funnel:
    points = (
        FunnelPoint("School B", 50, 60.0, "School B: 60 in 100."),
        FunnelPoint("School A", 100, 20.0, "School A: 20 in 100."),
        FunnelPoint("School C", 200, None, "School C: fewer than 5 in 100.", "<5 %"),
    )
    limits = (
        FunnelLimit(0, (0.0, 80.0), (0.0, 100.0)),
        FunnelLimit(100, (30.0, 50.0), (25.0, 55.0)),
        FunnelLimit(200, (33.0, 47.0), (29.0, 51.0)),
    )
    return Funnel("schools", "Schools by chance", points, limits, 40.0, "All schools")


@pytest.fixture
def icons() -> IconArray:
    panels = (
        IconPanel("Your school", 34.5, "35 in 100 of your pupils."),
        IconPanel("All schools", 60.0, "60 in 100 of all pupils."),
    )
    return IconArray("nap", "About a third nap", panels, "nap", "do not")


def moment(label: str, day: int, *figures: float) -> Moment:
    """Its value and interval; not shown where there are none."""
    value, low, high = figures or (None, None, None)
    return Moment(label, day, value, low, high, f"{label}: {value}.")


@pytest.fixture
def trends() -> Trends:
    """A quarter of the time lies between the first two moments; one is not shown."""
    girls = (
        moment("June 2024", 1000, 40.0, 34.0, 48.0),
        moment("June 2025", 1100, 50.4, 44.0, 57.0),
        moment("June 2028", 1400),
    )
    boys = (
        moment("June 2024", 1000, 60.0, 52.0, 66.0),
        moment("June 2025", 1100, 55.0, 47.0, 63.0),
        moment("June 2028", 1400, 70.0, 61.0, 76.0),
    )
    panels = (Trend("Girls", girls), Trend("Boys", boys))
    return Trends("years", "Boys more than girls", panels, "Enough sleep", floor=20, ceiling=80)


@pytest.fixture
def gaps() -> Trends:
    """Differences in points, on both sides of nought."""
    moments = (
        moment("June 2024", 1000, 4.0, -2.0, 11.0),
        moment("June 2025", 1100, -0.4, -7.0, 6.0),
        moment("June 2028", 1400, -12.0, -18.0, -5.0),
    )
    panels = (Trend("Girls minus boys", moments),)
    look = {"floor": -20.0, "ceiling": 20.0, "unit": " points", "signed": True}
    return Trends("gap", "Girls now less than boys", panels, "Gap", **look)  # type: ignore[arg-type]
