"""The figure on a page: words first, picture, and the same numbers as a table."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reports.charts import DotAgainstLine, StackedBars, svg
from reports.charts.figures import figure_html

ROOT = Path(__file__).parents[4]


def test_figure_shows_picture_and_table_unescaped_and_labels_escaped(dots: DotAgainstLine) -> None:
    figure = svg.figure(dots)
    page = figure_html(dots)
    assert figure.picture in page
    assert figure.legend in page
    assert '<th scope="row">All</th><td>35%</td><td>28% to 41%</td><td>30%</td>' in page
    assert page.index(dots.title) < page.index("<svg") < page.index("<table")


def test_no_word_of_a_chart_becomes_markup(bars: StackedBars) -> None:
    nasty = "<script>alert(\"1\")</script> & 'co'"
    row = replace(bars.rows[0], label=nasty)
    page = figure_html(replace(bars, title=nasty, note=nasty, row_heading=nasty, rows=(row,)))
    assert "<script" not in page
    root = ET.fromstring(page)  # noqa: S314 - our own markup
    assert [each.text for each in root.iter("figcaption")] == [nasty]
    assert nasty in [each.text for each in root.iter("th")]


def test_only_patterns_that_the_chart_uses_are_written(bars: StackedBars) -> None:
    whole = figure_html(replace(bars, rows=bars.rows[:1]))
    assert "sleep-n0" in whole
    assert "sleep-withheld" not in whole
    assert "sleep-withheld" in figure_html(bars)


@pytest.mark.parametrize("folder", ["census/templates", "reports/templates", "surveys/templates"])
def test_templates_hold_no_inline_style_or_script(folder: str) -> None:
    for template in (ROOT / folder).rglob("*.html"):
        text = template.read_text()
        assert " style=" not in text, template
        assert "<style" not in text, template
        assert "<script>" not in text, template
