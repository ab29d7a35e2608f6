"""Pupils like yours in the other schools, as rows of words beside the raw comparison."""

from reports.charts.words import number
from reports.disclosure.released import Elsewhere
from reports.presenters import labels
from reports.presenters.sources import Source


def elsewhere(source: Source, values: labels.Values, measure: str) -> tuple[tuple[str, str], ...]:
    """(mix, figure) for all pupils of a school; none for other places and for chosen groups."""
    if values:
        return ()
    found = source.cube.elsewhere.get(source.group(), {}).get(measure, ())
    return tuple((_mix(each.dims), _figure(each)) for each in found if each.percent is not None)


def _mix(dims: tuple[str, ...]) -> str:
    names = [labels.dimension(dim) for dim in sorted(dims, key=lambda dim: dim != "year_group")]
    return " and ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])


def _figure(found: Elsewhere) -> str:
    words = f"{number(found.percent, 0, '')} in 100"
    if found.low is None or found.high is None:
        return words
    return f"{words} ({number(found.low, 0, '')} to {number(found.high, 0, '')})"
