"""What may stand around the locked parts of a sentence, and what may not, with the reason.

The lists (`refused.json`) are English, and no list knows every way to mislead: two people read
the words of a build before they are released. What the lists do make sure of is that no number,
verdict or cause is said by anything but a locked part.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reports.words.kinds import Kind
from reports.words.patterns import ENDS, composed, split

LISTS = Path(__file__).with_name("refused.json")
MOST, MOST_TOGETHER = 200, 300  # letters and signs: in one place, in a sentence
SIGNS = " .,;:?()–-’&"
LOCKED = (
    "The locked parts stand once each, in their order, and nothing else stands in braces. Start "
    "again from the words in force."
)
STOP = "The sentence ends with a full stop or a question mark."
ASKED = "A sentence with a locked part is no question: end it with a full stop."
EMPTY = "Between two locked parts there must be a word or a sign."
LOOSE = "A hyphen stands between two letters, a dash between two words, an apostrophe in a word."
BRACKETS = "A bracket that is opened is closed in the same place."
SPACES = "The spaces between the words are not as they are kept."
LATIN = "Only letters of the Latin alphabet: others could be read in another order."
ROMAN = re.compile(r"\b[IVXLCDM]{2,}\b")
_LETTER = r"[^\W\d_]"
_SET_RIGHT = re.compile(rf"(?<={_LETTER})(?:-(?={_LETTER})|’| ?– ?(?={_LETTER}))")


@dataclass(frozen=True)
class Problem:
    """What is wrong with the words at `place`, counted from nought; None: with all of them."""

    place: int | None
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class WordList:
    """Words that are refused, where, and why."""

    key: str
    where: str
    why: str
    words: tuple[str, ...]
    found: re.Pattern[str]


def problems(kind: Kind, pattern: str) -> tuple[Problem, ...]:
    """Everything against a pattern in the place of the one we ship; nothing: it may be spoken."""
    names, words = split(pattern)
    if names != kind.names or "{" in "".join(words) or "}" in "".join(words):
        return (Problem(None, LOCKED),)
    told = (*_signs(words), *_between(words, split(kind.pattern)[1]), *_refused(words))
    found = [Problem(place, text) for place, text in told]
    if sum(map(len, words)) > MOST_TOGETHER:
        found.append(Problem(None, f"At most {MOST_TOGETHER} letters and signs in all."))
    if not found and composed(kind.names, words) != pattern:
        found.append(Problem(None, SPACES))
    return tuple(found)


Told = Iterator[tuple[int, str]]


def _signs(words: tuple[str, ...]) -> Told:
    for place, each in enumerate(words):
        yield from ((place, text) for text in _in_one_place(each))


def _in_one_place(words: str) -> Iterator[str]:
    """Signs and length."""
    if len(words) > MOST:
        yield f"At most {MOST} letters and signs here."
    others = [each for each in dict.fromkeys(words) if each not in SIGNS]
    if any(each.isalpha() and not _latin(each) for each in others):
        yield LATIN
    yield from (_no_sign(each) for each in others if not each.isalpha())
    for number in ROMAN.findall(words):
        yield f"“{number}” can be read as a number, and only the locked figures may be one."
    if any(sign in _SET_RIGHT.sub("", words) for sign in "-’–"):
        yield LOOSE
    if not {"(", ")"}.isdisjoint(re.sub(r"\([^()]*\)", "", words)):
        yield BRACKETS


def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")


def _no_sign(sign: str) -> str:
    if unicodedata.category(sign).startswith("N"):
        return f"“{sign}” is a number, and only the locked figures may be one."
    if not sign.isprintable() or unicodedata.category(sign).startswith("M"):
        return f"There is a sign that cannot be seen ({unicodedata.name(sign, 'unnamed').lower()})."
    return f"“{sign}” cannot stand here: words and {SIGNS.strip()} only."


def _between(words: tuple[str, ...], shipped: tuple[str, ...]) -> Told:
    """What the places ask for: something between two parts, an end of the sentence."""
    last = len(words) - 1
    for place, each in enumerate(words):
        if 0 < place < last and not each:
            yield place, EMPTY
        if place and _sentences(each)[0].endswith("?"):
            yield place, ASKED
    if (words[last] or shipped[last]) and not words[last].endswith(ENDS):
        yield last, STOP


def _refused(words: tuple[str, ...]) -> Told:
    """Each word once, with the reason of the first list that holds it."""
    last = len(words) - 1
    for place, each in enumerate(words):
        parts = {
            "anywhere": [_folded(each)],
            "beside": [*map(_folded, _beside(each, behind=place > 0, before=place < last))],
            "before": [_folded(each)] if place < last else [],
        }
        found: dict[str, str] = {}
        for listed in word_lists():
            for part in parts[listed.where]:
                for word in listed.found.findall(part):
                    found.setdefault(word, listed.why)
        yield from ((place, f"“{word}” {why}.") for word, why in found.items())


def _sentences(words: str) -> list[str]:
    return re.split(r"(?<=[.?]) ", words)


def _beside(words: str, *, behind: bool, before: bool) -> Iterator[str]:
    """What of these words shares a sentence with the slot that they stand behind or before."""
    first, *_ = every = _sentences(words)
    if behind:
        yield first
    if before and not every[-1].endswith(ENDS) and not (behind and len(every) == 1):
        yield every[-1]


def _folded(words: str) -> str:
    """Small letters without marks, single spaces in the place of hyphens and dashes."""
    plain = "".join(
        each for each in unicodedata.normalize("NFKD", words) if not unicodedata.combining(each)
    )
    return " ".join(re.sub(r"[-–]", " ", plain.casefold()).replace("’", "'").split())


@cache
def word_lists() -> tuple[WordList, ...]:
    """The lists of the file. Raises ValueError for one without words, or without a reason."""
    return tuple(_word_list(each) for each in json.loads(LISTS.read_text("utf-8"))["lists"])


def _word_list(given: dict[str, Any]) -> WordList:
    words, why, where = tuple(given["words"]), given["why"].strip(), given["where"]
    if not words or not why or where not in {"anywhere", "beside", "before"}:
        raise ValueError(f"the list {given['key']!r} lacks words, a reason or a place")
    choice = "|".join(re.escape(word).replace(r"\*", "[a-z]*") for word in words)
    end = "$" if where == "before" else "(?![a-z])"
    return WordList(given["key"], where, why, words, re.compile(rf"(?<![a-z])(?:{choice}){end}"))
