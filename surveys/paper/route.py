"""Routing on paper: which questions are printed, with which number, and "only if" in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from surveys.definition import Condition, Item, Page, Questionnaire
from surveys.definition.conditions import AllOf, AnyOf, ItemIs, Negation, YearIn
from surveys.forms import MOST_BUTTONS


@dataclass(frozen=True)
class Printed:
    """One question as it is printed. `note` says who answers it; empty where everybody does."""

    page: Page
    item: Item
    number: int
    note: str = ""


def printed(questionnaire: Questionnaire, year_group: int) -> tuple[Printed, ...]:
    """The questions that a pupil of this year group may be asked, numbered from 1.

    What only fills a screen is left out: on paper everybody sees every question anyway.
    """
    return tuple(_printed(questionnaire, year_group))


def _printed(questionnaire: Questionnaire, year_group: int) -> Iterator[Printed]:
    numbers: dict[str, int] = {}
    teller = _Teller(questionnaire.items, numbers, year_group)
    for page in questionnaire.pages:
        for item in page.items:
            said = teller.say(AllOf((page.when, item.when)))
            if said is not False and not item.filler:
                numbers[item.key] = len(numbers) + 1
                note = _("Only if you %(clause)s.") % {"clause": said} if said is not True else ""
                yield Printed(page, item, numbers[item.key], note)


@dataclass(frozen=True)
class _Teller:
    """Says a condition in words. `numbers` of the questions printed so far."""

    items: Mapping[str, Item]
    numbers: Mapping[str, int]
    year_group: int

    def say(self, condition: Condition, wanted: bool = True) -> str | bool:
        """A clause, or what the condition comes to for everybody of this year group."""
        match condition:
            case YearIn():
                return condition.holds({}, self.year_group) is wanted
            case Negation(part):
                return self.say(part, not wanted)
            case AllOf(parts) | AnyOf(parts):
                told = [self.say(part, wanted) for part in parts]
                return _joined(told, every=isinstance(condition, AllOf) is wanted)
            case ItemIs(item, codes) if item in self.numbers:
                return self._ticked(item, codes, wanted)
        return not wanted  # about a question that is not printed, so never answered

    def _ticked(self, key: str, codes: frozenset[int], wanted: bool) -> str:
        words = {"answers": _answers(self.items[key], codes), "number": self.numbers[key]}
        if wanted:
            return _("ticked %(answers)s at question %(number)d") % words
        return _("did not tick %(answers)s at question %(number)d") % words


def _joined(told: list[str | bool], *, every: bool) -> str | bool:
    """Clauses with "and" (`every`) or "or"; True and False go up as in logic."""
    if (not every) in told:
        return not every
    clauses = [each for each in told if isinstance(each, str)]
    return (_(" and ") if every else _(" or ")).join(clauses) or every


def _answers(item: Item, codes: frozenset[int]) -> str:
    options = [option for option in item.kind.options if option.code in codes]
    steps = [after.code - before.code for before, after in pairwise(options)]
    if is_number(item) and len(options) > 2 and set(steps) == {1}:
        return _("%(first)d to %(last)d") % {"first": options[0].code, "last": options[-1].code}
    return _(" or ").join(f"“{option.label}”" for option in options)


def is_number(item: Item) -> bool:
    """Is it answered by a number that stands in a row of boxes?"""
    return item.kind.name == "number" and len(item.kind.answer_codes()) <= MOST_BUTTONS
