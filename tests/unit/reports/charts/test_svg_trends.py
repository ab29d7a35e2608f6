from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reports.charts import Trends, svg
from reports.charts.svg_trends import LOW, MARGINS
from reports.charts.words import WITHHELD

SVG = "{http://www.w3.org/2000/svg}"
CSS = Path(__file__).parents[4] / "census/static/census/charts.css"


def panels(chart: Trends) -> list[ET.Element]:
    root = ET.fromstring(svg.render(chart))  # noqa: S314 - our own markup
    return [node for node in root.iter(f"{SVG}svg") if "plot" in node.get("class", "")]


def of(panel: ET.Element, name: str, kind: str) -> list[ET.Element]:
    return [n for n in panel.iter(f"{SVG}{name}") if kind in n.get("class", "").split()]


def height(value: float) -> float:
    """Where a value stands, from above: an axis from 20 to 80."""
    return LOW * (80 - value) / 60


def test_each_dot_stands_on_its_day_and_its_value(trends: Trends) -> None:
    girls, boys = panels(trends)
    assert [dot.get("cx") for dot in of(girls, "circle", "dot")] == ["0%", "25%"]
    assert [dot.get("cx") for dot in of(boys, "circle", "dot")] == ["0%", "25%", "100%"]
    tops = [float(dot.get("cy", "")) for dot in of(boys, "circle", "dot")]
    assert tops == pytest.approx([height(v) for v in (60, 55, 70)], abs=0.06)


def test_the_band_fades_towards_both_ends_of_its_interval(trends: Trends) -> None:
    up, down, *_ = of(panels(trends)[0], "rect", "band")  # 40, from 34 to 48
    assert (up.get("fill"), down.get("fill")) == ("url(#years-up)", "url(#years-down)")
    assert (up.get("x"), down.get("x")) == ("0%", "0%")
    sizes = [float(half.get(key, "")) for half in (up, down) for key in ("y", "height")]
    wanted = [height(48), height(40) - height(48), height(40), height(34) - height(40)]
    assert sizes == pytest.approx(wanted, abs=0.1)
    (first,) = (
        n for n in panels(trends)[0].iter(f"{SVG}linearGradient") if "up" in n.get("id", "")
    )
    assert (first.get("x2"), first.get("y2")) == ("0", "1")
    assert [stop.get("class") for stop in first] == ["faint", "full"]


def test_the_numbers_at_the_dots_are_those_of_the_table(trends: Trends, gaps: Trends) -> None:
    for chart in (trends, gaps):
        written = [[text.text for text in of(p, "text", "point")] for p in panels(chart)]
        values = [row[1::2] for row in chart.table()[1]]
        shown = [[cell for cell in row if cell != WITHHELD] for row in values]
        assert written == [[cell.removesuffix(" points") for cell in row] for row in shown]


def test_a_moment_that_is_not_shown_is_hatched_and_breaks_the_line(trends: Trends) -> None:
    girls, boys = panels(trends)
    assert (len(of(girls, "line", "trend")), len(of(boys, "line", "trend"))) == (1, 2)
    (patch,) = of(girls, "rect", "patterned")
    assert (patch.get("x"), patch.get("fill")) == ("100%", "url(#years-withheld)")
    assert not of(boys, "rect", "patterned")
    assert WITHHELD in svg.legend(trends)
    assert WITHHELD not in svg.legend(replace(trends, panels=trends.panels[1:]))


def test_a_line_runs_from_dot_to_dot(trends: Trends) -> None:
    boys = panels(trends)[1]
    dots = [(dot.get("cx"), dot.get("cy")) for dot in of(boys, "circle", "dot")]
    ends = [
        [(line.get(f"x{end}"), line.get(f"y{end}")) for end in "12"]
        for line in of(boys, "line", "trend")
    ]
    assert ends == [dots[:2], dots[1:]]


def test_nought_is_drawn_only_inside_an_axis(trends: Trends, gaps: Trends) -> None:
    zero = of(panels(gaps)[0], "rect", "zero")
    assert {float(part.get("y", "")) for part in zero} == {90 - 0.5}  # the middle of 180 pixels
    assert not of(panels(trends)[0], "rect", "zero")


def test_every_panel_has_its_name_dates_and_axis(trends: Trends) -> None:
    root = ET.fromstring(svg.render(trends))  # noqa: S314 - our own markup
    assert [name.text for name in root.iter("p")] == ["Girls", "Boys"]
    for panel, name in zip(panels(trends), ("Girls", "Boys"), strict=True):
        assert (panel.get("role"), panel.get("aria-label")) == ("group", name)
        written = [text.text for text in of(panel, "text", "tick")]
        assert written[:2] == ["20%", "80%"]
        assert " ".join(each or "" for each in written[2:]) == "June 2024 June 2025 June 2028"


def test_only_two_moments_with_short_numbers_stand_two_in_a_row_on_a_phone(
    trends: Trends, gaps: Trends
) -> None:
    def slim(chart: Trends) -> bool:
        return "chart-panels slim" in svg.render(chart)

    def two(chart: Trends) -> Trends:
        return replace(chart, panels=tuple(replace(p, moments=p.moments[:2]) for p in chart.panels))

    assert slim(two(trends))
    assert not slim(trends)
    assert not slim(replace(two(trends), ceiling=100))  # "100%" is too long
    assert not slim(two(gaps))  # one panel has the row for itself


def test_the_style_sheet_leaves_the_margins_that_the_numbers_need() -> None:
    written = CSS.read_text()
    for letters, margin in MARGINS.items():
        rule = f"width: calc(100% - {2 * margin}px); margin: 0 {margin}px;"
        assert f".letters-{letters} {{ {rule} }}" in written


def test_markup_in_a_panel_stays_text(trends: Trends) -> None:
    nasty = "<script>alert(\"1\")</script> & 'co'"
    moments = tuple(replace(m, label="<i>", text=nasty) for m in trends.panels[1].moments)
    panel = replace(trends.panels[1], label=nasty, moments=moments)
    root = ET.fromstring(svg.render(replace(trends, title=nasty, panels=(panel,))))  # noqa: S314
    assert root.get("aria-label") == nasty
    assert [name.text for name in root.iter("p")] == [nasty]
    labels = {node.get("aria-label") for node in root.iter(f"{SVG}g") if node.get("role")}
    assert labels == {nasty}


def test_small_multiples_are_small(trends: Trends) -> None:
    many = replace(trends, panels=trends.panels * 3)
    assert len(svg.render(many)) < 20_000
