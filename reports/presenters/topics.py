"""One topic of one group: sentences, verdict, charts and answers, each from released cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reports.charts import DotAgainstLine
from reports.charts.words import Table, number
from reports.disclosure.released import (
    AnswersCell,
    Comparison,
    HeadlineCell,
    Hidden,
    ScoreCell,
    Since,
)
from reports.narrative import (
    CellId,
    Sentence,
    Shown,
    Voice,
    beside,
    headline,
    hidden,
    score,
    since,
    verdict,
)
from reports.presenters import drawings, labels
from reports.presenters.answers import QuestionAnswers, answers_of
from reports.presenters.drawings import Line, within
from reports.presenters.elsewhere import elsewhere
from reports.presenters.external import external
from reports.presenters.outline import Headline, Score, Theme, Topic
from reports.presenters.sources import Source

YEAR = "year_group"


@dataclass(frozen=True)
class View:
    """Whose figures are looked at, and how they are spoken of.

    whole: with the figures by group and the answers to every question, which a page shows on
    request.
    """

    source: Source
    values: labels.Values
    voice: Voice
    whole: bool = True

    @property
    def group(self) -> str:
        """Id of the group looked at."""
        return self.source.group(self.values)

    @property
    def beside(self) -> str:
        """Id of the borough's group of the same values."""
        return self.source.beside(self.values)

    def cell(self, group: str, measure: str) -> Shown | Hidden:
        """A headline's or score's cell, or why there is none."""
        found = self.source.cube.cell(group, measure)
        if isinstance(found, AnswersCell):
            raise TypeError(f"{measure} holds answers, not one figure")
        return found


@dataclass(frozen=True)
class Finding:
    """One headline or score. `sentences` is one sentence with the reason where it is hidden.

    external: other people's figures, in words. elsewhere: the other schools' pupils in the mixes
    of this school, second to the comparison and never in its place. since: what changed since the
    wave before, where that can be told.
    """

    key: str
    title: str
    sentences: tuple[Sentence, ...]
    comparison: Comparison | None
    direction: str | None
    chart: DotAgainstLine | None
    groups: DotAgainstLine | None = None
    external: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    since: Since | None = None

    @property
    def now(self) -> tuple[Sentence, ...]:
        """The sentences that speak of this wave alone."""
        return self.sentences[: len(self.sentences) - len(self.then)]

    @property
    def then(self) -> tuple[Sentence, ...]:
        """The figure of the wave before and what has become of it: the last two, where told."""
        return self.sentences[-2:] if self.since else ()


@dataclass(frozen=True)
class TopicSection:
    key: str
    title: str
    findings: tuple[Finding, ...]
    answers: tuple[QuestionAnswers, ...]
    answers_note: str = ""

    @property
    def asked(self) -> int:
        """How many questions there are answers to."""
        return sum(each.count for each in self.answers)


def section(view: View, topic: Topic) -> TopicSection:
    """Everything that is released of a topic, or its findings alone."""
    cube, group = view.source.cube, view.group
    shown, note = answers_of(cube, group, topic) if view.whole else ((), "")
    findings = (
        *(headline_finding(view, each) for each in topic.headlines),
        *(score_finding(view, each) for each in topic.scores),
    )
    return TopicSection(topic.key, topic.title, findings, shown, note)


def headline_finding(view: View, head: Headline) -> Finding:
    """A headline beside all schools, and by groups where nothing is chosen."""
    title = head.name
    found = view.cell(view.group, head.key)
    if not isinstance(found, HeadlineCell):
        return _nothing(view, head.key, title, found, head.direction)
    at = CellId(view.group, head.key)
    said = headline(view.voice, head.label, found, at)
    line = _line(view, head.key, found, said)
    chart = drawings.shares(head.key, title, [line], value=_own(view), reference=_others(view))
    return Finding(
        head.key,
        title,
        (said, *_beside(view, head.key), *_since(view, head.key, 0)),
        _comparison(view, head.key),
        head.direction,
        chart,
        by_groups(view, head, one_way_groups(view)),
        external(view.source, view.values, head.key),
        elsewhere(view.source, view.values, head.key),
        since_of(view, head.key),
    )


def score_finding(view: View, scale: Score) -> Finding:
    """A score's mean beside all schools."""
    found = view.cell(view.group, scale.key)
    if not isinstance(found, ScoreCell):
        return _nothing(view, scale.key, scale.title, found, scale.direction)
    found = within(found, scale)
    at = CellId(view.group, scale.key)
    said = score(view.voice, scale.title, found, at, scale.low, scale.high)
    line = _line(view, scale.key, found, said)
    title = scale.name
    chart = drawings.means(
        scale.key, title, [line], scale, value=_own(view), reference=_others(view)
    )
    return Finding(
        scale.key,
        scale.title,
        (said, *_beside(view, scale.key), *_since(view, scale.key, 1)),
        _comparison(view, scale.key),
        scale.direction,
        chart,
        external=external(view.source, view.values, scale.key),
        since=since_of(view, scale.key),
    )


def by_groups(view: View, head: Headline, groups: Iterable[labels.Values]) -> DotAgainstLine | None:
    """One row a published group against the same group of the borough."""
    lines = [line for values in groups if (line := _group_line(view, head, values))]
    if len(lines) < 2:
        return None
    return drawings.shares(
        f"groups-{head.key}",
        f"{head.name}: by group",
        lines,
        value=_own(view),
        reference="The same group in all schools",
    )


