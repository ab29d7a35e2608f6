"""Numbers and labels as people read them, the same in picture, table and PDF."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

WITHHELD = "Too few answers to show"

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def number(value: float | None, decimals: int = 0, unit: str = "%") -> str:
    """`34.5` -> `"35%"`: halves go up, as readers expect. None is said in words."""
    if value is None:
        return WITHHELD
    return f"{rounded(value, decimals)}{unit}"


def rounded(value: float, decimals: int) -> Decimal:
    """The number as shown. `repr` first, so that 34.5 is 34.5 and not 34.4999…"""
    # Adding zero turns "-0" into "0".
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def require_key(key: str) -> None:
    """A key becomes part of `id` attributes. Raises ValueError when it could not."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", key):
        raise ValueError(f"chart key {key!r} must be lower-case letters, digits and hyphens")


def require_within(name: str, value: float | None, floor: float, ceiling: float) -> None:
    """Raises ValueError for NaN, infinity or a number outside the axis. None is allowed."""
    if value is not None and not (math.isfinite(value) and floor <= value <= ceiling):
        raise ValueError(f"{name}: {value} is not between {floor:g} and {ceiling:g}")
