"""A council's colours: can they be read on white, and what shades go with them?"""

import re

Channels = tuple[int, ...]
SIX_DIGITS = re.compile(r"#[0-9a-f]{6}")
WHITE, BLACK = "#ffffff", "#000000"
# Text of any size on its ground, by WCAG 2.2, success criterion 1.4.3 (level AA).
READABLE = 4.5


def is_colour(text: str) -> bool:
    """Whether it is written as `#rrggbb`, in small letters."""
    return SIX_DIGITS.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white), by WCAG 2.2: (L1 + 0.05) / (L2 + 0.05)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `ground` in it, channel by channel."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> Channels:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
