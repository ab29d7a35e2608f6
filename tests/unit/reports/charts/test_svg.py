import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import Chart, Choropleth, DotAgainstLine, IconArray, StackedBars, Trends, svg
from reports.charts.markup import tag, words

SVG = "{http://www.w3.org/2000/svg}"


def parsed(chart: Chart) -> ET.Element:
    return ET.fromstring(svg.render(chart))  # noqa: S314 - our own markup


def marks(root: ET.Element) -> list[ET.Element]:
    return [node for node in root.iter(f"{SVG}g") if node.get("class") == "mark"]


@pytest.fixture(params=["bars", "dots", "icons", "wards", "bells", "funnel", "trends", "gaps"])
def chart(request: pytest.FixtureRequest) -> Chart:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def test_every_mark_speaks_its_sentence(chart: Chart) -> None:
    assert tuple(mark.get("aria-label") for mark in marks(parsed(chart))) == chart.sentences()


def test_one_mark_is_reached_by_tab_and_the_rest_by_arrows(chart: Chart) -> None:
    stops = [mark.get("tabindex") for mark in marks(parsed(chart))]
    assert stops == ["0"] + ["-1"] * (len(stops) - 1)


def test_the_group_is_named_by_the_title(chart: Chart) -> None:
    root = parsed(chart)
    assert root.get("role") == "group"
    if isinstance(chart, Trends):  # of several drawings
        assert root.get("aria-label") == chart.title
        return
    title = root.find(f"{SVG}title")
    assert title is not None
    assert (title.text, title.get("id")) == (chart.title, root.get("aria-labelledby"))


def test_text_outside_the_marks_is_hidden_from_readers(chart: Chart) -> None:
    root = parsed(chart)
    spoken = {id(text) for mark in marks(root) for text in mark.iter(f"{SVG}text")}
    loose = [text for text in root.iter(f"{SVG}text") if id(text) not in spoken]
    assert all(text.get("aria-hidden") == "true" for text in loose)


def test_nothing_that_a_strict_policy_refuses(chart: Chart) -> None:
    markup = svg.render(chart) + svg.legend(chart)
    assert not re.search(r"style=|<style|<script|\son\w+=|javascript:|https?://(?!www\.w3)", markup)


def test_patterns_and_fades_that_are_used_are_defined(chart: Chart) -> None:
    markup = svg.render(chart) + svg.legend(chart)
    used = set(re.findall(r"url\(#([^)]+)\)", markup))
    defined = re.findall(r' id="([^"]+)"', markup)
    assert used <= set(defined)
    assert len(defined) == len(set(defined))
    assert all(name.startswith(f"{chart.key}-") for name in defined)


def test_bars_are_as_wide_as_their_shares(bars: StackedBars) -> None:
    areas = [node for node in parsed(bars).iter(f"{SVG}rect") if "area" in node.get("class", "")]
    assert [(a.get("x"), a.get("width")) for a in areas] == [
        ("0%", "50%"),
        ("50%", "30%"),
        ("80%", "15%"),
        ("95%", "5%"),
        ("0%", "100%"),
    ]


def test_a_slim_segment_has_no_number_to_spill_over(bars: StackedBars) -> None:
    shown = [t.text for t in parsed(bars).iter(f"{SVG}text") if "inner" in t.get("class", "")]
    assert shown == ["50%", "30%", "15%"]


def test_the_dot_stands_on_its_value_and_the_band_on_its_interval(dots: DotAgainstLine) -> None:
    mark = marks(parsed(dots))[0]
    dot, line = mark.find(f"{SVG}circle"), mark.find(f"{SVG}line")
    assert dot is not None
    assert line is not None
    assert (dot.get("cx"), line.get("x1"), line.get("x2")) == ("34.5%", "30%", "30%")
    bands = [n for n in mark.iter(f"{SVG}rect") if n.get("class") == "band"]
    assert [(b.get("x"), b.get("width")) for b in bands] == [("28%", "6.5%"), ("34.5%", "6.5%")]


def test_a_withheld_row_draws_no_dot(dots: DotAgainstLine) -> None:
    hidden = marks(parsed(dots))[1]
    assert hidden.find(f"{SVG}circle") is None
    assert "url(#rest-withheld)" in ET.tostring(hidden, encoding="unicode")


def test_a_withheld_area_is_hatched_and_has_no_number(wards: Choropleth) -> None:
    ash, mill, upper = marks(parsed(wards))
    assert [n.text for m in (ash, mill, upper) for n in m.iter(f"{SVG}text")] == ["55", "61"]
    outline = mill.find(f"{SVG}path")
    assert outline is not None
    assert outline.get("fill") == "url(#safe-withheld)"


def test_figure_carries_the_table_of_the_same_chart(chart: Chart) -> None:
    figure = svg.figure(chart)
    assert (figure.headers, figure.rows) == chart.table()
    assert figure.picture == svg.render(chart)


def test_an_unknown_description_is_refused() -> None:
    with pytest.raises(TypeError, match="no drawing for str"):
        svg.render("pie")  # type: ignore[arg-type]


@given(text=st.text(max_size=40))
def test_any_text_is_safe_inside_the_markup(text: str) -> None:
    node = ET.fromstring(tag("g", words(text), title=text))  # noqa: S314 - our own markup
    assert list(node) == []
    assert set(node.attrib) == {"title"}


def test_markup_in_a_label_stays_text(dots: DotAgainstLine) -> None:
    nasty = "<script>alert(\"1\")</script>\x00 & 'co'"
    row = replace(dots.rows[0], label="<b>x</b>", text=nasty)
    root = parsed(replace(dots, title=nasty, rows=(row,)))
    assert marks(root)[0].get("aria-label") == nasty.replace("\x00", "")
    assert "<b>x</b>" in [t.text for t in root.iter(f"{SVG}text")]


def test_ten_charts_are_small(bars: StackedBars, dots: DotAgainstLine) -> None:
    """A report page may weigh 80 kB compressed: its pictures must not be what fills it."""
    size = 5 * len(svg.render(bars)) + 5 * len(svg.render(dots))
    assert size < 35_000


def test_as_many_dots_are_full_as_the_number_says(icons: IconArray) -> None:
    counts = [
        [dot.get("class") for dot in mark.iter(f"{SVG}circle")].count("icon")
        for mark in marks(parsed(icons))
    ]
    assert counts == [35, 60]
    withheld = replace(icons, panels=(replace(icons.panels[0], percent=None),))
    assert not list(marks(parsed(withheld))[0].iter(f"{SVG}circle"))


def test_a_hole_stays_open_whichever_way_it_runs(wards: Choropleth) -> None:
    """By the even-odd rule: by the other one a hole that runs as its ward does is filled."""
    ward = wards.areas[0]
    outer = ward.geometry["coordinates"][0]
    (west, south), (east, north) = outer[0], outer[2]
    hole = [[west + (east - west) * x, south + (north - south) * y] for x, y in HOLE]
    shape = {"type": "Polygon", "coordinates": [outer, hole]}
    drawn = parsed(replace(wards, areas=(replace(ward, geometry=shape),)))
    (path,) = drawn.iter(f"{SVG}path")
    assert path.get("fill-rule") == "evenodd"
    assert (path.get("d") or "").count("M") == 2


HOLE = ((0.4, 0.4), (0.4, 0.6), (0.6, 0.6), (0.4, 0.4))
