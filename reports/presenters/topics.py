"""One topic of one group: sentences, verdict, charts and answers, each from released cells."""

from dataclasses import dataclass

from reports.charts import DotAgainstLine
from reports.disclosure.released import Comparison, HeadlineCell, Hidden, ScoreCell, Since
from reports.narrative import (
    CellId,
    Sentence,
    Shown,
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
from reports.presenters.groups import by_groups, one_way_groups
from reports.presenters.outline import Headline, Score, Topic
from reports.presenters.view import View


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
    chart = drawings.shares(head.key, title, [line], value=view.own, reference=view.others)
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
        view.since.get(head.key),
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
    chart = drawings.means(scale.key, title, [line], scale, value=view.own, reference=view.others)
    return Finding(
        scale.key,
        scale.title,
        (said, *_beside(view, scale.key), *_since(view, scale.key, 1)),
        _comparison(view, scale.key),
        scale.direction,
        chart,
        external=external(view.source, view.values, scale.key),
        since=view.since.get(scale.key),
    )


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


def _since(view: View, key: str, decimals: int) -> tuple[Sentence, ...]:
    found = view.since.get(key)
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
