"""Patterns are taken apart, put together and filled, and nothing else happens to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.words import composed, gaps, split
from reports.words.patterns import compiled, tidied

SLOTS = ("figure", "range")


def test_slots_are_filled_in_their_places() -> None:
    said = compiled("{figure}; we expect {range}.").fill({"figure": "34", "range": "28 to 41"})
    assert said == "34; we expect 28 to 41."


def test_a_sentence_begins_with_a_capital_wherever_it_begins() -> None:
    value = {"figure": "fewer than 5", "range": "none"}
    assert compiled("{figure}: {range}.").fill(value) == "Fewer than 5: none."
    assert compiled("Here {figure}. {range}.").fill(value) == "Here fewer than 5. None."
    assert compiled("Why? {figure} {range}").fill(value) == "Why? Fewer than 5 none"


def test_values_are_text_whatever_they_hold() -> None:
    odd = {"figure": "<b>{range}</b> & \\1", "range": "%s {0}"}
    assert compiled("{figure}, {range}.").fill(odd) == "<b>{range}</b> & \\1, %s {0}."


def test_a_slot_without_a_value_is_an_error_and_never_a_gap() -> None:
    with pytest.raises(KeyError):
        compiled("{figure} {range}.").fill({"figure": "1"})


def test_no_space_is_left_behind_a_value_that_is_empty() -> None:
    assert compiled("{figure}. {range}").fill({"figure": "a", "range": ""}) == "A."


def test_words_around_slots_get_their_spaces_here() -> None:
    assert composed(SLOTS, ("", ";  we \n expect ", "  .")) == "{figure}; we expect {range}."
    assert composed(SLOTS, ("So:", "(or so)", "")) == "So: {figure} (or so) {range}"
    with pytest.raises(ValueError, match="zip"):
        composed(SLOTS, ("", "."))


@given(st.lists(st.text(alphabet="ab’- .,;:?()é", max_size=12), min_size=3, max_size=3))
def test_put_together_and_taken_apart_again(words: list[str]) -> None:
    pattern = composed(SLOTS, words)
    names, found = split(pattern)
    assert names == SLOTS
    assert found == gaps(pattern)
    assert composed(SLOTS, found) == pattern
    # A number is never joined to a word or to a sign that could be read with it.
    said = compiled(pattern).fill({"figure": "34", "range": "41"})
    assert not {said[at - 1] for at in (said.index("34"), said.rindex("41")) if at} - {" "}


def test_words_are_kept_in_one_form() -> None:
    assert tidied(" don't \u00a0 ﬁt ,\tso e\u0301 ") == "don’t fit, so é"
