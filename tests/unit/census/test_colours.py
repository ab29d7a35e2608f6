"""Contrast and shades against values worked out by others."""

import pytest

from census.colours import contrast, is_colour, mixed


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The greys that every guide gives as the last to pass and the first to fail on white.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#12436d", "#ffffff", 10.25),
        ("#1d70b8", "#ffffff", 5.17),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_mixed_goes_from_the_colour_to_its_ground() -> None:
    assert [mixed("#12436d", "#ffffff", share) for share in (0, 1)] == ["#12436d", "#ffffff"]
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#ff0000", "#0000ff", 0.2) == "#cc0033"


@pytest.mark.parametrize("text", ["12436d", "#12436", "#12436g", "#12436D", "#12436d ", "navy", ""])
def test_what_is_no_colour(text: str) -> None:
    assert is_colour("#12436d")
    assert not is_colour(text)
