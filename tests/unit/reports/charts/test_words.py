import pytest

from reports.charts.words import WITHHELD, number, require_key, require_within


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
