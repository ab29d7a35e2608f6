"""A headline by the published groups of a place, beside the same groups of the borough."""

from collections.abc import Iterable
from typing import Any

from reports.charts import DotAgainstLine
from reports.charts.words import Table, number
from reports.disclosure.released import HeadlineCell
from reports.narrative import CellId, headline
from reports.presenters import drawings, labels
from reports.presenters.drawings import Line
from reports.presenters.outline import Headline, Theme
from reports.presenters.view import View, voice_of

YEAR = "year_group"


def by_groups(view: View, head: Headline, groups: Iterable[labels.Values]) -> DotAgainstLine | None:
    """One row a published group against the same group of the borough."""
    lines = [line for values in groups if (line := _group_line(view, head, values))]
    if len(lines) < 2:
        return None
    return drawings.shares(
        f"groups-{head.key}",
        f"{head.name}: by group",
        lines,
        value=view.own,
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
        value=view.own,
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
