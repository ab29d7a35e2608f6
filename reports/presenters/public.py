"""The public pages: a borough's dashboard by topic, and one area's page. No school has a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.charts import Choropleth, DotAgainstLine, MapArea
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell
from reports.narrative import CellId, Sentence, Voice, headline
from reports.presenters import drawings, labels
from reports.presenters.drawings import Line
from reports.presenters.filters import not_shown
from reports.presenters.outline import Headline, Outline, Theme, Topic
from reports.presenters.sources import Source
from reports.presenters.topics import Finding, by_groups, headline_finding, one_way_groups, view_of

CLASSES = 4
HATCHED = "Hatched: too few answers to show, or the ward's table is withheld."


@dataclass(frozen=True)
class Boundary:
    """A ward as the map draws it, whether or not figures of it are published."""

    key: str
    name: str
    geometry: Mapping[str, Any] | None


@dataclass(frozen=True)
class AreaRow:
    """One line of the alphabetical list; `key` None where there is no page to turn to."""

    name: str
    key: str | None
    figure: str
    interval: str


@dataclass(frozen=True)
class DashboardFinding:
    """One headline for the borough, its groups, its localities and its wards.

    shareable: there is a percent of the whole borough to make a picture of.
    """

    key: str
    title: str
    sentences: tuple[Sentence, ...]
    groups: DotAgainstLine | None
    localities: DotAgainstLine | None
    wards: Choropleth | None
    rows: tuple[AreaRow, ...]
    external: tuple[str, ...] = ()
    shareable: bool = False


@dataclass(frozen=True)
class Dashboard:
    """One topic. `areas`: (kind, key, name) of the borough and its localities."""

    borough: str
    wave: str
    wave_key: str
    made_up: bool
    n: int | None
    themes: tuple[Theme, ...]
    topic: Topic
    findings: tuple[DashboardFinding, ...]
    areas: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class AreaTheme:
    """`chart` has one row a headline; `hidden` says what is not shown and why."""

    key: str
    title: str
    chart: DotAgainstLine | None
    findings: tuple[Finding, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class AreaPage:
    kind: str
    key: str
    name: str
    borough: str
    wave: str
    wave_key: str
    made_up: bool
    n: int | None
    themes: tuple[AreaTheme, ...]
    not_shown: tuple[str, ...]


def find_topic(parts: Outline, key: str | None) -> Topic | None:
    """The topic with a key; the first one where none is asked for; None for an unknown key."""
    wanted = (topic for topic in parts.topics if key in (None, topic.key))
    return next(wanted, None)


def dashboard(
    borough: Source,
    topic: Topic,
    localities: Sequence[Source],
    wards: Sequence[Source],
    boundaries: Sequence[Boundary] = (),
) -> Dashboard:
    """One topic for the whole borough, for groups and for areas."""
    places = (localities, wards, boundaries)
    return Dashboard(
        borough=borough.name,
        wave=borough.wave,
        wave_key=borough.wave_key,
        made_up=borough.made_up,
        n=borough.size(borough.group()),
        themes=borough.outline.themes,
        topic=topic,
        findings=tuple(_finding(borough, head, *places) for head in topic.headlines),
        areas=tuple((s.place.kind, s.place.key, s.name) for s in (borough, *localities)),
    )


def _finding(
    borough: Source,
    head: Headline,
    localities: Sequence[Source],
    wards: Sequence[Source],
    boundaries: Sequence[Boundary],
) -> DashboardFinding:
    view = view_of(borough)
    found = headline_finding(view, head)
    lines = [_place_line(borough, each, head) for each in localities]
    return DashboardFinding(
        key=head.key,
        title=found.title,
        sentences=found.sentences,
        groups=by_groups(view, head, one_way_groups(view)),
        localities=drawings.shares(
            f"localities-{head.key}",
            f"{found.title}: by locality",
            lines,
            value="The locality",
            reference=f"All of {borough.name}",
            heading="Locality",
        ),
        wards=_map(head, found.title, wards, boundaries),
        rows=_rows(head, wards, boundaries),
        external=found.external,
        shareable=found.chart is not None,
    )


def _cell(source: Source, head: Headline) -> HeadlineCell | None:
    found = source.cube.cell(source.group(), head.key)
    return found if isinstance(found, HeadlineCell) else None


def _said(source: Source, head: Headline) -> str:
    found = source.cube.cell(source.group(), head.key)
    if not isinstance(found, HeadlineCell):
        return f"{source.name}: {getattr(found, 'reason', 'Not shown.')}"
    voice = Voice.of_area("pupils", source.name, source.borough_name)
    return headline(voice, head.label, found, CellId(source.group(), head.key)).text


def _place_line(borough: Source, source: Source, head: Headline) -> Line:
    cell, other = _cell(source, head), _cell(borough, head)
    return Line(source.name, cell, other, _said(source, head))


def _map(
    head: Headline, title: str, wards: Sequence[Source], boundaries: Sequence[Boundary]
) -> Choropleth | None:
    """Wards by share; hatched where nothing is published. None without shapes or figures."""
    sources = {each.place.key: each for each in wards}
    areas = tuple(
        _map_area(head, shape, sources.get(shape.key)) for shape in boundaries if shape.geometry
    )
    if not any(area.value is not None for area in areas):
        return None
    return Choropleth(
        key=drawings.chart_key("wards", head.key),
        title=f"{title}: by ward",
        areas=areas,
        breaks=breaks([area.value for area in areas if area.value is not None]),
        value_label="Share of pupils",
        note=HATCHED if any(area.value is None for area in areas) else "",
    )


def _map_area(head: Headline, shape: Boundary, source: Source | None) -> MapArea:
    cell = _cell(source, head) if source else None
    text = _said(source, head) if source else f"{shape.name}: too few pupils to show."
    value = cell.percent if cell else None
    return MapArea(shape.key, shape.name, shape.geometry or {}, value, text)


def breaks(values: Sequence[float]) -> tuple[float, ...]:
    """At most three edges at multiples of five that part the range evenly."""
    low, high = min(values) // 5 * 5, -(-max(values) // 5) * 5
    step = max(5, -(-(high - low) / CLASSES // 5) * 5)
    edges = (low + step * i for i in range(1, CLASSES))
    return tuple(edge for edge in edges if edge < high)


def _rows(
    head: Headline, wards: Sequence[Source], boundaries: Sequence[Boundary]
) -> tuple[AreaRow, ...]:
    names = {each.key: each.name for each in boundaries} | {w.place.key: w.name for w in wards}
    sources = {each.place.key: each for each in wards}
    rows = [_area_row(name, sources.get(key), head) for key, name in names.items()]
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _area_row(name: str, source: Source | None, head: Headline) -> AreaRow:
    cell = _cell(source, head) if source else None
    key = source.place.key if source else None
    if cell is None:
        return AreaRow(name, key, "Not shown", "–")
    if cell.percent is None:
        return AreaRow(name, key, cell.label, "–")
    return AreaRow(name, key, number(cell.percent), f"{number(cell.low)} to {number(cell.high)}")


def area_page(source: Source) -> AreaPage:
    """Every topic's headlines for one area, beside the borough."""
    return AreaPage(
        kind=labels.PLACES[source.place.kind],
        key=source.place.key,
        name=source.name,
        borough=source.borough_name,
        wave=source.wave,
        wave_key=source.wave_key,
        made_up=source.made_up,
        n=source.size(source.group()),
        themes=tuple(_area_theme(source, theme) for theme in source.outline.themes),
        not_shown=not_shown(source),
    )


def _area_theme(source: Source, theme: Theme) -> AreaTheme:
    view = view_of(source)
    heads = [head for topic in theme.topics for head in topic.headlines]
    findings = [headline_finding(view, head) for head in heads]
    shown = [(h, f) for h, f in zip(heads, findings, strict=True) if _cell(source, h)]
    chart = drawings.shares(
        f"theme-{theme.key}",
        f"{theme.title}: pupils in {source.name} who …",
        [_head_line(source, head, found) for head, found in shown],
        value=source.name,
        reference=source.borough_name,
        heading="Pupils who …",
    )
    hidden = [str(s) for f in findings if f not in [g for _, g in shown] for s in f.sentences]
    return AreaTheme(theme.key, theme.title, chart, tuple(f for _, f in shown), tuple(hidden))


def _head_line(source: Source, head: Headline, found: Finding) -> Line:
    other = source.cube.cell(source.beside(), head.key)
    reference = other if isinstance(other, HeadlineCell) else None
    if source.place == source.borough:
        reference = None
    label = f"{head.label[0].upper()}{head.label[1:]}"
    return Line(label, _cell(source, head), reference, " ".join(map(str, found.sentences)))
