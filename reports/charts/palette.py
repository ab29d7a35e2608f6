"""Colours: at most four hues (the Government Analysis Function's palette) and tints of one.

site.css repeats these values as classes `t0` to `t10`; a test holds the two together.
"""

NAVY, TEAL, PLUM, ORANGE = "#12436d", "#28a197", "#801650", "#f46a25"
INK, GREY, RULE, WHITE = "#0b0c0c", "#505a5f", "#b1b4b6", "#ffffff"

PALEST = "#e1ebf4"
STEPS = 11  # a 0-10 scale is the longest ordered answer that we draw


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def blend(start: str, end: str, share: float) -> str:
    """The colour `share` (0 to 1) of the way from start to end."""
    pairs = zip(channels(start), channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


RAMP = tuple(blend(PALEST, NAVY, step / (STEPS - 1)) for step in range(STEPS))


def shade(position: int, count: int) -> int:
    """Which step of the ramp the answer at `position` of `count` takes (last = darkest)."""
    if count > STEPS:
        raise ValueError(f"{count} ordered answers; at most {STEPS} can be told apart")
    return STEPS - 1 if count == 1 else round(position * (STEPS - 1) / (count - 1))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition of the same name)."""
    shares = (channel / 255 for channel in channels(colour))
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def is_dark(colour: str) -> bool:
    """True where white text reads better than black."""
    return contrast(colour, WHITE) > contrast(colour, INK)


def edge_on(colour: str) -> str:
    """White or navy: the line that is seen (3:1) between two areas of this colour."""
    return WHITE if contrast(colour, WHITE) >= 3 else NAVY
