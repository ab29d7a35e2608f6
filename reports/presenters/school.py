"""The school report: one object behind the page and the PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from reports.charts.words import Table, number
from reports.disclosure.released import Comparison, ReleasedGroup
from reports.external import Matches
from reports.narrative import Sentence
from reports.presenters import labels
from reports.presenters.change import ChangeSection, change_section
from reports.presenters.filters import Filter, chosen, filters, not_shown, query
from reports.presenters.groups import group_table
from reports.presenters.method import Method, method_of
from reports.presenters.outline import Theme
from reports.presenters.sources import NONE, Source, source
from reports.presenters.standing_out import Standing, groups_apart
from reports.presenters.topics import Finding, TopicSection, section
from reports.presenters.view import View, view_of
from reports.stats.verdicts import STANDARD, shrunk, standardised
from reports.strategies import Strategy, library

if TYPE_CHECKING:
    from reports.models import Build, ReleasedPlace

YEARS = {"year_group"}
NOTHING = (
    "Nothing stands out: on every topic your pupils' answers are about what we would expect "
    "from the other schools."
)
HEADINGS = {
    "strength": "Strengths",
    "opportunity": "Opportunities",
    "difference": "Other differences",
}
GROUPS_READ = (
    "Where two groups of your pupils lie apart: clear of chance after allowing for every "
    "comparison made here, and at least as large as the rule asks."
)
GROUPS_ALIKE = "No two groups are clearly apart: all are about the same, or too small to tell."
NO_VERDICTS = "There is nothing to compare with here, so nothing can stand out."


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class StandOut:
    """`topic` is the key of the section to turn to. `kind`: strength, opportunity, difference.

    step: something to think about, where there is an opportunity.
    """

    topic: str
    title: str
    kind: str
    finding: Finding
    step: Strategy | None = None

    @property
    def heading(self) -> str:
        """What findings of this kind stand under."""
        return HEADINGS[self.kind]


@dataclass(frozen=True)
class ThemeSection:
    """groups: each headline by each published group, for papers; None where there are no groups."""

    key: str
    title: str
    topics: tuple[TopicSection, ...]
    groups: Table | None = None


@dataclass(frozen=True)
class SchoolReport:
    """Finished words and chart descriptions; page and PDF only lay them out.

    group: "All pupils" or the chosen group. n: its pupils, None where it is not published.
    not_shown: withheld tables in words. note: said where an address asked for another group.
    groups: where the school's groups lie apart; empty once a group is chosen. change: None for a
    first wave.
    """

    school: str
    key: str
    wave: str
    wave_key: str
    borough: str
    made_up: bool
    group: str
    values: labels.Values
    n: int | None
    note: str
    filters: tuple[Filter, ...]
    not_shown: tuple[str, ...]
    participation: tuple[Fact, ...]
    participation_note: str
    stands_out: tuple[StandOut, ...]
    nothing: str
    themes: tuple[ThemeSection, ...]
    groups: tuple[Standing, ...]
    change: ChangeSection | None
    method: Method

    @property
    def title(self) -> str:
        """Of the page: in a list of pages read, a group's must not look like the school's."""
        group = f"{self.group}, " if self.values else ""
        return f"{group}{self.school}, {self.wave}"

    @property
    def groups_read(self) -> str:
        """What is told about groups, or that nothing is."""
        return GROUPS_READ if self.groups else GROUPS_ALIKE

    @property
    def query(self) -> str:
        """The part of an address that keeps the chosen group."""
        return query(self.values)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence about a figure, in order."""
        topics = (topic for theme in self.themes for topic in theme.topics)
        return tuple(s for topic in topics for each in topic.findings for s in each.sentences)


def school_report(
    build: "Build",
    place: "ReleasedPlace",
    chosen: Mapping[str, str] | tuple[()] = (),
    external: Matches = NONE,
    *,
    whole: bool = True,
) -> SchoolReport:
    """The report of a stored place; `chosen` is what an address asks for, by demographic."""
    return compose(source(build, place, external), dict(chosen), whole=whole)


def compose(given: Source, asked: Mapping[str, str], *, whole: bool = True) -> SchoolReport:
    """The report of one school's released figures.

    Args:
        whole: with groups and answers in every topic, as on paper. A page shows them on request.
    """
    values, note = chosen(given, asked)
    view = view_of(given, values, whole=whole)
    themes = tuple(_theme(view, theme) for theme in given.outline.themes)
    found = stands_out(themes, given.cube.icc or STANDARD.icc)
    return SchoolReport(
        school=given.name,
        key=given.place.key,
        wave=given.wave,
        wave_key=given.wave_key,
        borough=given.borough_name,
        made_up=given.made_up,
        group=labels.group(values),
        values=values,
        n=given.size(view.group),
        note=note,
        filters=filters(given, values),
        not_shown=not_shown(given),
        participation=participation(given),
        participation_note=_reading_on(given.participation),
        stands_out=found,
        nothing="" if found else NOTHING if _compared(themes) else NO_VERDICTS,
        themes=themes,
        groups=() if values else groups_apart(given),
        change=change_section(view),
        method=method_of(given.cube, given.outline.citations),
    )


