"""Signs of how a response was answered: what may be stored, and nothing else."""

from typing import Any

import pytest

from surveys.signs import MOST, Signs, read_signs, sign_problems

FULL = {
    "device": "tablet",
    "language": "cy",
    "aloud": 3,
    "waits": 2,
    "seconds": {"p01": 14, "p102": 0},
}


@pytest.mark.parametrize("value", [{}, FULL, {"language": "en-GB"}, {"seconds": {}}, {"aloud": 0}])
def test_what_a_browser_sends_is_stored(value: dict[str, Any]) -> None:
    assert sign_problems(value) == ()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "tablet",
        {"agent": "Mozilla/5.0"},
        {"time": "2026-03-02T09:14:00"},
        {"device": "Pixel 7"},
        {"device": ["tablet"]},
        {"language": "cy\n"},
        {"language": "Cymraeg, fy iaith"},
        {"aloud": True},
        {"aloud": -1},
        {"waits": 1.5},
        {"waits": MOST + 1},
        {"seconds": [14]},
        {"seconds": {"self_esteem": 4}},
        {"seconds": {"p1": 4}},
        {"seconds": {"p01": "4"}},
        {"seconds": {1: 4}},
        {"seconds": {f"p{n:03}": 1 for n in range(501)}},
    ],
)
def test_anything_else_is_refused(value: object) -> None:
    assert sign_problems(value) != ()


def test_each_fault_is_told_apart() -> None:
    assert len(sign_problems({"device": "watch", "aloud": "3", "ip": "10.0.0.1"})) == 3


def test_checked_signs_are_read() -> None:
    assert read_signs(FULL) == Signs("tablet", "cy", 3, 2, {"p01": 14, "p102": 0})
    assert read_signs({}) == Signs()
