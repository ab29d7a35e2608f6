"""The journey that every product is asked to serve, and what each pupil answers on it."""

import json
import random
from pathlib import Path

PAGES = 20
ITEMS = 6
LABELS = ("Not true", "A bit true", "Partly true", "Mostly true", "Very true")

# By page, from 1: {item key: its question}.
PAPERS = [
    {f"q{page:02d}{item}": f"Thing {item} of day {page} went well" for item in range(1, ITEMS + 1)}
    for page in range(1, PAGES + 1)
]


def answers(pupil: int) -> list[dict[str, int]]:
    """What pupil number `pupil` ticks, the same in every run: {item key: code 1 to 5} by page."""
    dice = random.Random(pupil)
    return [{key: dice.randint(1, len(LABELS)) for key in paper} for paper in PAPERS]


def all_answers(pupil: int) -> dict[str, int]:
    return {key: code for paper in answers(pupil) for key, code in paper.items()}


def write(path: Path) -> None:
    """The questions as a file, for the projects of the peers."""
    path.write_text(json.dumps({"labels": LABELS, "pages": PAPERS}), encoding="utf-8")
