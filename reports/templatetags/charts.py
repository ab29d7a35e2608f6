"""`{% chart description %}` draws a chart description with its key and its table."""

from django import template
from django.template import Context

from reports.charts import Chart
from reports.charts.figures import figure_html, scrolled
from reports.charts.words import Table

register = template.Library()


@register.simple_tag(takes_context=True)
def chart(context: Context, description: Chart) -> str:
    """`chart_files` of the context: where the page's charts can be taken away; else no links."""
    return figure_html(description, context.get("chart_files"))


@register.simple_tag
def numbers_table(title: str, numbers: Table) -> str:
    """Finished numbers under their headers."""
    return scrolled(title, numbers)


@register.simple_tag
def answers_table(title: str, rows: tuple[tuple[str, str], ...]) -> str:
    """Answers with their shares, where there are too many to draw."""
    return scrolled(title, (("Answer", "Share"), rows))
