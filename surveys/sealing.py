"""Sealing of answers: the web tier can write them and cannot read them.

A response has a random data key. Its pages are sealed with that key (AES-256-GCM). The
data key is wrapped twice: to the analysis public key (X25519, HKDF-SHA256, AES-256-GCM;
the construction of RFC 9180's base mode, with one message per fresh key pair) and, until
the lesson closes, under a key derived from the pupil's code, so that a pupil can resume.

Every primitive comes from `cryptography`. All functions take and return bytes and raise
`SealError` when something does not open: a wrong key, a changed byte, another response.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
# Sealed pages come in steps of this size, so that their length does not tell how much was ticked.
PAD_TO = 256


class SealError(ValueError):
    """Something sealed could not be opened."""


def new_data_key() -> bytes:
    """A fresh random key for one response."""
    return os.urandom(KEY_BYTES)


def seal_answers(data_key: bytes, answers: dict[str, Any], *, context: str) -> bytes:
    """Seal a page of answers; `context` (response, page, seq) is bound to it, not stored in it."""
    plain = json.dumps(answers, separators=(",", ":"), sort_keys=True).encode()
    padded = plain.ljust(-(-(len(plain) + 1) // PAD_TO) * PAD_TO)
    return _encrypt(data_key, padded, context)


def open_answers(data_key: bytes, sealed: bytes, *, context: str) -> dict[str, Any]:
    """The inverse of `seal_answers`."""
    answers: dict[str, Any] = json.loads(_decrypt(data_key, sealed, context))
    return answers


def open_pages(data_key: bytes, sealed: Iterable[tuple[bytes, str]]) -> list[dict[str, Any]]:
    """As `open_answers` for all pages of a response, each with its context."""
    cipher = AESGCM(data_key)
    plain = [_opened(cipher, page, context) for page, context in sealed]
    # One call of the parser for all pages: most of its time goes into being called.
    pages: list[dict[str, Any]] = json.loads(b"[" + b",".join(plain) + b"]")
    return pages


def seal(data_key: bytes, plain: bytes, *, context: str) -> bytes:
    """Seal anything else than answers; its length shows."""
    return _encrypt(data_key, plain, context)


def unseal(data_key: bytes, sealed: bytes, *, context: str) -> bytes:
    """The inverse of `seal`."""
    return _decrypt(data_key, sealed, context)


def wrap_for_analysis(public_key: bytes, data_key: bytes, *, context: str) -> bytes:
    """Wrap a data key so that only the holder of the analysis private key can open it."""
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    sender = ephemeral.public_key().public_bytes_raw()
    return sender + _encrypt(_derive(shared, sender + public_key, "analysis"), data_key, context)


class AnalysisKey:
    """The analysis private key (32 raw bytes), made ready once for many responses."""

    def __init__(self, private_key: bytes) -> None:
        self._private = X25519PrivateKey.from_private_bytes(private_key)
        self.public = self._private.public_key().public_bytes_raw()

    def unwrap(self, wrapped: bytes, *, context: str) -> bytes:
        """The data key in a wrap that was made by `wrap_for_analysis`."""
        sender = wrapped[:KEY_BYTES]
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(sender))
        except ValueError as problem:
            raise SealError("This was never wrapped for the analysis.") from problem
        key = _derive(shared, sender + self.public, "analysis")
        return _decrypt(key, wrapped[KEY_BYTES:], context)


def unwrap_for_analysis(private_key: bytes, wrapped: bytes, *, context: str) -> bytes:
    """The data key, by the analysis private key (32 raw bytes)."""
    return AnalysisKey(private_key).unwrap(wrapped, context=context)


def resume_key(code: str, pepper: bytes, *, context: str) -> bytes:
    """The key for resuming a lesson: from the pupil's code and the server's pepper."""
    return _derive(code.encode(), pepper, f"resume {context}")


def wrap_for_resume(key: bytes, data_key: bytes, *, context: str) -> bytes:
    return _encrypt(key, data_key, context)


def unwrap_for_resume(key: bytes, wrapped: bytes, *, context: str) -> bytes:
    return _decrypt(key, wrapped, context)


def code_digest(code: str, pepper: bytes) -> str:
    """How a code is stored: HMAC-SHA256 under the pepper, 64 hex digits."""
    return hmac.new(pepper, b"code " + code.encode(), hashlib.sha256).hexdigest()


def _derive(secret: bytes, salt: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=salt, info=purpose.encode()).derive(secret)


def _encrypt(key: bytes, plain: bytes, context: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def _decrypt(key: bytes, sealed: bytes, context: str) -> bytes:
    return _opened(AESGCM(key), sealed, context)


def _opened(cipher: AESGCM, sealed: bytes, context: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as problem:
        raise SealError("This was sealed with another key, or for something else.") from problem
