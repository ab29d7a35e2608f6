"""`{% chart description %}` draws a chart description with its key and its table."""

from django import template

from reports.charts import Chart
from reports.charts.figures import figure_html, scrolled

register = template.Library()


@register.simple_tag
def chart(description: Chart) -> str:
    return figure_html(description)


@register.simple_tag
def answers_table(title: str, rows: tuple[tuple[str, str], ...]) -> str:
    """Answers with their shares, where there are too many to draw."""
    return scrolled(title, (("Answer", "Share"), rows))
