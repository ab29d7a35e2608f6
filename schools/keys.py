"""Keys: read from an environment variable or a file, never from the database.

A key named LINK_KEY stands in the variable LINK_KEY or in the file LINK_KEY of
settings.KEY_DIR, as hexadecimal text. Each machine holds only the keys its zone needs:
the web server has no LINK_KEY and no ANALYSIS_PRIVATE_KEY.
"""

import os
import secrets
import stat
from pathlib import Path

from django.conf import settings

LINK_KEY = "LINK_KEY"
CODE_PEPPER = "CODE_PEPPER"
ANALYSIS_PUBLIC_KEY = "ANALYSIS_PUBLIC_KEY"
ANALYSIS_PRIVATE_KEY = "ANALYSIS_PRIVATE_KEY"
RELEASE_KEY = "RELEASE_KEY"

NAMES = (LINK_KEY, CODE_PEPPER, ANALYSIS_PUBLIC_KEY, ANALYSIS_PRIVATE_KEY, RELEASE_KEY)
LENGTH = 32  # bytes, of every key


class MissingKey(LookupError):
    """A key is not there; the message says both ways of providing it."""


class BadKey(ValueError):
    """A key is there but cannot be used; the message says why, never what it holds."""


def read_key(name: str) -> bytes:
    """The 32 bytes of a key.

    Raises MissingKey when it stands neither in the environment nor in a file, and BadKey
    when it is not 64 hexadecimal digits or its file is open to other users.
    """
    text = os.environ.get(name, "").strip() or _read_file(name)
    if not text:
        raise MissingKey(
            f"The key {name} is missing: set the environment variable {name} to 64 hexadecimal "
            f"digits, or put them in the file {key_path(name)} (manage.py make_keys does this)."
        )
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != LENGTH:
        raise BadKey(f"The key {name} must be 64 hexadecimal digits.")
    return key


def key_path(name: str) -> Path:
    """Where the file of a key lies. Raises ValueError for a name that is not a key's."""
    if name not in NAMES:
        raise ValueError(f"{name} is not the name of a key.")
    return Path(settings.KEY_DIR) / name


def has_key(name: str) -> bool:
    return bool(os.environ.get(name, "").strip()) or key_path(name).exists()


def make_keys() -> dict[str, Path]:
    """Write the keys that are missing; the answer holds those written and where.

    The two analysis keys belong together: with one of them there, the other is not made.
    """
    missing = [name for name in NAMES if not has_key(name)]
    fresh = {name: secrets.token_bytes(LENGTH) for name in missing if "ANALYSIS" not in name}
    if ANALYSIS_PUBLIC_KEY in missing and ANALYSIS_PRIVATE_KEY in missing:
        fresh |= _analysis_pair()
    return {name: _write_file(name, key) for name, key in fresh.items()}


def destroy_key(name: str) -> Path:
    """Overwrite and remove the file of a key.

    Raises MissingKey when there is no file, and BadKey when the environment also holds the
    key, because then removing the file would destroy nothing.
    """
    path = key_path(name)
    if os.environ.get(name, "").strip():
        raise BadKey(f"The key {name} stands in the environment: remove it there first.")
    if not path.exists():
        raise MissingKey(f"The key {name} has no file at {path}.")
    with path.open("r+b") as file:
        file.write(b"0" * path.stat().st_size)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    return path


def _read_file(name: str) -> str:
    path = key_path(name)
    if not path.exists():
        return ""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadKey(f"Other users can read {path}: set its mode to 0600.")
    return path.read_text(encoding="ascii", errors="replace").strip()


def _write_file(name: str, key: bytes) -> Path:
    path = key_path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # O_EXCL: a key written by somebody else in the meantime is never overwritten.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
    return path


def _analysis_pair() -> dict[str, bytes]:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return {
        ANALYSIS_PRIVATE_KEY: private.private_bytes_raw(),
        ANALYSIS_PUBLIC_KEY: private.public_key().public_bytes_raw(),
    }
