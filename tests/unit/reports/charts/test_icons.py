from dataclasses import replace

import pytest

from reports.charts import IconArray, IconPanel


def test_picture_words_and_table_agree(icons: IconArray) -> None:
    """Halves go up in the number, so they go up in the picture."""
    assert [sum(full for _, _, full in panel.icons()) for panel in icons.panels] == [35, 60]
    assert icons.table() == (
        ("Pupils", "nap"),
        (("Your school", "35 in 100"), ("All schools", "60 in 100")),
    )
    assert icons.sentences() == ("35 in 100 of your pupils.", "60 in 100 of all pupils.")


def test_dots_fill_line_by_line() -> None:
    dots = list(IconPanel("All", 12.0, "12.").icons())
    assert len(dots) == 100
    assert [(column, line) for column, line, full in dots if full] == [
        *((i, 0) for i in range(10)),
        (0, 1),
        (1, 1),
    ]


def test_what_is_withheld_is_said(icons: IconArray) -> None:
    hidden = replace(icons, panels=(IconPanel("Your school", None, "Not shown."),))
    assert hidden.table()[1] == (("Your school", "Too few answers to show"),)


@pytest.mark.parametrize("count", [0, 3])
def test_at_most_two_stand_beside_each_other(icons: IconArray, count: int) -> None:
    with pytest.raises(ValueError, match="one or two"):
        replace(icons, panels=icons.panels[:1] * count)


@pytest.mark.parametrize("percent", [-1, 100.5, float("nan")])
def test_a_share_is_between_nought_and_a_hundred(icons: IconArray, percent: float) -> None:
    with pytest.raises(ValueError, match="not between"):
        replace(icons, panels=(IconPanel("x", percent, "x"),))
