"""What a walk has looked at, and what did not agree."""

from collections import Counter
from dataclasses import dataclass, field


class Unchecked(Exception):
    """Nobody checks this number."""


@dataclass
class Account:
    """seen: how often each kind of thing was checked. where: the address looked at.

    orders: by the address of a chart's file, the rows of the chart as its page has them.
    """

    seen: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    orders: dict[str, list[str]] = field(default_factory=dict)
    where: str = ""

    def same(self, kind: str, found: object, expected: object, about: str = "") -> None:
        self.agree(kind, found == expected, found, expected, about)

    def agree(self, kind: str, ok: bool, found: object, expected: object, about: str = "") -> None:
        self.seen[kind] += 1
        if not ok:
            self.problems.append(
                f"{self.where}: {kind}: {found!r} where {expected!r} was released. {about[:160]}"
            )

    def unchecked(self, what: str) -> None:
        self.problems.append(f"{self.where}: nobody checks this number: {what[:300]}")
