"""Every sentence about all pupils of a place, for those who take words away without a page."""

from collections.abc import Iterator

from reports.presenters.outline import Theme, Topic
from reports.presenters.sources import Source
from reports.presenters.topics import Finding, section
from reports.presenters.view import view_of


def told(source: Source) -> Iterator[tuple[Theme, Topic, Finding]]:
    """Headlines and scores in the order of the pages, each with its sentences."""
    view = view_of(source, whole=False)
    for theme in source.outline.themes:
        for topic in theme.topics:
            for finding in section(view, topic).findings:
                yield theme, topic, finding
