"""The first public page of a wave: who took part, a few figures a theme, and where to go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from reports.charts import Choropleth, MapArea
from reports.charts.words import number
from reports.disclosure.released import HeadlineCell
from reports.narrative import plain
from reports.presenters import drawings, labels
from reports.presenters.change import ChangeSection, change_section
from reports.presenters.filters import Filter, chosen, filters, not_shown
from reports.presenters.outline import Theme, Topic
from reports.presenters.public import Boundary, breaks, drawn_as_of
from reports.presenters.school import Fact, participation
from reports.presenters.sources import Source
from reports.presenters.view import view_of

FEW = "Hatched: too few answers to show."


@dataclass(frozen=True)
class Glance:
    """A topic's first headline. share: "33 in 100"; reason: why there is none, else empty."""

    topic: str
    title: str
    label: str
    share: str
    interval: str
    reason: str


@dataclass(frozen=True)
class ThemeGlance:
    key: str
    title: str
    glances: tuple[Glance, ...]


@dataclass(frozen=True)
class AreaLink:
    """One line of the alphabetical list; `key` None where too few answered for a page."""

    kind: str
    key: str | None
    name: str
    n: int | None


@dataclass(frozen=True)
class Overview:
    """query: the chosen group as it stands in an address; empty for all pupils.

    map: how many pupils who took part live in each ward. wards, localities: alphabetical.
    """

    borough: str
    borough_key: str
    wave: str
    wave_key: str
    made_up: bool
    group: str
    people: str
    n: int | None
    note: str
    query: str
    filters: tuple[Filter, ...]
    participation: tuple[Fact, ...]
    themes: tuple[ThemeGlance, ...]
    change: ChangeSection | None
    localities: tuple[AreaLink, ...]
    wards: tuple[AreaLink, ...]
    map: Choropleth | None
    not_shown: tuple[str, ...]


def overview(
    borough: Source,
    localities: Sequence[Source],
    wards: Sequence[Source],
    boundaries: Sequence[Boundary] = (),
    asked: Mapping[str, str] | tuple[()] = (),
) -> Overview:
    """The borough's story for all pupils, or for the published group that is asked for."""
    values, note = chosen(borough, dict(asked))
    return Overview(
        borough=borough.name,
        borough_key=borough.place.key,
        wave=borough.wave,
        wave_key=borough.wave_key,
        made_up=borough.made_up,
        group=labels.group(values),
        people=labels.pupils(values),
        n=borough.size(borough.group(values)),
        note=note,
        query=urlencode(values),
        filters=filters(borough, values),
        participation=participation(borough),
        themes=tuple(_theme(borough, theme, values) for theme in borough.outline.themes),
        change=change_section(view_of(borough, values)),
        localities=_links("locality", localities),
        wards=_links("ward", wards, boundaries),
        map=_map(wards, boundaries),
        not_shown=not_shown(borough),
    )


def _theme(borough: Source, theme: Theme, values: labels.Values) -> ThemeGlance:
    told = (topic for topic in theme.topics if topic.headlines)
    glances = tuple(_glance(borough, topic, values) for topic in told)
    return ThemeGlance(theme.key, theme.title, glances)


def _glance(borough: Source, topic: Topic, values: labels.Values) -> Glance:
    head = topic.headlines[0]
    found = borough.cube.cell(borough.group(values), head.key)
    if not isinstance(found, HeadlineCell):
        reason = getattr(found, "reason", "Not shown.")
        return Glance(topic.key, topic.title, head.label, "", "", reason)
    interval = ""
    if found.percent is not None:
        interval = f"{number(found.low, 0, '')} to {number(found.high, 0, '')}"
    words = plain(found)
    share = words if words.endswith("pupils") else f"{words} in 100"
    return Glance(topic.key, topic.title, head.label, _first(share), interval, "")


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _links(
    kind: str, sources: Sequence[Source], boundaries: Sequence[Boundary] = ()
) -> tuple[AreaLink, ...]:
    """Every area by name; those without a page too."""
    found = {s.place.key: AreaLink(kind, s.place.key, s.name, s.size(s.group())) for s in sources}
    few = [AreaLink(kind, None, b.name, None) for b in boundaries if b.key not in found]
    return tuple(sorted([*found.values(), *few], key=lambda each: each.name.casefold()))


def _map(wards: Sequence[Source], boundaries: Sequence[Boundary]) -> Choropleth | None:
    """How many took part where. None without shapes or figures."""
    sizes = {each.place.key: each.size(each.group()) for each in wards}
    areas = tuple(
        MapArea(each.key, each.name, each.geometry, n, _said(each.name, n))
        for each in boundaries
        if each.geometry
        for n in [sizes.get(each.key)]
    )
    counts = [area.value for area in areas if area.value is not None]
    if not counts:
        return None
    few = FEW if len(counts) < len(areas) else ""
    return Choropleth(
        key=drawings.chart_key("wards"),
        title="Where the pupils who took part live",
        areas=areas,
        breaks=breaks(counts),
        value_label="Pupils who took part",
        note=" ".join(filter(None, (few, drawn_as_of(boundaries)))),
        unit="",
    )


def _said(name: str, n: int | None) -> str:
    return f"{name}: too few answers to show." if n is None else f"{name}: {n} pupils took part."
