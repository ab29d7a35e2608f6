"""Syllables against those that a dictionary divides."""

import pytest

from surveys.definition.syllables import syllables

DIVIDED = {
    1: "the home asked times rules you year young smile clothes helped month use used eye are like "
    "made page strength quite change quick guess guide dance once juice voice choice choose loose "
    "give breathe breath friends through real tired hours",
    2: "table wanted places tables lonely careful being going playing trying people question "
    "answer private every happy safely dishes matches boxes faces ages social station decide "
    "needed bullied worry worried afraid cheerful useful believe quickly gender cycle little "
    "breakfast music minute outside online away quiet planet climate advice person adults "
    "science poem theatre movement able trouble fairly really carried changes language manage "
    "travelled cousin nothing someone sometimes chosen eaten asleep create schoolwork again "
    "active",
    3: "usual family radio media exercise decided attracted area idea created piano beautiful "
    "serious curious medicine hospital easier happiest various anything different",
    4: "vegetables activity interesting comfortable",
    5: "disability discrimination orientation",
}


@pytest.mark.parametrize("count", DIVIDED)
def test_words_have_the_syllables_of_the_dictionary(count: int) -> None:
    wrong = {word: n for word in DIVIDED[count].split() if (n := syllables(word)) != count}
    assert wrong == {}


@pytest.mark.parametrize(("word", "count"), [("someone's", 2), ("School’s", 1), ("HOME", 1)])
def test_capitals_and_apostrophes_add_none(word: str, count: int) -> None:
    assert syllables(word) == count
