import re
from pathlib import Path

import pytest

from reports.charts import palette
from reports.charts.palette import INK, RAMP, WHITE, contrast, edge_on, is_dark, shade
from reports.charts.paper_parts import TRACK

CSS = Path(__file__).parents[4] / "census/static/census/charts.css"


def test_contrast_agrees_with_published_figures() -> None:
    """Black on white is 21 by definition; #767676 on white is the well-known 4.54."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("colour", RAMP)
def test_text_and_edges_are_seen_on_every_tint(colour: str) -> None:
    assert contrast(WHITE if is_dark(colour) else INK, colour) >= 4.5
    assert contrast(edge_on(colour), colour) >= 3


@pytest.mark.parametrize("hue", [palette.NAVY, palette.TEAL, palette.PLUM])
def test_hues_are_seen_on_the_page(hue: str) -> None:
    assert contrast(hue, WHITE) >= 3


def test_shades_run_from_palest_to_darkest() -> None:
    assert [shade(i, 5) for i in range(5)] == [0, 2, 5, 8, 10]
    assert [shade(i, 11) for i in range(11)] == list(range(11))
    assert shade(0, 1) == 10
    with pytest.raises(ValueError, match="at most 11"):
        shade(0, 12)


def test_the_style_sheet_has_the_same_tints() -> None:
    written = re.findall(r"\.t(\d+) { fill: (#\w+); stroke: (#\w+); }", CSS.read_text())
    short = {"#ffffff": "#fff"}
    wanted = [(str(i), c, short.get(edge_on(c), edge_on(c))) for i, c in enumerate(RAMP)]
    assert written == wanted


def test_the_style_sheet_has_no_other_colours() -> None:
    """Paper and page look the same: every colour of the one is a colour of the other."""
    known = {palette.NAVY, palette.PLUM, INK, palette.GREY, WHITE, TRACK, *RAMP}
    written = set(re.findall(r"#[0-9a-f]{3,6}\b", CSS.read_text()))
    assert {"#ffffff" if each == "#fff" else each for each in written} <= known


@pytest.mark.parametrize("colour", [palette.NAVY, palette.PLUM, palette.GREY, INK])
def test_lines_dots_and_words_are_seen_on_the_ground_of_a_chart(colour: str) -> None:
    assert contrast(colour, TRACK) >= 4.5
