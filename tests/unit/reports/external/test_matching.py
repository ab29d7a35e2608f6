"""A figure stands beside ours only where all of its definition agrees."""

from dataclasses import replace

import pytest

from reports.codebook import definitions
from reports.external import Definition, Figure, Match, match, matches
from surveys.definition import parse
from tests import released

LIFE = Definition("life_high", "life_high", "percent", "raw", ">=7", 0, 100, ("8", "10"))
RAW = Definition("wellbeing", "wellbeing", "mean", "raw", "", 7, 35, ("8", "10"))
METRIC = Definition("wellbeing_metric", "wellbeing", "mean", "metric", "", 7, 35, ("8", "10"))
OURS = (LIFE, RAW, METRIC)
FIGURE = Figure(
    source="Example survey",
    year=2025,
    kind="national",
    place="England",
    measure="life_high",
    statistic="percent",
    unit="raw",
    threshold=">=7",
    year_groups=("8", "10"),
    value=61.4,
    n=18250,
    definition="Rated their life at 7 or more",
)
UP = {"direction": "higher_better"}
MEAN = replace(FIGURE, measure="wellbeing", statistic="mean", threshold="", value=21.9)


def test_the_same_definition_matches() -> None:
    found = match(FIGURE, OURS)
    assert isinstance(found, Match)
    assert (found.definition, found.whole) == (LIFE, True)


@pytest.mark.parametrize(("unit", "column"), [("raw", "wellbeing"), ("metric", "wellbeing_metric")])
def test_raw_and_metric_are_two_measures(unit: str, column: str) -> None:
    found = match(replace(MEAN, unit=unit), OURS)
    assert isinstance(found, Match)
    assert found.definition.column == column


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"measure": "life"}, "There is no percent called life in this wave."),
        ({"statistic": "mean"}, "There is no mean called life_high in this wave."),
        ({"unit": "metric"}, "Unit: ours is raw, the figure's is metric."),
        ({"threshold": ">=8"}, "Threshold: ours is >=7, the figure's is >=8."),
        ({"year_groups": ("8", "9")}, "Year groups: ours are 8 and 10, the figure's 8 and 9."),
        ({"year_groups": ("9",)}, "Year groups: ours are 8 and 10, the figure's 9."),
        ({"year_groups": ("8", "9", "10")}, "Year groups"),
        ({"value": 161.4}, "Value: ours lies between 0 and 100, this is 161.4."),
    ],
)
def test_what_does_not_agree_is_said(change: dict, reason: str) -> None:
    found = match(replace(FIGURE, **change), OURS)
    assert isinstance(found, str)
    assert reason in found
    assert matches([replace(FIGURE, **change)], OURS) == {}


def test_a_mean_off_our_scale_is_of_another_scale() -> None:
    assert "Value: ours lies between 7 and 35" in str(match(replace(MEAN, value=52.0), OURS))


def test_a_figure_of_one_of_our_year_groups_is_not_one_of_all() -> None:
    found = match(replace(FIGURE, year_groups=("10",)), OURS)
    assert isinstance(found, Match)
    assert not found.whole


def test_nearest_place_first_then_the_newest() -> None:
    figures = [
        FIGURE,
        replace(FIGURE, year=2026),
        replace(FIGURE, kind="region", place="London"),
        replace(FIGURE, kind="neighbours", place="Boroughs like ours"),
    ]
    found = matches(figures, OURS)["life_high"]
    order = [(each.figure.kind, each.figure.year) for each in found]
    assert order == [("neighbours", 2025), ("region", 2025), ("national", 2026), ("national", 2025)]


def test_definitions_of_a_questionnaire() -> None:
    found = {each.column: each for each in definitions(released.definition(), [8, 10])}
    years = ("8", "10")
    assert found["life_high"] == Definition(
        "life_high", "life_high", "percent", "raw", ">=7", 0, 100, years
    )
    assert found["mood"] == Definition("mood", "mood", "mean", "raw", "", 2, 8, years)
    assert "gender" not in found


def test_definitions_know_converted_scores_codes_and_the_years_asked() -> None:
    low = {"key": "low", "label": "x", "score": "mood_metric", "meets": {"max": 2.5}}
    often = {"key": "often", "label": "x", "item": "calm", "meets": [4, 3]}
    table = [[raw, raw / 2] for raw in range(2, 9)]
    document = {
        **released.DOCUMENT,
        "conversions": [{"key": "c", "title": "Converted", "source": "x", "table": table}],
        "scales": [{**released.DOCUMENT["scales"][0], "conversion": "c"}],
        "items": [
            {**item, **({"when": {"year_group": [10]}} if item["key"] == "sleep" else {})}
            for item in released.DOCUMENT["items"]
        ],
        "topics": [
            {**released.DOCUMENT["topics"][0], "headlines": [{**low, **UP}, {**often, **UP}]},
            *released.DOCUMENT["topics"][1:],
        ],
    }
    found = {each.column: each for each in definitions(parse(document), [8, 10])}
    assert (found["mood_metric"].measure, found["mood_metric"].unit) == ("mood", "metric")
    assert (found["mood_metric"].low, found["mood_metric"].high) == (1, 4)
    assert (found["low"].unit, found["low"].threshold) == ("metric", "<=2.5")
    assert found["often"].threshold == "3 4"
    assert found["enough_sleep"].years == ("10",)
    assert "enough_sleep" not in {each.column for each in definitions(parse(document), [8])}
