"""Charts as plain descriptions, drawn by `svg` for the page and by `paper` for the PDF.

A description holds finished numbers and finished sentences. The picture, the words that a
screen reader hears and the table under the chart all come from the same object, so they
cannot disagree. Nothing here counts or estimates: only positions are worked out.
"""

from reports.charts.bars import BarRow, Segment, StackedBars
from reports.charts.dots import DotAgainstLine, DotRow
from reports.charts.dumbbells import Bell, DumbbellRow, Dumbbells
from reports.charts.funnels import Funnel, FunnelLimit, FunnelPoint
from reports.charts.icons import IconArray, IconPanel
from reports.charts.maps import Choropleth, MapArea
from reports.charts.trends import Moment, Trend, Trends

Chart = StackedBars | DotAgainstLine | IconArray | Choropleth | Dumbbells | Funnel | Trends

__all__ = [
    "BarRow",
    "Bell",
    "Chart",
    "Choropleth",
    "DotAgainstLine",
    "DotRow",
    "DumbbellRow",
    "Dumbbells",
    "Funnel",
    "FunnelLimit",
    "FunnelPoint",
    "IconArray",
    "IconPanel",
    "MapArea",
    "Moment",
    "Segment",
    "StackedBars",
    "Trend",
    "Trends",
]
