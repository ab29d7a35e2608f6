from dataclasses import replace

import pytest

from reports.charts import DotAgainstLine, DotRow
from reports.charts.words import WITHHELD


def test_positions_follow_the_axis(dots: DotAgainstLine) -> None:
    score = replace(dots, rows=(), floor=7, ceiling=35, unit="", decimals=1)
    assert [score.position(v) for v in (7, 14, 35)] == [0, 25, 100]
    assert score.ticks() == ((0, "7"), (50, "21"), (100, "35"))


def test_table_holds_value_range_and_reference(dots: DotAgainstLine) -> None:
    headers, rows = dots.table()
    assert headers == ("Group", "Your school", "Likely range", "All schools")
    assert rows == (
        ("All", "35%", "28% to 41%", "30%"),
        ("SEND", WITHHELD, "–", "30%"),
    )


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(30, 31, 40), (30, 20, 29), (None, 20, 29), (30, None, None), (120, 20, 100)],
)
def test_a_value_outside_its_interval_or_axis_is_refused(
    dots: DotAgainstLine, value: float | None, low: float | None, high: float | None
) -> None:
    with pytest.raises(ValueError, match=r"stand together|not between"):
        replace(dots, rows=(DotRow("x", value, low, high, None, "x"),))
