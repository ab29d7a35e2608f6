"""Signs of how a response was answered: the page "about", beside the answers and none of them.

The pupil's browser sends it with a save: {"device": "tablet", "language": "cy", "aloud": 3,
"waits": 2, "seconds": {"p01": 14}}. Every part may be missing, as without script. Durations
only, never a time of day. Pure: knows nothing of pages or databases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast, get_args

PAGE = "about"  # the name under which signs are saved and sealed; no page of questions has it

Device: TypeAlias = Literal["phone", "tablet", "computer"]
DEVICES: tuple[Device, ...] = get_args(Device)
MOST = 100_000  # of anything counted; a day has fewer seconds
MOST_PAGES = 500

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", re.ASCII)
_PAGE_KEY = re.compile(r"p[0-9]{2,3}", re.ASCII)


@dataclass(frozen=True)
class Signs:
    """How one response was answered, as far as the browser told.

    `seconds` is how long each page was on the screen, by page key; `aloud` how many times a
    question was read aloud; `waits` how many times a save had to wait for the network.
    """

    device: Device | None = None
    language: str | None = None
    aloud: int | None = None
    waits: int | None = None
    seconds: Mapping[str, int] = field(default_factory=dict)


def read_signs(value: Mapping[str, Any]) -> Signs:
    """Signs that have been checked by `sign_problems`; an empty mapping where none were sent."""
    return Signs(**cast(Any, dict(value)))


def sign_problems(value: object) -> tuple[str, ...]:
    """Why a value cannot be stored as signs; none means that it can. Never raises."""
    return tuple(_problems(value))


def _problems(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "Signs must be an object of name and value."
        return
    if value.keys() - _FITS.keys():
        yield "There is no such sign."
    for name, fits in _FITS.items():
        if name in value and not fits(value[name]):
            yield f"This does not fit the sign {name}."


def _is_device(value: object) -> bool:
    return isinstance(value, str) and value in DEVICES


def _is_language(value: object) -> bool:
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST  # True is no number here


def _are_seconds(value: object) -> bool:
    if not isinstance(value, dict) or len(value) > MOST_PAGES:
        return False
    return all(
        isinstance(key, str) and _PAGE_KEY.fullmatch(key) is not None and _is_count(count)
        for key, count in value.items()
    )


_FITS: Mapping[str, Callable[[object], bool]] = {
    "device": _is_device,
    "language": _is_language,
    "aloud": _is_count,
    "waits": _is_count,
    "seconds": _are_seconds,
}
