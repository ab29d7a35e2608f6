"""A council's own words at random, and any words read back by their locked parts alone.

The grammar is this file's own: nothing of it comes from `reports/words`.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from reports.words import KINDS, OwnWords, Words, composed, problems

# Our sentence, and what its locked parts look like.
SENTENCES = (
    (
        "{}; if we asked again we would expect {}.",
        r"\d+ in 100 of your pupils said so",
        r"between \d+ and \d+",
    ),
    (
        "{}: {}; if we asked again we would expect {}.",
        "Mood, from 7 to 35",
        r"your pupils scored \d+\.\d on average",
        r"between \d+\.\d and \d+\.\d",
    ),
    ("{}.", "(?:fewer than 5|more than 95) in 100 of your pupils said so"),
    (
        "{}.",
        r"(?:none, one or two|all, or all but one or two,) of your pupils \(\d+ answers\) said so",
    ),
    (
        "{} it is {}.",
        "across all schools",
        r"(?:(?:all but )?fewer than \d pupils|(?:fewer than |more than )?\d+(?:\.\d)?)",
    ),
    (
        "{}: {}.",
        "(?:higher than|lower than|about the same as) in the other schools",
        "(?:a difference this size is seldom seen by chance"
        "|a difference this size is often seen by chance in a school of your size"
        "|among so many figures a difference this size may be chance"
        "|the difference is small)",
    ),
    ("{}.", r"in May 2024 the figure for your pupils was \d+(?:\.\d)?"),
    (
        "{}: {}.",
        "(?:higher than|lower than|about the same as) in May 2024",
        "(?:a difference this size is seldom seen by chance"
        "|a difference this size is often seen by chance in a school of your size"
        "|among so many figures a difference this size may be chance"
        "|the difference is small)",
    ),
    (
        "{}: {}.",
        "no verdict",
        "fewer than 30 answers are too few to tell a difference from chance",
    ),
)
ANYBODYS = [
    (
        ours,
        re.compile("".join(rf"(\D*?)\b({part})(?!\w)" for part in parts) + r"(\D*)", re.IGNORECASE),
    )
    for ours, *parts in SENTENCES
]
# What words around the locked parts may not tell.
TELLING = re.compile(
    r"\b(one|seven|thirty|half|most|few|all|more|fewer|higher|lower|than|same|rose|only|nearly"
    r"|chance|seldom|often|because|due to|good|poor|worrying|certain|true)\b",
    re.IGNORECASE,
)
HARMLESS = re.findall(
    r"\S+",
    "we ask again if and you would look see it here then so on that day with of these answers as a "
    "school pupils told us this year in summer the likely range for reading read on (see the "
    "method), & dŵr – well-kept the year’s lesson: ask Why? What. Now. Then. not never",
)
TEMPTING = re.findall(
    r"\S+",
    "seven thirty half most few all more fewer higher lower than same rose only nearly chance "
    "seldom often because good poor worrying certain true 7 31 {range} ! % <b> about minus",
)
SIGNS = (";", ":", ",", ".", "")
ENOUGH = 60


def in_ours(text: str) -> str:
    """A sentence with our words in the place of the council's.

    AssertionError where its locked parts are not those of a sentence of ours, in their order, or
    where the words around them tell of a figure too.
    """
    for ours, form in ANYBODYS:
        if found := form.fullmatch(text):
            free, parts = found.groups()[::2], found.groups()[1::2]
            assert not TELLING.search(" | ".join(free)), text
            first, *rest = parts
            said = ours.format(first, *(part[:1].lower() + part[1:] for part in rest))
            return said[:1].upper() + said[1:]
    raise AssertionError(f"no sentence of ours: {text}")


def council(seed: Sequence[int], measures: Sequence[str], school: str) -> Words:
    """Accepted words for every kind, for a third of the measures, and for some of the school.

    Another school has words, too, which begin with "Zebras".
    """
    draw, own = np.random.default_rng(list(seed)), []
    for kind in KINDS:
        chosen = draw.choice(measures, len(measures) // 3, replace=False)
        patterns = draw.choice(accepted(kind), 2 * len(chosen) + 1)
        own.append(OwnWords(kind, "", "", str(patterns[-1])))
        for place, measure in enumerate(map(str, chosen)):
            own.append(OwnWords(kind, measure, ("", school)[place % 2], str(patterns[place])))
            own.append(OwnWords(kind, measure, "another", f"Zebras. {patterns[-1 - place]}"))
    return Words.of(own, school)


@cache
def accepted(kind: str) -> tuple[str, ...]:
    """Random words around the locked parts of a kind that the rules let pass."""
    draw = np.random.default_rng(list(KINDS).index(kind))
    found: list[str] = []
    while len(found) < ENOUGH:
        pattern = _random_pattern(draw, KINDS[kind].names)
        if not problems(KINDS[kind], pattern):
            found.append(pattern)
    return tuple(found)


def _random_pattern(draw: np.random.Generator, slots: Sequence[str]) -> str:
    first, *between = (_random_words(draw) for _ in slots)
    between = [f"{draw.choice(SIGNS)} {words}" for words in between]
    return composed(slots, (first, *between, f"{_random_words(draw)}."))


def _random_words(draw: np.random.Generator) -> str:
    words = [str(word) for word in draw.choice(HARMLESS, int(draw.integers(0, 6)))]
    if draw.random() < 0.1:
        words.insert(int(draw.integers(0, len(words) + 1)), str(draw.choice(TEMPTING)))
    return " ".join(words)
