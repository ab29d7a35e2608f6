"""Each rule for a council's own words: what it refuses, with the reason, and what it lets pass."""

import json
from pathlib import Path

import pytest

from reports.words import KINDS, composed, problems
from reports.words.rules import (
    ASKED,
    BRACKETS,
    EMPTY,
    LATIN,
    LOCKED,
    LOOSE,
    MOST,
    MOST_TOGETHER,
    SPACES,
    STOP,
    _word_list,
    word_lists,
)

HEADLINE, HIDDEN, RARE = (KINDS[f"school-{name}"] for name in ("headline", "hidden", "rare"))

# For each list: words that it refuses, between the figure and the range, and words that pass.
LISTS = {
    "number": (["thirty", "half", "a third of them", "few", "twice", "thirty-one", "Everybody",
                "per cent", "no one", "Séven"], ["behalf", "someday", "phone", "attend"]),
    "comparing": (["more", "fewer", "better than", "less", "lower", "the same as", "compared with",
                   "Above", "typical", "rank"], ["moreover", "blower", "followers"]),
    "change": (["rose", "has risen", "improved", "up", "declining", "growing"],
               ["upon asking", "update", "prose"]),
    "hedge": (["only", "just", "at least", "even", "nearly", "roughly", "very"],
              ["event", "justice", "overall"]),
    "before": (["we would ask about", "it is like", "minus", "look to", "the year by"],
               ["about this we would expect", "from what they said, expect"]),
    "negation": (["we would not expect", "never", "we wouldn't expect", "no, expect", "unless"],
                 ["notes say", "know", "nevertheless"]),
    "supposition": (["perhaps", "we might expect", "it seems", "allegedly"], ["mighty", "seams"]),
    "truth": (["this is wrong, expect", "true", "ignore this", "errors"], ["trueness", "terror"]),
    "certainty": (["we are certain of", "surely", "proven", "exactly"], ["measure", "proofread"]),
    "chance": (["by luck", "by chance", "seldom", "significantly", "always"], ["cluck", "oft"]),
    "causal": (["because", "due to this,", "as a result", "leads to", "caused", "therefore"],
               ["clause", "results show", "leaders ask, expect"]),
    "praise or alarm": (["worrying", "poor", "an excellent", "alarming", "sadly", "good", "Strong"],
                        ["wellbeing", "goods", "adopts"]),
    "promise": (["anonymous", "anonymously"], ["private"]),
}  # fmt: skip


def wrong(*words: str, kind: str = "school-headline") -> list[tuple[int | None, str]]:
    """Every problem of words around the slots of a kind."""
    found = problems(KINDS[kind], composed(KINDS[kind].names, words))
    return [(each.place, str(each)) for each in found]


def told(between: str) -> list[str]:
    return [text for _, text in wrong("", f"; {between}", ".")]


CASES = [(key, words) for key, (refused, _) in LISTS.items() for words in refused]


@pytest.mark.parametrize(("key", "words"), CASES)
def test_a_word_of_each_list_is_refused_with_its_reason(key: str, words: str) -> None:
    why = next(each.why for each in word_lists() if each.key == key)
    found = told(words)
    assert found
    assert any(text.endswith(f"{why}.") for text in found)


@pytest.mark.parametrize("words", [word for _, passed in LISTS.values() for word in passed])
def test_a_word_that_only_looks_like_one_passes(words: str) -> None:
    assert told(words) == []


def test_the_word_is_named_without_its_accents_and_hyphens() -> None:
    assert told("Sévén of them")[0].startswith("“seven” says how many")
    assert [text.split("”")[0] for text in told("thirty-one")] == ["“thirty", "“one"]


def test_every_list_has_its_cases_and_every_word_of_it_is_refused() -> None:
    assert LISTS.keys() == {each.key for each in word_lists()}
    passed = [
        (listed.key, word)
        for listed in word_lists()
        for word in listed.words
        if not told(f"so {word.replace('*', '')}")
    ]
    assert passed == []


