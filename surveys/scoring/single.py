"""Scores of one response, in the most obvious way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, prod

from surveys.definition.conditions import Answers
from surveys.definition.kinds import Multi
from surveys.definition.shapes import Band, Formula, Headline, Part, Questionnaire, Scale

Scores = dict[str, float | None]

# From the values that are present and the number of parts. A sum is prorated by its mean.
_METHODS: Mapping[str, Callable[[Sequence[float], int], float]] = {
    "sum": lambda values, parts: sum(values) * (parts / len(values)),
    "mean": lambda values, parts: sum(values) / len(values),
    "product": lambda values, parts: prod(values),
    "lowest": lambda values, parts: min(values),
    "highest": lambda values, parts: max(values),
    "single": lambda values, parts: values[0],
}


def score(questionnaire: Questionnaire, answers: Answers) -> Scores:
    """Score column to value, None where there is no score; converted scores as <scale>_metric.

    `answers` must be the answers that count (see `navigation.relevant_answers`).
    """
    scores: Scores = {}
    for scale in questionnaire.scales:
        raw = _value(scale.formula, questionnaire, answers, scores)
        scores[scale.key] = raw
        if scale.conversion:
            scores[scale.metric_key] = None if raw is None else scale.conversion.table[raw]
    return scores


def _value(
    formula: Formula, questionnaire: Questionnaire, answers: Answers, scores: Scores
) -> float | None:
    if formula.then and formula.otherwise:
        branch = formula.then if formula.when.holds(answers, None) else formula.otherwise
        return _value(branch, questionnaire, answers, scores)
    values = [_part(part, questionnaire, answers, scores) for part in formula.parts]
    present = [value for value in values if value is not None]
    if len(present) < least_parts(formula):
        return None
    return float(_METHODS[formula.method](present, len(values)))


def least_parts(formula: Formula) -> int:
    """How many parts must be present: the share of all, rounded up, and one at least."""
    return max(1, ceil(formula.least * len(formula.parts) - 1e-9))


def _part(
    part: Part, questionnaire: Questionnaire, answers: Answers, scores: Scores
) -> float | None:
    value = scores[part.scale] if part.scale else _code(part.item, questionnaire, answers)
    if value is not None and part.mapping is not None:
        value = part.mapping.get(int(value))
    if value is None:
        return None
    if part.mirror is not None:
        value = part.mirror - value
    return value + part.shift


def _code(key: str | None, questionnaire: Questionnaire, answers: Answers) -> float | None:
    answer = answers.get(str(key))
    item = questionnaire.items[str(key)]
    return answer if isinstance(answer, int) and item.kind.is_answer(answer) else None


def band(scale: Scale, value: float) -> Band | None:
    """The band of a score (of the converted one where `bands_on` says "metric")."""
    return next((b for b in scale.bands if b.up_to is None or value <= b.up_to), None)


def headlines(questionnaire: Questionnaire, answers: Answers) -> dict[str, bool | None]:
    """Headline to whether it is met; None without a valid answer.

    Over several questions one that meets is enough, and one valid answer is a base.
    """
    scores = score(questionnaire, answers)
    return {h.key: _met(h, questionnaire, answers, scores) for h in questionnaire.headlines}


def _met(
    headline: Headline, questionnaire: Questionnaire, answers: Answers, scores: Scores
) -> bool | None:
    values = [scores[headline.score]] if headline.score else []
    for key in headline.items:
        values += _given(key, questionnaire, answers)
    present = [value for value in values if value is not None]
    return any(headline.meets.met(value) for value in present) if present else None


def _given(key: str, questionnaire: Questionnaire, answers: Answers) -> Sequence[float | None]:
    """The counting codes of an answer: one, or every tick of a tick-all question."""
    kind, answer = questionnaire.items[key].kind, answers.get(key)
    if isinstance(kind, Multi) and isinstance(answer, list):
        return [code for code in answer if code in kind.answer_codes()]
    return [_code(key, questionnaire, answers)]
