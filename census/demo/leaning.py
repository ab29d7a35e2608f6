"""Which way a question leans: does a higher code mean that a pupil is better off?"""

from collections.abc import Iterator

from surveys.definition import Formula, Headline, Item, Part, Questionnaire

SIGNS = {"higher_better": 1, "lower_better": -1, None: 0}


def leanings(questionnaire: Questionnaire) -> dict[str, int]:
    """Item key to 1 (a higher code is better), -1 (worse) or 0 (neither)."""
    found = dict.fromkeys(questionnaire.items, 0)
    for topic in questionnaire.topics:
        for headline in topic.headlines:
            for key in headline.items:
                found[key] = SIGNS[headline.direction] * _end(headline, questionnaire.items[key])
    # Scales come last because they say most.
    for scale in questionnaire.scales:
        for part in _parts(scale.formula):
            if part.item:
                found[part.item] = SIGNS[scale.direction] * _slope(part)
    return found


def single_headline(questionnaire: Questionnaire, item: Item) -> Headline | None:
    """The first headline that is about this question alone."""
    return next((h for h in questionnaire.headlines if h.items == (item.key,)), None)


def met_codes(headline: Headline, item: Item) -> tuple[int, ...]:
    return tuple(code for code in item.kind.answer_codes() if headline.meets.met(code))


def _end(headline: Headline, item: Item) -> int:
    """1 when the higher codes meet the threshold, -1 when the lower do, 0 when all or none."""
    met = met_codes(headline, item)
    others = [code for code in item.kind.answer_codes() if code not in met]
    if not met or not others:
        return 0
    return 1 if sum(met) / len(met) > sum(others) / len(others) else -1


def _parts(formula: Formula) -> Iterator[Part]:
    yield from formula.parts
    for branch in formula.branches:
        yield from _parts(branch)


def _slope(part: Part) -> int:
    rising = 1
    if part.mapping:
        first, last = part.mapping[min(part.mapping)], part.mapping[max(part.mapping)]
        rising = 1 if last >= first else -1
    return -rising if part.mirror is not None else rising
