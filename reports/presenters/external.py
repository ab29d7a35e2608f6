"""Other people's figures in words, each with its source and year."""

from reports.charts.words import number
from reports.external import Figure
from reports.presenters.labels import Values
from reports.presenters.sources import Source

KINDS = {"neighbours": " (statistical neighbours)", "region": " (region)", "national": ""}


def external(source: Source, values: Values, measure: str) -> tuple[str, ...]:
    """Figures for the same pupils as those looked at: all year groups asked, or one of them.

    Any other group gives none: a figure of all pupils is not the figure of the girls.
    """
    if not values:
        return tuple(words(e.figure) for e in source.external.get(measure, ()) if e.whole)
    (dim, year), *more = values
    if dim != "year_group" or more:
        return ()
    found = (each.figure for each in source.external.get(measure, ()))
    return tuple(words(figure) for figure in found if figure.year_groups == (year,))


def words(figure: Figure) -> str:
    """ "England, 2023: 28 in 100 (27 to 29), 8,456 pupils. Source: …: …."."""
    decimals, behind = (0, " in 100") if figure.statistic == "percent" else (1, " on average")
    value = f"{number(figure.value, decimals, '')}{behind}"
    if figure.low is not None and figure.high is not None:
        low, high = (number(end, decimals, "") for end in (figure.low, figure.high))
        value += f" ({low} to {high})"
    place = f"{figure.place}{KINDS[figure.kind]}, {figure.year}"
    pupils = "pupil" if figure.n == 1 else "pupils"
    source = f"Source: {figure.source}. {figure.definition}".rstrip(".")
    return f"{place}: {value}, {figure.n:,} {pupils}. {source}."
