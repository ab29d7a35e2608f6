"""A public page: one topic of the borough, its groups and its areas. No school has a name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from reports.charts import Choropleth, DotAgainstLine, Dumbbells, MapArea, Trends
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell
from reports.narrative import CellId, Sentence, headline
from reports.presenters import drawings, labels
from reports.presenters.drawings import Line
from reports.presenters.filters import Filter, chosen, filters
from reports.presenters.gaps import gaps
from reports.presenters.groups import by_groups, one_way_groups
from reports.presenters.outline import Headline, Outline, Theme, Topic
from reports.presenters.sources import Source
from reports.presenters.topics import headline_finding
from reports.presenters.trends import Panel, gap_trend, trend
from reports.presenters.view import View, view_of, voice_of

CLASSES = 4
HATCHED = "Hatched: too few answers to show, or the ward's table is withheld."


@dataclass(frozen=True)
class Boundary:
    """A ward as the map draws it, whether or not figures of it are published."""

    key: str
    name: str
    geometry: Mapping[str, Any] | None
    vintage: str = ""


def drawn_as_of(boundaries: Sequence[Boundary]) -> str:
    """ "Ward boundaries of 2025." """
    told = next((each.vintage for each in boundaries if each.vintage), "")
    return f"Ward boundaries of {told}." if told else ""


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

    then: what has changed since the wave before, where that is told. over_time: by locality, by
    group and by gap; empty for a first wave. shareable: there is a percent of the whole borough to
    make a picture of.
    """

    key: str
    title: str
    sentences: tuple[Sentence, ...]
    then: tuple[Sentence, ...]
    groups: DotAgainstLine | None
    gaps: Dumbbells | None
    localities: DotAgainstLine | None
    wards: Choropleth | None
    rows: tuple[AreaRow, ...]
    external: tuple[str, ...] = ()
    shareable: bool = False
    over_time: tuple[Trends, ...] = ()


@dataclass(frozen=True)
class Dashboard:
    """One topic of all pupils or of a published group.

    note: said where an address asked for another group. areas: (kind, key, name) of the borough
    and its localities. query: the chosen group as it stands in an address.
    """

    borough: str
    wave: str
    wave_key: str
    made_up: bool
    group: str
    n: int | None
    note: str
    filters: tuple[Filter, ...]
    query: str
    themes: tuple[Theme, ...]
    topic: Topic
    findings: tuple[DashboardFinding, ...]
    areas: tuple[tuple[str, str, str], ...]


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
    asked: Mapping[str, str] | tuple[()] = (),
) -> Dashboard:
    """One topic for the whole borough, for groups and for areas; `asked` names a group."""
    values, note = chosen(borough, dict(asked))
    places = _Places(borough, values, localities, wards, boundaries)
    return Dashboard(
        borough=borough.name,
        wave=borough.wave,
        wave_key=borough.wave_key,
        made_up=borough.made_up,
        group=labels.group(values),
        n=borough.size(borough.group(values)),
        note=note,
        filters=filters(borough, values),
        query=urlencode(values),
        themes=borough.outline.themes,
        topic=topic,
        findings=tuple(_finding(places, head) for head in topic.headlines),
        areas=tuple((s.place.kind, s.place.key, s.name) for s in (borough, *localities)),
    )


@dataclass(frozen=True)
class _Places:
    """The borough and all that lies in it, looked at for one group of pupils."""

    borough: Source
    values: labels.Values
    localities: Sequence[Source]
    wards: Sequence[Source]
    boundaries: Sequence[Boundary]

    def ward(self, key: str) -> Source | None:
        return next((each for each in self.wards if each.place.key == key), None)

    def names(self) -> dict[str, str]:
        """Every ward's name by its key, whether or not figures of it are published."""
        shapes = {each.key: each.name for each in self.boundaries}
        return shapes | {each.place.key: each.name for each in self.wards}

    def title(self, head: Headline) -> str:
        people = labels.pupils(self.values)
        return f"{people[:1].upper()}{people[1:]} who {head.label}"