def one_way_groups(view: View) -> list[labels.Values]:
    """The published groups of this place by one demographic; none once a group is chosen."""
    if view.values or not view.whole:
        return []
    groups = [each.group for each in view.source.cube.groups if each.place == view.source.place]
    found = {group.values for group in groups if len(group.values) == 1}
    if (("sen", "none"),) in found:
        found.discard((("sen_detail", "none"),))  # the same pupils under another name
    return sorted(found, key=_order)


def group_table(view: View, theme: Theme) -> Table | None:
    """(headers, rows): each headline of a theme by each published group, as shown.

    None where no group is published, and once one is chosen.
    """
    groups = one_way_groups(view)
    rows = tuple(
        (_first(head.label), *(_figure(view, head, values) for values in groups))
        for topic in theme.topics
        for head in topic.headlines
    )
    return (("Pupils who …", *map(labels.short, groups)), rows) if groups and rows else None


def _figure(view: View, head: Headline, values: labels.Values) -> str:
    found = view.source.cube.cell(view.source.group(values), head.key)
    if not isinstance(found, HeadlineCell):
        return "–"
    return found.label if found.percent is None else number(found.percent)


def _first(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def by_pairs(view: View, head: Headline) -> DotAgainstLine | None:
    """One row a published group of two demographics; None once a group is chosen."""
    if view.values:
        return None
    groups = [each.group for each in view.source.cube.groups if each.place == view.source.place]
    found = sorted({g.values for g in groups if len(g.values) == 2}, key=_pair_order)
    lines = [line for values in found if (line := _group_line(view, head, values))]
    if not lines:
        return None
    return drawings.shares(
        f"pairs-{head.key}",
        f"{head.name}: by year group and another demographic",
        lines,
        value=_own(view),
        reference="The same group in all schools",
    )


def _pair_order(values: labels.Values) -> tuple[Any, ...]:
    """By what is crossed with the year group, then by year."""
    return tuple(_order((pair,)) for pair in sorted(values, key=lambda pair: pair[0] == YEAR))


def _order(values: labels.Values) -> tuple[int, bool, int, str]:
    (dim, value), *_ = values
    number = int(value) if value.isdigit() else 0
    return list(labels.DIMENSIONS).index(dim), value in {"no", "none"}, number, value


def _group_line(view: View, head: Headline, values: labels.Values) -> Line | None:
    source = view.source
    found = source.cube.cell(source.group(values), head.key)
    if not isinstance(found, HeadlineCell):
        return None
    voice = voice_of(source, values)
    said = headline(voice, head.label, found, CellId(source.group(values), head.key))
    other = source.cube.cell(source.beside(values), head.key)
    reference = None
    if source.place != source.borough and isinstance(other, HeadlineCell):
        reference = other
    return Line(labels.group(values), found, reference, said.text)


def voice_of(source: Source, values: labels.Values = ()) -> Voice:
    """To a school about its own pupils, to anybody about those of an area; in the build's words."""
    people = labels.pupils(values)
    if source.place.kind == "school":
        return Voice.of_school(people, source.words)
    return Voice.of_area(people, source.name, source.borough_name, source.words)


def view_of(source: Source, values: labels.Values = (), *, whole: bool = True) -> View:
    """A place's group, spoken of as its kind of place is."""
    return View(source, values, voice_of(source, values), whole)


def _line(view: View, key: str, found: Shown, said: Sentence) -> Line:
    beside_it = _beside_cell(view, key)
    words = " ".join(str(each) for each in (said, *_beside(view, key)))
    return Line(labels.group(view.values), found, beside_it, words)


def _beside_cell(view: View, key: str) -> Shown | None:
    if view.group == view.beside:
        return None
    found = view.cell(view.beside, key)
    return None if isinstance(found, Hidden) else found


def _beside(view: View, key: str) -> tuple[Sentence, ...]:
    """The borough's figure, then the verdict where there is a comparison."""
    other = _beside_cell(view, key)
    said = [beside(view.voice, other, CellId(view.beside, key))] if other else []
    found = _comparison(view, key)
    if found:
        said.append(verdict(view.voice, found, CellId(view.group, key)))
    return tuple(said)


def since_of(view: View, key: str) -> Since | None:
    """The change of the group looked at since the wave before, where that is told."""
    return view.source.cube.since.get(view.group, {}).get(key)


def _since(view: View, key: str, decimals: int) -> tuple[Sentence, ...]:
    found = since_of(view, key)
    if found is None:
        return ()
    return since(view.voice, found, view.source.then, decimals, CellId(view.group, key))


def _comparison(view: View, key: str) -> Comparison | None:
    found = view.source.cube.comparison(view.group, key)
    return found if isinstance(found, Comparison) else None


def _nothing(
    view: View, key: str, title: str, found: Shown | Hidden, direction: str | None
) -> Finding:
    reason = found if isinstance(found, Hidden) else Hidden("")
    said = hidden(view.voice, title, reason, key)
    return Finding(key, title, (said,), None, direction, None)


def _own(view: View) -> str:
    people = labels.pupils(view.values)
    return f"Your {people}" if view.source.place.kind == "school" else view.source.name


def _others(view: View) -> str:
    school = view.source.place.kind == "school"
    return "All schools" if school else view.source.borough_name
