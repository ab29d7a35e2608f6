"""`{% chart description %}` draws a chart description with its key and its table."""

from django import template

from reports.charts import Chart
from reports.charts.svg import Figure, figure

register = template.Library()


@register.inclusion_tag("reports/includes/chart.html")
def chart(description: Chart) -> dict[str, Figure]:
    return {"figure": figure(description)}
