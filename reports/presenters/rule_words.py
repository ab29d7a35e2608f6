"""Every number of the rules in plain words, with the reason that stands beside it in its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reports.disclosure.rules import RuleSet, sources
from reports.presenters import labels
from reports.stats.verdicts import VerdictRule, reasons


@dataclass(frozen=True)
class Number:
    """One rule: what it is about, what it is set to, and why."""

    name: str
    value: str
    why: str


def numbers(rules: RuleSet, verdicts: VerdictRule) -> tuple[Number, ...]:
    """All rules, in the order in which their sets declare them. Raises KeyError for a rule
    that nobody has put into words."""
    return (
        *_numbers(rules, DISCLOSURE, sources(rules.name, rules.version)),
        *_numbers(verdicts, VERDICTS, reasons(verdicts.name, verdicts.version)),
    )


Words = Mapping[str, tuple[str, Callable[[Any], str]]]


def _numbers(rules: RuleSet | VerdictRule, words: Words, why: Mapping[str, str]) -> list[Number]:
    return [
        Number(words[rule][0], words[rule][1](getattr(rules, rule)), reason)
        for rule, reason in why.items()
    ]


def _plain(value: float) -> str:
    return f"{value:g}"


def _percent(value: float) -> str:
    return f"{100 * value:g} %"


def _dims(dims: tuple[str, ...]) -> str:
    return "; ".join(labels.dimension(dim) for dim in dims)


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(labels.breakdown(pair).removeprefix("by ") for pair in pairs)


def _ladder(steps: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(
        f"{labels.dimension(fine)}, else {labels.dimension(coarse)}" for fine, coarse in steps
    )


def _values(pairs: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{labels.dimension(dim)}: {labels.value(dim, code)}" for dim, code in pairs)


def _places(kinds: tuple[str, ...]) -> str:
    return "; ".join(labels.PLACES[kind] for kind in kinds)


def _order(priority: tuple[tuple[str, int], ...]) -> str:
    depth = ("totals", "split once", "split by a pair")
    return "; ".join(f"{labels.PLACES[kind]} {depth[dims]}" for kind, dims in priority)


def _tables(tables: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return "; ".join(f"{labels.PLACES[kind]}, {labels.breakdown(dims)}" for kind, dims in tables)


DISCLOSURE: Words = {
    "k": ("Fewest pupils in a published group", _plain),
    "m": ("Fewest pupils whom any calculation may touch", _plain),
    "one_way": ("Pupils are split by", _dims),
    "pairs": ("Pairs by which they are split, but not in wards", _pairs),
    "ladder": ("What stands in where a group is too small", _ladder),
    "totals_only": ("Counted in totals only", _values),
    "priority": ("What is kept first where not everything can be shown", _order),
    "min_schools": ("Fewest schools whose pupils live in an area", _plain),
    "max_school_share": ("Largest share of an area’s pupils at one school", _percent),
    "min_other_schools": ("Fewest other schools to be compared with", _plain),
    "sd_base": ("Fewest pupils of whom a spread is given", _plain),
    "two_way_share": ("Share on either side that lets a headline be shown everywhere", _percent),
    "ward_multiple": ("Numbers of pupils in wards are rounded to multiples of", _plain),
    "hidden_count": ("Numbers of pupils below this look like none", _plain),
    "extreme_base": ("Answers from which such a share reads “<5 %” or “>95 %”", _plain),
    "answers_at": ("Tables that show the answers to single questions", _tables),
    "sensitive_kinds": ("Where a sensitive subject is shown", _places),
    "sensitive_dims": ("By what a sensitive subject is split in the borough", _dims),
}

VERDICTS: Words = {
    "alpha": ("Largest adjusted p of a “higher” or “lower”", _plain),
    "min_effect": ("Smallest difference of scores, in standard deviations", _plain),
    "min_points": ("Smallest difference of headlines, in points", _plain),
    "min_base": ("Fewest answers for a verdict", _plain),
    "most": ("Most topics that may stand out", _plain),
    "icc": ("Share of differences between pupils that lies between schools", _plain),
}
