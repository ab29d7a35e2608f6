"""Checks that a schema cannot make: does the document agree with itself?

Every check yields all problems it finds and keeps quiet about what another check reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from surveys.definition.conditions import read_condition
from surveys.definition.filler_checks import filler_problems
from surveys.definition.kinds import KINDS, Kind
from surveys.definition.problems import Problem, pointer
from surveys.definition.routes import route_problems
from surveys.definition.scale_checks import scale_problems

Entry = Mapping[str, Any]
# What is known of a pupil beyond the door (surveys/frames.py); a test compares the two lists.
RESERVED = frozenset(
    {"person", "school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward"}
)


@dataclass(frozen=True)
class Draft:
    """A document that fits the schema, with the look-ups that checks need."""

    document: Entry

    def entries(self, name: str) -> list[Entry]:
        return list(self.document.get(name, ()))

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Item key to kind; an item whose coding is unknown is left out."""
        found = {}
        codings = self.document.get("codings", {})
        for entry in self.entries("items"):
            if entry.get("coding", next(iter(codings), "")) in codings or "coding" not in entry:
                found[entry["key"]] = KINDS[entry["type"]].read(entry, codings)
        return found

    @cached_property
    def item_keys(self) -> set[str]:
        return {entry["key"] for entry in self.entries("items")}

    @cached_property
    def score_keys(self) -> set[str]:
        scales = self.entries("scales")
        metric = {f"{e['key']}_metric" for e in scales if "conversion" in e}
        return {entry["key"] for entry in scales} | metric

    @cached_property
    def conditions(self) -> list[tuple[str, Entry]]:
        """Where each condition stands, and what it says."""
        return [
            (pointer(name, n, "when"), entry["when"])
            for name in ("pages", "items", "scales")
            for n, entry in enumerate(self.entries(name))
            if "when" in entry
        ]


def problems_of(document: Entry) -> list[Problem]:
    """Every disagreement of a document that fits the schema; sorted by place."""
    draft = Draft(document)
    found = [problem for check in CHECKS for problem in check(draft)]
    found += route_problems(document, draft.kinds)
    found += scale_problems(document, draft.kinds)
    found += filler_problems(document)
    return sorted(set(found))


def _doubles(draft: Draft) -> Iterator[Problem]:
    for name in ("themes", "pages", "items", "scales", "topics", "conversions"):
        counts = Counter(entry["key"] for entry in draft.entries(name))
        for n, entry in enumerate(draft.entries(name)):
            if counts[entry["key"]] > 1:
                yield Problem(pointer(name, n, "key"), f"{entry['key']} stands here twice or more.")
    headlines = _headline_keys(draft)
    counts = Counter(key for _, key in headlines)
    for path, key in headlines:
        if counts[key] > 1:
            yield Problem(path, f"Headline {key} stands in the document twice or more.")


def _measure_names(draft: Draft) -> Iterator[Problem]:
    """Scores and headlines are columns of one table beside what the council knows of a pupil."""
    scores = [
        (pointer("scales", n, "key"), entry["key"])
        for n, entry in enumerate(draft.entries("scales"))
    ]
    for path, key in [*scores, *_headline_keys(draft)]:
        if key in RESERVED:
            yield Problem(path, f"{key} is the name of a fact about the pupil; choose another.")
    for path, key in _headline_keys(draft):
        if key in draft.score_keys:
            yield Problem(path, f"{key} is the name of a score; choose another.")


def _headline_keys(draft: Draft) -> list[tuple[str, str]]:
    return [
        (pointer("topics", t, "headlines", h, "key"), entry["key"])
        for t, topic in enumerate(draft.entries("topics"))
        for h, entry in enumerate(topic.get("headlines", ()))
    ]


def _double_codes(draft: Draft) -> Iterator[Problem]:
    named = [(pointer("codings", k), v) for k, v in draft.document.get("codings", {}).items()]
    own = [
        (pointer("items", n, "options"), entry["options"])
        for n, entry in enumerate(draft.entries("items"))
        if "options" in entry
    ]
    for path, options in named + own:
        counts = Counter(option["code"] for option in options)
        for code in sorted(code for code, count in counts.items() if count > 1):
            yield Problem(path, f"Code {code} is given to more than one option.")


