"""The numbers of each kind of sentence, in the order in which it says them.

Only the order is known here, not the words: a sentence may be put otherwise as long as its numbers
stay where they are. A year group's number stands wherever its pupils are named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.flow.every_number.formulas import Interval, newcombe, rate, recovered
from tests.flow.every_number.truth import NOW, THEN, Figure, Place, Truth
from tests.flow.every_number.words import (
    HEADS,
    SCALES,
    Values,
    people,
    shown,
    year_of,
)


@dataclass(frozen=True)
class View:
    """What a page shows: a place's group, and `other` beside it.

    page: school, topic, overview, borough, area, embed, picture, method, data, summary, pupils.
    subject: key of the measure that the page is of. files: by name, those that it leads to.
    """

    truth: Truth
    page: str
    place: Place
    values: Values = ()
    other: Place | None = None
    subject: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_school(self) -> bool:
        return self.place.kind == "school"

    @property
    def borough(self) -> Place:
        return self.truth.borough


def decimals(measure: str) -> int:
    return 0 if measure in HEADS else 1


def told(figure: Figure, measure: str, values: Values = ()) -> list[str]:
    """A figure in its own sentence."""
    year, places = year_of(values), decimals(measure)
    if figure.value is None:
        return in_words(figure, year)
    value, *ends = (shown(each, places) for each in (figure.value, figure.low, figure.high))
    if measure in SCALES:
        scale = [f"{end:g}" for end in SCALES[measure]["range"]]
        return [*scale, *year, value, *ends]
    return [value, *year, *ends]


def in_words(figure: Figure, year: list[str]) -> list[str]:
    """A label in a sentence: "fewer than 5 in 100", or "one or two of" so many answers."""
    share = figure.label.strip("<> %")
    return [share, *year] if share.isdigit() else [*year, str(figure.n)]


def beside(figure: Figure, measure: str, values: Values = ()) -> list[str]:
    """ "Across all schools, for Year 8 pupils, it is 30."."""
    if figure.value is not None:
        return [*year_of(values), shown(figure.value, decimals(measure))]
    label = figure.label.strip("<> %")
    return [*year_of(values), label if label.isdigit() else label.split()[-1]]


def verdict(view: View, found: str | None) -> list[str]:
    """One of three words, or how many answers would be enough for one."""
    return [found] if found else [f"{view.truth.rule('min_base'):g}"]


def chart_sentence(view: View, measure: str) -> list[str]:
    """A figure, the borough's, and the verdict."""
    figure = view.place.drawn(measure, view.values)
    if figure is None:
        return []
    said = told(figure, measure, view.values)
    other = view.borough.drawn(measure, view.values)
    if other and view.place != view.borough:
        said += beside(other, measure, view.values)
    compared = view.place.comparison(measure, view.values)
    return said + (verdict(view, compared[-1]) if compared else [])


def finding(view: View, measure: str) -> list[str]:
    """The paragraph about a figure: the sentence of its chart, then what it was before."""
    return chart_sentence(view, measure) + before(view, measure)


def before(view: View, measure: str) -> list[str]:
    found = view.place.since(measure, view.values)
    if found is None:
        return []
    year = view.truth.years[THEN]
    then, now = (shown(each, decimals(measure)) for each in (found.before, found.value))
    last = [*verdict(view, found.verdict), *([year] if found.verdict else [])]
    if found.schools is None:
        return [year, *year_of(view.values), then, *last]
    return [str(found.schools), then, year, now, *last]


def change(view: View, measure: str) -> list[str]:
    """ "79 in 100 in May 2024, 67 now. 12 points lower; … between 3 and 21 points lower."."""
    found = view.place.since(measure, view.values)
    places = decimals(measure)
    then, now = (shown(each, places) for each in (found.before, found.value))
    difference = apart(found.difference, found.low, found.high, places)
    return [then, view.truth.years[THEN], now, *difference]


def apart(value: float, low: float, high: float, places: int = 0) -> list[str]:
    """A difference and its ends, signed; the nearer to nought first where both go down."""
    difference, *ends = (shown(each, places, signed=True) for each in (value, low, high))
    if ends[0].startswith("−") and not ends[1].startswith("+"):
        ends.reverse()
    return [difference, *ends]


def gap(view: View, measure: str, pair: tuple[str, str, str], wave: int = NOW) -> Interval | None:
    """The first group's share less the second's, in points; None where one has no number."""
    counts = _counts(view.place, measure, pair, wave)
    return Interval(*(100 * end for end in newcombe(*counts))) if counts else None


def times(view: View, measure: str, pair: tuple[str, str, str], wave: int = NOW) -> Interval | None:
    """How many times as likely the first group is as the second."""
    counts = _counts(view.place, measure, pair, wave)
    return rate(*counts) if counts else None


def moved(view: View, measure: str, pair: tuple[str, str, str]) -> Interval | None:
    """How far a gap has widened since the wave before; None where it has turned round."""
    after, then = (gap(view, measure, pair, wave) for wave in (NOW, THEN))
    if after.value * then.value < 0:
        return None
    found = recovered(after, then)
    turned = Interval(-found.value, -found.high, -found.low)
    return turned if then.value < 0 else found


def _counts(
    place: Place, measure: str, pair: tuple[str, str, str], wave: int
) -> tuple[int, int, int, int] | None:
    dim, *codes = pair
    figures = [place.figure(measure, ((dim, code),), wave) for code in codes]
    counts = [(f.count, f.n) for f in figures if f and f.count is not None]
    if len(counts) < 2:
        return None
    (x, n), (y, m) = counts
    return x, n, y, m


def pair_names(pair: tuple[str, str, str]) -> tuple[str, str]:
    dim, one, two = pair
    return people(((dim, one),)), people(((dim, two),))
