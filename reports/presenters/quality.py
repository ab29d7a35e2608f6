"""The quality page of a build, from the record made when it was counted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reports.quality.sections import Section

# These tell the borough's headlines, which are nobody's to see before their release.
FIGURES = frozenset({"weighted", "sensitivity"})
NOT_YET = "Shown once these figures are released."


def quality_sections(document: Mapping[str, Any], *, figures: bool) -> tuple[Section, ...]:
    """The stored sections; `figures`: with those that tell headlines."""
    return tuple(_seen(_section(each), figures=figures) for each in document["sections"])


def _seen(section: Section, *, figures: bool) -> Section:
    if figures or section.key not in FIGURES:
        return section
    return replace(section, note=NOT_YET, head=(), rows=())


def _section(stored: Mapping[str, Any]) -> Section:
    return Section(
        key=stored["key"],
        title=stored["title"],
        note=stored["note"],
        head=tuple(stored["head"]),
        rows=tuple(tuple(row) for row in stored["rows"]),
    )
