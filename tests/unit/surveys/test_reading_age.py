"""Reading ages against values worked out by hand from the published formulae."""

from pathlib import Path

import pytest

from surveys.definition import Questionnaire, load, parse
from surveys.definition.reading_age import (
    ItemReading,
    Text,
    age,
    age_findings,
    common_words,
    hard_words,
    item_reading,
    measure,
)
from tests.tiny import tiny_document

SHIPPED = Path(__file__).parents[3] / "surveys" / "questionnaires"


def test_a_text_is_counted() -> None:
    """I feel safe. Do you like my school? - 8 words, 2 sentences, 8 syllables, 26 letters."""
    assert measure("I feel safe. Do you like my school?") == Text(8, 2, 8, 26)


def test_two_texts_are_two_sentences_and_figures_are_no_words() -> None:
    assert measure("On how many days", "0 to 7") == Text(5, 2, 6, 15)


def test_flesch_kincaid_as_by_hand() -> None:
    """100 words, 10 sentences, 130 syllables: 0.39 * 10 + 11.8 * 1.3 - 15.59 = grade 3.65."""
    assert Text(100, 10, 130, 400).flesch_kincaid == pytest.approx(8.65)


def test_coleman_liau_as_by_hand() -> None:
    """L = 400, S = 10: 0.0588 * 400 - 0.296 * 10 - 15.8 = grade 4.76."""
    assert Text(100, 10, 130, 400).coleman_liau == pytest.approx(9.76)


def test_an_age_is_the_mean_of_both() -> None:
    """8 words, 2 sentences, 8 syllables, 26 letters: grades -2.23 and -4.09 by hand."""
    assert age("I feel safe. Do you like my school?") == pytest.approx(
        5 - (2.23 + 4.09) / 2, abs=0.01
    )


def test_longer_words_need_an_older_reader_by_both_formulae() -> None:
    short = measure("I can talk to my friends.")
    long = measure("I communicate satisfactorily with acquaintances.")
    assert short.flesch_kincaid < long.flesch_kincaid
    assert short.coleman_liau < long.coleman_liau


@pytest.mark.parametrize(
    ("text", "too_old"),
    [
        (Text(10, 1, 15, 40), False),  # 11.0 and 9.8
        (Text(10, 1, 16, 44), True),  # 12.2 and 12.1: both
        (Text(10, 1, 16, 40), False),  # 12.2 and 9.8: one, by little
        (Text(10, 1, 18, 40), True),  # 14.6 and 9.8: one, by far
        (Text(10, 1, 10, 50), True),  # 5.1 and 15.6: the other, by far
    ],
)
def test_both_formulae_or_one_by_far_make_a_question_too_hard(text: Text, too_old: bool) -> None:
    assert ItemReading("x", text, ()).too_old is too_old


@pytest.mark.parametrize(
    "word", ["friends", "happier", "stopped", "bullied", "lonely", "smiling", "someone's", "Fairly"]
)
def test_a_word_made_from_a_common_one_is_common(word: str) -> None:
    assert hard_words(word) == ()


def test_a_hard_word_is_named_once() -> None:
    assert hard_words("A sophisticated, sophisticated and arduous day") == (
        "sophisticated",
        "arduous",
    )


def test_the_words_are_plain_and_stand_once() -> None:
    lines = (SHIPPED / "words.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
    assert all(word.isalpha() and word.islower() for word in words)
    assert len(common_words()) == len(words) > 1000


def test_options_count_for_words_but_not_for_length() -> None:
    plain, hard = worded(), worded()
    hard["codings"]["agree4"][0]["label"] = "In no circumstances"
    before = item_reading(parse(plain).items["happy"])
    after = item_reading(parse(hard).items["happy"])
    assert after.text == before.text
    assert after.hard == (*before.hard, "circumstances")


def test_a_question_for_grown_ups_is_found_in_its_place() -> None:
    document = worded()
    document["items"][2]["text"] = "Do you experience persistent nocturnal disturbances?"
    both = [f.message for f in age_findings(parse(document)) if f.path == "/pages/1/items/0"]
    assert any("older reader" in message for message in both)
    assert any("nocturnal" in message for message in both)


def test_a_heading_is_read_too() -> None:
    document = worded()
    document["pages"][2]["section"] = "Miscellaneous"
    assert [f.path for f in age_findings(parse(document))] == ["/pages/2"]


@pytest.mark.parametrize("name", ["core", "core-symbols"])
def test_what_is_shipped_can_be_read_at_eleven(name: str) -> None:
    questionnaire: Questionnaire = load(SHIPPED / f"{name}.json")
    assert list(map(str, age_findings(questionnaire))) == []


def worded() -> dict:
    """The tiny questionnaire, which has no finding of its own."""
    document = tiny_document()
    assert list(age_findings(parse(document))) == []
    return document
