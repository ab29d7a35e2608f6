"""The sentences, by rule: every clause comes from a released cell and from nothing else.

A sentence is a pattern of `reports/words` whose slots are filled here; around them stand our words
or the council's own. No causal words and no adjectives of praise or alarm. A number in a sentence
is the cell's, rounded as charts and tables round it.
"""

from dataclasses import dataclass
from typing import Literal

from reports.charts.words import number
from reports.disclosure.released import Comparison, HeadlineCell, Hidden, ScoreCell, Since
from reports.stats.verdicts import STANDARD, VerdictRule
from reports.words import SHIPPED, Words
from reports.words.kinds import Audience

Shown = HeadlineCell | ScoreCell

BETTER = {
    "higher_better": "A higher score is better.",
    "lower_better": "A lower score is better.",
}


@dataclass(frozen=True)
class CellId:
    """Where a number stands: a group's id and a measure's key."""

    group: str
    measure: str


@dataclass(frozen=True)
class Sentence:
    """Words, and the cells that every number in them comes from."""

    text: str
    cells: tuple[CellId, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Voice:
    """Who is spoken of, and in whose words.

    of: behind "34 in 100 ". doer: before a verb. people: behind "one or two of ".
    everybody: before the figure that stands beside.
    """

    audience: Audience
    of: str
    doer: str
    people: str
    everybody: str
    words: Words = SHIPPED

    @classmethod
    def of_school(cls, pupils: str, words: Words = SHIPPED) -> "Voice":
        """To a school about its own pupils, such as "Year 8 girls"."""
        yours = f"your {pupils}"
        everybody = f"across all schools{_which(pupils)}"
        return cls("school", f"of {yours}", yours, yours, everybody, words)

    @classmethod
    def of_area(cls, pupils: str, name: str, borough: str, words: Words = SHIPPED) -> "Voice":
        """To anybody about the pupils who live in a place."""
        they = f"{pupils} in {name}"
        everybody = f"across {borough}{_which(pupils)}"
        return cls("area", they, they, f"the {they}", everybody, words)

    def say(self, kind: str, measure: str, **slots: str) -> str:
        """The sentence of a kind, in the words that are in force for this measure."""
        return self.words.say(f"{self.audience}-{kind}", measure, slots)


def _which(pupils: str) -> str:
    return "" if pupils == "pupils" else f", for {pupils},"


def headline(voice: Voice, label: str, cell: HeadlineCell, at: CellId) -> Sentence:
    """ "34 in 100 of your pupils said …; if we asked again we would expect between 28 and 41."."""
    if cell.percent is None or cell.low is None or cell.high is None:
        figure = f"{_extreme(voice, cell)} {label}"
        return Sentence(voice.say("rare", at.measure, figure=figure), (at,))
    figure = f"{number(cell.percent, 0, '')} in 100 {voice.of} {label}"
    likely = _between(cell.low, cell.high, 0)
    return Sentence(voice.say("headline", at.measure, figure=figure, range=likely), (at,))


def _extreme(voice: Voice, cell: HeadlineCell) -> str:
    """What may be said of a share too near nought or the whole."""
    if cell.label == "<5 %":
        return f"fewer than 5 in 100 {voice.of}"
    if cell.label == ">95 %":
        return f"more than 95 in 100 {voice.of}"
    whole = "all, or all but one or two," if cell.label.startswith("all") else "none, one or two"
    return f"{whole} of {voice.people} ({cell.n} answers)"


def _between(low: float, high: float, decimals: int) -> str:
    """The likely range. One slot, so that no words can turn its ends round."""
    return f"between {number(low, decimals, '')} and {number(high, decimals, '')}"


def score(
    voice: Voice, title: str, cell: ScoreCell, at: CellId, low: float, high: float
) -> Sentence:
    """A mean with its interval; `low` and `high` are the ends of the scale."""
    said = voice.say(
        "score",
        at.measure,
        scale=f"{title}, from {low:g} to {high:g}",
        figure=f"{voice.doer} scored {number(cell.mean, 1, '')} on average",
        range=_between(cell.low, cell.high, 1),
    )
    return Sentence(said, (at,))


def beside(voice: Voice, cell: Shown, at: CellId) -> Sentence:
    """The same figure for everybody: "Across all schools it is 30."."""
    said = voice.say("beside", at.measure, everybody=voice.everybody, figure=plain(cell))
    return Sentence(said, (at,))


def plain(cell: Shown) -> str:
    """A figure as it stands in a sentence: "30", "23.4", "fewer than 5"."""
    if isinstance(cell, ScoreCell):
        return number(cell.mean, 1, "")
    if cell.percent is not None:
        return number(cell.percent, 0, "")
    return {"<5 %": "fewer than 5", ">95 %": "more than 95"}.get(cell.label, f"{cell.label} pupils")


Word = Literal["Higher than", "Lower than", "About the same as"]
WORDS: dict[str, Word] = {
    "higher": "Higher than",
    "lower": "Lower than",
    "same": "About the same as",
}


def verdict(voice: Voice, found: Comparison, at: CellId, rule: VerdictRule = STANDARD) -> Sentence:
    """One of three verdicts against the other schools, and how far chance goes."""
    return _verdict(voice, "", "in the other schools", found, at, rule)


def since(
    voice: Voice, found: Since, then: str, decimals: int, at: CellId, rule: VerdictRule = STANDARD
) -> tuple[Sentence, ...]:
    """What the figure was in the wave before, and one of three verdicts on what lies between.

    Args:
        then: when that was, such as "June 2024". decimals: 0 for shares in percent.
    """
    now, before = (number(each, decimals, "") for each in (found.value, found.before))
    figure = f"in {then} the figure for {voice.doer} was {before}"
    if found.schools is not None:
        figure = (
            f"in the {found.schools} schools that took part both times it was {before} in {then} "
            f"and is {now} now"
        )
    said = Sentence(voice.say("then", at.measure, figure=figure), (at,))
    return said, _verdict(voice, "since-", f"in {then}", found, at, rule)


def _verdict(
    voice: Voice, kinds: str, beside: str, found: Comparison | Since, at: CellId, rule: VerdictRule
) -> Sentence:
    """kinds: how the names of these sentences begin in `reports/words`."""
    if found.verdict is None:
        few = f"fewer than {rule.min_base} answers are too few to tell a difference from chance"
        said = voice.say(f"{kinds}none", at.measure, verdict="no verdict", why=few)
        return Sentence(said, (at,))
    word = f"{WORDS[found.verdict].lower()} {beside}"
    chance = _chance(voice, found, rule)
    said = voice.say(f"{kinds}{found.verdict}", at.measure, verdict=word, chance=chance)
    return Sentence(said, (at,))


def _chance(voice: Voice, found: Comparison | Since, rule: VerdictRule) -> str:
    if found.verdict in {"higher", "lower"}:
        return "a difference this size is seldom seen by chance"
    if found.p_adjusted is not None and found.p_adjusted < rule.alpha:
        return "the difference is small"
    if found.p is not None and found.p < rule.alpha:
        return "among so many figures a difference this size may be chance"
    size = " in a school of your size" if voice.audience == "school" else ""
    return f"a difference this size is often seen by chance{size}"


def change(what: str, found: Since, then: str, decimals: int, at: CellId) -> Sentence:
    """Both figures and what lies between them, with its likely range.

    Args:
        what: the figure, such as "Pupils who felt calm". decimals: 0 for shares in percent.
    """
    behind, points = (" in 100", " points") if decimals == 0 else ("", "")
    now, before = (f"{number(each, decimals, '')}{behind}" for each in (found.value, found.before))
    return Sentence(
        f"{what}: {before} in {then}, {now} now. "
        f"{apart(found.difference, decimals, points)}; if we asked again we would expect "
        f"{between(found.low, found.high, decimals, points)}.",
        (at,),
    )


HIGHER, WIDER = ("higher", "lower"), ("wider", "narrower")


def apart(difference: float, decimals: int, unit: str = "", ways: tuple[str, str] = HIGHER) -> str:
    """ "4 points higher", "0.3 lower"; "0 points apart" where nothing is left after rounding."""
    size = number(abs(difference), decimals, "")
    return " ".join((f"{size}{_unit(size, unit)}", _way(difference, size, ways) or "apart"))


def between(
    low: float, high: float, decimals: int, unit: str = "", ways: tuple[str, str] = HIGHER
) -> str:
    """The ends of a difference: "between 1 and 7 points higher", or one on either side."""
    ends = [number(abs(each), decimals, "") for each in (low, high)]
    one, two = (_way(end, size, ways) for end, size in zip((low, high), ends, strict=True))
    if one and two and one != two:
        first, second = (f"{size}{_unit(size, unit)}" for size in ends)
        return f"between {first} {one} and {second} {two}"
    way = one or two
    if way == ways[1]:
        ends.reverse()
    return " ".join(filter(None, (f"between {ends[0]} and {ends[1]}{unit}", way)))


def _way(difference: float, size: str, ways: tuple[str, str]) -> str:
    """Which way a difference goes, as it is shown: nought goes no way."""
    return "" if float(size) == 0 else ways[difference < 0]


def _unit(size: str, unit: str) -> str:
    return unit.removesuffix("s") if size == "1" else unit


def hidden(voice: Voice, what: str, found: Hidden, measure: str) -> Sentence:
    """Why there is no number, in plain words."""
    said = voice.say("hidden", measure, what=what, hidden="not shown", why=found.reason)
    return Sentence(said)
