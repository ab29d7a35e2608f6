"""Valid made-up UPNs, by the published rule written out anew (not by the library we test)."""

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(serial: int, council: int = 311) -> str:
    """The UPN of a pupil first seen in establishment 4001 in 2020; serial 0 to 99,999."""
    digits = f"{council}{4001 + serial // 1000:04d}20{serial % 1000:03d}"
    total = sum(weight * int(digit) for weight, digit in enumerate(digits, start=2))
    return LETTERS[total % 23] + digits


def temporary(serial: int) -> str:
    """A temporary UPN: a letter in the last place counts as its index."""
    body = f"311400120{serial:02d}A"
    values = [int(sign) if sign.isdigit() else LETTERS.index(sign) for sign in body]
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return LETTERS[total % 23] + body
