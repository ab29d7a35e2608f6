"""The most specific of a council's words is spoken."""

import pytest

from reports.words import KINDS, SHIPPED, OwnWords, Words

KIND = "school-headline"
VALUES = {"figure": "34 in 100 said so", "range": "between 28 and 41"}
EVERY = OwnWords(KIND, "", "", "{figure}: {range}.")
SLEEP = OwnWords(KIND, "sleep", "", "{figure}, at night: {range}.")
ALDER = OwnWords(KIND, "sleep", "1", "{figure}, here at night: {range}.")


@pytest.mark.parametrize(
    ("school", "measure", "expected"),
    [
        ("1", "sleep", ALDER.pattern),
        ("2", "sleep", SLEEP.pattern),
        ("", "sleep", SLEEP.pattern),
        ("1", "calm", EVERY.pattern),
    ],
)
def test_the_most_specific_wins(school: str, measure: str, expected: str) -> None:
    words = Words.of((ALDER, EVERY, SLEEP), school)
    assert words.pattern(KIND, measure) == expected
    assert words.say(KIND, measure, VALUES).startswith("34 in 100 said so")


def test_other_kinds_and_other_schools_hear_ours() -> None:
    words = Words.of((ALDER,), "2")
    assert words.pattern(KIND, "sleep") == KINDS[KIND].pattern
    assert words.pattern("area-headline", "sleep") == KINDS["area-headline"].pattern
    assert words.say(KIND, "sleep", VALUES) == SHIPPED.say(KIND, "sleep", VALUES)


def test_kept_as_a_document_and_read_back() -> None:
    assert OwnWords(**ALDER.to_document()) == ALDER
