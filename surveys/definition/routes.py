"""Can everything be reached, and does no condition look ahead?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from surveys.definition.conditions import AllOf, Condition, read_condition
from surveys.definition.kinds import Answer, Kind, Multi
from surveys.definition.problems import Problem, pointer

Entry = Mapping[str, Any]
YEARS = tuple(range(1, 14))
_MOST = 50_000  # combinations tried; beyond, a route counts as open


@dataclass(frozen=True)
class _Stop:
    """One item on its way: where it stands and when it is asked (its page's and its own)."""

    page: int
    gate: Condition


def route_problems(document: Entry, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    stops = _stops(document)
    ahead = list(_looking_ahead(document, stops))
    yield from ahead
    if not ahead:
        yield from _closed(document, stops, kinds)


def _stops(document: Entry) -> dict[str, _Stop]:
    own = {entry["key"]: read_condition(entry.get("when")) for entry in document["items"]}
    return {
        key: _Stop(n, AllOf((read_condition(page.get("when")), own[key])))
        for n, page in enumerate(document["pages"])
        for key in page["items"]
        if key in own
    }


def _looking_ahead(document: Entry, stops: Mapping[str, _Stop]) -> Iterator[Problem]:
    """A condition may look at earlier pages only: then pages work one by one, without script."""
    for n, page in enumerate(document["pages"]):
        places = [(pointer("pages", n, "when"), page)]
        entries = {e["key"]: (i, e) for i, e in enumerate(document["items"])}
        for key in page["items"]:
            if key in entries:
                i, entry = entries[key]
                places.append((pointer("items", i, "when"), entry))
        for path, entry in places:
            for item in sorted(read_condition(entry.get("when")).items()):
                if item in stops and stops[item].page >= n:
                    yield Problem(path, f"Item {item} is not asked on an earlier page.")


def _closed(
    document: Entry, stops: Mapping[str, _Stop], kinds: Mapping[str, Kind]
) -> Iterator[Problem]:
    for n, page in enumerate(document["pages"]):
        known = [key for key in page["items"] if key in stops]
        if known and not any(_can_be_asked(stops[key].gate, stops, kinds) for key in known):
            yield Problem(pointer("pages", n), "No pupil can ever reach this page.")
            continue
        for key in known:
            if not _can_be_asked(stops[key].gate, stops, kinds):
                yield Problem(pointer("pages", n), f"No pupil is ever asked item {key}.")


def _can_be_asked(gate: Condition, stops: Mapping[str, _Stop], kinds: Mapping[str, Kind]) -> bool:
    """Try every year group and every answer to the questions that the route depends on."""
    needed = _needed(gate, stops)
    if any(key not in stops or key not in kinds for key in needed):
        return True  # the unknown item is reported elsewhere
    choices = [_choices(kinds[key]) for key in needed]
    if prod(len(choice) for choice in choices) > _MOST:
        return True
    return any(
        _open(gate, dict(zip(needed, given, strict=True)), year, stops)
        for given in product(*choices)
        for year in YEARS
    )


def _needed(gate: Condition, stops: Mapping[str, _Stop]) -> list[str]:
    """The items a gate depends on, also through the gates of those items; in the order asked."""
    found: set[str] = set()
    waiting = set(gate.items())
    while waiting:
        key = waiting.pop()
        found.add(key)
        if key in stops:
            waiting |= stops[key].gate.items() - found
    return sorted(found, key=lambda key: stops[key].page if key in stops else -1)


def _choices(kind: Kind) -> list[Answer | None]:
    single: list[Answer | None] = [None]
    return single + [[code] if isinstance(kind, Multi) else code for code in kind.codes()]


def _open(
    gate: Condition, given: Mapping[str, Answer | None], year: int, stops: Mapping[str, _Stop]
) -> bool:
    asked: dict[str, Answer] = {}
    for key, answer in given.items():
        if answer is not None and stops[key].gate.holds(asked, year):
            asked[key] = answer
    return gate.holds(asked, year)
