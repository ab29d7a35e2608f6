"""From a questionnaire to the plain list of what is measured. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from reports.external.matching import Definition
from reports.external.thresholds import spelled
from reports.stats.measures import Direction, HeadlineMeasure, ItemMeasure, Measures, ScoreMeasure
from surveys.frames import Questionnaire, asked_years, columns, score_columns, scored_years


def measures(definition: Questionnaire, year_groups: Iterable[int | str]) -> Measures:
    """Every question, score and headline of a questionnaire, for counting and control.

    `years` says which year groups could answer, where not all of `year_groups` could: a reader
    knows that the others did not, so such a measure is certified over those who could.
    """
    everybody = frozenset(str(year) for year in year_groups)
    asked = asked_years(definition, everybody)
    scored = {scale.key: scored_years(scale, asked) for scale in definition.scales}
    scores = {column.key: scored[column.scale] for column in score_columns(definition)}

    def some(years: frozenset[str]) -> frozenset[str] | None:
        return None if years == everybody else years

    return _asked_of_somebody(
        items={
            column.key: ItemMeasure(
                tuple(code for code, _, _ in column.codes),
                column.sensitive,
                some(asked[column.item]),
            )
            for column in columns(definition)
        },
        scores={
            column.key: ScoreMeasure(
                column.low,
                column.high,
                column.integer,
                cast("Direction", column.direction),
                column.sensitive,
                some(scored[column.scale]),
            )
            for column in score_columns(definition)
        },
        headlines={
            headline.key: HeadlineMeasure(
                headline.sensitive,
                cast("Direction", headline.direction),
                some(_years(headline, asked, scores)),
            )
            for topic in definition.topics
            for headline in topic.headlines
        },
    )


def _asked_of_somebody(
    items: dict[str, ItemMeasure],
    scores: dict[str, ScoreMeasure],
    headlines: dict[str, HeadlineMeasure],
) -> Measures:
    """Without what none of the wave's year groups is asked."""
    nobody = frozenset[str]()
    return Measures(
        {key: each for key, each in items.items() if each.years != nobody},
        {key: each for key, each in scores.items() if each.years != nobody},
        {key: each for key, each in headlines.items() if each.years != nobody},
    )


def _years(
    headline: Any, asked: dict[str, frozenset[str]], scores: dict[str, frozenset[str]]
) -> frozenset[str]:
    """The year groups that could meet it: by its score, or by any one of its questions."""
    if headline.score:
        return scores[headline.score]
    return frozenset[str]().union(*(asked[item] for item in headline.items))


def definitions(
    questionnaire: Questionnaire, year_groups: Iterable[int | str]
) -> tuple[Definition, ...]:
    """Every headline and score that the year groups of a wave are asked."""
    everybody = frozenset(str(year) for year in year_groups)
    asked = measures(questionnaire, everybody)
    return (
        *_headlines(questionnaire, asked, everybody),
        *_scores(questionnaire, asked, everybody),
    )


def _headlines(
    questionnaire: Questionnaire, asked: Measures, everybody: frozenset[str]
) -> Iterator[Definition]:
    metric = {scale.metric_key for scale in questionnaire.scales if scale.conversion}
    for topic in questionnaire.topics:
        for head in topic.headlines:
            if head.key in asked.headlines:
                meets, unit = head.meets, "metric" if head.score in metric else "raw"
                threshold = spelled(meets.codes, meets.low, meets.high)
                years = _ordered(asked.headlines[head.key].years or everybody)
                yield Definition(head.key, head.key, "percent", unit, threshold, 0, 100, years)


def _scores(
    questionnaire: Questionnaire, asked: Measures, everybody: frozenset[str]
) -> Iterator[Definition]:
    for column in score_columns(questionnaire):
        if column.key in asked.scores:
            unit = "raw" if column.key == column.scale else "metric"
            years = _ordered(asked.scores[column.key].years or everybody)
            ends = (column.low, column.high)
            yield Definition(column.key, column.scale, "mean", unit, "", *ends, years)


def _ordered(years: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(years, key=int))
