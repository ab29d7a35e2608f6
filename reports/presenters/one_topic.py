"""All that is released of one topic of a school, behind the link under its headline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.presenters import labels
from reports.presenters.filters import Filter, chosen, filters, query
from reports.presenters.outline import Topic
from reports.presenters.sources import Source
from reports.presenters.topics import TopicSection, section, view_of
from reports.strategies import Strategy, library


@dataclass(frozen=True)
class SchoolTopic:
    """The topic of the chosen group. `query` keeps the choice in an address, "" for all pupils."""

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
    steps: tuple[Strategy, ...] = ()
    steps_checked: date | None = None


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
        steps=library().of(topic.key),
        steps_checked=library().checked_on,
    )
