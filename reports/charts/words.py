"""Numbers and labels as people read them, the same in picture, table and PDF."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

WITHHELD = "Too few answers to show"

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def number(value: float | None, decimals: int = 0, unit: str = "%", *, signed: bool = False) -> str:
    """`34.5` -> `"35%"`: halves go up, as readers expect. None is said in words.

    signed: `"+4 points"`, `"−1 point"` and, of what rounds to it, `"0 points"`.
    """
    if value is None:
        return WITHHELD
    shown = rounded(value, decimals)
    if not signed:
        return f"{shown}{unit}"
    return f"{with_sign(shown)}{unit.removesuffix('s') if str(abs(shown)) == '1' else unit}"


def interval(
    low: float | None, high: float | None, decimals: int, unit: str, *, signed: bool = False
) -> str:
    """`"28% to 41%"`; signed: `"−2 to +6 points"`. A dash where nothing is shown."""
    if low is None or high is None:
        return "–"
    if not signed:
        return f"{number(low, decimals, unit)} to {number(high, decimals, unit)}"
    ends = (with_sign(rounded(end, decimals)) for end in (low, high))
    return f"{' to '.join(ends)}{unit}"


def tick(value: float, unit: str, signed: bool) -> str:
    """A number on an axis, where it stands exactly."""
    exact = Decimal(f"{value:g}") + 0
    return f"{with_sign(exact) if signed else f'{value:g}'}{unit}"


def with_sign(shown: Decimal) -> str:
    """Plus, or a minus as wide as the plus; nought has neither."""
    return f"{shown:+}".replace("-", "−") if shown else str(shown)


@lru_cache(maxsize=4096)  # a number stands in a sentence, at its mark and in the table
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


def require_interval(name: str, value: float | None, low: float | None, high: float | None) -> None:
    """Raises ValueError unless the value lies in its interval, or all three are None."""
    if value is None or low is None or high is None:
        whole = value is low is high is None
    else:
        whole = low <= value <= high
    if not whole:
        raise ValueError(f"{name}: value and interval must stand together, in order")
