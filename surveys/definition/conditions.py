"""When a page or a question is asked: small expressions over earlier answers and the year group.

{"item": "x", "in": [1, 2]}, {"year_group": [10]}, {"all": [...]}, {"any": [...]}, {"not": {...}}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from surveys.definition.kinds import Answer

Answers: TypeAlias = "Mapping[str, Answer]"
YearGroup: TypeAlias = "str | int | None"


class Condition(Protocol):
    def holds(self, answers: Answers, year_group: YearGroup) -> bool: ...

    def items(self) -> frozenset[str]:
        """The questions it looks at."""
        ...


@dataclass(frozen=True)
class ItemIs:
    """The item's answer is one of the codes; of a tick-all question, one of the ticks is."""

    item: str
    codes: frozenset[int]

    def holds(self, answers: Answers, year_group: YearGroup) -> bool:
        answer = answers.get(self.item)
        if answer is None:
            return False
        return not self.codes.isdisjoint(answer if isinstance(answer, list) else (answer,))

    def items(self) -> frozenset[str]:
        return frozenset({self.item})


@dataclass(frozen=True)
class YearIn:
    """The pupil's year group is one of these; an unknown year group is none of them."""

    years: frozenset[str]

    def holds(self, answers: Answers, year_group: YearGroup) -> bool:
        return str(year_group) in self.years

    def items(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers, year_group: YearGroup) -> bool:
        return all(part.holds(answers, year_group) for part in self.parts)

    def items(self) -> frozenset[str]:
        return frozenset[str]().union(*(part.items() for part in self.parts))


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers, year_group: YearGroup) -> bool:
        return any(part.holds(answers, year_group) for part in self.parts)

    def items(self) -> frozenset[str]:
        return frozenset[str]().union(*(part.items() for part in self.parts))


@dataclass(frozen=True)
class Negation:
    part: Condition

    def holds(self, answers: Answers, year_group: YearGroup) -> bool:
        return not self.part.holds(answers, year_group)

    def items(self) -> frozenset[str]:
        return self.part.items()


ALWAYS: Condition = AllOf(())

_READERS: Mapping[str, Callable[[Mapping[str, Any]], Condition]] = {
    "item": lambda entry: ItemIs(entry["item"], frozenset(entry["in"])),
    "year_group": lambda entry: YearIn(frozenset(map(str, entry["year_group"]))),
    "all": lambda entry: AllOf(tuple(map(read_condition, entry["all"]))),
    "any": lambda entry: AnyOf(tuple(map(read_condition, entry["any"]))),
    "not": lambda entry: Negation(read_condition(entry["not"])),
}


def read_condition(entry: Mapping[str, Any] | None) -> Condition:
    """Read a `when`; no entry means always."""
    if entry is None:
        return ALWAYS
    return next(read(entry) for word, read in _READERS.items() if word in entry)
