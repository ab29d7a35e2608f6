"""What a school may do next, by topic: a dated library with the source of each strategy.

A strategy belongs to a topic, not to a figure: nothing here says that a school must act, or that
an action will change a number.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).with_name("library.json")
LEVELS = {
    "universal": "For everybody",
    "targeted": "For some pupils",
    "specialist": "With specialists",
}


@dataclass(frozen=True)
class Source:
    """Where a strategy comes from; `year` None for what is revised all the time."""

    publisher: str
    title: str
    year: int | None
    link: str

    def __str__(self) -> str:
        return f"{self.publisher}{f' ({self.year})' if self.year else ''}: {self.title}"


@dataclass(frozen=True)
class Strategy:
    """`topics`: keys of the questionnaire's topics it may help with. `level`: one of LEVELS."""

    topics: tuple[str, ...]
    level: str
    title: str
    text: str
    source: Source

    @property
    def reach(self) -> str:
        """For whom it is, in words."""
        return LEVELS[self.level]


@dataclass(frozen=True)
class Library:
    """`checked_on`: the day somebody last read every source, if ever."""

    author: str
    checked_on: date | None
    strategies: tuple[Strategy, ...]

    def of(self, topic: str) -> tuple[Strategy, ...]:
        """The strategies of a topic: for everybody first, with specialists last."""
        order = list(LEVELS)
        found = (each for each in self.strategies if topic in each.topics)
        return tuple(sorted(found, key=lambda each: order.index(each.level)))


@cache
def library(path: Path = LIBRARY) -> Library:
    """The library of a file. Raises ValueError naming what is wrong, and in which strategy."""
    return read_library(json.loads(path.read_text("utf-8")))


def read_library(document: Mapping[str, Any]) -> Library:
    """A library from the document of its file.

    Raises:
        ValueError: naming the strategy, counted from one, and what is wrong with it.
    """
    sources = {key: Source(**each) for key, each in document["sources"].items()}
    checked = document["checked_on"]
    return Library(
        author=document["author"],
        checked_on=date.fromisoformat(checked) if checked else None,
        strategies=tuple(
            _strategy(number, each, sources)
            for number, each in enumerate(document["strategies"], start=1)
        ),
    )


def _strategy(number: int, given: Mapping[str, Any], sources: Mapping[str, Source]) -> Strategy:
    missing = [name for name in ("topics", "title", "text", "source") if not given.get(name)]
    if missing:
        raise ValueError(f"strategy {number}: {', '.join(missing)} missing")
    if given.get("level") not in LEVELS:
        raise ValueError(f"strategy {number}: level must be one of {', '.join(LEVELS)}")
    if given["source"] not in sources:
        raise ValueError(f"strategy {number}: no source is called {given['source']!r}")
    return Strategy(
        topics=tuple(given["topics"]),
        level=given["level"],
        title=given["title"],
        text=given["text"],
        source=sources[given["source"]],
    )
