"""Do the scales fit the items and the tables that they are built on?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.definition.conditions import read_condition
from surveys.definition.formulas import part_entry, ranges_of, reach
from surveys.definition.kinds import Kind, Multi
from surveys.definition.problems import Problem, pointer

Entry = Mapping[str, Any]
Kinds = Mapping[str, Kind]


def scale_problems(document: Entry, kinds: Kinds) -> Iterator[Problem]:
    scales = list(document.get("scales", ()))
    conversions = {entry["key"]: entry for entry in document.get("conversions", ())}
    for n, entry in enumerate(scales):
        path = pointer("scales", n)
        earlier = {other["key"] for other in scales[:n]}
        faults = [
            *_formula(entry, path, kinds, earlier, {e["key"] for e in document["items"]}),
            *_conversion(entry, path, conversions),
            *_bands(entry, path),
        ]
        yield from faults or _range(entry, path, kinds, scales[:n])


def _formula(
    entry: Entry, path: str, kinds: Kinds, earlier: set[str], items: set[str]
) -> Iterator[Problem]:
    yield from _shape(entry, path)
    for n, part in enumerate(entry.get("parts", ())):
        yield from _part(part_entry(part), f"{path}/parts/{n}", kinds, earlier, items)
    when = read_condition(entry.get("when"))
    for item in sorted(when.items() - items):
        yield Problem(path + "/when", f"There is no item {item}.")
    if '"year_group"' in json.dumps(entry.get("when")):
        yield Problem(path + "/when", "A score depends on answers, never on the year group.")
    for branch in ("then", "otherwise"):
        if branch in entry:
            yield from _formula(entry[branch], f"{path}/{branch}", kinds, earlier, items)


def _shape(entry: Entry, path: str) -> Iterator[Problem]:
    """What each method and missing rule asks for."""
    switch = entry["method"] == "switch"
    missing = entry.get("missing", "complete")
    parts = entry.get("parts", ())
    if switch and not {"when", "then", "otherwise"} <= entry.keys():
        yield Problem(path, "A switch needs when, then and otherwise.")
    if switch == bool(parts):
        yield Problem(path, "A switch has branches and no parts; every other method has parts.")
    if not switch and {"when", "then", "otherwise"} & entry.keys():
        yield Problem(path, "Only a switch has when, then or otherwise.")
    if entry["method"] == "single" and len(parts) != 1:
        yield Problem(path, "The method single has one part.")
    if isinstance(missing, dict) and (len(parts) < 6 or entry["method"] not in ("sum", "mean")):
        yield Problem(path + "/missing", "Prorating is for sums and means of 6 or more parts.")
    if missing == "some" and entry["method"] not in ("lowest", "highest", "mean"):
        yield Problem(path + "/missing", "Some parts are enough for lowest, highest and mean only.")


def _part(
    part: Entry, path: str, kinds: Kinds, earlier: set[str], items: set[str]
) -> Iterator[Problem]:
    if ("item" in part) == ("scale" in part):
        yield Problem(path, "A part is either an item or a scale.")
    elif "scale" in part:
        if part["scale"] not in earlier:
            yield Problem(path, f"There is no scale {part['scale']} before this one.")
        if "map" in part:
            yield Problem(path, "Only an item's codes can be mapped.")
    elif part["item"] not in items:
        yield Problem(path, f"There is no item {part['item']}.")
    elif part["item"] in kinds:
        yield from _fit(part, path, kinds[part["item"]])


def _fit(part: Entry, path: str, kind: Kind) -> Iterator[Problem]:
    if isinstance(kind, Multi):
        yield Problem(path, f"Item {part['item']} has several answers and cannot be scored.")
        return
    for code in sorted(set(map(int, part.get("map", ()))) - set(kind.answer_codes())):
        yield Problem(path, f"{code} is no answer of item {part['item']}.")


def _conversion(entry: Entry, path: str, known: Mapping[str, Entry]) -> Iterator[Problem]:
    name = entry.get("conversion")
    if name is None:
        if entry.get("bands_on") == "metric":
            yield Problem(path + "/bands_on", "This scale has no converted score.")
        return
    if name not in known:
        yield Problem(path + "/conversion", f"There is no conversion {name}.")
        return
    raws = [float(raw) for raw, _ in known[name]["table"]]
    low, high = entry["range"]
    if raws != [float(raw) for raw in range(int(low), int(high) + 1)]:
        yield Problem(path + "/conversion", f"The table must have every raw score {low} to {high}.")


def _bands(entry: Entry, path: str) -> Iterator[Problem]:
    ends = [band.get("up_to", float("inf")) for band in entry.get("bands", ())]
    if ends and (ends != sorted(set(ends)) or ends[-1] != float("inf")):
        yield Problem(path + "/bands", "Bands rise, and only the last one has no upper end.")


def _range(entry: Entry, path: str, kinds: Kinds, earlier: list[Entry]) -> Iterator[Problem]:
    """The declared range is what the parts can reach: this finds a wrong reversal or coding."""
    try:
        low, high = reach(entry, kinds, ranges_of(earlier))
    except KeyError:
        return  # an item whose coding is unknown, reported elsewhere
    if low < 0 and entry["method"] == "product":
        yield Problem(path, "A product needs parts that are never negative.")
    elif abs(low - entry["range"][0]) > 1e-6 or abs(high - entry["range"][1]) > 1e-6:
        yield Problem(path + "/range", f"The parts reach from {low:g} to {high:g}.")
