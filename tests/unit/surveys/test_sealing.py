"""What is sealed opens in its own place with its own key, and nowhere else."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from surveys import sealing
from surveys.sealing import SealError

ANSWERS = {"a": 1, "b": [1, 2], "ü": None}


@pytest.fixture
def pair() -> tuple[bytes, bytes]:
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def test_answers_come_back_as_they_went_in() -> None:
    key = sealing.new_data_key()
    sealed = sealing.seal_answers(key, ANSWERS, context="r p01 1")
    assert sealing.open_answers(key, sealed, context="r p01 1") == ANSWERS


@pytest.mark.parametrize("context", ["r p01 2", "r p02 1", "s p01 1", ""])
def test_a_page_opens_in_no_other_place(context: str) -> None:
    key = sealing.new_data_key()
    sealed = sealing.seal_answers(key, ANSWERS, context="r p01 1")
    with pytest.raises(SealError):
        sealing.open_answers(key, sealed, context=context)


def test_another_data_key_does_not_open() -> None:
    sealed = sealing.seal_answers(sealing.new_data_key(), ANSWERS, context="r")
    with pytest.raises(SealError):
        sealing.open_answers(sealing.new_data_key(), sealed, context="r")


def test_no_changed_byte_passes() -> None:
    key = sealing.new_data_key()
    sealed = sealing.seal_answers(key, ANSWERS, context="r")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealError):
            sealing.open_answers(key, bytes(changed), context="r")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(40)])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealError):
        sealing.open_answers(sealing.new_data_key(), sealed, context="r")


def test_length_does_not_tell_how_much_was_ticked() -> None:
    key = sealing.new_data_key()
    lengths = {
        len(sealing.seal_answers(key, {"item": list(range(ticks))}, context="r"))
        for ticks in range(12)
    }
    assert len(lengths) == 1


def test_the_same_answers_never_look_the_same() -> None:
    key = sealing.new_data_key()
    assert len({sealing.seal_answers(key, ANSWERS, context="r") for _ in range(5)}) == 5


def test_the_analysis_key_alone_unwraps(pair: tuple[bytes, bytes]) -> None:
    private, public = pair
    data_key = sealing.new_data_key()
    wrapped = sealing.wrap_for_analysis(public, data_key, context="r")
    assert sealing.unwrap_for_analysis(private, wrapped, context="r") == data_key
    assert data_key not in wrapped
    other = X25519PrivateKey.generate().private_bytes_raw()
    for key, context in [(other, "r"), (private, "s")]:
        with pytest.raises(SealError):
            sealing.unwrap_for_analysis(key, wrapped, context=context)


def test_no_changed_byte_of_a_wrap_passes(pair: tuple[bytes, bytes]) -> None:
    private, public = pair
    wrapped = sealing.wrap_for_analysis(public, sealing.new_data_key(), context="r")
    for place in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[place] ^= 1
        with pytest.raises(SealError):
            sealing.unwrap_for_analysis(private, bytes(changed), context="r")


@pytest.mark.parametrize("wrapped", [b"", b"short", bytes(92)])
def test_what_was_never_wrapped_is_refused(pair: tuple[bytes, bytes], wrapped: bytes) -> None:
    with pytest.raises(SealError):
        sealing.unwrap_for_analysis(pair[0], wrapped, context="r")


def test_resuming_needs_code_and_pepper_and_response() -> None:
    data_key = sealing.new_data_key()
    key = sealing.resume_key("234BCD5678", b"p" * 32, context="r")
    wrapped = sealing.wrap_for_resume(key, data_key, context="r")
    assert sealing.unwrap_for_resume(key, wrapped, context="r") == data_key
    for code, pepper, context in [
        ("234BCD5679", b"p" * 32, "r"),
        ("234BCD5678", b"q" * 32, "r"),
        ("234BCD5678", b"p" * 32, "s"),
    ]:
        with pytest.raises(SealError):
            sealing.unwrap_for_resume(
                sealing.resume_key(code, pepper, context=context), wrapped, context="r"
            )
