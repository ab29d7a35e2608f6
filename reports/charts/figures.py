"""A chart as it stands on a page: its words first, then key and picture, then the same numbers.

Built from strings, not from a template: a report has a hundred of them, and templates took four
fifths of its time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts import Chart
from reports.charts.markup import Markup, tag, words
from reports.charts.svg import Figure, figure
from reports.charts.words import Table

ASK = Markup("Show the numbers as a table")
MEDIA = (("png", "picture (PNG)"), ("svg", "drawing (SVG)"), ("csv", "numbers (CSV)"))


@dataclass(frozen=True)
class ChartFiles:
    """Where a page's charts can be taken away: `address`, the chart's key, a suffix, `query`."""

    address: str
    query: str


def figure_html(chart: Chart, files: ChartFiles | None = None) -> Markup:
    """The whole `figure` element, with nothing in it that is not escaped."""
    shown = figure(chart)
    title = words(shown.title)
    note = [tag("p", words(shown.note), class_="chart-note")] if shown.note else []
    return tag(
        "figure",
        tag("figcaption", title, class_="chart-title"),
        shown.legend,
        shown.picture,
        *note,
        numbers(shown, title, *downloads(shown.key, title, files)),
        class_="chart-figure",
        id=shown.key,
    )


def numbers(shown: Figure, title: Markup, *below: Markup) -> Markup:
    """The table behind a summary that says whose numbers they are."""
    of = tag("span", Markup(f": {title}"), class_="govuk-visually-hidden")
    summary = tag("summary", ASK, of)
    table = scrolled(shown.title, (shown.headers, shown.rows))
    return tag("details", summary, table, *below)


def downloads(key: str, title: Markup, files: ChartFiles | None) -> Iterator[Markup]:
    """One line of links, if the page's charts can be taken away."""
    if files is None:
        return
    of = tag("span", Markup(f" {title}"), class_="govuk-visually-hidden")
    links = (
        tag("a", Markup(name), href=f"{files.address}{key}.{media}{files.query}")
        for media, name in MEDIA
    )
    yield tag("p", Markup(f"Download{of}: {', '.join(links)}"), class_="chart-note")


def scrolled(title: str, numbers: Table) -> Markup:
    """A table that scrolls by itself where it is too wide; a keyboard can reach it to do so."""
    headers, rows = numbers
    cells = (tag("th", words(header), scope="col") for header in headers)
    table = tag(
        "table",
        tag("caption", words(title), class_="govuk-visually-hidden"),
        tag("thead", tag("tr", *cells)),
        tag("tbody", *map(line, rows)),
    )
    name = f"Table: {title}"
    return tag("div", table, class_="table-scroll", tabindex="0", role="region", aria_label=name)


def line(cells: tuple[str, ...]) -> Markup:
    first, *rest = map(words, cells)
    return tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest))
