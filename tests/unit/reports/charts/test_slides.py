"""A chart as a file for somebody's slides: the drawing, the picture, the numbers."""

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from reports import fonts
from reports.charts import Chart, Choropleth, DotAgainstLine, StackedBars, numbers
from reports.charts.palette import ORANGE
from reports.charts.raster import to_png
from reports.charts.slides import HEIGHT, WIDTH, Words, description, slide
from reports.charts.vector import to_svg
from reports.charts.words import WITHHELD

SVG = "{http://www.w3.org/2000/svg}"
AROUND = Words("Alder <School>: girls", "Source: Oakmere & Co., release 1a2b.", "Made-up data.")


@pytest.fixture(params=["bars", "dots", "icons", "wards", "bells", "funnel", "trends", "gaps"])
def chart(request: pytest.FixtureRequest) -> Chart:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def drawn(chart: Chart, around: Words = AROUND) -> ET.Element:
    made = to_svg(slide(chart, around), chart.title, description(chart, around))
    assert b"style=" not in made
    return ET.fromstring(made)  # noqa: S314 - our own file


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def test_the_drawing_says_what_it_shows_and_where_it_comes_from(chart: Chart) -> None:
    root = drawn(chart)
    said = " ".join(texts(root))
    assert root.attrib["viewBox"] == "0 0 960 540"
    assert root.find(f"{SVG}title").text == chart.title  # type: ignore[union-attr]
    for words in (*chart.title.split(), AROUND.caption, AROUND.source, AROUND.warning):
        assert words in said
    told = root.find(f"{SVG}desc").text or ""  # type: ignore[union-attr]
    for sentence in (*chart.sentences(), AROUND.source, AROUND.warning):
        assert sentence in told


def test_every_word_stays_on_the_slide(chart: Chart) -> None:
    fonts.register()
    for each in drawn(replace(chart, title="How often? " * 14, note="Few. " * 60)).iter(
        f"{SVG}text"
    ):
        bold = each.attrib.get("font-weight") == "bold"
        face, size = fonts.BOLD if bold else fonts.REGULAR, float(each.attrib["font-size"])
        room = stringWidth(each.text or "", face, size)
        share = {"start": 0, "middle": 0.5, "end": 1}[each.attrib.get("text-anchor", "start")]
        left = float(each.attrib["x"]) - share * room
        assert -0.5 <= left <= left + room <= WIDTH + 0.5, each.text
        assert size * 0.7 <= float(each.attrib["y"]) <= HEIGHT, each.text


def test_dots_stand_where_their_numbers_are(dots: DotAgainstLine) -> None:
    """Two known points of the axis give every other position."""
    rows = [
        replace(row, value=v, low=v, high=v) for row, v in zip(dots.rows, (0, 100), strict=False)
    ]
    ends = drawn(replace(dots, rows=tuple(rows)))
    zero, full = [float(c.attrib["cx"]) for c in ends.iter(f"{SVG}circle")][-2:]
    half = drawn(replace(dots, rows=(replace(rows[0], value=25.0, low=20.0, high=30.0), rows[1])))
    quarter = [float(c.attrib["cx"]) for c in half.iter(f"{SVG}circle")][-2]
    assert quarter == pytest.approx(zero + (full - zero) / 4, abs=0.2)


def test_few_rows_are_drawn_larger_than_many(bars: StackedBars) -> None:
    def size(rows: int) -> float:
        many = replace(bars, rows=bars.rows[:1] * rows)
        shown = bars.show(bars.rows[0].segments[0].percent)
        found = [e for e in drawn(many).iter(f"{SVG}text") if e.text == shown]
        assert len(found) == rows
        return float(found[0].attrib["font-size"])

    assert size(1) > size(6) > size(12) > 8


def test_what_is_withheld_has_words_and_no_number(dots: DotAgainstLine) -> None:
    none = replace(dots.rows[0], value=None, low=None, high=None, reference=None, text="Too few.")
    alone = replace(dots, rows=(none,), note="")
    said = texts(drawn(alone))
    assert WITHHELD in said
    assert [each for each in said if "%" in each] == [words for _, words in alone.ticks()]
    (_, row) = csv.reader(io.StringIO(numbers.to_csv(alone).decode()))
    assert row == [none.label, "", "", "", "", WITHHELD]


def test_what_is_cut_to_a_shape_stays_cut(wards: Choropleth) -> None:
    """Hatching is drawn across the box around a ward; only the cut keeps it inside."""
    root = drawn(wards)
    names = {each.attrib["id"] for each in root.iter(f"{SVG}clipPath")}
    cuts = {each.attrib["clip-path"] for each in root.iter(f"{SVG}g")}
    assert names
    assert cuts == {f"url(#{name})" for name in names}


def test_the_picture_is_the_slide(chart: Chart) -> None:
    made = to_png(slide(chart, AROUND), 1920)
    assert made == to_png(slide(chart, AROUND), 1920)
    picture = Image.open(io.BytesIO(made)).convert("RGB")
    assert picture.size == (1920, 1080)
    orange = tuple(int(ORANGE[i : i + 2], 16) for i in (1, 3, 5))
    assert picture.getpixel((960, 4)) == orange
    real = Image.open(io.BytesIO(to_png(slide(chart, replace(AROUND, warning="")), 1920)))
    assert real.convert("RGB").getpixel((960, 4)) == (255, 255, 255)


def test_the_numbers_are_not_rounded(bars: StackedBars, wards: Choropleth) -> None:
    exact = replace(bars.rows[0].segments[0], percent=12.3)
    row = replace(bars.rows[0], segments=(exact, *bars.rows[0].segments[1:]))
    made = numbers.to_csv(replace(bars, rows=(row,))).decode()
    first = next(csv.DictReader(io.StringIO(made)))
    assert (first["Response"], first["Percent"], first["Shown"]) == (exact.label, "12.3", "yes")
    found = list(csv.reader(io.StringIO(numbers.to_csv(wards).decode())))[1:]
    values = {area.name: "" if area.value is None else str(area.value) for area in wards.areas}
    assert {name: value for name, value, _ in found} == values