def _theme(view: View, theme: Theme) -> ThemeSection:
    topics = tuple(section(view, topic) for topic in theme.topics)
    return ThemeSection(theme.key, theme.title, topics, group_table(view, theme))


def stands_out(themes: tuple[ThemeSection, ...], icc: float = STANDARD.icc) -> tuple[StandOut, ...]:
    """The largest once chance is taken out of them, strengths first; one a topic.

    Args:
        icc: share of the variance between schools.
    """
    best = []
    for theme in themes:
        for topic in theme.topics:
            told = [(_size(each, icc), each) for each in topic.findings if _differs(each)]
            if told:
                size, finding = max(told, key=itemgetter(0))
                best.append((size, _stand_out(topic, finding)))
    largest = sorted(best, key=itemgetter(0), reverse=True)[: STANDARD.most]
    return tuple(sorted((each for _, each in largest), key=_heading))


def _stand_out(topic: TopicSection, finding: Finding) -> StandOut:
    kind = _kind(finding)
    steps = library().of(topic.key) if kind == "opportunity" else ()
    return StandOut(topic.key, topic.title, kind, finding, next(iter(steps), None))


def _heading(found: StandOut) -> int:
    return list(HEADINGS).index(found.kind)


def _differs(finding: Finding) -> bool:
    return finding.comparison is not None and finding.comparison.verdict in {"higher", "lower"}


def _size(finding: Finding, icc: float) -> float:
    """Headlines and scores on one ruler, SDs of pupils, shrunk by what a mean of n is worth."""
    found = finding.comparison
    if found is None:
        return 0.0
    points = finding.chart is not None and finding.chart.unit == "%"
    effect = standardised(found.effect, found.against) if points else found.effect
    size = abs(shrunk(effect, found.n, icc))
    return 0.0 if isnan(size) else size


def _kind(finding: Finding) -> str:
    found: Comparison | None = finding.comparison
    if found is None or finding.direction is None:
        return "difference"
    good = (found.verdict == "higher") == (finding.direction == "higher_better")
    return "strength" if good else "opportunity"


def _compared(themes: tuple[ThemeSection, ...]) -> bool:
    findings = (f for theme in themes for topic in theme.topics for f in topic.findings)
    return any(f.comparison and f.comparison.verdict for f in findings)


def participation(given: Source) -> tuple[Fact, ...]:
    """Counts of the roll, this school's and all schools', with the published year groups."""
    own = given.participation
    if own is None:
        return ()
    facts = [Fact("Took part", _count(own["took_part"], own["on_roll"]))]
    if own["on_roll"]:
        facts.append(Fact("On the roll", f"{own['on_roll']:,} pupils"))
        facts.append(Fact("Opted out", _opted_out(own["opted_out"])))
    if given.all_schools:
        everybody = given.all_schools
        facts.append(Fact("All schools", _count(everybody["took_part"], everybody["on_roll"])))
    years = {g.values["year_group"]: g.n for g in _own_groups(given) if set(g.values) == YEARS}
    for year in sorted(years, key=int):
        facts.append(Fact(labels.value("year_group", year), f"{years[year]:,} pupils took part"))
    return tuple(facts)


def _own_groups(given: Source) -> list[ReleasedGroup]:
    """The published groups of the place itself, without the borough's beside it."""
    return [each for each in given.cube.groups if each.place == given.place]


def _count(took_part: int, on_roll: int | None) -> str:
    share = f" of {on_roll:,} on the roll ({number(100 * took_part / on_roll)})" if on_roll else ""
    return f"{took_part:,} pupils{share}"


def _opted_out(count: int | None) -> str:
    return "Between one and nine pupils" if count is None else f"{count} pupils"


def _reading_on(counts: Mapping[str, Any] | None) -> str:
    """What the share that took part means for the reader; no statement without a roll."""
    if not counts or not counts["on_roll"]:
        return "How many could have taken part is not known here."
    if 2 * counts["took_part"] >= counts["on_roll"]:
        return (
            "The report speaks of the pupils who took part. Those who did not may have "
            "answered differently."
        )
    return (
        "Fewer than half of the pupils took part, so read the report with care: those who did "
        "not may have answered differently."
    )
