from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.words import (
    WITHHELD,
    interval,
    number,
    require_interval,
    require_key,
    require_within,
    rounded,
    tick,
)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(34.5, 0, "35%"), (35.5, 0, "36%"), (34.49, 0, "34%"), (2.25, 1, "2.3%"), (-0.2, 0, "0%")],
)
def test_halves_go_up_and_there_is_no_minus_zero(value: float, decimals: int, shown: str) -> None:
    assert number(value, decimals) == shown


def test_what_is_withheld_is_said_in_words() -> None:
    assert number(None) == WITHHELD


@pytest.mark.parametrize("key", ["", "Sleep", "9lives", 'a" onload="', "a b"])
def test_a_key_that_could_not_be_an_id_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="chart key"):
        require_key(key)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0, 101.0])
def test_a_number_off_the_axis_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not between"):
        require_within("share", value, 0, 100)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (4.0, 0, "+4 points"),
        (-2.0, 0, "−2 points"),
        (1.2, 0, "+1 point"),
        (-1.0, 0, "−1 point"),
        (0.0, 0, "0 points"),
        (-0.4, 0, "0 points"),
        (0.4, 0, "0 points"),
        (-0.5, 0, "−1 point"),
        (-0.04, 1, "0.0 points"),
        (1.0, 1, "+1.0 points"),
    ],
)
def test_a_change_has_its_sign_unless_it_rounds_to_nought(
    value: float, decimals: int, shown: str
) -> None:
    assert number(value, decimals, " points", signed=True) == shown


@given(value=st.floats(-1000, 1000), decimals=st.integers(0, 2))
def test_what_is_shown_with_a_sign_reads_back_as_the_rounded_number(
    value: float, decimals: int
) -> None:
    shown = number(value, decimals, " points", signed=True)
    sign, digits = shown[0], shown.partition(" ")[0].lstrip("+−")
    meant = rounded(value, decimals)
    assert Decimal(digits) == abs(meant)
    assert {"+": meant > 0, "−": meant < 0}.get(sign, meant == 0)


@pytest.mark.parametrize(
    ("low", "high", "signed", "shown"),
    [
        (28.0, 41.0, False, "28 points to 41 points"),
        (-2.0, 6.0, True, "−2 to +6 points"),
        (-0.4, 1.0, True, "0 to +1 points"),
        (None, None, True, "–"),
    ],
)
def test_the_unit_of_a_range_with_signs_is_said_once(
    low: float | None, high: float | None, signed: bool, shown: str
) -> None:
    assert interval(low, high, 0, " points", signed=signed) == shown


def test_the_ends_of_an_axis_are_exact() -> None:
    assert [tick(v, " points", True) for v in (-30, 0.0, -0.0, 2.5)] == [
        "−30 points", "0 points", "0 points", "+2.5 points",
    ]  # fmt: skip
    assert [tick(v, "%", False) for v in (-30, 0, 2.5)] == ["-30%", "0%", "2.5%"]


@pytest.mark.parametrize("figures", [(30, 31, 40), (30, 20, 29), (None, 20, 29), (30, None, 40)])
def test_a_value_outside_its_interval_is_refused(figures: tuple[float | None, ...]) -> None:
    with pytest.raises(ValueError, match="x: value and interval"):
        require_interval("x", *figures)