@pytest.mark.parametrize(
    "pattern",
    [
        "{range}; if we asked again we would expect {figure}.",  # turned round
        "{figure}; we would expect {range} and {range}.",
        "{figure}; we would expect between this and that.",
        "{figure} {scale}; {range}.",
        "{figure}; {} we would expect {range}.",
        "{figure}; we would expect {range!r}.",
        "",
    ],
)
def test_locked_parts_stand_once_each_in_their_order(pattern: str) -> None:
    assert [str(each) for each in problems(HEADLINE, pattern)] == [LOCKED]


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("7", "“7” is a number"),
        ("٣", "“٣” is a number"),
        ("½", "“1” is a number"),
        ("²", "“2” is a number"),
        ("IV", "“IV” can be read as a number"),
        ("%", "“%” cannot stand here"),
        ("<b>", "“<” cannot stand here"),
        ("*", "“*” cannot stand here"),
        ("=", "“=” cannot stand here"),
        ("[x]", "“[” cannot stand here"),
        ("“x”", "““” cannot stand here"),
        ("!", "“!” cannot stand here"),
        ("a/b", "“/” cannot stand here"),
        ("\u202e", "There is a sign that cannot be seen (right-to-left override)"),
        ("\u200b", "There is a sign that cannot be seen (zero width space)"),
        ("o\u034fnly", "There is a sign that cannot be seen (combining grapheme joiner)"),
        ("оnly", LATIN),  # a Cyrillic o
        ("אחד", LATIN),
        ("- we", LOOSE),
        ("we -", LOOSE),
        ("we –", LOOSE),
        ("’we", LOOSE),
        ("(we", BRACKETS),
        ("we)", BRACKETS),
        (")we(", BRACKETS),
    ],
)
def test_signs(sign: str, said: str) -> None:
    assert any(text.startswith(said) for text in told(sign)), told(sign)


@pytest.mark.parametrize(
    "words",
    [
        "ask us & we would expect",
        "in the follow-on lesson, expect",
        "(see the method), expect",
        "the schools’ figures – and ours – expect",
        "we’d expect",
        "gofynnwch eto: dŵr, ŷ, é, ł",
    ],
)
def test_signs_that_pass(words: str) -> None:
    assert told(words) == []


def test_the_sentence_and_its_locked_parts_are_closed() -> None:
    assert wrong("", "; expect", "") == [(2, STOP)]
    assert wrong("", "; expect", ". Ask us") == [(2, STOP)]
    assert wrong("", "; expect", ". Any questions?") == []
    assert wrong("", "", ".") == [(1, EMPTY)]
    assert wrong("", "; expect", "?") == [(2, ASKED)]
    assert wrong("", "? We expect", ".") == [(1, ASKED)]
    assert wrong("What do pupils say?", "; expect", ".") == []
    assert wrong("", ":", ".", "", kind="school-hidden") == []
    assert wrong("", ":", ".", "So", kind="school-hidden") == [(3, STOP)]
    assert wrong("", "", kind="school-rare") == [(1, STOP)]


def test_a_negation_has_a_sentence_of_its_own() -> None:
    assert wrong("", "; expect", ". This does not say why.") == []
    assert wrong("We do not judge.", "; expect", ".") == []
    assert [p for p, _ in wrong("We do not say that", "; expect", ".")] == [0]
    assert [p for p, _ in wrong("", "; that is not so. Expect", ".")] == [1]
    assert [p for p, _ in wrong("", ". Expect, no,", ".")] == [1]


def test_length() -> None:
    long = "a" * (MOST + 1)
    assert wrong("", f"; {long[3:]}", ".") == []
    assert wrong("", f"; {long}", ".") == [(1, f"At most {MOST} letters and signs here.")]
    together = (f"{long[1:]}.", f"; {'a' * (MOST_TOGETHER - MOST)}", ".")
    assert wrong(*together)[-1] == (None, f"At most {MOST_TOGETHER} letters and signs in all.")


def test_words_are_as_they_are_kept() -> None:
    assert [str(p) for p in problems(HEADLINE, "{figure};expect {range}.")] == []
    assert [str(p) for p in problems(HEADLINE, "{figure};  expect{range}.")] == [SPACES]


def test_each_word_is_told_once_where_it_stands() -> None:
    found = wrong("Only more", "; only expect", ". Only, only then.")
    assert [place for place, _ in found] == [0, 0, 1, 2]
    assert len({text for place, text in found if place == 0}) == 2


def test_a_list_without_a_reason_is_refused(tmp_path: Path) -> None:
    given = json.loads('{"key": "x", "where": "anywhere", "why": " ", "words": ["a"]}')
    with pytest.raises(ValueError, match="'x' lacks words, a reason or a place"):
        _word_list(given)
    with pytest.raises(ValueError, match="lacks"):
        _word_list({**given, "why": "so", "where": "nowhere"})
