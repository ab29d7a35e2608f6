import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import Moment, Trend, Trends, numbers
from reports.charts.trends import axis_of
from reports.charts.words import WITHHELD


def test_table_holds_every_value_and_range(trends: Trends) -> None:
    headers, rows = trends.table()
    assert headers == (
        "Group",
        "June 2024", "June 2024, likely range",
        "June 2025", "June 2025, likely range",
        "June 2028", "June 2028, likely range",
    )  # fmt: skip
    assert rows == (
        ("Girls", "40%", "34% to 48%", "50%", "44% to 57%", WITHHELD, "–"),
        ("Boys", "60%", "52% to 66%", "55%", "47% to 63%", "70%", "61% to 76%"),
    )


def test_gaps_have_their_signs(gaps: Trends) -> None:
    (row,) = gaps.table()[1]
    assert row[1:] == (
        "+4 points", "−2 to +11 points", "0 points", "−7 to +6 points",
        "−12 points", "−18 to −5 points",
    )  # fmt: skip
    assert [gaps.short(value) for value in (4.0, -0.4, -12.0)] == ["+4", "0", "−12"]
    assert gaps.ticks() == ((0, "−20"), (50, "0"), (100, "+20"))
    assert gaps.measured == "Gap, in points"


def test_a_unit_that_is_a_sign_stands_at_every_number(trends: Trends) -> None:
    assert trends.short(50.5) == "51%"
    assert trends.ticks() == ((0, "20%"), (100, "80%"))
    assert trends.measured == "Enough sleep"


def test_moments_stand_where_they_lie_in_time(trends: Trends) -> None:
    assert [trends.across(moment) for moment in trends.moments] == [0, 25, 100]
    assert [trends.position(value) for value in (20, 35, 80)] == [0, 25, 100]


def test_nought_has_its_tick_inside_an_axis_and_not_twice_at_its_end(gaps: Trends) -> None:
    after = replace(gaps, panels=(replace(gaps.panels[0], moments=lower(gaps)),), ceiling=0)
    assert after.ticks() == ((0, "−20"), (100, "0"))
    assert (gaps.crosses_zero, after.crosses_zero) == (True, False)


def lower(chart: Trends) -> tuple[Moment, ...]:
    """Its last moment twice, which lies below nought."""
    last = chart.moments[-1]
    return replace(last, day=last.day - 365), last


def test_every_moment_is_said_by_panel_and_time(trends: Trends) -> None:
    assert trends.sentences() == (
        "June 2024: 40.0.", "June 2025: 50.4.", "June 2028: None.",
        "June 2024: 60.0.", "June 2025: 55.0.", "June 2028: 70.0.",
    )  # fmt: skip


def test_the_file_holds_numbers_as_released(trends: Trends, gaps: Trends) -> None:
    first, *rows = csv.reader(io.StringIO(numbers.to_csv(trends).decode()))
    assert first == [
        "Group",
        "When",
        "Enough sleep",
        "Likely range from",
        "Likely range to",
        "Shown",
    ]
    assert rows[1] == ["Girls", "June 2025", "50.4", "44.0", "57.0", "yes"]
    assert rows[2] == ["Girls", "June 2028", "", "", "", WITHHELD]
    assert len(rows) == 6
    dust = replace(gaps.moments[1], value=0.1 + 0.2)
    moved = replace(gaps, panels=(Trend("Gap", (gaps.moments[0], dust)),))
    *_, row = csv.reader(io.StringIO(numbers.to_csv(moved).decode()))
    assert row == ["Gap", "June 2025", "0.3", "-7.0", "6.0", "yes"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 81.0, "high": 82.0},
        {"low": 19.0},
        {"low": 57.0, "high": 44.0},
        {"value": 43.0},
        {"value": None},
        {"low": None},
        {"value": float("nan")},
    ],
    ids=str,
)
def test_a_value_outside_its_interval_or_axis_is_refused(
    trends: Trends, wrong: dict[str, float | None]
) -> None:
    girls = trends.panels[0]
    moments = (girls.moments[0], replace(girls.moments[1], **wrong))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"Girls, June 2025: .*(stand together|not between)"):
        replace(trends, panels=(replace(girls, moments=moments),))


def test_panels_with_other_moments_are_refused(trends: Trends) -> None:
    girls, boys = trends.panels
    last = boys.moments[-1]
    for moments in (
        boys.moments[:-1],
        (*boys.moments[:-1], replace(last, day=1401)),
        (*boys.moments[:-1], replace(last, label="July 2028")),
    ):
        with pytest.raises(ValueError, match="the same moments"):
            replace(trends, panels=(girls, replace(boys, moments=moments)))
    with pytest.raises(ValueError, match="the same moments"):
        replace(trends, panels=())


def test_one_moment_is_no_trend_and_time_runs_forward(trends: Trends) -> None:
    one, two, three = trends.panels[1].moments
    for moments in ((one,), (two, one, three), (one, one)):
        with pytest.raises(ValueError, match="two moments at least"):
            replace(trends, panels=(Trend("Boys", moments),))


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([38.0, 52.5, None], (30, 60)),
        ([40.0, 60.0], (40, 60)),
        ([44.0, 47.0], (40, 60)),  # a ten more on the side where a value is near the end
        ([42.0, 44.0], (30, 50)),
        ([97.0, 99.0], (80, 100)),
        ([0.0, 3.0], (0, 20)),
        ([50.0], (40, 60)),
        ([], (0, 100)),
        ([0.0, 100.0], (0, 100)),
    ],
)
def test_an_axis_is_tens_around_everything_and_never_narrow(
    values: list[float | None], axis: tuple[float, float]
) -> None:
    assert axis_of(values) == axis


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([3.0, 8.0], (-10, 10)),
        ([-12.0, -5.0], (-20, 0)),
        ([-12.0, 4.0], (-20, 10)),
        ([35.0, 38.0], (0, 40)),
        ([], (-10, 10)),
    ],
)
def test_an_axis_of_gaps_holds_nought(values: list[float], axis: tuple[float, float]) -> None:
    assert axis_of(values, within=None) == axis


@given(
    values=st.lists(st.floats(0, 100) | st.none(), max_size=8),
    least=st.sampled_from([10, 20, 25, 50, 100]),
)
def test_whatever_the_values_a_chart_takes_the_axis(
    values: list[float | None], least: float
) -> None:
    floor, ceiling = axis_of(values, least)
    assert 0 <= floor < ceiling <= 100
    assert ceiling - floor >= least
    assert floor % 10 == ceiling % 10 == 0
    known = [value for value in values if value is not None]
    moments = tuple(Moment(str(i), i, v, v, v, "x") for i, v in enumerate([*known, *known, None]))
    if known:
        Trends("any", "Any", (Trend("All", moments),), "Any", floor=floor, ceiling=ceiling)
        # No wider than it must be: without a ten on either side something would not fit.
        tight = min(known) < floor + 10 or max(known) > ceiling - 10
        assert tight or ceiling - floor < least + 10


@given(values=st.lists(st.floats(-100, 100), max_size=8))
def test_whatever_the_gaps_their_axis_holds_them_and_nought(values: list[float]) -> None:
    floor, ceiling = axis_of(values, within=None)
    assert floor <= min([0.0, *values])
    assert max([0.0, *values]) <= ceiling
    assert ceiling - floor >= 20
    assert floor % 10 == ceiling % 10 == 0
