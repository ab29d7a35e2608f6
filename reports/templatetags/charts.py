"""`{% chart description %}` draws a chart description with its key and its table."""

from django import template

from reports.charts import Chart
from reports.charts.figures import figure_html

register = template.Library()


@register.simple_tag
def chart(description: Chart) -> str:
    return figure_html(description)
