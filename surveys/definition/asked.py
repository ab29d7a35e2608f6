"""Which year groups can be asked what: what a reader knows of who could have answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from surveys.definition.conditions import AllOf, AnyOf, Condition, ItemIs, Negation, YearIn
from surveys.definition.shapes import Questionnaire, Scale

Years = frozenset[str]


def asked_years(questionnaire: Questionnaire, offered: Iterable[int | str]) -> dict[str, Years]:
    """Item key -> the year groups, of those offered, that may be asked it.

    A question that follows from an answer may be asked in the years in which that question is.
    """
    everybody = frozenset(str(year) for year in offered)
    found: dict[str, Years] = {}
    for page in questionnaire.pages:
        on_page = _may_hold(page.when, everybody, found)
        for item in page.items:
            found[item.key] = on_page & _may_hold(item.when, everybody, found)
    return found


def scored_years(scale: Scale, asked: Mapping[str, Years]) -> Years:
    """The year groups that may have a score: those asked all of its items, or any, by its rule."""
    years = [asked[item] for item in scale.items]
    formula = scale.formula
    needs_all = formula.least >= 1 and formula.method != "any" and not formula.branches
    join = frozenset.intersection if needs_all else frozenset.union
    return join(*years)


def _may_hold(condition: Condition, everybody: Years, found: Mapping[str, Years]) -> Years:
    if isinstance(condition, YearIn):
        return condition.years & everybody
    if isinstance(condition, ItemIs):
        return found[condition.item]
    if isinstance(condition, Negation):
        # "Not this answer" may hold for anybody; "not these years" may not.
        part = condition.part
        return everybody - part.years if isinstance(part, YearIn) else everybody
    if isinstance(condition, AllOf | AnyOf):
        parts = [_may_hold(part, everybody, found) for part in condition.parts]
        if isinstance(condition, AllOf):
            return everybody.intersection(*parts)
        return frozenset[str]().union(*parts)
    raise TypeError(f"an unknown kind of condition: {condition!r}")
