"""Gaps between groups, and figures and gaps from wave to wave."""

from tests.flow.every_number.drawn import Drawn, Lines, Moment, Pair, Pairs
from tests.flow.every_number.formulas import Interval
from tests.flow.every_number.statements import (
    View,
    apart,
    decimals,
    gap,
    moved,
    pair_names,
    times,
    told,
)
from tests.flow.every_number.truth import NOW, THEN, Place
from tests.flow.every_number.words import (
    DIMS,
    HEADS,
    PAIRS,
    Values,
    first_up,
    group_label,
    heads_of,
    people,
    shown,
    value_label,
    year_of,
)

Panels = dict[str, tuple[Place, str, Values]]  # a place's figure of a group


def gaps(view: View, measure: str) -> Drawn:
    rows = {}
    for pair in PAIRS:
        found, likely = gap(view, measure, pair), times(view, measure, pair)
        if found and likely:
            rows[DIMS[pair[0]]] = _gap_row(view, measure, pair, found, likely)
    doubtful = any(row.gap.low < 0.5 for row in rows.values())  # 0.4 is printed as 0
    return Pairs(note=["0"] if doubtful else [], rows=rows)


def _gap_row(
    view: View, measure: str, pair: tuple[str, str, str], found: Interval, likely: Interval
) -> Pair:
    """Of the larger share over the smaller, whichever is named first."""
    dim, *codes = pair
    sides = [((dim, code),) for code in codes]
    percents = [view.place.figure(measure, side).value for side in sides]
    more, less = sides
    if percents[1] > percents[0]:
        more, less = less, more
        found = Interval(-found.value, -found.high, -found.low)
        likely = Interval(1 / likely.value, 1 / likely.high, 1 / likely.low)
    rate, low, high = (shown(each, 1) for each in likely)
    both = [
        number
        for side, percent in zip(sides, percents, strict=True)
        for number in (shown(percent), *year_of(side))
    ]
    said = [*both, *map(shown, found), *year_of(more), rate, *year_of(less), low, high]
    one, two = (value_label(dim, code) for code in codes)
    return Pair((one, percents[0]), (two, percents[1]), found, likely, said)


def _lines(view: View, measure: str, panels: Panels) -> Lines:
    """Those with a number in both waves are drawn, where the two may be compared."""
    rows = {}
    for label, (place, key, values) in panels.items():
        figures = [place.drawn(key, values, wave) for wave in (THEN, NOW)]
        if key not in place.apart and all(f and f.value is not None for f in figures):
            rows[label] = [
                Moment(f.value, f.low, f.high, [year, *told(f, key, values)])
                for f, year in zip(figures, view.truth.years, strict=True)
            ]
    return Lines(whens=view.truth.waves, rows=rows, decimals=decimals(measure))


def trend(view: View, measure: str) -> Drawn:
    own = f"Your {people(view.values)}"
    panels = {
        own: (view.place, measure, view.values),
        "All schools": (view.borough, measure, view.values),
    }
    return _lines(view, measure, panels)


def trend_theme(view: View, theme: str) -> Drawn:
    heads = heads_of(theme)
    panels: Panels = {first_up(HEADS[key]["label"]): (view.place, key, ()) for key in heads}
    return _lines(view, heads[0], panels)


def trend_localities(view: View, measure: str) -> Drawn:
    places = (view.borough, *view.truth.of_kind("locality"))
    panels = {each.name: (each, measure, view.values) for each in places}
    drawn = _lines(view, measure, panels)
    drawn.title = year_of(view.values)
    return drawn


def trend_groups(view: View, measure: str) -> Drawn:
    panels = {group_label(v): (view.place, measure, v) for v in view.place.groups(1)}
    return _lines(view, measure, panels)


def gaps_over_time(view: View, measure: str) -> Drawn:
    rows = {}
    for pair in PAIRS:
        found = [gap(view, measure, pair, wave) for wave in (THEN, NOW)]
        if all(found) and measure not in view.place.apart:
            one, two = pair_names(pair)
            rows[f"{first_up(one)} less {two}"] = _gap_moments(view, measure, pair)
    return Lines(whens=view.truth.waves, rows=rows, signed=True)


def _gap_moments(view: View, measure: str, pair: tuple[str, str, str]) -> list[Moment]:
    dim, one, two = pair
    first, second = year_of(((dim, one),)), year_of(((dim, two),))
    moments = []
    for wave in (THEN, NOW):
        found, likely = gap(view, measure, pair, wave), times(view, measure, pair, wave)
        rate, low, high = (shown(each, 1) for each in likely)
        said = [view.truth.years[wave], *first, *second, *apart(*found)]
        said += [*first, rate, *second, low, high]
        if wave == NOW:
            said += _moved(view, measure, pair)
        moments.append(Moment(*found, said))
    return moments


def _moved(view: View, measure: str, pair: tuple[str, str, str]) -> list[str]:
    """How far the gap has widened: "as far apart as before" has no number for it."""
    found = moved(view, measure, pair)
    if found is None:
        return []
    value, *ends = apart(*found)
    return ends if value == "0" else [value, *ends]
