from dataclasses import replace

import pytest

from reports.charts import Moment, Trend, Trends
from reports.charts.plots import Look, Plot, stretches, widest

LOOK = Look(number=10, small=10, line=12, band=10, room=lambda words, size, bold: 6 * len(words))


def plot(chart: Trends, width: float = 400) -> Plot:
    return Plot(chart, LOOK, width, 120, 50)


def dated(chart: Trends, *labels: str) -> Trends:
    """The same with moments at other dates, a hundred days apart."""
    value = replace(chart.panels[1].moments[0], day=0)
    moments = tuple(replace(value, label=each, day=100 * i) for i, each in enumerate(labels))
    return replace(chart, panels=(Trend("All", moments),))


def test_a_moment_lies_across_by_time_and_down_by_value(trends: Trends) -> None:
    drawn = plot(trends)
    first, second, _ = trends.panels[0].moments
    assert drawn.dot(first) == pytest.approx((0, 80))  # 40 on an axis from 20 to 80
    assert drawn.dot(second) == pytest.approx((75, 120 * (80 - 50.4) / 60))


def test_the_words_of_the_axis_stand_inside_the_field(gaps: Trends) -> None:
    low, zero, high = plot(gaps).ticks()
    assert [tick.words for tick in (low, zero, high)] == ["−20", "0", "+20"]
    assert [tick.base for tick in (low, zero, high)] == [117, 57, 10.5]
    # Near the top the words of 0 go below their line, away from those of the end.
    near = replace(gaps, floor=-40, ceiling=14)
    assert [tick.base for tick in plot(near).ticks()][1] > plot(near).y(0)


def test_dates_are_written_as_long_as_there_is_room(trends: Trends) -> None:
    chart = dated(trends, "October 2024", "October 2025", "October 2026")
    assert plot(chart).dates[0] == (("October 2024",), 0)
    assert plot(chart, 220).dates[0] == (("October", "2024"), 0)
    assert plot(chart, 190).dates == tuple((("Oct", f"202{i}"), 0) for i in (4, 5, 6))
    assert [lane for _, lane in plot(chart, 140).dates] == [0, 1, 0]


def test_dates_on_two_lanes_take_twice_the_depth(trends: Trends) -> None:
    chart = dated(trends, "May 2024", "May 2025", "May 2026")
    assert plot(chart).depth == 12
    assert plot(chart, 140).depth == 48
    bases = [base for _, _, base in plot(chart, 140).date_bases()]
    assert bases == [132, 144, 156, 168, 132, 144]


def test_a_line_is_broken_where_a_moment_is_not_shown(trends: Trends) -> None:
    girls, boys = trends.panels
    first, hidden, last = (*girls.moments[:1], girls.moments[2], girls.moments[1])
    days = (1000, 1100, 1400)
    broken = [replace(m, day=d) for m, d in zip((first, hidden, last), days, strict=True)]
    assert list(stretches(Trend("Girls", tuple(broken)))) == []
    assert [(a.day, b.day) for a, b in stretches(girls)] == [(1000, 1100)]
    assert len(list(stretches(boys))) == 2


def test_a_number_keeps_off_the_words_of_the_axis_and_off_a_hatch(trends: Trends) -> None:
    first, second, hidden = trends.panels[0].moments

    def anchors(*shown: Moment) -> list[str]:
        chart = replace(trends, panels=(Trend("Girls", (*shown, hidden)),))
        spots = (spot for _, spot in plot(chart).numbers(chart.panels[0]))
        return [spot.anchor for spot in spots if spot]

    assert anchors(first, second) == ["end", "start"]
    # To the left of the one stands the ceiling's name, to the right of the other the hatch.
    near = replace(first, value=78.0, high=80.0), replace(second, day=1380)
    assert anchors(*near) == ["middle", "end"]


def test_room_is_left_for_the_longest_number(trends: Trends, gaps: Trends) -> None:
    assert [widest(trends), widest(gaps)] == ["40%", "−12"]
    assert widest(replace(trends, ceiling=100)) == "100%"
