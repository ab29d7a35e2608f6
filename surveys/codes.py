"""Access codes: ten symbols that nobody mistakes for one another.

No vowels (so no words), and no 0, 1, I, L or O. 28 symbols to the tenth power is 3e14: with
30,000 live codes, 1,000 guesses a minute for six weeks are expected to find 0.006 of one.
"""

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As printed on a slip: 3-3-4."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


def normalised(typed: str) -> str:
    """What a person typed or pasted, without spaces, dashes and case. "" if it cannot be a code."""
    symbols = "".join(symbol for symbol in typed[:64].upper() if symbol.isalnum())
    possible = len(symbols) == LENGTH and all(symbol in ALPHABET for symbol in symbols)
    return symbols if possible else ""
