from io import BytesIO

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from reports.charts import Chart, Choropleth, DotAgainstLine, IconArray, StackedBars, paper
from reports.charts.marks import Dot, Hatch, Picture, Text
from reports.charts.palette import NAVY


@pytest.fixture(params=["bars", "dots", "icons", "wards", "bells", "funnel", "trends", "gaps"])
def chart(request: pytest.FixtureRequest) -> Chart:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def page(picture: Picture) -> pypdf.PageObject:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.translate(40, 40)
    picture.draw(canvas)
    canvas.save()
    return pypdf.PdfReader(target).pages[0]


def texts(picture: Picture) -> list[Text]:
    return [mark for mark in picture.marks if isinstance(mark, Text)]


def dots_of(picture: Picture) -> list[Dot]:
    return [mark for mark in picture.marks if isinstance(mark, Dot)]


def test_every_word_stays_on_the_drawing(chart: Chart) -> None:
    drawing = paper.render(chart, 300)
    assert drawing.width == 300
    for text in texts(drawing):
        assert text.left >= -0.01, text.words
        assert text.left + text.room <= 300.01, text.words
        assert 0 <= drawing.height + text.y <= drawing.height - text.size * 0.7, text.words


# Not the funnel: its dots stand on their values, and no school's number is written.
@pytest.mark.parametrize(
    "chart", ["bars", "dots", "icons", "wards", "bells", "trends"], indirect=True
)
def test_the_page_says_the_numbers_of_the_table(chart: Chart) -> None:
    text = page(paper.render(chart, 450)).extract_text()
    for row in chart.table()[1]:
        shown = row[1].removesuffix("%") if isinstance(chart, Choropleth) else row[1]
        assert shown in text


def test_fonts_are_embedded_so_that_every_letter_prints(dots: DotAgainstLine) -> None:
    resources = page(paper.render(dots, 450))["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    names = {str(font["/BaseFont"]) for font in fonts if "/FontDescriptor" in font}
    assert any("DejaVuSans" in name for name in names)


def test_the_dot_stands_on_its_value(dots: DotAgainstLine) -> None:
    circles = dots_of(paper.render(dots, 200))
    assert [circle.x for circle in circles] == [7, 69]  # the key's sample; 34.5 % of 200


def test_as_many_dots_are_full_as_the_number_says(icons: IconArray) -> None:
    sample_full, sample_empty, *rest = dots_of(paper.render(icons, 450))
    assert (sample_full.fill == NAVY, sample_empty.fill == NAVY) == (True, False)
    full = [dot for dot in rest if dot.fill == NAVY]
    assert (len(rest), len(full)) == (200, 35 + 60)
    assert len([dot for dot in full if dot.x < 225]) == 35


def test_what_is_withheld_is_cut_hatching(bars: StackedBars, wards: Choropleth) -> None:
    for chart in (bars, wards):
        hatches = [mark for mark in paper.render(chart, 300).marks if isinstance(mark, Hatch)]
        assert hatches
        assert all(hatch.lines for hatch in hatches)
    assert [text.words for text in texts(paper.render(wards, 300))][-2:] == ["55", "61"]


def test_the_words_for_readers_hold_every_sentence(chart: Chart) -> None:
    words = paper.alternative(chart)
    assert words.startswith(chart.title)
    assert all(sentence in words for sentence in chart.sentences())


def test_the_same_chart_gives_the_same_bytes(dots: DotAgainstLine) -> None:
    first, second = (page(paper.render(dots, 300)).get_contents() for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.get_data() == second.get_data()
