import pytest

from reports.charts import BarRow, Segment, StackedBars
from reports.charts.words import WITHHELD


def one_row(*percents: float | None) -> StackedBars:
    segments = tuple(Segment(f"a{i}", p, f"text {i}") for i, p in enumerate(percents))
    return StackedBars("one", "One row", (BarRow("All", segments),))


def places(chart: StackedBars) -> list[tuple[float, float]]:
    pieces = chart.extents(chart.rows[0])
    return [(round(p.start, 3), round(p.width, 3)) for p in pieces]


def test_pieces_stand_end_to_end_at_their_own_width() -> None:
    assert places(one_row(50, 30, 20)) == [(0, 50), (50, 30), (80, 20)]


def test_an_answer_that_nobody_gave_takes_no_room() -> None:
    assert places(one_row(60, 0, 40)) == [(0, 60), (60, 40)]


def test_rounded_shares_over_a_hundred_stay_in_the_frame() -> None:
    pieces = places(one_row(51, 50))
    assert pieces[-1][0] + pieces[-1][1] == pytest.approx(100)


def test_a_total_of_ninety_nine_is_not_stretched() -> None:
    assert places(one_row(49, 50)) == [(0, 49), (49, 50)]


def test_what_is_withheld_fills_the_rest_as_one_piece() -> None:
    chart = one_row(40, None, None)
    assert places(chart) == [(0, 40), (40, 60)]
    assert [p.tone for p in chart.extents(chart.rows[0])] == ["t0", "withheld"]
    assert chart.sentences() == ("text 0", "text 1")


def test_non_answers_are_patterned_and_do_not_use_up_tints(bars: StackedBars) -> None:
    assert bars.tones() == {"Never": "t0", "Often": "t5", "Always": "t10", "Skipped": "n0"}


def test_table_holds_every_number_of_the_chart(bars: StackedBars) -> None:
    headers, rows = bars.table()
    assert headers == ("Question", "Never", "Often", "Always", "Skipped")
    assert rows[0] == ("Year 8", "50%", "30%", "15%", "5%")
    assert rows[1] == ("Year 10", WITHHELD, WITHHELD, WITHHELD, WITHHELD)


def test_rows_with_other_answers_are_refused() -> None:
    rows = (BarRow("A", (Segment("Yes", 100, ""),)), BarRow("B", (Segment("No", 100, ""),)))
    with pytest.raises(ValueError, match="same answers"):
        StackedBars("mixed", "Mixed", rows)


def test_shares_outside_nought_to_a_hundred_are_refused() -> None:
    with pytest.raises(ValueError, match="not between"):
        one_row(101)
