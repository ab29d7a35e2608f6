"""A headline across schools as a funnel, from each school's own released cell. For officers.

The limits are those of chance alone around the borough's share (`stats.funnel`).
"""

from collections.abc import Mapping, Sequence

import numpy as np

from reports.charts import Funnel, FunnelLimit, FunnelPoint
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell
from reports.narrative import plain
from reports.presenters.drawings import chart_key
from reports.presenters.outline import Headline
from reports.presenters.sources import Source
from reports.stats.funnel import CONTROL, WARNING, limits

STEPS = 40  # of a curve
NOTE = (
    "Beyond the outer limits chance alone is an unlikely reason. Who the pupils are, the day and "
    "the lesson are among the others; the picture does not tell which."
)
WITHIN = "This is within the inner limits."
BETWEEN = "This is between the inner and the outer limits."
BEYOND = "This is beyond the outer limits."


def funnel(borough: Source, schools: Mapping[str, Source], head: Headline) -> Funnel | None:
    """Schools by the label they are shown under. None without the borough's share or a school."""
    whole = _cell(borough, head)
    cells = {label: cell for label, each in schools.items() if (cell := _cell(each, head))}
    if whole is None or whole.percent is None or not cells:
        return None
    without = sorted(set(schools) - set(cells), key=str.casefold)
    few = f" Too few answers to show: {', '.join(without)}." if without else ""
    return Funnel(
        key=chart_key("funnel", head.key),
        title=f"{head.name}: schools and chance",
        points=tuple(_point(label, cell, whole.percent) for label, cell in cells.items()),
        limits=_limits(whole.percent, [cell.n for cell in cells.values()]),
        average=whole.percent,
        average_label=f"All schools: {number(whole.percent)}",
        note=NOTE + few,
    )


def _cell(source: Source, head: Headline) -> HeadlineCell | None:
    found = source.cube.cell(source.group(), head.key)
    return found if isinstance(found, HeadlineCell) else None


def _point(label: str, cell: HeadlineCell, average: float) -> FunnelPoint:
    if cell.percent is None:
        return FunnelPoint(label, cell.n, None, f"{label}: {plain(cell)}.", cell.label)
    low, high = (number(end, 0, "") for end in (cell.low, cell.high))
    text = (
        f"{label}: {plain(cell)} in 100 of {cell.n} answers; if we asked again we would expect "
        f"between {low} and {high}. {_where(cell.percent, cell.n, average)}"
    )
    return FunnelPoint(label, cell.n, cell.percent, text)


def _where(percent: float, n: int, average: float) -> str:
    for level, words in ((WARNING, WITHIN), (CONTROL, BETWEEN)):
        ends = limits(average / 100, n, level)
        if 100 * ends.low <= percent <= 100 * ends.high:
            return words
    return BEYOND


def _limits(average: float, answers: Sequence[int]) -> tuple[FunnelLimit, ...]:
    """From half of the smallest school to a little beyond the largest."""
    ends = min(answers) // 2, 1.05 * max(answers) + 1
    sizes = sorted({round(n) for n in np.geomspace(*ends, STEPS)})
    inner, outer = (limits(average / 100, sizes, level) for level in (WARNING, CONTROL))
    rows = zip(sizes, inner.low, inner.high, outer.low, outer.high, strict=True)
    return tuple(
        FunnelLimit(n, (100 * float(a), 100 * float(b)), (100 * float(c), 100 * float(d)))
        for n, a, b, c, d in rows
    )
