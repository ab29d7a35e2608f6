from collections.abc import Iterator
from io import BytesIO

import pypdf
import pytest
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Circle, Drawing, Group, Path, String
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from reports.charts import Chart, Choropleth, DotAgainstLine, Funnel, StackedBars, paper


@pytest.fixture(params=["bars", "dots", "wards", "bells", "funnel"])
def chart(request: pytest.FixtureRequest) -> Chart:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def shapes(group: Group) -> Iterator[object]:
    for node in group.contents:
        yield node
        if isinstance(node, Group):
            yield from shapes(node)


def page(drawing: Drawing) -> pypdf.PageObject:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    renderPDF.draw(drawing, canvas, 40, 40)
    canvas.save()
    return pypdf.PdfReader(target).pages[0]


def drawn_text(group: Group, dx: float = 0, dy: float = 0) -> Iterator[tuple[String, float, float]]:
    """Every piece of text, with where it stands on the drawing."""
    for node in group.contents:
        if isinstance(node, String):
            yield node, node.x + dx, node.y + dy
        elif isinstance(node, Group):
            yield from drawn_text(node, dx + node.transform[4], dy + node.transform[5])


def test_every_word_stays_on_the_drawing(chart: Chart) -> None:
    drawing = paper.render(chart, 300)
    assert drawing.width == 300
    for text, x, y in drawn_text(drawing):
        room = stringWidth(text.text, text.fontName, text.fontSize)
        left = x - {"start": 0, "middle": room / 2, "end": room}[text.textAnchor]
        assert left >= -0.01, text.text
        assert left + room <= 300.01, text.text
        assert 0 <= y <= drawing.height - text.fontSize * 0.7, text.text


def test_the_page_says_the_numbers_of_the_table(chart: Chart) -> None:
    text = page(paper.render(chart, 450)).extract_text()
    # A funnel shows where schools lie; their numbers stand in the table alone.
    rows = () if isinstance(chart, Funnel) else chart.table()[1]
    for row in rows:
        shown = row[1].removesuffix("%") if isinstance(chart, Choropleth) else row[1]
        assert shown in text


def test_fonts_are_embedded_so_that_every_letter_prints(dots: DotAgainstLine) -> None:
    resources = page(paper.render(dots, 450))["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    names = {str(font["/BaseFont"]) for font in fonts if "/FontDescriptor" in font}
    assert any("DejaVuSans" in name for name in names)


def test_the_dot_stands_on_its_value(dots: DotAgainstLine) -> None:
    drawing = paper.render(dots, 200)
    circles = [node for node in shapes(drawing) if isinstance(node, Circle)]
    assert [circle.cx for circle in circles] == [7, 69]  # the key's sample; 34.5 % of 200


def test_what_is_withheld_is_clipped_hatching(bars: StackedBars, wards: Choropleth) -> None:
    for chart in (bars, wards):
        drawn = list(shapes(paper.render(chart, 300)))
        clips = [node for node in drawn if isinstance(node, Path) and node.isClipPath]
        assert clips
    texts = [n.text for n in shapes(paper.render(wards, 300)) if isinstance(n, String)]
    assert texts[-2:] == ["55", "61"]


def test_the_words_for_readers_hold_every_sentence(chart: Chart) -> None:
    words = paper.alternative(chart)
    assert words.startswith(chart.title)
    assert all(sentence in words for sentence in chart.sentences())


def test_the_same_chart_gives_the_same_bytes(dots: DotAgainstLine) -> None:
    first, second = (page(paper.render(dots, 300)).get_contents() for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.get_data() == second.get_data()


def test_a_school_stands_by_its_answers_and_its_share(funnel: Funnel) -> None:
    drawing = paper.render(funnel, 200)
    circles = [node for node in shapes(drawing) if isinstance(node, Circle)][1:]  # not the key's
    assert [circle.cx for circle in circles] == [100, 50]
    low, high = (circle.cy for circle in circles)
    assert high - low == pytest.approx(150 * (60 - 20) / 60)  # points of a field up to 60 %
