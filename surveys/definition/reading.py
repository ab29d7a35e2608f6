"""From a document to a `Questionnaire`: checked against the schema, then for sense, then built."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from surveys.definition.checks import problems_of
from surveys.definition.conditions import read_condition
from surveys.definition.formulas import ranges_of, read_formula
from surveys.definition.kinds import KINDS
from surveys.definition.problems import DefinitionErrors, Problem
from surveys.definition.schema import schema_problems
from surveys.definition.shapes import (
    Band,
    Conversion,
    Formula,
    Headline,
    Item,
    Licence,
    Meets,
    Page,
    Permission,
    Questionnaire,
    Scale,
    Theme,
    Topic,
    Wording,
)

Document = Mapping[str, Any]


def parse(document: Document) -> Questionnaire:
    """Read a document. Raises DefinitionErrors with every problem found."""
    problems = schema_problems(document) or problems_of(document)
    if problems:
        raise DefinitionErrors(tuple(problems))
    return build(document)


def load(path: Path | str) -> Questionnaire:
    """Read a file. Raises DefinitionErrors, also for a file that is not JSON, and OSError."""
    return parse(read_document(Path(path).read_bytes()))


def read_document(content: bytes) -> Document:
    """JSON from a file's bytes; a key given twice is refused, as its first value would be lost."""
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_no_double_keys)
    except (ValueError, RecursionError) as error:
        raise DefinitionErrors((Problem("", f"This is not a JSON document: {error}."),)) from error
    if not isinstance(document, dict):
        raise DefinitionErrors((Problem("", "The document must be one JSON object."),))
    return document


def fingerprint(document: Document) -> str:
    """SHA-256 (hex) of the document as canonical JSON: key order and spacing do not matter."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _no_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"one of {', '.join(found)} is given twice in one object")
    return found


def build(document: Document) -> Questionnaire:
    """A document that was checked when it was adopted: its checks are not made again."""
    items = {entry["key"]: _item(entry, document) for entry in document["items"]}
    wording = _wording(document["wording"])
    scales = _scales(document, items, wording)
    return Questionnaire(
        key=document["key"],
        version=document["version"],
        language=document["language"],
        title=document["title"],
        wording=wording,
        themes=tuple(Theme(e["key"], e["title"], e["kind"]) for e in document["themes"]),
        pages=tuple(_page(entry, items) for entry in document["pages"]),
        scales=scales,
        topics=tuple(_topic(e, items, scales) for e in document.get("topics", ())),
        rotating=tuple(document.get("rotating", ())),
    )


def _item(entry: Document, document: Document) -> Item:
    return Item(
        key=entry["key"],
        text=entry["text"],
        kind=KINDS[entry["type"]].read(entry, document.get("codings", {})),
        help=entry.get("help", ""),
        when=read_condition(entry.get("when")),
        pair=entry.get("pair"),
        sensitive=entry.get("sensitive", False),
        comparable=entry.get("comparable", True),
        filler=entry.get("filler", False),
        symbol=entry.get("symbol", ""),
        note=entry.get("note", ""),
    )


def _page(entry: Document, items: Mapping[str, Item]) -> Page:
    return Page(
        key=entry["key"],
        section=entry["section"],
        items=tuple(items[key] for key in entry["items"]),
        intro=entry.get("intro", ""),
        sensitive=entry.get("sensitive", False),
        when=read_condition(entry.get("when")),
    )


def _wording(entry: Document) -> Wording:
    permission = entry.get("permission")
    return Wording(
        entry["status"], entry.get("note", ""), Permission(**permission) if permission else None
    )


def _scales(document: Document, items: Mapping[str, Item], wording: Wording) -> tuple[Scale, ...]:
    entries = document.get("scales", ())
    conversions = {e["key"]: _conversion(e) for e in document.get("conversions", ())}
    kinds = {key: item.kind for key, item in items.items()}
    ranges = ranges_of(entries)
    found: dict[str, Scale] = {}
    for entry in entries:
        formula = read_formula(entry, kinds, ranges)
        made_of = tuple(dict.fromkeys(_items_of(formula, found)))
        found[entry["key"]] = _scale(entry, formula, made_of, conversions, wording)
    return tuple(found.values())


def _items_of(formula: Formula, scales: Mapping[str, Scale]) -> Iterator[str]:
    """The items that a score looks at, through branches and nested scales."""
    yield from sorted(formula.when.items())
    for part in formula.parts:
        yield from scales[part.scale].items if part.scale else (str(part.item),)
    for branch in formula.branches:
        yield from _items_of(branch, scales)


def _scale(
    entry: Document,
    formula: Formula,
    items: tuple[str, ...],
    conversions: Mapping[str, Conversion],
    wording: Wording,
) -> Scale:
    return Scale(
        key=entry["key"],
        title=entry["title"],
        formula=formula,
        items=items,
        direction=entry["direction"],
        low=entry["range"][0],
        high=entry["range"][1],
        licence=Licence(**entry["licence"]),
        citation=entry["citation"],
        wording=_wording(entry["wording"]) if "wording" in entry else wording,
        conversion=conversions.get(entry.get("conversion", "")),
        bands=tuple(Band(b["key"], b["label"], b.get("up_to")) for b in entry.get("bands", ())),
        bands_on=entry.get("bands_on", "raw"),
    )


def _conversion(entry: Document) -> Conversion:
    table = {float(raw): float(metric) for raw, metric in entry["table"]}
    return Conversion(entry["key"], entry["title"], entry["source"], table)


def _topic(entry: Document, items: Mapping[str, Item], scales: tuple[Scale, ...]) -> Topic:
    return Topic(
        key=entry["key"],
        title=entry["title"],
        theme=entry["theme"],
        direction=entry["direction"],
        items=tuple(entry["items"]),
        headlines=tuple(
            _headline(h, entry["key"], items, scales) for h in entry.get("headlines", ())
        ),
        scale=entry.get("scale"),
    )


def _headline(
    entry: Document, topic: str, items: Mapping[str, Item], scales: tuple[Scale, ...]
) -> Headline:
    on = tuple(entry.get("items", ())) or ((entry["item"],) if "item" in entry else ())
    score = entry.get("score")
    below = [item for s in scales if score in (s.key, s.metric_key) for item in s.items]
    return Headline(
        key=entry["key"],
        label=entry["label"],
        topic=topic,
        meets=_meets(entry["meets"]),
        direction=entry["direction"],
        items=on,
        score=score,
        sensitive=entry.get("sensitive", False) or any(items[k].sensitive for k in (*on, *below)),
    )


def _meets(entry: list[int] | Document) -> Meets:
    if isinstance(entry, list):
        return Meets(codes=frozenset(entry))
    return Meets(low=entry.get("min", float("-inf")), high=entry.get("max", float("inf")))
