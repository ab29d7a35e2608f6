"""What has changed since the wave before: one list a verdict, and one chart a theme."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.charts import DotAgainstLine, DotRow
from reports.charts.words import Table, interval, number
from reports.disclosure.released import Since
from reports.narrative import WORDS, CellId, Sentence, change
from reports.presenters.drawings import chart_key
from reports.presenters.outline import Figure, Headline, Theme
from reports.presenters.sources import Source
from reports.presenters.view import View

ROUNDED = "Changes are worked out before the figures are rounded."
AXIS = (20, 10)  # points on either side at least, and the steps in which there are more
VERDICTS = {
    "higher": "Higher",
    "lower": "Lower",
    "same": "About the same",
    None: "None: too few answers",
}
TABLE_NOTE = (
    "Changes of shares are in percentage points. They are worked out before figures are rounded."
)
NONE_APART = "Nothing is clearly higher or lower than in {then}."
NONE_TOLD = "Too few pupils answered, now or in {then}, to tell a change from chance."
SCHOOLS = "Only schools that took part both times are compared, with schools as the units."
PUPILS = (
    "Other pupils took part then, or the same ones when they were younger. A change here lies "
    "between two groups of pupils, not in any one pupil."
)
NOT_THEN = "This school has no published figures of {then}, so there is nothing to compare with."


@dataclass(frozen=True)
class Changed:
    """One figure that is higher or lower than it was. `topic`: the section to turn to."""

    topic: str
    title: str
    sentence: Sentence

    @property
    def figures(self) -> str:
        """The sentence without the name of the figure, for a line that begins with it."""
        return self.sentence.text.removeprefix(f"{self.title}: ")


@dataclass(frozen=True)
class ChangeGroup:
    """heading: "Higher than in June 2024"."""

    heading: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True)
class ChangeSection:
    """then: month of the wave before. said: who is compared with whom, or why nobody is.

    same: figures that are about the same, by name. charts: headlines in points, one a theme.
    table: every figure then and now. apart: what may not be compared, and why.
    """

    then: str
    said: str
    groups: tuple[ChangeGroup, ...]
    same: tuple[str, ...]
    charts: tuple[DotAgainstLine, ...]
    table: Table | None
    apart: tuple[str, ...]
    table_note: str = TABLE_NOTE


@dataclass(frozen=True)
class _Told:
    topic: str
    figure: Figure
    found: Since
    sentence: Sentence

    @property
    def title(self) -> str:
        return self.figure.name


def change_section(view: View) -> ChangeSection | None:
    """Everything that can be compared with the wave before; None for a first wave."""
    source = view.source
    if not source.then:
        return None
    told = list(_told(view))
    return ChangeSection(
        then=source.then,
        said=_said(source, told),
        groups=tuple(_groups(told, source.then)),
        same=tuple(each.title for each in told if each.found.verdict == "same"),
        charts=tuple(chart for theme in source.outline.themes if (chart := _chart(view, theme))),
        table=_table(told, source.then) if told else None,
        apart=tuple(_apart(source)),
    )


def _told(view: View) -> Iterator[_Told]:
    for topic in view.source.outline.topics:
        for figure in topic.figures:
            found = view.since.get(figure.key)
            if found:
                yield _Told(topic.key, figure, found, _sentence(view, figure, found))


def _sentence(view: View, figure: Figure, found: Since) -> Sentence:
    decimals = 0 if isinstance(figure, Headline) else 1
    at = CellId(view.group, figure.key)
    return change(figure.name, found, view.source.then, decimals, at)


def _said(source: Source, told: Sequence[_Told]) -> str:
    if not told:
        school = source.place.kind == "school"
        return NOT_THEN.format(then=source.then) if school else ""
    verdicts = {each.found.verdict for each in told}
    nothing = ""
    if not verdicts & {"higher", "lower"}:
        nothing = (NONE_APART if verdicts != {None} else NONE_TOLD).format(then=source.then)
    return " ".join(filter(None, (nothing, SCHOOLS if told[0].found.schools else "", PUPILS)))


def _groups(told: Sequence[_Told], then: str) -> Iterator[ChangeGroup]:
    for verdict in ("higher", "lower"):
        found = [each for each in told if each.found.verdict == verdict]
        if found:
            changes = tuple(Changed(e.topic, e.title, e.sentence) for e in found)
            yield ChangeGroup(f"{WORDS[verdict]} in {then}", changes)


def _table(told: Sequence[_Told], then: str) -> Table:
    """(headers, rows), as shown; see `TABLE_NOTE`."""
    headers = ("Figure", then, "Now", "Change", "Likely range", "Verdict")
    return headers, tuple(_line(each) for each in told)


def _line(told: _Told) -> tuple[str, ...]:
    found, share = told.found, isinstance(told.figure, Headline)
    decimals, unit = (0, "%") if share else (1, "")
    before, now = (number(each, decimals, unit) for each in (found.before, found.value))
    change = number(found.difference, decimals, "", signed=True)
    ends = interval(found.low, found.high, decimals, "", signed=True)
    return told.title, before, now, change, ends, VERDICTS[found.verdict]


def _chart(view: View, theme: Theme) -> DotAgainstLine | None:
    rows = [
        _row(view, head, found)
        for topic in theme.topics
        for head in topic.headlines
        if (found := view.since.get(head.key))
    ]
    if not rows:
        return None
    reach = _reach(rows)
    then = view.source.then
    return DotAgainstLine(
        key=chart_key("change", theme.key),
        title=f"{theme.title}: change since {then}, in points",
        rows=tuple(rows),
        value_label="Change",
        reference_label="No change",
        row_heading="Pupils who …",
        note=ROUNDED,
        floor=-reach,
        ceiling=reach,
        unit=" points",
        signed=True,
    )


def _row(view: View, head: Headline, found: Since) -> DotRow:
    said = _sentence(view, head, found)
    label = f"{head.label[:1].upper()}{head.label[1:]}"
    return DotRow(label, found.difference, found.low, found.high, 0.0, said.text)


def _reach(rows: Iterable[DotRow]) -> float:
    """How far the axis goes on either side of nought: by tens, around every interval."""
    least, step = AXIS
    furthest = max(abs(end) for row in rows for end in (row.low or 0, row.high or 0))
    return float(max(least, -(-furthest // step) * step))


def _apart(source: Source) -> Iterator[str]:
    for topic in source.outline.topics:
        for figure in topic.figures:
            reason = source.cube.apart.get(figure.key)
            if reason:
                yield f"{figure.name}. {reason}"