def _item_types(draft: Draft) -> Iterator[Problem]:
    """Each type's own needs: options, bounds, codings that exist, codes that do not clash."""
    codings = draft.document.get("codings", {})
    for n, entry in enumerate(draft.entries("items")):
        path = pointer("items", n)
        if entry.get("coding", "") and entry["coding"] not in codings:
            yield Problem(path + "/coding", f"There is no coding {entry['coding']}.")
        kind = draft.kinds.get(entry["key"])
        if kind and "options" in entry and entry["type"] in ("number", "percent"):
            clash = {c for c, many in Counter(kind.codes()).items() if many > 1}
            if clash:
                yield Problem(path, f"Option {min(clash)} is also one of the numbers.")
        if kind and not kind.answer_codes():
            yield Problem(path, "None of the options is an answer.")


def _pages(draft: Draft) -> Iterator[Problem]:
    """Every item on one page, and a section in one piece."""
    placed = Counter(key for page in draft.entries("pages") for key in page["items"])
    for n, entry in enumerate(draft.entries("items")):
        if placed[entry["key"]] != 1:
            where = "no page" if not placed[entry["key"]] else "more than one page"
            yield Problem(pointer("items", n), f"Item {entry['key']} stands on {where}.")
    done: list[str] = []
    for n, page in enumerate(draft.entries("pages")):
        if page["section"] in done[:-1]:
            yield Problem(pointer("pages", n, "section"), "This section was left and resumes here.")
        done += [page["section"]] if not done or done[-1] != page["section"] else []


def _rotation(draft: Draft) -> Iterator[Problem]:
    """Sections that come in turns stand together, are not sensitive, and do not lean on another."""
    rotating = list(draft.document.get("rotating", ()))
    sections = list(dict.fromkeys(page["section"] for page in draft.entries("pages")))
    for n, title in enumerate(rotating):
        if title not in sections:
            yield Problem(pointer("rotating", n), f"There is no section {title}.")
    if not set(rotating) <= set(sections):
        return
    places = [sections.index(title) for title in rotating]
    if places and places != list(range(places[0], places[0] + len(places))):
        yield Problem("/rotating", "These sections do not stand one after another in this order.")
    of_item = {key: page["section"] for page in draft.entries("pages") for key in page["items"]}
    for n, page in enumerate(draft.entries("pages")):
        if page["section"] in rotating and page.get("sensitive"):
            yield Problem(pointer("pages", n), "A sensitive page keeps its place.")
    for path, owner, condition in _gates(draft, of_item):
        for item in sorted(read_condition(condition).items()):
            asked_in = of_item.get(item)
            if owner in rotating and asked_in in rotating and asked_in != owner:
                yield Problem(path, f"Item {item} stands in another section that rotates.")


def _gates(draft: Draft, of_item: Mapping[str, str]) -> Iterator[tuple[str, str | None, Entry]]:
    """Where a page or an item has a condition, in which section, and the condition."""
    for n, page in enumerate(draft.entries("pages")):
        if "when" in page:
            yield pointer("pages", n, "when"), page["section"], page["when"]
    for n, entry in enumerate(draft.entries("items")):
        if "when" in entry:
            yield pointer("items", n, "when"), of_item.get(entry["key"]), entry["when"]


def _unknown_items(draft: Draft) -> Iterator[Problem]:
    for path, key in _mentions(draft):
        if key not in draft.item_keys:
            yield Problem(path, f"There is no item {key}.")


def _mentions(draft: Draft) -> Iterator[tuple[str, str]]:
    """Where items are named: on pages, in topics, headlines and conditions."""
    for n, page in enumerate(draft.entries("pages")):
        yield from ((pointer("pages", n, "items", i), key) for i, key in enumerate(page["items"]))
    for n, topic in enumerate(draft.entries("topics")):
        yield from ((pointer("topics", n, "items", i), key) for i, key in enumerate(topic["items"]))
        for h, entry in enumerate(topic.get("headlines", ())):
            yield from (
                (pointer("topics", n, "headlines", h), key) for key in headline_items(entry)
            )
    for path, entry in draft.conditions:
        yield from ((path, key) for key in sorted(read_condition(entry).items()))


def headline_items(entry: Entry) -> list[str]:
    return [*entry.get("items", ()), *([entry["item"]] if "item" in entry else [])]


