"""How far two groups of one place lie apart, from their two released cells and nothing else.

The groups share no pupil, so the interval of the gap is Newcombe's for two independent shares
(`stats.proportions.difference`), and the rate of one beside the other's is `stats.risk`'s.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reports.charts import Bell, DumbbellRow, Dumbbells
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell
from reports.presenters import labels
from reports.presenters.drawings import chart_key
from reports.presenters.outline import Headline
from reports.presenters.sources import Source
from reports.stats.proportions import difference
from reports.stats.risk import relative_rate_index

PAIRS = (("sex", "F", "M"), ("fsm", "yes", "no"), ("sen", "any", "none"))
ROUNDED = "Gaps are worked out before the shares are rounded."
NOTE = f"{ROUNDED} Where the likely range of a gap takes in 0, there may be no gap at all."


@dataclass(frozen=True)
class Side:
    """One group with a number: its values, and pupils meeting the threshold among its n."""

    values: labels.Values
    count: int
    n: int
    percent: float


def gaps(source: Source, head: Headline) -> Dumbbells | None:
    """One row a pair of groups that both have a number; None where there is no such pair.

    None for wards: their counts are rounded, and a gap would take the rounding of two for a fact.
    """
    if source.place.kind == "ward":
        return None
    found = list(pairs(source, head.key))
    if not found:
        return None
    rows = _rows(head, found)
    return Dumbbells(
        key=chart_key("gaps", head.key),
        title=f"Gaps between groups: pupils in {source.name} who {head.label}",
        rows=rows,
        note=NOTE if any(row.low < 0.5 for row in rows) else ROUNDED,  # 0.4 is shown as 0
    )


def pairs(source: Source, measure: str) -> Iterator[tuple[Side, Side]]:
    """Pairs of groups by one demographic of which both have a published number."""
    for dim, *codes in pairs_of(source):
        one, two = (side(source, ((dim, code),), measure) for code in codes)
        if one and two:
            yield one, two


def pairs_of(source: Source) -> Iterator[tuple[str, str, str]]:
    """The pairs that are looked at: a demographic and two of its values."""
    yield from (("year_group", *two) for two in pairwise(source.years))
    yield from PAIRS


def side(source: Source, values: labels.Values, measure: str) -> Side | None:
    """A group's share; None where it has no number."""
    found = source.cube.cells.get(source.group(values), {}).get(measure)
    if not isinstance(found, HeadlineCell) or found.count is None or found.percent is None:
        return None
    return Side(values, found.count, found.n, found.percent)


def _rows(head: Headline, found: list[tuple[Side, Side]]) -> tuple[DumbbellRow, ...]:
    """All pairs at once: a page has many of them."""
    ordered = [sorted(pair, key=lambda side: -side.percent) for pair in found]
    counts = [(more.count, more.n, less.count, less.n) for more, less in ordered]
    x1, n1, x2, n2 = np.array(counts, dtype=float).T
    gap, rate = difference(x1, n1, x2, n2), relative_rate_index(x1, n1, x2, n2)
    ends = zip(gap.value, gap.low, gap.high, rate.value, rate.low, rate.high, strict=True)
    return tuple(
        _row(head, pair, [100 * float(end) for end in row[:3]], [float(end) for end in row[3:]])
        for pair, row in zip(found, ends, strict=True)
    )


def _row(
    head: Headline, pair: tuple[Side, Side], points: list[float], rates: list[float]
) -> DumbbellRow:
    """points: the gap and its ends. rates: the larger share over the smaller, and its ends."""
    one, two = pair
    more, less = sorted(pair, key=lambda side: -side.percent)
    gap, low, high = points
    ratio, least, most = (number(rate, 1, "") for rate in rates)
    times = f"{ratio} ({least} to {most})"
    said = (
        f"{_share(one)} and {_share(two)} {head.label}: {number(gap, 0, '')} points apart; "
        f"if we asked again we would expect {_between(low, high)}. "
        f"{_first(labels.pupils(more.values))} were {ratio} times as likely as "
        f"{labels.pupils(less.values)} ({least} to {most})."
    )
    name = labels.dimension(one.values[0][0])
    return DumbbellRow(name, _bell(one), _bell(two), gap, low, high, said, times)


def _bell(side: Side) -> Bell:
    return Bell(labels.value(*side.values[0]), side.percent)


def _share(side: Side) -> str:
    return f"{number(side.percent, 0, '')} in 100 {labels.pupils(side.values)}"


def _between(low: float, high: float) -> str:
    near, far = (number(abs(end), 0, "") for end in (low, high))
    if low < 0 and near != "0":
        return f"anything from {near} points the other way round to {far} points"
    return f"between {near} and {far}"


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
