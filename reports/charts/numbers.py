"""The numbers of a chart as a CSV: as released, not rounded as the picture rounds them."""

import csv
import io
from collections.abc import Iterable
from functools import singledispatch

from reports.charts import Chart
from reports.charts.bars import StackedBars
from reports.charts.dots import DotAgainstLine
from reports.charts.dumbbells import Dumbbells
from reports.charts.maps import Choropleth
from reports.charts.trends import Trends
from reports.charts.words import WITHHELD

Row = tuple[str | float, ...]


def to_csv(chart: Chart) -> bytes:
    """A header and a row a mark. Where nothing is shown the last column says so."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows(chart))
    return text.getvalue().encode()


@singledispatch
def rows(chart: Chart) -> Iterable[Row]:
    """The header and the rows; of a chart with no numbers beyond its table, the table."""
    headers, table = chart.table()
    yield headers
    yield from table


@rows.register
def _bars(chart: StackedBars) -> Iterable[Row]:
    yield chart.row_heading, "Response", "Percent", "Shown"
    for row in chart.rows:
        for each in row.segments:
            yield row.label, each.label, *_number(each.percent)


@rows.register
def _dots(chart: DotAgainstLine) -> Iterable[Row]:
    yield (
        chart.row_heading, chart.value_label, "Likely range from", "Likely range to",
        chart.reference_label, "Shown",
    )  # fmt: skip
    for row in chart.rows:
        value, shown = _number(row.value)
        ends = ("" if end is None else end for end in (row.low, row.high, row.reference))
        yield row.label, value, *ends, shown


@rows.register
def _areas(chart: Choropleth) -> Iterable[Row]:
    yield chart.area_heading, chart.value_label, "Shown"
    for area in chart.ordered():
        yield area.name, *_number(area.value)


@rows.register
def _pairs(chart: Dumbbells) -> Iterable[Row]:
    yield (
        "Groups", "First group", "First percent", "Second group", "Second percent",
        "Points apart", "Likely range from", "Likely range to", "Times as likely",
    )  # fmt: skip
    for row in chart.rows:
        ends = (each for bell in (row.one, row.two) for each in (bell.label, round(bell.value, 4)))
        gap = (round(each, 4) for each in (row.gap, row.low, row.high))
        yield row.label, *ends, *gap, row.times


@rows.register
def _moments(chart: Trends) -> Iterable[Row]:
    yield (
        chart.panel_heading, "When", chart.value_label,
        "Likely range from", "Likely range to", "Shown",
    )  # fmt: skip
    for panel in chart.panels:
        for moment in panel.moments:
            ends = (_number(end)[0] for end in (moment.low, moment.high))
            value, shown = _number(moment.value)
            yield panel.label, moment.label, value, *ends, shown


def _number(value: float | None) -> tuple[str | float, str]:
    """A number without the dust of subtraction, or why there is none."""
    return ("", WITHHELD) if value is None else (round(value, 4), "yes")
