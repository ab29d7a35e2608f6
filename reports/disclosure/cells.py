"""From a published group's exact sums to the cells that may be shown."""

from collections.abc import Sequence

import numpy as np

from reports.disclosure.lattice import Group
from reports.disclosure.released import AnswersCell, Cell, HeadlineCell, Hidden, ScoreCell, Share
from reports.disclosure.rules import RuleSet
from reports.disclosure.sums import Sums
from reports.stats.means import Summary, mean_interval, summarise
from reports.stats.measures import NON_ANSWERS, HeadlineMeasure, ScoreMeasure
from reports.stats.proportions import wilson

AT_ONE_END = "All answers are at, or close to, one end of the scale."


def cell(sums: Sums, key: str, group: Group, rules: RuleSet) -> Cell | Hidden:
    """What is shown of a measure in a group whose breakdown is published for it."""
    measure, numbers = sums.measures[key], sums.of(key, group)
    if isinstance(measure, HeadlineMeasure):
        return headline_cell(int(numbers[1]), int(numbers[0]), group.place.kind, rules)
    if isinstance(measure, ScoreMeasure):
        return score_cell(summarise(*numbers), float(sums.ruler(key).sd), measure, rules)
    return answers_cell(sums.codes[key], [int(number) for number in numbers], rules)


def extreme(count: int, n: int, rules: RuleSet) -> str:
    """The label that stands for a numerator too near nought or the whole base; "" if none.

    All such numerators of one base look alike: 0, 1 and 2 of 200 are each "<5 %".
    """
    if count < rules.hidden_count:
        return "<5 %" if n >= rules.extreme_base else f"fewer than {rules.hidden_count}"
    if n - count < rules.hidden_count:
        return ">95 %" if n >= rules.extreme_base else f"all but fewer than {rules.hidden_count}"
    return ""


def headline_cell(count: int, n: int, kind: str, rules: RuleSet) -> HeadlineCell:
    """A headline; a ward's numerator goes to the nearest multiple before anything is computed."""
    label = extreme(count, n, rules)
    if label:
        return HeadlineCell(n, None, None, None, None, label)
    if kind == "ward":
        count = min(n, rules.ward_multiple * round(count / rules.ward_multiple))
    share = wilson(count, n)
    ends = (share.value, share.low, share.high)
    percent, low, high = (round(float(100 * each), 1) for each in ends)
    return HeadlineCell(n, count, percent, low, high, f"{percent:g} %")


def score_cell(
    group: Summary, borough_sd: float, measure: ScoreMeasure, rules: RuleSet
) -> ScoreCell | Hidden:
    """A mean to one decimal. Below the SD's base the interval uses the borough's SD.

    The group's own SD could be worked out from its own interval.
    """
    n, mean = int(group.n), round(float(group.mean), 1)
    if mean <= measure.minimum or mean >= measure.maximum:
        return Hidden(AT_ONE_END)
    shown = n >= rules.sd_base
    spread = group.sd if shown else np.asarray(borough_sd)
    interval = mean_interval(Summary(group.n, group.mean, spread))
    low, high = (round(float(end), 1) for end in (interval.low, interval.high))
    return ScoreCell(n, mean, round(float(group.sd), 1) if shown else None, low, high)


def answers_cell(codes: Sequence[int], counts: Sequence[int], rules: RuleSet) -> AnswersCell:
    """The share of every answer among those who answered, and of non-answers among all."""
    pairs = list(zip(codes, counts, strict=True))
    answered = [pair for pair in pairs if pair[0] not in NON_ANSWERS]
    missing = [pair for pair in pairs if pair[0] in NON_ANSWERS]
    n, everybody = sum(count for _, count in answered), sum(count for _, count in pairs)
    return AnswersCell(
        n,
        tuple(_share(code, count, n, rules) for code, count in answered),
        tuple(_share(code, count, everybody, rules) for code, count in missing),
    )


def _share(code: int, count: int, n: int, rules: RuleSet) -> Share:
    label = extreme(count, n, rules)
    percent = None if label else round(100 * count / n, 1)
    return Share(code, percent, label or f"{percent:g} %")
