"""All that is released of one topic of a school, behind the link under its headline."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.presenters import labels
from reports.presenters.filters import Filter, chosen, filters, query
from reports.presenters.outline import Topic
from reports.presenters.sources import Source
from reports.presenters.topics import TopicSection, section, view_of


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


def school_topic(given: Source, topic: Topic, asked: Mapping[str, str]) -> SchoolTopic:
    """Findings, the same by group, and the answers to each question."""
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
    )