def _condition_codes(draft: Draft) -> Iterator[Problem]:
    for path, entry in draft.conditions:
        for leaf in _leaves(entry):
            kind = draft.kinds.get(leaf["item"])
            for code in sorted(set(leaf["in"]) - set(kind.codes())) if kind else ():
                yield Problem(path, f"{code} is no code of item {leaf['item']}.")


def _leaves(entry: Entry) -> Iterator[Entry]:
    if "item" in entry:
        yield entry
    below = [*entry.get("all", ()), *entry.get("any", ())]
    for part in below + ([entry["not"]] if "not" in entry else []):
        yield from _leaves(part)


def _pairs(draft: Draft) -> Iterator[Problem]:
    """A percentage has one other half, on the same page, that names it back."""
    entries = {entry["key"]: entry for entry in draft.entries("items")}
    page_of = {key: n for n, page in enumerate(draft.entries("pages")) for key in page["items"]}
    for n, (key, entry) in enumerate(entries.items()):
        other = entries.get(entry.get("pair", ""))
        paired = entry["type"] == "percent"
        if paired != ("pair" in entry):
            yield Problem(
                pointer("items", n), "A percentage names its other half; nothing else does."
            )
        elif paired and (other is None or other.get("pair") != key or other is entry):
            yield Problem(
                pointer("items", n, "pair"), "The other half does not name this one back."
            )
        elif paired and page_of.get(key) != page_of.get(entry["pair"]):
            yield Problem(pointer("items", n, "pair"), "The two halves stand on different pages.")
        elif paired and other is not None and entry.get("when") != other.get("when"):
            yield Problem(
                pointer("items", n, "pair"), "The two halves are asked of different pupils."
            )


def _topics(draft: Draft) -> Iterator[Problem]:
    themes = {entry["key"]: entry["kind"] for entry in draft.entries("themes")}
    scales = {entry["key"] for entry in draft.entries("scales")}
    owner: dict[str, str] = {}
    for n, topic in enumerate(draft.entries("topics")):
        if topic["theme"] not in themes:
            yield Problem(pointer("topics", n, "theme"), f"There is no theme {topic['theme']}.")
        if not topic.get("headlines") and themes.get(topic["theme"]) != "about":
            yield Problem(pointer("topics", n), f"Topic {topic['key']} has no headline.")
        if topic.get("scale", next(iter(scales), None)) not in scales and "scale" in topic:
            yield Problem(pointer("topics", n, "scale"), f"There is no scale {topic['scale']}.")
        for key in topic["items"]:
            if owner.setdefault(key, topic["key"]) != topic["key"]:
                yield Problem(pointer("topics", n), f"Item {key} is also in topic {owner[key]}.")


def _headlines(draft: Draft) -> Iterator[Problem]:
    for n, topic in enumerate(draft.entries("topics")):
        for h, entry in enumerate(topic.get("headlines", ())):
            path = pointer("topics", n, "headlines", h)
            if sum(word in entry for word in ("item", "items", "score")) != 1:
                yield Problem(path, "A headline looks at one of item, items or score.")
            if entry.get("score", "") and entry["score"] not in draft.score_keys:
                yield Problem(path, f"There is no score {entry['score']}.")
            yield from _meets(draft, entry, path)


def _meets(draft: Draft, entry: Entry, path: str) -> Iterator[Problem]:
    if not isinstance(entry["meets"], list):
        if entry["meets"].get("min", 0) > entry["meets"].get("max", float("inf")):
            yield Problem(path + "/meets", "The lower bound is above the upper one.")
        return
    if "score" in entry:
        yield Problem(path + "/meets", "A score is met by bounds, not by codes.")
    for key in headline_items(entry):
        kind = draft.kinds.get(key)
        for code in sorted(set(entry["meets"]) - set(kind.answer_codes())) if kind else ():
            yield Problem(path + "/meets", f"{code} is no answer of item {key}.")


CHECKS: Iterable[Callable[[Draft], Iterator[Problem]]] = (
    _doubles,
    _measure_names,
    _double_codes,
    _item_types,
    _pages,
    _rotation,
    _unknown_items,
    _condition_codes,
    _pairs,
    _topics,
    _headlines,
)
