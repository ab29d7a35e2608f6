"""All that is released of one topic of a school, behind the link under its headline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reports.charts import DotAgainstLine, Dumbbells, Trends
from reports.presenters import labels
from reports.presenters.filters import Filter, chosen, filters, query
from reports.presenters.gaps import gaps
from reports.presenters.groups import by_pairs, one_way_groups
from reports.presenters.outline import Topic
from reports.presenters.sources import Source
from reports.presenters.topics import TopicSection, section
from reports.presenters.trends import Panel, trend
from reports.presenters.view import View, view_of
from reports.strategies import Strategy, library


@dataclass(frozen=True)
class SchoolTopic:
    """The topic of the chosen group. `query` keeps the choice in an address, "" for all pupils.

    over_time: each figure wave by wave. gaps, pairs: of all pupils only, between two groups and by
    groups of two demographics.
    """

    school: str
    key: str
    wave: str
    wave_key: str
    made_up: bool
    group: str
    n: int | None
    note: str
    query: str
    filters: tuple[Filter, ...]
    topic: TopicSection
    over_time: tuple[Trends, ...] = ()
    gaps: tuple[Dumbbells, ...] = ()
    pairs: tuple[DotAgainstLine, ...] = ()
    steps: tuple[Strategy, ...] = ()
    steps_checked: date | None = None

    @property
    def by_group(self) -> tuple[DotAgainstLine, ...]:
        """Each headline by the published groups of one demographic."""
        return tuple(each.groups for each in self.topic.findings if each.groups)


def school_topic(given: Source, topic: Topic, asked: Mapping[str, str]) -> SchoolTopic:
    """Findings, the same by group, the answers to each question, and what one may do next."""
    values, note = chosen(given, asked)
    view = view_of(given, values)
    return SchoolTopic(
        school=given.name,
        key=given.place.key,
        wave=given.wave,
        wave_key=given.wave_key,
        made_up=given.made_up,
        group=labels.group(values),
        n=given.size(view.group),
        note=note,
        query=query(values),
        filters=filters(given, values),
        topic=section(view, topic),
        over_time=tuple(_over_time(view, topic)),
        gaps=() if values else tuple(g for each in topic.headlines if (g := gaps(given, each))),
        pairs=tuple(p for each in topic.headlines if (p := by_pairs(view, each))),
        steps=library().of(topic.key),
        steps_checked=library().checked_on,
    )


def _over_time(view: View, topic: Topic) -> Iterator[Trends]:
    """Each figure beside all schools', and each headline by group."""
    own, everybody = view.source, view.source.of_borough()
    for figure in topic.figures:
        two = (
            Panel(f"Your {labels.pupils(view.values)}", own, figure, view.values),
            Panel("All schools", everybody, figure, view.values),
        )
        found = trend(figure.key, f"{figure.name}: over time", two)
        if found:
            yield found
    for head in topic.headlines:
        groups = (Panel(labels.group(v), own, head, v) for v in one_way_groups(view))
        found = trend(f"groups-{head.key}", f"{head.name}: groups over time", groups)
        if found:
            yield found
