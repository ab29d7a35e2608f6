"""Ways in which a number could go wrong behind a page, each of which the walk has to see.

Each changes one line of the program while it runs. `at`: where the wrong number then stands, below
the page that leads there; `kind`: the check that finds it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from reports import narrative, tables, workbook
from reports.charts import numbers, slides
from reports.charts.icons import IconArray
from reports.charts.words import rounded
from reports.disclosure.released import HeadlineCell
from reports.pdf import summary
from reports.presenters import drawings, trends
from reports.presenters.view import View
from reports.stats.proportions import Interval

Patch = pytest.MonkeyPatch
CONTROLS: list["Control"] = []


@dataclass(frozen=True)
class Control:
    name: str
    place: str  # school or areas
    at: str
    kind: str
    alter: Callable[[Patch], None]


def control(place: str, at: str, kind: str) -> Callable[[Callable[[Patch], None]], None]:
    def add(alter: Callable[[Patch], None]) -> None:
        CONTROLS.append(Control(alter.__name__, place, at, kind, alter))

    return add


@control("school", "", "paragraph")
def everything_is_rounded_down(patch: Patch) -> None:
    def down(value: float, decimals: int) -> Decimal:
        exact = Decimal(repr(float(value)))
        return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN) + 0

    patch.setattr("reports.charts.words.rounded", down)


@control("school", "", "dots: sentence")
def a_range_begins_where_it_ends(patch: Patch) -> None:
    def turned(voice: Any, label: str, cell: HeadlineCell, at: Any) -> Any:
        return narrative.headline(voice, label, replace(cell, low=cell.high, high=cell.low), at)

    patch.setattr("reports.presenters.topics.headline", turned)


@control("school", "", "dots: table")
def the_boroughs_figure_stands_for_the_schools(patch: Patch) -> None:
    patch.setattr(View, "group", property(lambda view: view.beside))


@control("school", "", "paragraph")
def a_verdict_is_turned_round(patch: Patch) -> None:
    turned = {**narrative.WORDS, "lower": "Higher than"}
    patch.setattr(narrative, "WORDS", turned)


@control("school", "", "changed")
def the_wave_before_stands_for_this_one(patch: Patch) -> None:
    def turned(what: str, found: Any, *rest: Any) -> Any:
        return narrative.change(what, replace(found, value=found.before), *rest)

    patch.setattr("reports.presenters.change.change", turned)


@control("school", "", "nobody checks this number")
def a_chart_has_no_rule(patch: Patch) -> None:
    patch.setattr(drawings, "chart_key", lambda *names: f"c-new-{names[-1].replace('_', '-')}")


@control("school", "", "nobody checks this number")
def a_sentence_has_no_rule(patch: Patch) -> None:
    said = "About 3 in 4 of them did."
    patch.setattr("reports.presenters.school._reading_on", lambda counts: said)


@control("school", "topics/sleep_topic/", "pairs: table")
def a_gap_has_another_formula(patch: Patch) -> None:
    def wald(x: Any, n: Any, y: Any, m: Any) -> Interval:
        p, q = x / n, y / m
        half = 1.96 * np.sqrt(p * (1 - p) / n + q * (1 - q) / m)
        return Interval(p - q, p - q - half, p - q + half)

    patch.setattr("reports.presenters.gaps.difference", wald)


@control("school", "topics/sleep_topic/", "lines: table")
def a_trend_shows_one_wave_twice(patch: Patch) -> None:
    found = trends._cell
    patch.setattr(trends, "_cell", lambda source, *rest: found(source.before or source, *rest))


@control("school", "charts/c-enough-sleep.csv", "dots: file")
def a_file_is_rounded(patch: Patch) -> None:
    patch.setattr(numbers, "_number", lambda value: (round(value or 0), "yes"))


@control("school", "charts/c-enough-sleep.svg", "dots: slide")
def a_slide_has_another_number(patch: Patch) -> None:
    def other(words: str, *rest: Any, **more: Any) -> Any:
        return written(words.replace("%", "0%"), *rest, **more)

    written = slides.Text
    patch.setattr(slides, "Text", other)


@control("school", "table.xlsx", "sheet: Headlines")
def one_cell_of_the_spreadsheet_is_wrong(patch: Patch) -> None:
    def wrong(page: Any, number: int, row: Any, formats: Any) -> None:
        row = [each + 1 if isinstance(each, float) else each for each in row]
        write(page, number, row, formats)

    write = workbook._row
    patch.setattr(workbook, "_row", wrong)


@control("school", "summary.pdf", "summary")
def a_paper_says_another_number(patch: Patch) -> None:
    found = summary._words
    patch.setattr(summary, "_words", lambda finding: found(finding).replace(" in 100", "1 in 100"))


@control("school", "pupils.pdf", "paper: crowds: picture")
def a_picture_on_paper_has_another_number(patch: Patch) -> None:
    patch.setattr(IconArray, "show", lambda chart, percent: f"{percent + 1:.0f} in 100")


@control("areas", "locality/north/pictures/enough_sleep/wide.svg", "shared: people")
def a_picture_fills_one_person_too_many(patch: Patch) -> None:
    more = rounded(1, 0)
    patch.setattr("reports.presenters.sharing.rounded", lambda *given: rounded(*given) + more)


@control("areas", "data/results.csv", "results.csv")
def the_open_data_have_another_base(patch: Patch) -> None:
    found = tables._numbers
    patch.setattr(
        tables, "_numbers", lambda cell: ({**row, "n": row["n"] + 1} for row in found(cell))
    )


@control("areas", "data/areas.geojson", "areas.geojson")
def the_map_has_the_count_for_the_percent(patch: Patch) -> None:
    def count(source: Any) -> dict[str, Any]:
        own = source.cube.cells[source.group()]
        return {key: getattr(own.get(key), "count", value) for key, value in found(source).items()}

    areas = import_module("reports.open_data.areas")  # its package has a function of that name
    found = areas._properties
    patch.setattr(areas, "_properties", count)


@control("areas", "?topic=sleep_topic", "table: wards")
def a_ward_has_the_figure_of_another(patch: Patch) -> None:
    found = "reports.presenters.public._Places.ward"
    patch.setattr(found, lambda places, key: places.wards[0])


@control("areas", "?topic=sleep_topic", "lines: sentence")
def a_gap_is_said_to_have_narrowed(patch: Patch) -> None:
    patch.setattr(trends, "WIDER", ("narrower", "wider"))
