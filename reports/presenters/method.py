"""How the numbers are made, in words written from the rules themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.disclosure.rules import NOT_COVERED, RuleSet, rule_set
from reports.disclosure.rules import STANDARD as STANDARD_RULES
from reports.presenters.rule_words import Number, numbers
from reports.stats import verdicts as verdict_rules
from reports.stats.verdicts import STANDARD as STANDARD_VERDICT
from reports.stats.verdicts import VerdictRule

if TYPE_CHECKING:
    from reports.disclosure.released import ReleasedCube

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


READING = (
    ("34 in 100", "Of every 100 pupils who answered, 34. It stands for no one pupil."),
    ("The dot", "The figure of the pupils who are named beside it."),
    (
        "The fading band, “if we asked again”",
        "Where the figure would probably lie if the same lesson were held on another day. The "
        "fewer the answers, the wider it is.",
    ),
    ("The dashed line", "What the dot is held against: all schools together, or no change."),
    (
        "Higher than, lower than, about the same as",
        "The only three verdicts. Higher or lower is said where chance would seldom make such a "
        "difference and it is large enough to matter. Nothing is said of what is good or bad.",
    ),
    (
        "<5 %, hatched, not shown",
        "So few pupils stand behind a number that it could point at one of them. It is left out, "
        "and the reason is given.",
    ),
)


@dataclass(frozen=True)
class Chapter:
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Method:
    """`statement` is the promise; `not_covered` is what it does not promise.

    `numbers`: every number of the rules with its reason, in the order of the rule sets.
    `reading`: what stands on a chart or in a sentence, and what it means.
    """

    rules: str
    chapters: tuple[Chapter, ...]
    statement: str
    not_covered: str
    citations: tuple[str, ...]
    numbers: tuple[Number, ...]
    reading: tuple[tuple[str, str], ...] = READING


def method(
    citations: tuple[str, ...] = (),
    rules: RuleSet = STANDARD_RULES,
    verdicts: VerdictRule = STANDARD_VERDICT,
) -> Method:
    """Chapters for readers, every number of which stands in the rules given."""
    return Method(
        rules=f"{rules.name} {rules.version}, {verdicts.name} {verdicts.version}",
        chapters=(
            Chapter("What is shown", _shown(rules)),
            Chapter("What is held back", _held_back(rules)),
            Chapter("Intervals and verdicts", _verdicts(verdicts)),
            Chapter("What the numbers cannot say", LIMITS),
        ),
        statement=_promise(rules),
        not_covered=NOT_COVERED,
        citations=citations,
        numbers=numbers(rules, verdicts),
    )


def method_of(cube: "ReleasedCube", citations: tuple[str, ...] = ()) -> Method:
    """By the rules under which these figures were released, whatever the rules are now."""
    return method(citations, *_named(cube.rules, cube.verdict_rule))


def method_of_build(rules: Mapping[str, Mapping[str, object]]) -> Method:
    """By the rules stored with a build."""
    names = (f"{rules[kind]['name']} {rules[kind]['version']}" for kind in RULES)
    return method((), *_named(*names))


RULES = ("disclosure", "verdicts")


def _named(rules: str, verdict_rule: str) -> tuple[RuleSet, VerdictRule]:
    name, _, version = rules.rpartition(" ")
    verdict, _, number = verdict_rule.rpartition(" ")
    return rule_set(name, int(version)), verdict_rules.rule(verdict, int(number))


def _promise(rules: RuleSet) -> str:
    fewest = min(rules.k, rules.m)
    word = WORDS[fewest] if fewest < len(WORDS) else fewest
    return f"No calculation from our published tables can isolate fewer than {word} pupils."


LIMITS = (
    "The survey is of pupils who took part. Pupils who were away, opted out or chose not to "
    "answer may differ from those who did.",
    "A difference between groups does not say what brought it about.",
    "Schools are never put in order, and no school is named on public pages.",
)


def _shown(rules: RuleSet) -> tuple[str, ...]:
    return (
        "Each topic has a headline, the share of pupils who meet a named threshold. Where a "
        "topic has a scale, its average score stands beside it.",
        "“Don’t know” and “prefer not to say” are shown among the answers and are left out of "
        "headlines and scores.",
        "The answers to single questions are shown for the whole borough, for localities, for "
        "schools and for a school's year groups.",
        "Where a pupil's group is not recorded, the pupil is counted with the group of another "
        "pupil of the same school and year, so that nobody can be found by subtraction.",
    )


def _held_back(rules: RuleSet) -> tuple[str, ...]:
    share = round(100 * rules.max_school_share)
    two_way = round(100 * rules.two_way_share)
    return (
        f"A table is published whole or not at all: every group in it has at least {rules.k} "
        "pupils, and a figure has at least as many answers.",
        f"All tables are checked together: no sum or difference of them touches fewer than "
        f"{rules.m} pupils.",
        f"A locality or ward is shown where pupils of at least {rules.min_schools} schools live "
        f"there, and no school has more than {share} in 100 of them.",
        f"A school is compared where there are at least {rules.min_other_schools} other schools.",
        f"Fewer than {rules.hidden_count} pupils on either side of a headline are never told "
        f"apart from none; with {rules.extreme_base} answers or more this reads “<5 %” or “>95 %”. "
        "Where a smaller table would need such words, the headline is left out of it.",
        f"Headlines that fewer than {two_way} or more than {100 - two_way} in 100 pupils of the "
        "borough meet are not split by ward or small group.",
        f"In wards the number of pupils behind a headline is rounded to a multiple of "
        f"{rules.ward_multiple}.",
        f"The spread of a score is given for {rules.sd_base} pupils or more.",
    )


def _verdicts(rule: VerdictRule) -> tuple[str, ...]:
    return (
        "The interval says where we would expect the figure if we asked again: 95 times in 100 "
        "an interval made in this way holds the true figure.",
        "A school's verdict is one of three: higher than, lower than, or about the same as in the "
        "other schools taken together.",
        f"“Higher” or “lower” needs two things: chance alone would seldom make such a difference "
        f"(adjusted p below {rule.alpha:g}, by the method of Benjamini and Hochberg over all "
        "comparisons of one view), and the difference is large enough to matter "
        f"({rule.min_points:g} points, or {rule.min_effect:g} of a standard deviation for scores).",
        f"With fewer than {rule.min_base} answers there is no verdict.",
    )
