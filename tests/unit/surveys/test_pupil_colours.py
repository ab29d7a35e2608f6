"""Contrast of the three themes, from the style sheet itself, by the formula of WCAG 2.2."""

import re
from pathlib import Path

import pytest

from surveys.display import THEMES

SHEET = Path(__file__).parents[3] / "census/static/census/pupil.css"
# What stands on what: 4.5 for words (1.4.3), 3 for edges, rings and marks (1.4.11).
WORDS = [
    *((ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("ground", "raised")),
    ("ink", "chosen"),
    ("ink", "read"),
    ("quiet", "read"),
    ("on-accent", "accent"),
]
MARKS = [
    *((mark, ground) for mark in ("line", "accent", "wrong") for ground in ("ground", "raised")),
    ("accent", "chosen"),
]


def colours(theme: str) -> dict[str, str]:
    block = re.search(rf"\.theme-{theme} \{{(.*?)\}}", SHEET.read_text(), re.S)
    assert block
    return dict(re.findall(r"--([\w-]+): (#\w+)", block[1]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_marks_stand_out(theme: str) -> None:
    own = colours(theme)
    faint = [pair for pair in WORDS if contrast(own[pair[0]], own[pair[1]]) < 4.5]
    faint += [pair for pair in MARKS if contrast(own[pair[0]], own[pair[1]]) < 3]
    assert faint == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_ring_stands_out_on_everything_it_can_lie_on(theme: str) -> None:
    """Of its two colours one is seen on any ground (technique C40)."""
    own = colours(theme)
    for ground in ("ground", "raised", "chosen", "read", "accent"):
        best = max(contrast(own[part], own[ground]) for part in ("ring", "halo"))
        assert best >= 3, ground
