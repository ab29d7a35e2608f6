"""Codes: unambiguous symbols, forgiving of how they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.codes import ALPHABET, LENGTH, new_code, normalised, shown


def test_nothing_that_looks_like_something_else() -> None:
    assert not set(ALPHABET) & set("01OILAEU")
    assert len(set(ALPHABET)) == len(ALPHABET) == 28


def test_new_codes_differ() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


def test_shown_in_three_groups() -> None:
    assert shown("234BCD5678") == "234 BCD 5678"


@pytest.mark.parametrize(
    "typed", ["234 BCD 5678", "234-bcd-5678", " 234bcd5678\n", "234BCD5678", "2 3 4 b c d 5 6 7 8"]
)
def test_spaces_dashes_and_capitals_do_not_matter(typed: str) -> None:
    assert normalised(typed) == "234BCD5678"


@pytest.mark.parametrize(
    "typed", ["", "234BCD567", "234BCD56789", "O34BCD5678", "\0" * 10, "é" * 10]
)
def test_what_cannot_be_a_code_is_nothing(typed: str) -> None:
    assert normalised(typed) == ""


@given(st.text())
def test_normalising_never_fails(typed: str) -> None:
    code = normalised(typed)
    assert code == "" or (len(code) == LENGTH and set(code) <= set(ALPHABET))
