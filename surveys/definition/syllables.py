"""Counting the syllables of an English word: by its vowels, with the endings that are not said."""

from __future__ import annotations

import re

# Words that the rules below count wrongly, as a dictionary divides them.
_BY_COUNT = {
    1: """
        hour hours real tired
    """,
    2: """
        being business couldn't create didn't diet doesn't evening every hadn't homework
        isn't lion poem quiet really rhythm science shouldn't someday someone something
        sometime sometimes somewhere theatre themselves therefore wasn't wouldn't yourselves
    """,
    3: """
        anyone area created everyone everything everywhere idea ideas library radio somebody
        usual video whatever whenever wherever
    """,
    4: """
        everybody usually
    """,
    5: """
        orientation
    """,
}
_EXCEPTIONS = {word: count for count, words in _BY_COUNT.items() for word in words.split()}

_NOT_SAID = re.compile(
    r"(?<=[^aeiouy])e$(?<!le)"  # home, but not table
    r"|(?<=[aeiouy]l)e$"  # whole, smile
    r"|(?<=[^aeiouytd])e(?=d$)"  # asked, but not wanted
    r"|(?<=[^aeiouyschxzgl])e(?=s$)"  # times, but not places
    r"|(?<=th)e(?=s$)"  # clothes, but not dishes
    r"|(?<=[aeiouy]l)e(?=s$)"  # rules, but not tables
    r"|(?<=[^aeiouyl])e(?=(?:ly|ful|less|ment|ness)$)"  # lonely, careful, movement
    r"|(?<=[aeiouy]l)e(?=(?:ly|ful|less|ness)$)"
)
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are said one by one: being, easier, radio, usual.
_APART = re.compile(
    r"[aeiouy]ing$|i(?:er|est)$|[^tscg]io|[^tscg]ia|iu|uou|eou|[^q]ual|[^q]uat|[^aeiou]yi(?!ng$)"
)


def syllables(word: str) -> int:
    """At least 1."""
    word = word.lower().replace("’", "'")
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    word = word.replace("'", "").replace("qu", "q")
    word = re.sub(r"^y(?=[aeiou])", "", word)
    said = _NOT_SAID.sub("", word)
    return max(len(_VOWELS.findall(said)) + len(_APART.findall(said)), 1)
