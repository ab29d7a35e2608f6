"""`{% chart description %}` draws a chart description with its key and its table."""

from django import template
from django.template import Context

from reports.charts import Chart
from reports.charts.svg import Figure, figure

register = template.Library()


@register.inclusion_tag("reports/includes/chart.html", takes_context=True)
def chart(context: Context, description: Chart) -> dict[str, Figure | str | None]:
    """`chart_files`: the page's query where its charts can be taken away; else no links."""
    return {"figure": figure(description), "files": context.get("chart_files")}
