"""Keys of the demonstration: random ones, but for the key behind the released figures."""

import hashlib

from schools.keys import RELEASE_KEY, has_key, key_path, make_keys

# Known to everybody who reads this: fit for made-up data, and for nothing else. With it the
# few pupils of whom a fact is not known count in the same groups every time.
DEMONSTRATION_RELEASE_KEY = hashlib.sha256(b"demonstration only, larkford").digest()


def prepare_keys() -> None:
    """Make whatever key is missing. A release key that is there already stays."""
    if not has_key(RELEASE_KEY):
        path = key_path(RELEASE_KEY)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(DEMONSTRATION_RELEASE_KEY.hex() + "\n", encoding="ascii")
    make_keys()
