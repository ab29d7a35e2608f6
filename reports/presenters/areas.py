"""One area's profile beside the borough, or beside another area. No school has a name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.charts import DotAgainstLine, Dumbbells, Trends
from reports.disclosure.released import HeadlineCell
from reports.narrative import CellId, headline
from reports.presenters import drawings, labels
from reports.presenters.drawings import Line
from reports.presenters.filters import not_shown
from reports.presenters.gaps import gaps
from reports.presenters.groups import by_groups, one_way_groups
from reports.presenters.outline import Headline, Theme
from reports.presenters.sources import Source
from reports.presenters.topics import Finding, headline_finding, score_finding
from reports.presenters.trends import Panel, gap_trend, trend
from reports.presenters.view import view_of, voice_of

OVERLAP = (
    "Each figure has a likely range: where we would expect it if we asked again. Where the ranges "
    "of two areas overlap, chance alone may have put the one figure above the other. We have "
    "tested no area against another, so these figures alone do not show that two areas differ."
)
BEYOND = (
    "Areas differ in who lives there: ages, incomes, homes. What pupils say is not the work of "
    "the area alone."
)


@dataclass(frozen=True)
class AreaTheme:
    """`chart` has one row a headline, or two beside another area; `hidden` says what is not
    shown and why. gaps: where the area's groups are published, one chart a headline. over_time:
    the headlines wave by wave, then their gaps."""

    key: str
    title: str
    chart: DotAgainstLine | None
    findings: tuple[Finding, ...]
    gaps: tuple[Dumbbells, ...]
    hidden: tuple[str, ...]
    over_time: tuple[Trends, ...] = ()


@dataclass(frozen=True)
class AreaPage:
    """beside: the other area's name and pupils, None where there is none."""

    kind: str
    key: str
    name: str
    borough: str
    wave: str
    wave_key: str
    made_up: bool
    n: int | None
    beside: tuple[str, int | None] | None
    themes: tuple[AreaTheme, ...]
    not_shown: tuple[str, ...]


@dataclass(frozen=True)
class OneChart:
    """One measure of one area alone, for other people's pages. `text` says what it shows."""

    name: str
    borough: str
    wave: str
    wave_key: str
    made_up: bool
    title: str
    text: str
    chart: DotAgainstLine | None


def area_page(source: Source, other: Source | None = None) -> AreaPage:
    """Every topic's headlines for one area, beside the borough and, where given, another area."""
    return AreaPage(
        kind=labels.PLACES[source.place.kind],
        key=source.place.key,
        name=source.name,
        borough=source.borough_name,
        wave=source.wave,
        wave_key=source.wave_key,
        made_up=source.made_up,
        n=source.size(source.group()),
        beside=(other.name, other.size(other.group())) if other else None,
        themes=tuple(_theme(source, theme, other) for theme in source.outline.themes),
        not_shown=not_shown(source),
    )


def _theme(source: Source, theme: Theme, other: Source | None) -> AreaTheme:
    heads = [head for topic in theme.topics for head in topic.headlines]
    found = {head.key: headline_finding(view_of(source), head) for head in heads}
    shown = [head for head in heads if _cell(source, head)]
    apart = (gaps(source, head) for head in shown)
    return AreaTheme(
        key=theme.key,
        title=theme.title,
        chart=_two(source, other, theme, heads) if other else _one(source, theme, shown, found),
        findings=tuple(found[head.key] for head in shown),
        gaps=() if other else tuple(each for each in apart if each),
        hidden=tuple(str(s) for h in heads if h not in shown for s in found[h.key].sentences),
        over_time=() if other else tuple(filter(None, _over_time(source, theme, shown))),
    )


def _over_time(source: Source, theme: Theme, heads: Iterable[Headline]) -> Iterator[Trends | None]:
    panels = (Panel(_label(head), source, head) for head in heads)
    title = f"{theme.title}, over time: pupils in {source.name} who …"
    found = trend(f"theme-{theme.key}", title, panels)
    yield replace(found, panel_heading="Pupils who …") if found else None
    yield from (gap_trend(source, head) for head in heads)


def _one(
    source: Source, theme: Theme, heads: Iterable[Headline], found: dict[str, Finding]
) -> DotAgainstLine | None:
    """The area's headlines beside the borough's."""
    lines = [
        _line(source, head, _label(head), " ".join(map(str, found[head.key].sentences)))
        for head in heads
    ]
    return _chart(theme, f"pupils in {source.name} who …", lines, source.name, source)


def _two(
    source: Source, other: Source, theme: Theme, heads: Iterable[Headline]
) -> DotAgainstLine | None:
    """Both areas' headlines, one below the other, wherever one of them has a figure."""
    lines = [
        _line(each, head, f"{_label(head)}: {each.name}", _said(each, head))
        for head in heads
        if _cell(source, head) or _cell(other, head)
        for each in (source, other)
    ]
    who = f"pupils in {source.name} and in {other.name} who …"
    return _chart(theme, who, lines, "The area named", source)


def _chart(
    theme: Theme, who: str, lines: list[Line], value: str, source: Source
) -> DotAgainstLine | None:
    return drawings.shares(
        f"theme-{theme.key}",
        f"{theme.title}: {who}",
        lines,
        value=value,
        reference=source.borough_name,
        heading="Pupils who …",
    )


def _line(source: Source, head: Headline, label: str, text: str) -> Line:
    other = source.cube.cell(source.beside(), head.key)
    reference = other if isinstance(other, HeadlineCell) else None
    if source.place == source.borough:
        reference = None
    return Line(label, _cell(source, head), reference, text)


def _label(head: Headline) -> str:
    return f"{head.label[0].upper()}{head.label[1:]}"


def _cell(source: Source, head: Headline) -> HeadlineCell | None:
    found = source.cube.cell(source.group(), head.key)
    return found if isinstance(found, HeadlineCell) else None


def _said(source: Source, head: Headline) -> str:
    found = source.cube.cell(source.group(), head.key)
    if not isinstance(found, HeadlineCell):
        return f"{source.name}: not shown. {getattr(found, 'reason', '')}".strip()
    return headline(voice_of(source), head.label, found, CellId(source.group(), head.key)).text


def one_chart(source: Source, measure: str) -> OneChart | None:
    """A headline by groups, or a score; None for a measure that is neither.

    A headline whose groups are not published stands beside the borough alone.
    """
    view = view_of(source)
    for topic in source.outline.topics:
        for head in topic.headlines:
            if head.key == measure:
                grouped = by_groups(view, head, [(), *one_way_groups(view)])
                return _alone(source, headline_finding(view, head), grouped)
        for score in topic.scores:
            if score.key == measure:
                return _alone(source, score_finding(view, score), None)
    return None


def _alone(source: Source, found: Finding, grouped: DotAgainstLine | None) -> OneChart:
    return OneChart(
        name=source.name,
        borough=source.borough_name,
        wave=source.wave,
        wave_key=source.wave_key,
        made_up=source.made_up,
        title=f"{found.title}: {source.name}",
        text=" ".join(map(str, found.sentences)),
        chart=grouped or found.chart,
    )