def _finding(places: _Places, head: Headline) -> DashboardFinding:
    view = view_of(places.borough, places.values)
    found, title = headline_finding(view, head), places.title(head)
    lines = [_place_line(places, each, head) for each in places.localities]
    return DashboardFinding(
        key=head.key,
        title=title,
        sentences=found.now,
        then=found.then,
        groups=by_groups(view, head, one_way_groups(view)),
        gaps=None if places.values else gaps(places.borough, head),
        localities=drawings.shares(
            f"localities-{head.key}",
            f"{title}: by locality",
            lines,
            value="The locality",
            reference=f"All of {places.borough.name}",
            heading="Locality",
        ),
        wards=_map(places, head),
        rows=_rows(places, head),
        external=found.external,
        shareable=found.chart is not None,
        over_time=tuple(filter(None, _over_time(places, view, head))),
    )


def _over_time(places: _Places, view: View, head: Headline) -> Iterator[Trends | None]:
    """The borough and its localities, then the borough's groups and the gaps between them."""
    title, values = places.title(head), places.values
    areas = (places.borough, *places.localities)
    yield trend(
        f"localities-{head.key}",
        f"{title}: over time",
        (Panel(each.name, each, head, values) for each in areas),
    )
    if not values:
        groups = (Panel(labels.group(v), places.borough, head, v) for v in one_way_groups(view))
        yield trend(f"groups-{head.key}", f"{title}: groups over time", groups)
        yield gap_trend(places.borough, head)


def _cell(source: Source, head: Headline, values: labels.Values = ()) -> HeadlineCell | None:
    found = source.cube.cell(source.group(values), head.key)
    return found if isinstance(found, HeadlineCell) else None


def _said(source: Source, head: Headline, values: labels.Values = ()) -> str:
    found = source.cube.cell(source.group(values), head.key)
    if not isinstance(found, HeadlineCell):
        return f"{source.name}: {getattr(found, 'reason', 'Not shown.')}"
    at = CellId(source.group(values), head.key)
    return headline(voice_of(source, values), head.label, found, at).text


def _place_line(places: _Places, source: Source, head: Headline) -> Line:
    values = places.values
    cell, other = _cell(source, head, values), _cell(places.borough, head, values)
    return Line(source.name, cell, other, _said(source, head, values))


def _map(places: _Places, head: Headline) -> Choropleth | None:
    """Wards by share; hatched where nothing is published. None without shapes or figures."""
    areas = tuple(_map_area(places, head, each) for each in places.boundaries if each.geometry)
    if not any(area.value is not None for area in areas):
        return None
    few = HATCHED if any(area.value is None for area in areas) else ""
    return Choropleth(
        key=drawings.chart_key("wards", head.key),
        title=f"{places.title(head)}: by ward",
        areas=areas,
        breaks=breaks([area.value for area in areas if area.value is not None]),
        value_label="Share of pupils",
        note=" ".join(filter(None, (few, drawn_as_of(places.boundaries)))),
    )


def _map_area(places: _Places, head: Headline, shape: Boundary) -> MapArea:
    source = places.ward(shape.key)
    cell = _cell(source, head, places.values) if source else None
    few = f"{shape.name}: too few pupils to show."
    text = _said(source, head, places.values) if source else few
    value = cell.percent if cell else None
    return MapArea(shape.key, shape.name, shape.geometry or {}, value, text)


def breaks(values: Sequence[float]) -> tuple[float, ...]:
    """At most three edges at multiples of five that part the range evenly."""
    low, high = min(values) // 5 * 5, -(-max(values) // 5) * 5
    step = max(5, -(-(high - low) / CLASSES // 5) * 5)
    edges = (low + step * i for i in range(1, CLASSES))
    return tuple(edge for edge in edges if edge < high)


def _rows(places: _Places, head: Headline) -> tuple[AreaRow, ...]:
    named = places.names().items()
    rows = [_area_row(name, places.ward(key), head, places.values) for key, name in named]
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _area_row(name: str, source: Source | None, head: Headline, values: labels.Values) -> AreaRow:
    cell = _cell(source, head, values) if source else None
    key = source.place.key if source else None
    if cell is None:
        return AreaRow(name, key, "Not shown", "–")
    if cell.percent is None:
        return AreaRow(name, key, cell.label, "–")
    return AreaRow(name, key, number(cell.percent), f"{number(cell.low)} to {number(cell.high)}")
