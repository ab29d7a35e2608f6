"""What may be set beside the wave before: the same question, asked in the same way. Pure.

The questionnaire says which items may be compared between waves; beyond that, an item whose words
or answers have changed is another item, whatever it is called.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from reports.codebook import measures
from reports.stats.measures import Comparable, Measures
from surveys.frames import Questionnaire, score_columns

NEW = "It was not asked then."
KEPT_APART = "The questionnaire says that it is not to be compared between waves."
REWORDED = "The question was put differently then."
REMADE = "The figure was made from the answers in another way then."
REROUTED = "It was asked after other answers then."
OTHER_YEARS = "Other year groups were asked then."


def comparable(
    now: Questionnaire,
    years: Iterable[int | str],
    before: Questionnaire,
    years_before: Iterable[int | str],
) -> Comparable:
    """Each headline and score of a wave beside the questionnaire of the wave before."""
    everybody, everybody_before = (frozenset(map(str, each)) for each in (years, years_before))
    then = _years(measures(before, everybody_before), everybody_before)
    asked = _years(measures(now, everybody), everybody)
    reasons, whole = {}, set()
    for key, made in _made(now):
        if key not in asked:
            continue
        answered = then.get(key, frozenset())
        reason = made(before) or ("" if asked[key] & answered else OTHER_YEARS)
        if reason:
            reasons[key] = reason
        elif asked[key] == answered:
            whole.add(key)
    return Comparable(frozenset(asked.keys() - reasons.keys()), frozenset(whole), reasons)


Check = Callable[[Questionnaire], str]


def _made(now: Questionnaire) -> Iterator[tuple[str, Check]]:
    """Every headline and score column, with what says why it is not that of another version."""
    for column in score_columns(now):
        yield column.key, partial(_scale, now, key=column.scale)
    for headline in now.headlines:
        yield headline.key, partial(_headline, now, head=headline)


def _headline(now: Questionnaire, before: Questionnaire, head: Any) -> str:
    then = next((each for each in before.headlines if each.key == head.key), None)
    if then is None:
        return NEW
    if (then.meets, then.items, then.score) != (head.meets, head.items, head.score):
        return REMADE
    if head.score:
        scale = next(each.scale for each in score_columns(now) if each.key == head.score)
        return _scale(now, before, scale)
    return _first(_item(now, before, key) for key in head.items)


def _scale(now: Questionnaire, before: Questionnaire, key: str) -> str:
    ours, then = now.scale[key], before.scale.get(key)
    if then is None:
        return NEW
    made = (ours.formula, ours.low, ours.high, ours.conversion)
    if made != (then.formula, then.low, then.high, then.conversion):
        return REMADE
    within = {part.scale for part in _parts(ours.formula) if part.scale}
    return _first(
        (
            *(_scale(now, before, each) for each in sorted(within)),
            *(_item(now, before, item) for item in ours.items),
        )
    )


def _parts(formula: Any) -> Iterator[Any]:
    yield from formula.parts
    for branch in formula.branches:
        yield from _parts(branch)


def _item(now: Questionnaire, before: Questionnaire, key: str) -> str:
    ours, then = now.items[key], before.items.get(key)
    if then is None:
        return NEW
    if not (ours.comparable and then.comparable):
        return KEPT_APART
    if (ours.text, ours.kind) != (then.text, then.kind):
        return REWORDED
    return "" if _follows(now, key) == _follows(before, key) else REROUTED


def _follows(questionnaire: Questionnaire, key: str) -> tuple[Any, ...]:
    """The earlier answers that a question hangs on. Year groups are seen to by who was asked."""
    page = next(each for each in questionnaire.pages if questionnaire.items[key] in each.items)
    return tuple(when for when in (page.when, questionnaire.items[key].when) if when.items())


def _first(reasons: Iterable[str]) -> str:
    return next(filter(None, reasons), "")


def _years(asked: Measures, everybody: frozenset[str]) -> dict[str, frozenset[str]]:
    """Who was asked what: headline or score -> year groups."""
    scores = {key: each.years or everybody for key, each in asked.scores.items()}
    return scores | {key: each.years or everybody for key, each in asked.headlines.items()}
