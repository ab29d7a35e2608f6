"""Wave after wave: a figure and its likely range each time, for one group or for several.

From the released cells of each wave. A line goes back as far as the questionnaires say that the
figure is the same one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from reports.charts import Moment, Trend, Trends
from reports.charts.trends import axis_of
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell, ScoreCell
from reports.narrative import WIDER, CellId, Shown, apart, between, headline, score
from reports.presenters import labels
from reports.presenters.drawings import chart_key, within
from reports.presenters.gaps import Side, pairs_of, side
from reports.presenters.outline import Figure, Headline, Score
from reports.presenters.sources import Source, month
from reports.presenters.view import view_of
from reports.stats.change import between_differences
from reports.stats.proportions import Floats, Interval, difference
from reports.stats.risk import relative_rate_index

OVERLAP = (
    "Where the likely ranges of two waves overlap, chance alone may have put the one figure above "
    "the other."
)
GAPS = (
    "A gap is the share of the first group less that of the second, in points, worked out before "
    "the shares are rounded."
)


@dataclass(frozen=True)
class Panel:
    """What is followed, under a label: a figure of a group of a place."""

    label: str
    source: Source
    figure: Figure
    values: labels.Values = ()


def trend(key: str, title: str, panels: Iterable[Panel]) -> Trends | None:
    """Figures of one kind from wave to wave; None where no panel has a figure of two waves."""
    chosen = list(panels)
    days = sorted({each.when for panel in chosen for each in _waves(panel)})
    drawn = [Trend(each.label, tuple(_moments(each, days))) for each in chosen]
    drawn = [each for each in drawn if sum(m.value is not None for m in each.moments) > 1]
    if not drawn:
        return None
    floor, ceiling = _axis(chosen[0].figure, drawn)
    share = isinstance(chosen[0].figure, Headline)
    return Trends(
        key=chart_key("trend", key),
        title=title,
        panels=tuple(drawn),
        value_label="Share of pupils" if share else "Average score",
        note=OVERLAP,
        floor=floor,
        ceiling=ceiling,
        decimals=0 if share else 1,
        unit="%" if share else "",
    )


def gap_trend(source: Source, head: Headline) -> Trends | None:
    """How far groups lay apart in each wave, a panel a pair; None where no pair has two waves.

    None for wards, as for gaps: their counts are rounded.
    """
    if source.place.kind == "ward":
        return None
    drawn = []
    for dim, one, two in pairs_of(source):
        waves = list(_back(source, head, dim == "year_group"))
        found = [_gap(each, head, dim, one, two) for each in waves]
        if len(waves) > 1 and found[-1] and sum(map(bool, found)) > 1:
            drawn.append(_gaps(waves, found, head, (dim, one, two)))
    longest = max((len(each.moments) for each in drawn), default=0)
    drawn = [each for each in drawn if len(each.moments) == longest]
    if not drawn:
        return None
    floor, ceiling = axis_of(_ends(drawn), within=None)
    return Trends(
        key=chart_key("gaps-over-time", head.key),
        title=f"Gaps between groups over time: pupils in {source.name} who {head.label}",
        panels=tuple(drawn),
        value_label="Points apart",
        note=GAPS,
        floor=floor,
        ceiling=ceiling,
        unit=" points",
        signed=True,
        panel_heading="Groups",
    )


def _back(source: Source, figure: Figure, by_year: bool) -> Iterator[Source]:
    """The waves in which the figure is the same one, the first one first."""
    found = [source]
    while (before := found[-1].before) and _same(found[-1], figure.key, by_year):
        found.append(before)
    return reversed(found)


def _same(source: Source, key: str, by_year: bool) -> bool:
    """Is it the figure of the wave before, for groups like this one?"""
    return key not in source.cube.apart and (by_year or key not in source.cube.by_year)


def _waves(panel: Panel) -> list[Source]:
    by_year = any(dim == "year_group" for dim, _ in panel.values)
    return list(_back(panel.source, panel.figure, by_year))


def _moments(panel: Panel, days: Sequence[date]) -> Iterator[Moment]:
    by_day = {each.when: each for each in _waves(panel)}
    for day in days:
        yield _moment(panel, by_day.get(day), day)


def _moment(panel: Panel, source: Source | None, day: date) -> Moment:
    label, cell = month(day), _cell(source, panel.values, panel.figure) if source else None
    if source is None or cell is None or _value(cell) is None:
        said = cell.label if isinstance(cell, HeadlineCell) else "not shown"
        return Moment(label, day.toordinal(), None, None, None, f"{label}, {panel.label}: {said}.")
    words = f"{label}: {_said(source, panel.values, panel.figure, cell)}"
    return Moment(label, day.toordinal(), _value(cell), cell.low, cell.high, words)


def _cell(source: Source, values: labels.Values, figure: Figure) -> Shown | None:
    found = source.cube.cell(source.group(values), figure.key)
    if isinstance(found, ScoreCell) and isinstance(figure, Score):
        return within(found, figure)
    return found if isinstance(found, HeadlineCell) else None


def _value(cell: Shown) -> float | None:
    return cell.mean if isinstance(cell, ScoreCell) else cell.percent


def _said(source: Source, values: labels.Values, figure: Figure, cell: Shown) -> str:
    at, voice = CellId(source.group(values), figure.key), view_of(source, values).voice
    if isinstance(cell, ScoreCell) and isinstance(figure, Score):
        return score(voice, figure.title, cell, at, figure.low, figure.high).text
    if isinstance(cell, HeadlineCell) and isinstance(figure, Headline):
        return headline(voice, figure.label, cell, at).text
    raise TypeError(f"{figure.key} is not what its cell is")


def _axis(figure: Figure, drawn: Iterable[Trend]) -> tuple[float, float]:
    if isinstance(figure, Score):
        return figure.low, figure.high
    return axis_of(_ends(drawn))


def _ends(drawn: Iterable[Trend]) -> list[float]:
    return [
        end
        for each in drawn
        for moment in each.moments
        for end in (moment.low, moment.high)
        if end is not None
    ]


@dataclass(frozen=True)
class _Gap:
    """The first share less the second as fractions, with the rate of the one by the other."""

    apart: Interval
    rate: Interval


def _gap(source: Source, head: Headline, dim: str, one: str, two: str) -> _Gap | None:
    sides = [side(source, ((dim, code),), head.key) for code in (one, two)]
    if not all(sides):
        return None
    first, second = (each for each in sides if each)
    return _Gap(
        difference(*_counts(first), *_counts(second)),
        relative_rate_index(*_counts(first), *_counts(second)),
    )


def _counts(each: Side) -> tuple[int, int]:
    return each.count, each.n


def _gaps(
    waves: Sequence[Source],
    found: Sequence[_Gap | None],
    head: Headline,
    pair: tuple[str, str, str],
) -> Trend:
    dim, one, two = pair
    first, second = (labels.pupils(((dim, code),)) for code in (one, two))
    moments = []
    before: _Gap | None = None
    for source, gap in zip(waves, found, strict=True):
        moments.append(_gap_moment(source, gap, before, head, (first, second)))
        before = gap or before
    return Trend(f"{first[:1].upper()}{first[1:]} less {second}", tuple(moments))


def _gap_moment(
    source: Source, gap: _Gap | None, before: _Gap | None, head: Headline, who: tuple[str, str]
) -> Moment:
    label, day = month(source.when), source.when.toordinal()
    first, second = who
    if gap is None:
        return Moment(label, day, None, None, None, f"{label}, {first} and {second}: not shown.")
    value, low, high = (100 * float(end) for end in _figures(gap.apart))
    said = (
        f"{label}: the share of {first} who {head.label}, beside that of {second}: "
        f"{apart(value, 0, ' points')}; if we asked again we would expect "
        f"{between(low, high, 0, ' points')}."
    )
    words = " ".join(filter(None, (said, _times(gap, who), _moved(gap, before))))
    return Moment(label, day, value, low, high, words)


def _times(gap: _Gap, who: tuple[str, str]) -> str:
    ends = _figures(gap.rate)
    if not all(np.isfinite(end) for end in ends):
        return ""
    rate, low, high = (number(float(end), 1, "") for end in ends)
    first, second = who
    return (
        f"{first[:1].upper()}{first[1:]} were {rate} times as likely as {second} ({low} to {high})."
    )


def _moved(gap: _Gap, before: _Gap | None) -> str:
    """How the gap itself has moved since it was told last: wider where it was, or narrower."""
    if before is None:
        return ""
    moved = between_differences(gap.apart, before.apart)
    value, low, high = (100 * float(end) for end in _figures(moved))
    if before.apart.value * gap.apart.value < 0:
        return "Before it was the other way round."
    if before.apart.value < 0:
        value, low, high = -value, -high, -low
    said = f"{apart(value, 0, ' points', WIDER)} than before"
    if said.startswith("0 "):
        said = "as far apart as before"
    return (
        f"That is {said}; if we asked again we would expect "
        f"{between(low, high, 0, ' points', WIDER)}."
    )


def _figures(found: Interval) -> tuple[Floats, Floats, Floats]:
    return found.value, found.low, found.high
