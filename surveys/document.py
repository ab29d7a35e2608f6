"""What the script in a pupil's browser must know to find the way: the routes, as plain data.

The rules of `surveys.navigation` are told here in the words of the questionnaire's own file
(`when`, `in`, `all`), with short kinds and codes for reading the answers. No sentence that a
pupil reads is in it: those stand in the pages themselves.
"""

from __future__ import annotations

from typing import Any

from surveys.definition import Condition, Item, Page, Questionnaire
from surveys.definition.conditions import ALWAYS, AllOf, AnyOf, ItemIs, Negation, YearIn


def routes(questionnaire: Questionnaire) -> dict[str, Any]:
    """{"rotating": [titles], "pages": [...]} for static/surveys/lesson/routes.js.

    A page has key, section, sensitive, when and items; an item has key, kind, codes (all that
    may be stored), apart (those that are no answer), pair and when. Empty things are left out.
    """
    return {
        "rotating": list(questionnaire.rotating),
        "pages": [_page(page) for page in questionnaire.pages],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "key": page.key,
        "section": page.section,
        **({"sensitive": True} if page.sensitive else {}),
        **_when(page.when),
        "items": [_item(item) for item in page.items],
    }


def _item(item: Item) -> dict[str, Any]:
    apart = [option.code for option in item.kind.options if option.kind != "answer"]
    return {
        "key": item.key,
        "kind": item.kind.name,
        "codes": list(item.kind.codes()),
        **({"apart": apart} if apart else {}),
        **({"pair": item.pair} if item.pair else {}),
        **_when(item.when),
    }


def _when(condition: Condition) -> dict[str, Any]:
    return {} if condition == ALWAYS else {"when": entry_of(condition)}


def entry_of(condition: Condition) -> dict[str, Any]:
    """A condition as the questionnaire's file says it: the inverse of `read_condition`."""
    match condition:
        case ItemIs(item, codes):
            return {"item": item, "in": sorted(codes)}
        case YearIn(years):
            return {"year_group": sorted(years)}
        case AllOf(parts):
            return {"all": [entry_of(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [entry_of(part) for part in parts]}
        case Negation(part):
            return {"not": entry_of(part)}
    raise TypeError(f"an unknown kind of condition: {condition!r}")
