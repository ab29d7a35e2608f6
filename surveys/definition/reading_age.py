"""How old a reader must be for a question: two published formulae and a list of common words.

Flesch-Kincaid grade: Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability
formulas for Navy enlisted personnel", Research Branch Report 8-75, 1975.
Coleman-Liau index: Coleman and Liau, "A computer readability formula designed for machine
scoring", Journal of Applied Psychology 60 (2), 1975, 283-284.
Both give a school grade of the United States; a pupil of grade g is about g + 5 years old.

Both were fitted to passages of a hundred words and more. One short question swings by years, so a
question is too hard when both say so or one says so by far; the whole questionnaire is held to
either. The words (surveys/questionnaires/words.txt) are a list of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from surveys.definition.problems import Problem, pointer
from surveys.definition.shapes import Item, Questionnaire
from surveys.definition.syllables import syllables

WORDS_FILE = Path(__file__).parents[1] / "questionnaires" / "words.txt"
OLDEST = 11.0  # what is asked should be read with ease at this age
FAR = 2.0  # years beyond it at which one formula alone is enough

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)")


@dataclass(frozen=True)
class Text:
    """Counts of a text. Figures in digits are no words: they read the same at every age."""

    words: int
    sentences: int
    syllables: int
    letters: int

    @property
    def flesch_kincaid(self) -> float:
        """Age in years."""
        per_sentence, per_word = self.words / self.sentences, self.syllables / self.words
        return 0.39 * per_sentence + 11.8 * per_word - 15.59 + 5

    @property
    def coleman_liau(self) -> float:
        """Age in years."""
        letters, sentences = self.letters / self.words, self.sentences / self.words
        return 5.88 * letters - 29.6 * sentences - 15.8 + 5


@dataclass(frozen=True)
class ItemReading:
    """One question: its text and help measured, and words that stand on no list of ours."""

    item: str
    text: Text
    hard: tuple[str, ...]

    @property
    def too_old(self) -> bool:
        low, high = sorted((self.text.flesch_kincaid, self.text.coleman_liau))
        return low > OLDEST or high > OLDEST + FAR


def age(*texts: str) -> float:
    """Years a reader has to be, the mean of both formulae. ZeroDivisionError without words."""
    text = measure(*texts)
    return (text.flesch_kincaid + text.coleman_liau) / 2


def measure(*texts: str) -> Text:
    """Count texts; each ends a sentence. Raises ZeroDivisionError later for one without words."""
    words = [word for text in texts for word in words_in(text)]
    return Text(
        words=len(words),
        sentences=sum(map(_sentences, texts)),
        syllables=sum(map(syllables, words)),
        letters=sum(character.isalpha() for word in words for character in word),
    )


def words_in(text: str) -> list[str]:
    return _WORD.findall(text)


def item_reading(item: Item) -> ItemReading:
    """Options are looked at for hard words only: a label is no sentence."""
    sentences = [text for text in (item.text, item.help) if text]
    labels = [option.label for option in item.kind.options]
    return ItemReading(item.key, measure(*sentences), hard_words(*sentences, *labels))


def whole_reading(questionnaire: Questionnaire) -> Text:
    """All questions, with their helps and the sentences above them, as one passage."""
    texts = [page.intro for page in questionnaire.pages]
    texts += [text for item in questionnaire.items.values() for text in (item.text, item.help)]
    return measure(*filter(None, texts))


def hard_words(*texts: str) -> tuple[str, ...]:
    """The words that are neither on the list nor made from one that is, each once."""
    words = (word.lower().replace("’", "'") for text in texts for word in words_in(text))
    return tuple(dict.fromkeys(word for word in words if not is_common(word)))


def is_common(word: str) -> bool:
    return not common_words().isdisjoint(_stems(word))


@cache
def common_words() -> frozenset[str]:
    lines = WORDS_FILE.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def age_findings(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What a pupil of eleven would stumble over. English only: the formulae know no other."""
    for n, page in enumerate(questionnaire.pages):
        for place, item in enumerate(page.items):
            for finding in _findings(item_reading(item)):
                yield Problem(pointer("pages", n, "items", place), finding)
        if hard := hard_words(page.intro, page.section):
            yield Problem(pointer("pages", n), f"{page.key} has hard words: {', '.join(hard)}.")
    whole = whole_reading(questionnaire)
    if max(whole.flesch_kincaid, whole.coleman_liau) > OLDEST:
        yield Problem("/pages", f"The questions are written for an older reader: {_ages(whole)}.")


def _findings(reading: ItemReading) -> Iterator[str]:
    if reading.too_old:
        yield f"{reading.item} is written for an older reader: {_ages(reading.text)}."
    if reading.hard:
        yield f"{reading.item} has hard words: {', '.join(reading.hard)}."


def reading_table(questionnaire: Questionnaire) -> list[str]:
    """A line a question: words, age by Flesch-Kincaid, age by Coleman-Liau, hard words."""
    lines = [_line(item_reading(item)) for item in questionnaire.items.values()]
    whole = ItemReading("all questions", whole_reading(questionnaire), ())
    return [f"{'item':30} words   F-K   C-L  hard words", *lines, _line(whole)]


def _line(reading: ItemReading) -> str:
    text = reading.text
    ages = f"{text.flesch_kincaid:5.1f} {text.coleman_liau:5.1f}"
    return f"{reading.item:30} {text.words:5} {ages}  {', '.join(reading.hard)}".rstrip()


def _ages(text: Text) -> str:
    return f"{text.flesch_kincaid:.1f} and {text.coleman_liau:.1f} years"


def _sentences(text: str) -> int:
    return max(len(_SENTENCE_END.findall(text)), 1)


def _stems(word: str) -> Iterable[str]:
    """The word, and what it may have been made from by a common ending."""
    yield word
    word = re.sub(r"'(s|ll|re|ve|d|m|t)?$", "", word)
    yield word
    for ending in (
        "s",
        "es",
        "d",
        "ed",
        "ing",
        "er",
        "r",
        "est",
        "st",
        "ly",
        "ful",
        "less",
        "ness",
    ):
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word.removesuffix(ending)
            yield from (stem, stem + "e")
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
