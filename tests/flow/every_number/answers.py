"""How a question was answered: bars, and tables where there are too many answers to draw."""

from typing import Any

from tests.flow.every_number.account import Unchecked
from tests.flow.every_number.drawn import Bar, Bars, Drawn, joined
from tests.flow.every_number.statements import View
from tests.flow.every_number.truth import Place
from tests.flow.every_number.words import (
    DOCUMENT,
    ITEMS,
    MISSING,
    TOPICS,
    Values,
    numbers,
    shown,
)

MOST_DRAWN = 11  # answers in a bar: a scale from nought to ten is the longest
NO_ANSWER = "Prefer not to say"


def options(key: str) -> dict[int, str]:
    """The answers of a question by their codes, in its order."""
    item = ITEMS[key]
    if item["type"] == "number":
        codes = range(item["min"], item["max"] + 1, item.get("step", 1))
        return {code: str(code) for code in codes}
    coding = item.get("options") or DOCUMENT["codings"][item["coding"]]
    return {each["code"]: each["label"] for each in coding}


def shares(place: Place, key: str, values: Values = ()) -> list[tuple[str, float | None, str]]:
    """(answer, percent, label) of a question, in the question's order."""
    cell = place.cell(f"q.{key}", values)
    if cell is None:
        return []
    released = {code: (percent, label) for code, percent, label in cell[2]}
    return [(text, *released[code]) for code, text in options(key).items() if code in released]


def is_drawn(place: Place, key: str, values: Values) -> bool:
    """Whether a question has so few answers that they fit into a bar."""
    if ITEMS[key]["type"] == "multi":
        return False
    answered = [text for text, percent, _ in shares(place, key, values) if percent is not None]
    return 0 < sum(text != NO_ANSWER for text in answered) <= MOST_DRAWN


def bars(view: View, first: str) -> Drawn:
    """Questions of a topic with the same answers stand in one chart, under the first of them."""
    topic = next(topic for topic in TOPICS if first in topic["items"])
    if ITEMS[first]["type"] == "multi":
        return _ticked(view, first)
    alike = [key for key in topic["items"] if _kind(view, key) == _kind(view, first)]
    made = {key: _bar(view, key) for key in alike}
    if len(alike) == 1:
        bar, n, note = made[first]
        return _bars([], note, {f"{n} answers": bar})
    rows = {f"{ITEMS[key]['text']} ({n} answers)": bar for key, (bar, n, _) in made.items()}
    return _bars([str(len(alike) - 1)], joined(note for *_, note in made.values()), rows)


def _bars(title: list[str], note: list[str], rows: dict[str, Bar]) -> Bars:
    answers = next(iter(rows.values())).shares
    return Bars(title, note, joined(numbers(answer) for answer, _ in answers), rows)


def _kind(view: View, key: str) -> tuple[str, ...]:
    if not is_drawn(view.place, key, view.values):
        return (key,)
    found = shares(view.place, key, view.values)
    return tuple(text for text, percent, _ in found if percent is not None)


def _bar(view: View, key: str) -> tuple[Bar, int, list[str]]:
    """One question: its bar, its number of answers, and the numbers of its note."""
    cell = _answered(view, f"q.{key}")
    found = shares(view.place, key, view.values)
    drawn = [(text, percent) for text, percent, _ in found if percent is not None]
    said = [[shown(percent), *numbers(text)] for text, percent in drawn if percent]
    rare: dict[str, list[str]] = {}
    for text, percent, label in found:
        if percent is None:
            rare.setdefault(label.strip("<> %"), []).extend(numbers(text))
    note = joined([label, *answers] for label, answers in rare.items())
    return Bar(drawn, said), cell[1], [*note, *_missing(cell)]


def _missing(cell: list[Any]) -> list[str]:
    return [shown(share) for code, share, _ in cell[3] if code in MISSING and share is not None]


def _answered(view: View, measure: str) -> list[Any]:
    cell = view.place.cell(measure, view.values)
    if cell is None:
        raise Unchecked(f"no answers to {measure} are released")
    return cell


def _ticked(view: View, key: str) -> Drawn:
    """A question with boxes to tick: a bar each; boxes that nearly nobody ticked in the note."""
    rows, rare = {}, []
    for option in ITEMS[key]["options"]:
        cell = _answered(view, f"q.{key}__{option['code']}")
        ((percent, label),) = [(percent, label) for code, percent, label in cell[2] if code == 1]
        if percent is None:
            rare.append(label.strip("<> %"))
            continue
        both = [("Ticked", percent), ("Not ticked", 100 - percent)]
        rows[option["label"]] = Bar(both, [[shown(share)] for _, share in both if share])
    return Bars([str(cell[1])], [*rare, *_missing(cell)], rows=rows)
