"""The sentences, by rule: every clause comes from a released cell and from nothing else.

A sentence is a pattern of `reports/words` whose slots are filled here; around them stand our words
or the council's own. No causal words and no adjectives of praise or alarm. A number in a sentence
is the cell's, rounded as charts and tables round it.
"""

from dataclasses import dataclass
from typing import Literal

from reports.charts.words import number
from reports.disclosure.released import Comparison, HeadlineCell, Hidden, ScoreCell
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
    if found.verdict is None:
        few = f"fewer than {rule.min_base} answers are too few to tell a difference from chance"
        return Sentence(voice.say("none", at.measure, verdict="no verdict", why=few), (at,))
    word = f"{WORDS[found.verdict].lower()} in the other schools"
    said = voice.say(found.verdict, at.measure, verdict=word, chance=_chance(found, rule))
    return Sentence(said, (at,))


def _chance(found: Comparison, rule: VerdictRule) -> str:
    if found.verdict in {"higher", "lower"}:
        return "a difference this size is seldom seen by chance"
    if found.p_adjusted is not None and found.p_adjusted < rule.alpha:
        return "the difference is small"
    return "a difference this size is often seen by chance in a school of your size"


def hidden(voice: Voice, what: str, found: Hidden, measure: str) -> Sentence:
    """Why there is no number, in plain words."""
    said = voice.say("hidden", measure, what=what, hidden="not shown", why=found.reason)
    return Sentence(said)
