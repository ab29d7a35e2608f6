"""From a questionnaire to the plain list of what is measured. Pure."""

from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures, ScoreMeasure
from surveys.frames import Questionnaire, columns, score_columns


def measures(definition: Questionnaire) -> Measures:
    """Every question, score and headline of a questionnaire, for counting and control."""
    return Measures(
        items={
            column.key: ItemMeasure(tuple(code for code, _, _ in column.codes), column.sensitive)
            for column in columns(definition)
        },
        scores={
            column.key: ScoreMeasure(column.low, column.high, column.integer, column.direction)
            for column in score_columns(definition)
        },
        headlines={
            headline.key: HeadlineMeasure(headline.sensitive, headline.direction)
            for topic in definition.topics
            for headline in topic.headlines
        },
    )
