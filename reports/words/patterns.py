"""A pattern: words with named slots, such as "{figure}; if we asked again … {range}."."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

SLOT = re.compile(r"\{([a-z_]+)\}")
CLOSING = ".,;:?)"  # no space before these
ENDS = (".", "?")  # of a sentence


@dataclass(frozen=True)
class Pattern:
    """Ready to be filled. `steps`: words, the slot behind them, whether it begins a sentence."""

    steps: tuple[tuple[str, str, bool], ...]
    tail: str

    def fill(self, slots: Mapping[str, str]) -> str:
        """The sentence. KeyError where a slot has no value; other values are left alone."""
        parts: list[str] = []
        for words, slot, begins in self.steps:
            value = slots[slot]
            parts += (words, f"{value[:1].upper()}{value[1:]}" if begins else value)
        return "".join((*parts, self.tail)).rstrip()


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> Pattern:
    """Read once; a report fills some hundreds of sentences."""
    *words, tail = SLOT.split(pattern)
    steps = zip(words[::2], words[1::2], strict=True)
    return Pattern(tuple((text, slot, _begins(text)) for text, slot in steps), tail)


def _begins(words: str) -> bool:
    """Whether a sentence begins behind these words; behind a slot none does."""
    before = words.rstrip()
    return before.endswith(ENDS) or not words


def split(pattern: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slots' names in order, and the words before, between and behind them, one more."""
    words = SLOT.split(pattern)
    return tuple(words[1::2]), tuple(each.strip() for each in words[::2])


def gaps(pattern: str) -> tuple[str, ...]:
    """The words around the slots."""
    return split(pattern)[1]


def composed(slots: Sequence[str], words: Sequence[str]) -> str:
    """The pattern of slots with words around them, `split` the other way round.

    Spaces are set here and nowhere else, so that no number can be joined to a word or a sign.
    Raises ValueError where there are not one more words than slots.
    """
    first, *rest = (tidied(each) for each in words)
    text = first
    for slot, gap in zip(slots, rest, strict=True):
        text += f"{' ' if text else ''}{{{slot}}}"
        text += gap if not gap or gap[0] in CLOSING else f" {gap}"
    return text


def tidied(words: str) -> str:
    """As words are kept: one form of each letter, single spaces, typographic apostrophes."""
    text = " ".join(unicodedata.normalize("NFKC", words).split()).replace("'", "’")
    return re.sub(rf" +([{re.escape(CLOSING)}])", r"\1", text)
