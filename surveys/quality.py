"""How one response was answered: speed, straight lines, answers that cannot both be true.

Kept beside the answers and used to drop nothing: a pupil who answers fast or oddly has
answered. Pure: a questionnaire, answers and signs in, plain numbers out.

Speed: a page counts as fast when it stood on the screen for less time than 300 words a minute
need for its questions alone, without the answers to choose from and without any time to think.
Most adults read 175 to 300 words a minute, and children fewer (Brysbaert, M. (2019), How many
words do we read per minute?, Journal of Memory and Language 109, 104047). So the rule finds
only what hardly anybody could have read. Words are counted in the questionnaire's own language.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from surveys.definition import Answer, Condition, Item, Page, Questionnaire
from surveys.definition.conditions import Answers, YearGroup, read_condition
from surveys.navigation import asked_items
from surveys.signs import Signs

WORDS_A_SECOND = 5  # 300 a minute
FEWEST_IN_LINE = 3  # two equal answers are no line
IMPOSSIBLE = Path(__file__).with_name("impossible.json")

ANSWERED, PREFERRED_NOT = "answered", "preferred_not"
SKIPPED, NOT_REACHED = "skipped", "not_reached"


@dataclass(frozen=True)
class Quality:
    """None where the browser did not tell.

    `asked` questions are `answered` ("I do not know" included), `preferred_not`, `skipped` on a
    page that was reached, or `not_reached`. `seconds` on all pages together; `pages_timed` are
    those with a time and an answer, and `pages_fast` those of them that nobody could have read.
    `lines` are the scales answered all alike though some of their statements mean the opposite,
    of `lines_possible`; `longest_run` is the most equal answers one after another to questions
    with the same answers. `impossible` counts pairs of answers that cannot both be true.
    """

    device: str | None
    language: str | None
    aloud: int | None
    waits: int | None
    seconds: int | None
    pages_timed: int
    pages_fast: int
    pages_reached: int
    asked: int
    answered: int
    preferred_not: int
    skipped: int
    not_reached: int
    lines: int
    lines_possible: int
    longest_run: int
    impossible: int


def assess(
    questionnaire: Questionnaire,
    answers: Answers,
    year_group: YearGroup,
    reached: Collection[str],
    signs: Signs,
) -> Quality:
    """The quality of one response. The questionnaire stands in the order in which it was asked.

    `reached` holds the keys of the pages of questions that were saved.
    """
    keys = asked_items(questionnaire, answers, year_group)
    counting = {key: answer for key, answer in answers.items() if key in keys}
    asked = [
        (page, tuple(item for item in page.items if item.key in keys))
        for page in questionnaire.pages
    ]
    ends = _ends(asked, counting, reached)
    timed, fast = _speed(asked, counting, signs.seconds)
    plain = _plain(questionnaire, counting)
    lines, possible = _lines(questionnaire, plain)
    return Quality(
        device=signs.device,
        language=signs.language,
        aloud=signs.aloud,
        waits=signs.waits,
        seconds=sum(signs.seconds.values()) if signs.seconds else None,
        pages_timed=timed,
        pages_fast=fast,
        pages_reached=sum(bool(items) and page.key in reached for page, items in asked),
        asked=ends.total(),
        answered=ends[ANSWERED],
        preferred_not=ends[PREFERRED_NOT],
        skipped=ends[SKIPPED],
        not_reached=ends[NOT_REACHED],
        lines=lines,
        lines_possible=possible,
        longest_run=_longest_run([item for _, items in asked for item in items], plain),
        impossible=sum(each.holds(counting, year_group) for each in impossible(questionnaire)),
    )


Asked = Sequence[tuple[Page, tuple[Item, ...]]]


def _ends(asked: Asked, answers: Answers, reached: Collection[str]) -> Counter[str]:
    """What became of each question asked; what only fills a page is none."""
    return Counter(
        _end(item, answers.get(item.key)) if page.key in reached else NOT_REACHED
        for page, items in asked
        for item in items
        if not item.filler
    )


def _end(item: Item, answer: Answer | None) -> str:
    if answer is None or answer == []:
        return SKIPPED
    given = answer if isinstance(answer, list) else [answer]
    refusals = {option.code for option in item.kind.options if option.kind == "prefer_not"}
    return PREFERRED_NOT if refusals.intersection(given) else ANSWERED


def _speed(asked: Asked, answers: Answers, seconds: Mapping[str, int]) -> tuple[int, int]:
    timed = fast = 0
    for page, items in asked:
        if page.key in seconds and any(item.key in answers for item in items):
            timed += 1
            fast += seconds[page.key] * WORDS_A_SECOND < _words(page, items)
    return timed, fast


def _words(page: Page, items: Sequence[Item]) -> int:
    return sum(len(text.split()) for text in (page.intro, *(item.text for item in items)))


def _plain(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """Without "I do not know" and "prefer not to say": a row of these is no straight line."""
    items = questionnaire.items
    return {key: answer for key, answer in answers.items() if items[key].kind.is_answer(answer)}


def _lines(questionnaire: Questionnaire, answers: Answers) -> tuple[int, int]:
    lines = possible = 0
    for forward, backward in _two_way_scales(questionnaire):
        sides = [[answers[key] for key in side if key in answers] for side in (forward, backward)]
        given = [*sides[0], *sides[1]]
        if all(sides) and len(given) >= FEWEST_IN_LINE:
            possible += 1
            lines += given.count(given[0]) == len(given)
    return lines, possible


def _two_way_scales(questionnaire: Questionnaire) -> Iterator[tuple[list[str], list[str]]]:
    """(items counted as they are, items counted in reverse) of each scale that has both.

    Only where all have the same answers to choose from: equal codes are no line elsewhere.
    """
    for scale in questionnaire.scales:
        parts = [(part.item, part.mirror is None) for part in scale.formula.parts if part.item]
        forward = [item for item, as_it_is in parts if as_it_is]
        backward = [item for item, as_it_is in parts if not as_it_is]
        options = {questionnaire.items[item].kind.options for item, _ in parts}
        if forward and backward and len(options) == 1:
            yield forward, backward


def _longest_run(items: Sequence[Item], answers: Answers) -> int:
    """A question left out, or one with other answers to choose from, ends a run."""
    runs = groupby(items, key=lambda item: (item.kind.options, answers.get(item.key)))
    return max((len([*run]) for (_, answer), run in runs if answer is not None), default=0)


def impossible(questionnaire: Questionnaire) -> tuple[Condition, ...]:
    """The pairs of answers that cannot both be true, as declared in impossible.json."""
    return _declared().get(questionnaire.key, ())


@cache
def _declared() -> Mapping[str, tuple[Condition, ...]]:
    document = json.loads(IMPOSSIBLE.read_text(encoding="utf-8"))
    return {key: tuple(map(read_condition, pairs)) for key, pairs in document.items()}
