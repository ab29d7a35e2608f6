"""How each question of a topic was answered, from released cells."""

from dataclasses import dataclass

from reports.charts import StackedBars
from reports.disclosure.released import AnswersCell, Hidden, ReleasedCube
from reports.presenters import drawings
from reports.presenters.outline import Question, Topic


@dataclass(frozen=True)
class QuestionAnswers:
    """`rows` only where there is no chart; `note` says why there is neither.

    `count` questions with the same answers share one chart.
    """

    key: str
    text: str
    chart: StackedBars | None
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    count: int = 1


def answers_of(
    cube: ReleasedCube, group: str, topic: Topic
) -> tuple[tuple[QuestionAnswers, ...], str]:
    """The answers of every question; one note instead where none of them is shown."""
    shown = [_question(cube, group, question) for question in topic.questions]
    reasons = {each.note for each in shown}
    if shown and len(reasons) == 1 and "" not in reasons:
        return (), reasons.pop()
    alike: dict[tuple[str, ...], list[QuestionAnswers]] = {}
    for each in shown:
        alike.setdefault(_kind(each), []).append(each)
    return tuple(_together(topic, tuple(run)) for run in alike.values()), ""


def _kind(answers: QuestionAnswers) -> tuple[str, ...]:
    """The same for questions that may share a chart: one bar each, of the same answers."""
    chart = answers.chart
    if chart is None or len(chart.rows) > 1:
        return (answers.key,)
    return tuple(f"{each.label}{each.answered}" for each in chart.rows[0].segments)


def _together(topic: Topic, run: tuple[QuestionAnswers, ...]) -> QuestionAnswers:
    charts = [each.chart for each in run if each.chart]
    if len(run) == 1:
        return run[0]
    # The first question is named: two charts of one topic must not bear the same title.
    title = f"{topic.title}: “{run[0].text}” and {len(run) - 1} more"
    chart = drawings.together(title, charts)
    return QuestionAnswers(run[0].key, chart.title, chart, count=len(run))


def _question(cube: ReleasedCube, group: str, question: Question) -> QuestionAnswers:
    found = [cube.cell(group, part.key) for part in question.parts]
    cells = [cell for cell in found if isinstance(cell, AnswersCell)]
    if len(cells) < len(found):
        reason = next(cell.reason for cell in found if isinstance(cell, Hidden))
        return QuestionAnswers(question.key, question.text, None, note=reason)
    chart = drawings.answers("answers", question, cells)
    rows = () if chart or question.many else drawings.table(question.parts[0], cells[0])
    note = "" if chart or rows else "Nearly all answers were the same."
    return QuestionAnswers(question.key, question.text, chart, rows, note)
