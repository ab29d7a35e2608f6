"""Reading a scale's formula, and the range of values that it can reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import prod
from typing import Any, TypeAlias

from surveys.definition.conditions import read_condition
from surveys.definition.kinds import Kind
from surveys.definition.shapes import Formula, Part

Range: TypeAlias = "tuple[float, float]"
Ranges: TypeAlias = "Mapping[str, Range]"
Kinds: TypeAlias = "Mapping[str, Kind]"
Entry: TypeAlias = "Mapping[str, Any]"

_LEAST = {"complete": 1.0, "some": 0.0}

# How the ranges of the parts make the range of the whole. All methods grow with every part,
# as long as a product's parts are not negative (the checks see to that).
REACH: Mapping[str, Callable[[Sequence[float]], float]] = {
    "sum": sum,
    "mean": lambda ends: sum(ends) / len(ends),
    "product": prod,
    "lowest": min,
    "highest": max,
    "single": lambda ends: ends[0],
}


def part_entry(entry: str | Entry) -> Entry:
    """A part may be written as the key of its item alone."""
    return {"item": entry} if isinstance(entry, str) else entry


def read_formula(entry: Entry, kinds: Kinds, ranges: Ranges) -> Formula:
    """Raises KeyError where an item or scale is unknown."""
    missing = entry.get("missing", "complete")
    least = missing["prorate"] if isinstance(missing, dict) else _LEAST[missing]
    return Formula(
        method=entry["method"],
        parts=tuple(_part(part_entry(part), kinds, ranges) for part in entry.get("parts", ())),
        least=least,
        when=read_condition(entry.get("when")),
        then=read_formula(entry["then"], kinds, ranges) if "then" in entry else None,
        otherwise=read_formula(entry["otherwise"], kinds, ranges) if "otherwise" in entry else None,
    )


def _part(entry: Entry, kinds: Kinds, ranges: Ranges) -> Part:
    low, high = _before_reversal(entry, kinds, ranges)
    mapping = entry.get("map")
    return Part(
        item=entry.get("item"),
        scale=entry.get("scale"),
        mapping={int(code): value for code, value in mapping.items()} if mapping else None,
        mirror=low + high if entry.get("reverse") else None,
        shift=entry.get("shift", 0.0),
    )


def _before_reversal(entry: Entry, kinds: Kinds, ranges: Ranges) -> Range:
    if "map" in entry:
        return _ends(entry["map"].values())
    if "scale" in entry:
        return ranges[entry["scale"]]
    return _ends(kinds[entry["item"]].answer_codes())


def _ends(values: Iterable[float]) -> Range:
    found = list(values)
    return min(found), max(found)


def reach(entry: Entry, kinds: Kinds, ranges: Ranges) -> Range:
    """Lowest and highest value a formula can give. Raises KeyError for unknown items or scales."""
    if entry["method"] == "switch":
        branches = [reach(entry[branch], kinds, ranges) for branch in ("then", "otherwise")]
        return min(low for low, _ in branches), max(high for _, high in branches)
    ends = [_part_range(part_entry(part), kinds, ranges) for part in entry["parts"]]
    whole = REACH[entry["method"]]
    return whole([low for low, _ in ends]), whole([high for _, high in ends])


def _part_range(entry: Entry, kinds: Kinds, ranges: Ranges) -> Range:
    # Reversal turns a range round within itself, so only the shift moves it.
    low, high = _before_reversal(entry, kinds, ranges)
    shift = entry.get("shift", 0)
    return low + shift, high + shift


def ranges_of(scales: Iterable[Entry]) -> dict[str, Range]:
    """The declared range of every scale."""
    return {entry["key"]: (entry["range"][0], entry["range"][1]) for entry in scales}
