"""Marks as files: what a drawing says is what the picture shows."""

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from reports.charts.marks import Area, Cushion, Dot, Fade, Hatch, Mark, Picture, Placed, Stroke
from reports.charts.palette import NAVY, PLUM, WHITE, channels
from reports.charts.raster import to_png
from reports.charts.vector import to_svg

SVG = "{http://www.w3.org/2000/svg}"
BOX = ((10.0, -10.0), (30.0, -10.0), (30.0, -20.0), (10.0, -20.0))


def drawn(*marks: Mark) -> ET.Element:
    made = to_svg(Picture(200, 100, marks), "<Title>", "Words & more")
    return ET.fromstring(made)  # noqa: S314 - our own file


def elements(*marks: Mark) -> Iterator[tuple[str, dict[str, str]]]:
    for each in list(drawn(*marks).iter())[3:]:
        yield each.tag.removeprefix(SVG), each.attrib


def test_title_and_description_are_text() -> None:
    root = drawn()
    assert [each.text for each in root] == ["<Title>", "Words & more"]
    assert (root.get("role"), root.get("viewBox")) == ("img", "0 0 200 100")


def test_what_is_placed_is_moved_and_scaled_with_its_edges() -> None:
    line = Stroke(((1, -1), (5, -3)), PLUM, 1.5, (3, 2))
    inner = Placed((Dot(5, -5, weight=2), line), 10, -10, 2)
    (dot, path) = elements(Placed((inner,), 20, 0, 1.5))
    assert dot == (
        "circle",
        # x: 20 + 1.5 * (10 + 2 * 5)
        {"cx": "50", "cy": "30", "r": "12", "fill": NAVY, "stroke": WHITE, "stroke-width": "6"},
    )
    assert path[1] == {
        "d": "M38 18L50 24",
        "fill": "none",
        "stroke": PLUM,
        "stroke-width": "4.5",
        "stroke-dasharray": "9 6",
    }


def test_a_box_with_round_corners_hangs_from_its_top() -> None:
    ((name, look),) = elements(Cushion(10, -30, 40, 20, 5, NAVY, PLUM, 1))
    assert name == "rect"
    assert [look[k] for k in ("x", "y", "width", "height", "rx")] == ["10", "10", "40", "20", "5"]


@pytest.mark.parametrize(("end", "value"), [(10, 90), (90, 10)])
def test_a_fade_is_darkest_at_its_value(end: float, value: float) -> None:
    slices = [look for _, look in elements(Fade(end, value, -20, 10))]
    assert sum(float(each["width"]) for each in slices) == pytest.approx(80)
    darkest = min(slices, key=lambda each: channels(each["fill"]))
    reach = float(darkest["x"]), float(darkest["x"]) + float(darkest["width"])
    assert value in reach


def test_an_upright_fade_is_darkest_at_its_value_and_as_broad_all_along() -> None:
    slices = [look for _, look in elements(Fade(-80, -20, 10, 9, upright=True))]
    assert {(each["x"], each["width"]) for each in slices} == {("10", "9")}
    assert sum(float(each["height"]) for each in slices) == pytest.approx(60, abs=1)
    darkest = min(slices, key=lambda each: channels(each["fill"]))
    assert float(darkest["y"]) == pytest.approx(20)  # the value, from above


def test_each_hatch_is_cut_to_its_own_shape() -> None:
    hatch = Hatch([BOX], [((0, 0), (50, -50))])
    root = drawn(hatch, Placed((hatch,), 50, 0))
    cuts = [cut.get("id") for cut in root.iter(f"{SVG}clipPath")]
    assert len(set(cuts)) == 2
    assert [g.get("clip-path") for g in root.iter(f"{SVG}g")] == [f"url(#{cut})" for cut in cuts]


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(TypeError, match="no SVG for Picture"):
        to_svg(Picture(1, 1, (Picture(1, 1, ()),)), "", "")


def test_the_picture_shows_marks_where_the_drawing_has_them() -> None:
    marks = (
        Area([[(0, 0), (200, 0), (200, -100), (0, -100)]], WHITE),
        Placed((Area([BOX], NAVY), Cushion(30, -40, 20, 10, 4, PLUM, PLUM)), 20, -10, 2),
    )
    picture = Image.open(io.BytesIO(to_png(Picture(200, 100, marks), 400))).convert("RGB")
    assert picture.size == (400, 200)
    # The box lies from (40, 30) to (80, 50), the cushion from (80, 70) to (120, 90).
    assert picture.getpixel((82, 62)) == picture.getpixel((158, 98)) == channels(NAVY)
    assert picture.getpixel((78, 62)) == picture.getpixel((162, 98)) == channels(WHITE)
    assert picture.getpixel((200, 160)) == channels(PLUM)
    assert picture.getpixel((161, 141)) == channels(WHITE)  # a corner that is round
