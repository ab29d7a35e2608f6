"""Question types: one class a type, found by name in `KINDS`.

A stored answer is an int code, or for tick-all questions a list of int codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

Answer: TypeAlias = "int | list[int]"
Codings: TypeAlias = "Mapping[str, Sequence[Mapping[str, Any]]]"

_DIGITS = re.compile(r"[0-9]{1,5}\Z")


class AnswerError(ValueError):
    """A raw value that is no answer to the question; the message may be shown to the pupil."""


@dataclass(frozen=True)
class Option:
    """One thing a pupil can choose. `kind` is "answer", "dont_know" or "prefer_not".

    `symbol` names a drawing of surveys/static/surveys/symbols.svg.
    """

    code: int
    label: str
    kind: str = "answer"
    symbol: str = ""


def read_options(entries: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    return tuple(
        Option(e["code"], e["label"], e.get("kind", "answer"), e.get("symbol", "")) for e in entries
    )


@dataclass(frozen=True)
class Kind:
    """What all question types share: the options, and which of them are answers."""

    options: tuple[Option, ...]
    name: ClassVar[str]
    unfit: ClassVar[str]  # what a pupil is told of a value that is no answer

    @classmethod
    def read(cls, entry: Mapping[str, Any], codings: Codings) -> Kind:
        """Build from an item's entry. Raises KeyError when it names an unknown coding."""
        options = entry["options"] if "options" in entry else codings[entry["coding"]]
        return cls(read_options(options))

    def codes(self) -> tuple[int, ...]:
        """Every code that may be stored, in the order shown."""
        return tuple(option.code for option in self.options)

    def answer_codes(self) -> tuple[int, ...]:
        """The codes that count: without "don't know" and "prefer not to say"."""
        return tuple(option.code for option in self.options if option.kind == "answer")

    def parse(self, raw: Sequence[str]) -> Answer | None:
        """Form values to a stored answer; None when nothing was given. Raises AnswerError."""
        raise NotImplementedError

    def is_valid(self, value: object) -> bool:
        """May this value be stored? False for anything odd; never raises."""
        raise NotImplementedError

    def is_answer(self, value: object) -> bool:
        """Does this stored value count in scores and headlines?"""
        raise NotImplementedError


def _one_code(raw: str) -> int | None:
    text = raw.strip()
    return int(text) if _DIGITS.match(text) else None


@dataclass(frozen=True)
class Choice(Kind):
    """One of the options."""

    name = "choice"
    unfit: ClassVar[str] = "Please choose one of the answers shown."

    def parse(self, raw: Sequence[str]) -> Answer | None:
        given = [value for value in raw if value.strip()]
        if not given:
            return None
        code = _one_code(given[0])
        if len(given) > 1 or code is None or not self.is_valid(code):
            raise AnswerError(self.unfit)
        return code

    def is_valid(self, value: object) -> bool:
        # `type is int`, because True is an int to isinstance and equals 1.
        return type(value) is int and value in self.codes()

    def is_answer(self, value: object) -> bool:
        return type(value) is int and value in self.answer_codes()


@dataclass(frozen=True)
class Number(Choice):
    """A whole number from `min` to `max`, every number being an option of its own."""

    name = "number"
    unfit = "Please give a number from the ones allowed."

    @classmethod
    def read(cls, entry: Mapping[str, Any], codings: Codings) -> Kind:
        labels = entry.get("labels", {})
        steps = range(entry["min"], entry["max"] + 1, entry.get("step", 1))
        numbers = tuple(Option(n, labels.get(str(n), str(n))) for n in steps)
        return cls(numbers + read_options(entry.get("options", ())))


@dataclass(frozen=True)
class Percent(Number):
    """One half of a pair of percentages that total 100."""

    name = "percent"
    unfit = "Please give a percentage from the ones allowed."

    @classmethod
    def read(cls, entry: Mapping[str, Any], codings: Codings) -> Kind:
        return super().read({"min": 0, "max": 100, **entry}, codings)


@dataclass(frozen=True)
class Multi(Kind):
    """Any number of the options; an empty list means that nothing was ticked."""

    name = "multi"
    unfit: ClassVar[str] = "Please tick only answers that are shown."

    def parse(self, raw: Sequence[str]) -> Answer | None:
        codes = [_one_code(value) for value in raw if value.strip()]
        if not codes:
            return None
        if not self.is_valid(codes):
            raise AnswerError(self.unfit)
        return [code for code in self.codes() if code in codes]

    def is_valid(self, value: object) -> bool:
        if not isinstance(value, list) or len(value) > len(self.options):
            return False
        known = self.codes()
        return all(type(v) is int and v in known for v in value) and len(set(value)) == len(value)

    def is_answer(self, value: object) -> bool:
        return isinstance(value, list) and any(code in self.answer_codes() for code in value)


KINDS: Mapping[str, type[Kind]] = {kind.name: kind for kind in (Choice, Multi, Number, Percent)}
