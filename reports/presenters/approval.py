"""What the person who approves a build is shown of it: the borough's headlines, then and now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.charts.words import number
from reports.disclosure.released import HeadlineCell, Hidden
from reports.presenters.sources import Source, source

if TYPE_CHECKING:
    from reports.models import Build


@dataclass(frozen=True)
class HeadlineRow:
    """One headline of the borough. `before` is what is public now; "" where nothing is."""

    topic: str
    label: str
    now: str
    interval: str
    n: int | None
    before: str


def headlines_to_approve(build: "Build", public: "Build | None") -> tuple[HeadlineRow, ...]:
    """Every headline of a build's borough, beside what is public now."""
    borough = _borough(build)
    return headline_rows(borough, _borough(public) if public and public != build else None)


def headline_rows(source: Source, public: Source | None = None) -> tuple[HeadlineRow, ...]:
    """Every headline of a borough, beside the same of another build."""
    return tuple(
        _row(topic.title, head.label, source.cube.cell(source.group(), head.key), before)
        for topic in source.outline.topics
        for head in topic.headlines
        for before in [_figure(public.cube.cell(public.group(), head.key)) if public else ""]
    )


def _borough(build: "Build") -> Source:
    from reports import queries

    return source(build, queries.place(build, "borough", build.wave.authority.code))


def _row(topic: str, label: str, cell: object, before: str) -> HeadlineRow:
    if not isinstance(cell, HeadlineCell):
        return HeadlineRow(topic, label, _figure(cell), "", None, before)
    ends = "" if cell.low is None else f"{number(cell.low)} to {number(cell.high)}"
    return HeadlineRow(topic, label, cell.label, ends, cell.n, before)


def _figure(cell: object) -> str:
    if isinstance(cell, HeadlineCell):
        return cell.label
    return "Not shown" if isinstance(cell, Hidden) else ""
