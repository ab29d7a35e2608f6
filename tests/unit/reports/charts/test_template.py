"""The figure on a page: words first, picture, and the same numbers as a table."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string

from reports.charts import DotAgainstLine, svg

ROOT = Path(__file__).parents[4]


def test_figure_shows_picture_and_table_unescaped_and_labels_escaped(dots: DotAgainstLine) -> None:
    figure = svg.figure(dots)
    page = render_to_string("reports/includes/chart.html", {"figure": figure})
    assert figure.picture in page
    assert figure.legend in page
    assert '<th scope="row">All</th><td>35%</td><td>28% to 41%</td><td>30%</td>' in page
    assert page.index(dots.title) < page.index("<svg") < page.index("<table")


@pytest.mark.parametrize("folder", ["census/templates", "reports/templates", "surveys/templates"])
def test_templates_hold_no_inline_style_or_script(folder: str) -> None:
    for template in (ROOT / folder).rglob("*.html"):
        text = template.read_text()
        assert " style=" not in text, template
        assert "<style" not in text, template
        assert "<script>" not in text, template
