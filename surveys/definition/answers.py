"""Answers to one page, from a form or from the saving script: checked, never trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.definition.kinds import KINDS, Answer, AnswerError
from surveys.definition.shapes import Page, Questionnaire


@dataclass(frozen=True)
class AnswerProblem:
    """`item` is empty when the fault is not that of one question of the page.

    `sentence` leaves room for `figures`: it can be said in another language before they go in.
    """

    item: str
    sentence: str
    figures: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        return self.sentence % self.figures


HALF_EMPTY = "Please fill in both numbers, or leave both empty."
NOT_100 = "Please make the two numbers add up to 100. They add up to %(total)d now."
NOT_AN_ANSWER = "This is not one of the answers."
_NO_PAGE = AnswerProblem("", "There is no such page.")
_NO_ITEM = AnswerProblem("", "This page has no such question.")
# All that a pupil may be told here: pages say them in the pupil's language.
SENTENCES = (
    *sorted({kind.unfit for kind in KINDS.values()}),
    HALF_EMPTY,
    NOT_100,
    NOT_AN_ANSWER,
    _NO_PAGE.sentence,
    _NO_ITEM.sentence,
)


def parse_answers(
    questionnaire: Questionnaire, page_key: str, data: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Answer], tuple[AnswerProblem, ...]]:
    """A form post's values by item key, to stored answers and problems.

    The caller takes its own fields (token, page, sequence number) out first: any other name
    that is not a question of the page is a problem. Skipped questions are left out.
    Never raises, whatever the values hold.
    """
    page = questionnaire.page.get(page_key)
    if page is None:
        return {}, (_NO_PAGE,)
    answers: dict[str, Answer] = {}
    problems = [_NO_ITEM] if _strangers(page, data) else []
    for item in page.items:
        try:
            answer = item.kind.parse(data.get(item.key, ()))
        except AnswerError as error:
            problems.append(AnswerProblem(item.key, str(error)))
        else:
            if answer is not None:
                answers[item.key] = answer
    return answers, (*problems, *(() if problems else _pair_problems(page, answers)))


def check_answers(
    questionnaire: Questionnaire, page_key: str, answers: object
) -> tuple[AnswerProblem, ...]:
    """Problems of answers that arrive as JSON; none means that they may be stored as they are.

    None as a value means skipped. Never raises, whatever arrives.
    """
    page = questionnaire.page.get(page_key)
    if page is None:
        return (_NO_PAGE,)
    if not isinstance(answers, dict):
        return (AnswerProblem("", "Answers must be an object of question and answer."),)
    problems = [_NO_ITEM] if _strangers(page, answers) else []
    given = {key: value for key, value in answers.items() if value is not None}
    problems += [
        AnswerProblem(item.key, NOT_AN_ANSWER)
        for item in page.items
        if item.key in given and not item.kind.is_valid(given[item.key])
    ]
    return (*problems, *(() if problems else _pair_problems(page, given)))


def _strangers(page: Page, data: Mapping[str, object]) -> bool:
    return bool(data.keys() - {item.key for item in page.items})


def _pair_problems(page: Page, answers: Mapping[str, Answer]) -> Iterator[AnswerProblem]:
    """Both halves of a pair or neither, and together 100."""
    for first in page.items:
        second = next((i for i in page.items if i.key == first.pair), None)
        # Each pair is looked at once, from its earlier half.
        if second is None or page.items.index(first) > page.items.index(second):
            continue
        halves = [answers.get(first.key), answers.get(second.key)]
        given = [half for half in halves if isinstance(half, int)]
        if any(not i.kind.is_answer(answers.get(i.key, 0)) for i in (first, second)):
            continue  # "prefer not to say" needs no other half
        if len(given) == 1:
            yield AnswerProblem(first.key, HALF_EMPTY)
        elif given and sum(given) != 100:
            yield AnswerProblem(first.key, NOT_100, {"total": sum(given)})
