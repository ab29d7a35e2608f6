"""Every chart that the pages have, by the key that it bears there, from the stored documents.

A key without a rule here is a chart whose numbers nobody checks: `Unchecked`.
"""

import re
from collections.abc import Callable, Iterable
from math import ceil

from tests.flow.every_number import over_time
from tests.flow.every_number.account import Unchecked
from tests.flow.every_number.answers import bars
from tests.flow.every_number.drawn import Areas, Crowds, Dot, Dots, Drawn, joined
from tests.flow.every_number.statements import (
    View,
    change,
    chart_sentence,
    decimals,
    finding,
    told,
)
from tests.flow.every_number.truth import THEN, Figure, Place
from tests.flow.every_number.words import (
    HEADS,
    ITEMS,
    SCALES,
    THEMES,
    Values,
    first_up,
    group_label,
    heads_of,
    shown,
    year_of,
)

NOTHING = Figure(0, None, None, None)  # a row of what is not shown


def chart(view: View, key: str) -> Drawn:
    """What the chart of a page has to show. Raises Unchecked for a chart that has no rule."""
    for pattern, rule in RULES.items():
        found = re.fullmatch(pattern, key)
        if found:
            drawn = rule(view, *(_known(each) for each in found.groups()))
            if drawn.labels():
                return drawn
            raise Unchecked(f"the chart {key}, of which nothing is released")
    raise Unchecked(f"the chart {key}, which has no rule")


def _known(slug: str) -> str:
    """The measure, theme or question that a part of a chart's key stands for."""
    known = (*HEADS, *SCALES, *THEMES, *ITEMS)
    return next((each for each in known if each.replace("_", "-") == slug), slug)


# A figure beside the borough's


def _single(view: View, measure: str) -> Drawn:
    figure = view.place.drawn(measure, view.values)
    if figure is None:
        return Dots()
    row = _dot(figure, measure, _beside(view), view.values, chart_sentence(view, measure))
    key = year_of(view.values) if view.is_school else []  # "Your Year 8 pupils"
    return _dots(measure, {group_label(view.values): row}, key=key)


def _beside(view: View) -> Place | None:
    return None if view.place == view.borough else view.borough


def _dots(
    measure: str,
    rows: dict[str, Dot],
    note: Iterable[list[str]] = (),
    *,
    title: Iterable[str] = (),
    key: Iterable[str] = (),
) -> Dots:
    made = Dots([*title], joined(note), [*key], rows=rows, decimals=decimals(measure))
    if measure in SCALES:
        low, high = SCALES[measure]["range"]
        made.axis = [f"{low:g}", f"{(low + high) / 2:g}", f"{high:g}"]
    return made


def _dot(
    figure: Figure, measure: str, beside: Place | None, values: Values, said: list[str]
) -> Dot:
    other = beside.drawn(measure, values) if beside else None
    return Dot(figure.value, figure.low, figure.high, other.value if other else None, said)


def _one_a_group(view: View, measure: str, groups: Iterable[Values]) -> Drawn:
    """Groups whose share is too near an end for a number are told in the note."""
    rows, note = {}, []
    for values in groups:
        figure = view.place.figure(measure, values)
        if figure is None:
            continue
        said = told(figure, measure, values)
        if figure.value is None:
            note.append(said)
        else:
            rows[group_label(values)] = _dot(figure, measure, _beside(view), values, said)
    return _dots(measure, rows, note)


def _groups(view: View, measure: str) -> Drawn:
    everybody: list[Values] = [()] if view.page == "embed" else []
    return _one_a_group(view, measure, [*everybody, *view.place.groups(1)])


def _pairs(view: View, measure: str) -> Drawn:
    return _one_a_group(view, measure, view.place.groups(2))


def _localities(view: View, measure: str) -> Drawn:
    rows, note = {}, []
    for place in view.truth.of_kind("locality"):
        found = place.figure(measure, view.values)
        said = told(found, measure, view.values) if found else []
        if found and found.value is None:
            note.append(said)
        else:
            rows[place.name] = _dot(found or NOTHING, measure, view.borough, view.values, said)
    return _dots(measure, rows, note, title=year_of(view.values))


def _theme(view: View, theme: str) -> Drawn:
    """An area's headlines; beside another area two rows each, wherever one has a figure."""
    places = [each for each in (view.place, view.other) if each]
    rows, note = {}, []
    for measure in heads_of(theme):
        figures = [place.figure(measure) for place in places]
        for place, found in zip(places, figures, strict=True):
            said = _area_sentence(view, found, measure)
            if found and found.value is None:
                note.append(said)
            elif any(figures):
                name = f": {place.name}" if view.other else ""
                label = f"{first_up(HEADS[measure]['label'])}{name}"
                beside = None if place == view.borough else view.borough
                rows[label] = _dot(found or NOTHING, measure, beside, (), said)
    return _dots(next(iter(HEADS)), rows, note)


def _area_sentence(view: View, figure: Figure | None, measure: str) -> list[str]:
    if view.other:
        return told(figure, measure) if figure else []
    return finding(view, measure)


def _change(view: View, theme: str) -> Drawn:
    rows = {}
    for measure in heads_of(theme):
        found = view.place.since(measure, view.values)
        if found:
            label = first_up(HEADS[measure]["label"])
            said = change(view, measure)
            rows[label] = Dot(found.difference, found.low, found.high, 0.0, said)
    reach = max((abs(end) for row in rows.values() for end in (row.low, row.high)), default=0)
    ends = max(20, 10 * ceil(reach / 10))
    axis = [f"−{ends}", "0", f"+{ends}"]
    return Dots([view.truth.years[THEN]], rows=rows, signed=True, axis=axis)


# Maps, and dots to count


def _wards(view: View, measure: str = "") -> Drawn:
    """Wards by a headline, or by how many of their pupils took part."""
    rows: dict[str, tuple[float | None, list[str]]] = {}
    for ward in view.truth.wards:
        place = view.truth.named(ward)
        if not measure:
            n = place.sizes().get(()) if place else None
            rows[ward] = (n, [] if n is None else [str(n)])
            continue
        figure = place.figure(measure, view.values) if place else None
        said = told(figure, measure, view.values) if figure else []
        rows[ward] = (figure.value if figure else None, said)
    title = year_of(view.values) if measure else []
    return Areas(title, [view.truth.vintage], rows=rows)


def _crowds(view: View, measure: str) -> Drawn:
    figures = [place.figure(measure) for place in (view.place, view.borough)]
    values = [found.value for found in figures if found and found.value is not None]
    pairs = zip(("Our school", "All schools"), values, strict=True)
    return Crowds(rows={label: (value, [shown(value)]) for label, value in pairs})


RULES: dict[str, Callable[..., Drawn]] = {
    r"c-change-(.+)": _change,
    r"c-theme-(.+)": _theme,
    r"c-answers-(.+)": bars,
    r"c-gaps-over-time-(.+)": over_time.gaps_over_time,
    r"c-gaps-(.+)": over_time.gaps,
    r"c-groups-(.+)": _groups,
    r"c-pairs-(.+)": _pairs,
    r"c-localities-(.+)": _localities,
    r"c-trend-theme-(.+)": over_time.trend_theme,
    r"c-trend-localities-(.+)": over_time.trend_localities,
    r"c-trend-groups-(.+)": over_time.trend_groups,
    r"c-trend-(.+)": over_time.trend,
    r"c-wards": _wards,
    r"c-wards-(.+)": _wards,
    r"c-pupils-(.+)": _crowds,
    f"c-({'|'.join((*HEADS, *SCALES)).replace('_', '-')})": _single,
}
